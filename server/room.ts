/** Memory for the accounts that are asked for: judged before anything is allocated. */
import { fail, ok, type Result } from '#lib/contract.ts';
import { type MemoryLimit } from './memory-limits.ts';

const MB = 1_000_000;
const GB = 1_000 * MB;
/** What of it may lie on the heap of the loop's thread. */
const HEAP_BYTES_PER_ACCOUNT = 3_000;
/** V8's own choice on a machine of 16 GB: no reason to go below it. */
const HEAP_MB_MIN = 4_096;
/** Of the heap, what was made lately. V8 would let it grow to 192 MB in any thread; a small run stays 85 MB smaller, and no slower. */
const YOUNG_HEAP_MB_MIN = 48;
const YOUNG_HEAP_MB_MAX = 192;

interface Need {
  /** Before there is an account. */
  readonly baseBytes: number;
  readonly bytesPerAccount: number;
}

/** A million took 1.5 GB once open, and its checkpoint passes through memory on a restart. Pages and reserves are in the base. */
const MEMORY: Need = { baseBytes: 600 * MB, bytesPerAccount: 3_000 };
const NEEDS: Readonly<Record<MemoryLimit['kind'], Need>> = {
  machine: MEMORY,
  container: MEMORY,
  // What lives there for long: 450 bytes an account, pages of accounts lie outside. The young generation is in the base.
  heap: { baseBytes: 350 * MB, bytesPerAccount: 800 },
  // What the loop's thread reserves at the least; it takes more where there is more, and asks again then.
  'address space': { baseBytes: 700 * MB, bytesPerAccount: 5_500 },
};
/** Of address space, once both threads are there. */
const NEED_WHEN_STARTED: Need = { baseBytes: 300 * MB, bytesPerAccount: 5_500 };
/**
 * Of address space, where pages are served: they reserve 1.7 GB late, and the loop's thread leaves too little for them where it has
 * less than the 9.4 GB that it would take. Most of that is the WebAssembly with which Node reads TypeScript.
 */
const NEED_WITH_PAGES: Need = { baseBytes: 12_000 * MB, bytesPerAccount: 5_500 };
/** All that the process ever reserves: 10 GB of it before anything is judged. */
const ADDRESS_SPACE: Need = { baseBytes: 22_100 * MB, bytesPerAccount: 5_500 };
const BYTES_PER_KB = 1_024;
/** What is said of `ulimit -v` is a round number. */
const ULIMIT_STEP_KB = 100_000;

/**
 * `starting`: before there is a thread for the loop; `with pages`: likewise, and pages are served; `started`: both threads have
 * reserved what they need of their address space.
 */
type Stage = 'starting' | 'with pages' | 'started';

/** Whether so many accounts fit below every limit, in a sentence that names the tightest where they do not. */
export function checkMemory(
  accounts: number,
  limits: readonly MemoryLimit[],
  stage: Stage = 'starting',
): Result<void> {
  const [tightest] = limits
    .map((limit) => ({ ...limit, fit: fitBelow(limit, stage) }))
    .toSorted((left, right) => left.fit - right.fit);
  if (tightest === undefined || accounts <= tightest.fit) return ok(undefined);
  const [asked, most] = [accounts, tightest.fit].map((count) => count.toLocaleString('en-US'));
  const gigabytes = (Math.max(0, tightest.freeBytes) / GB).toFixed(1);
  const enough = tightest.kind === 'address space' ? `; ${enoughText(accounts)}` : '';
  return fail(
    `ACCOUNTS asks for ${asked} accounts; ${most} fit into the ${gigabytes} GB ${tightest.words}${enough}`,
  );
}

function enoughText(accounts: number): string {
  const { baseBytes, bytesPerAccount } = ADDRESS_SPACE;
  const kilobytes = (baseBytes + accounts * bytesPerAccount) / BYTES_PER_KB;
  return `ulimit -v ${Math.ceil(kilobytes / ULIMIT_STEP_KB) * ULIMIT_STEP_KB} is enough for them`;
}

function needOf(kind: MemoryLimit['kind'], stage: Stage): Need {
  if (stage === 'started') return NEED_WHEN_STARTED;
  return kind === 'address space' && stage === 'with pages' ? NEED_WITH_PAGES : NEEDS[kind];
}

function fitBelow({ kind, freeBytes }: MemoryLimit, stage: Stage): number {
  const { baseBytes, bytesPerAccount } = needOf(kind, stage);
  return Math.max(0, Math.floor((freeBytes - baseBytes) / bytesPerAccount));
}

/** Heap that the loop's thread may take: a limit, not a reserve. */
export function heapLimits(accounts: number): {
  readonly maxOldGenerationSizeMb: number;
  readonly maxYoungGenerationSizeMb: number;
} {
  const ownMb = (accounts * HEAP_BYTES_PER_ACCOUNT) / MB;
  return {
    maxOldGenerationSizeMb: Math.max(HEAP_MB_MIN, Math.ceil(MEMORY.baseBytes / MB + ownMb)),
    maxYoungGenerationSizeMb: Math.min(YOUNG_HEAP_MB_MAX, Math.max(YOUNG_HEAP_MB_MIN, ownMb)),
  };
}
