/** Bytes of accounts as they were at a moment, kept as they change: a step that takes long is not seen before it is through. */
import { bytesOver, type Bytes } from './bytes.ts';

export interface KeptRecords {
  /** An account's bytes are about to change: those it had first are kept. */
  keep(number: number, record: Uint8Array): void;
  /** Undefined for an account that has not changed since. */
  recordOf(number: number): Bytes | undefined;
  clear(): void;
}

/** Room that is not given back between two steps. */
const ROOM_BYTES = 1 << 20;

export function createKeptRecords(): KeptRecords {
  const starts = new Map<number, number>();
  let kept = new Uint8Array(ROOM_BYTES);
  let end = 0;
  return {
    keep: (number, record) => {
      if (starts.has(number)) return;
      if (end + record.length > kept.length) {
        const larger = new Uint8Array(2 * (end + record.length));
        larger.set(kept);
        kept = larger;
      }
      kept.set(record, end);
      starts.set(number, end);
      end += record.length;
    },
    recordOf: (number) => {
      const start = starts.get(number);
      return start === undefined ? undefined : bytesOver(kept.subarray(start, end));
    },
    clear: () => {
      starts.clear();
      end = 0;
      if (kept.length > ROOM_BYTES) kept = new Uint8Array(ROOM_BYTES);
    },
  };
}
