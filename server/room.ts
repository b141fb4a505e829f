/** Memory for the accounts that are asked for: judged before anything is allocated. */
import { fail, ok, type Result } from '#lib/contract.ts';

const MB = 1_000_000;
/** The process before it has an account, pages and reserves included. */
const BASE_BYTES = 600 * MB;
/** What an account adds to the process: a million took 1.5 GB once open, and its checkpoint passes through memory on a restart. */
const BYTES_PER_ACCOUNT = 3_000;
/** What of it may lie on the heap of the loop's thread. */
const HEAP_BYTES_PER_ACCOUNT = 3_000;
/** V8's own choice on a machine of 16 GB: no reason to go below it. */
const HEAP_MB_MIN = 4_096;

/**
 * Whether so many accounts fit, in a sentence where they do not.
 * @param freeBytes of memory, for this process.
 */
export function checkMemory(accounts: number, freeBytes: number): Result<void> {
  const fit = Math.max(0, Math.floor((freeBytes - BASE_BYTES) / BYTES_PER_ACCOUNT));
  if (accounts <= fit) return ok(undefined);
  const [asked, most] = [accounts, fit].map((count) => count.toLocaleString('en-US'));
  const gigabytes = (freeBytes / (1_000 * MB)).toFixed(1);
  return fail(
    `ACCOUNTS asks for ${asked} accounts; ${most} fit into the ${gigabytes} GB of memory that are free`,
  );
}

/** Heap that the loop's thread may take: a limit, not a reserve. */
export function heapLimitMb(accounts: number): number {
  return Math.max(HEAP_MB_MIN, Math.ceil((BASE_BYTES + accounts * HEAP_BYTES_PER_ACCOUNT) / MB));
}
