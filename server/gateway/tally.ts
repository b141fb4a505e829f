/** How often clients were refused or cut off, by code: for /metrics. */

export type TallyKind = 'refused' | 'cut off';

export interface Tally {
  add(kind: TallyKind, code: string): void;
  /** Totals by kind and code. */
  readonly totals: readonly {
    readonly kind: TallyKind;
    readonly code: string;
    readonly total: number;
  }[];
}

/** Codes are ours alone, never a client's words: their number is bounded. */
export function createTally(): Tally {
  const byKey = new Map<string, { kind: TallyKind; code: string; total: number }>();
  return {
    add: (kind, code) => {
      const key = `${kind} ${code}`;
      const entry = byKey.get(key) ?? { kind, code, total: 0 };
      entry.total += 1;
      byKey.set(key, entry);
    },
    get totals() {
      return [...byKey.values()];
    },
  };
}
