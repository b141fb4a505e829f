/** The risk loop's thread before it has a loop: it reads its sources while the main thread reads its own. */
import { Worker } from 'node:worker_threads';
import { heapLimits } from './room.ts';

/** Does nothing until its orders come as its first message. */
export function openRiskThread(accounts: number): Worker {
  return new Worker(new URL('./risk-worker.ts', import.meta.url), {
    resourceLimits: heapLimits(accounts),
  });
}
