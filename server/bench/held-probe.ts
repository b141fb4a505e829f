/**
 * Loaded into both threads of a server that a benchmark weighs (`--import`): on SIGUSR2 each collects all of its garbage and says what is
 * left. Nothing of it is in the server itself.
 */
import { BroadcastChannel, isMainThread } from 'node:worker_threads';
import { assert } from '#lib/contract.ts';
import { BYTES_PER_MB } from './memory.ts';

/** What the first round frees of a socket or a file is garbage of the second. */
const ROUNDS = 2;

const channel = new BroadcastChannel('held');
channel.unref();
if (isMainThread) process.on('SIGUSR2', () => void weigh());
else channel.onmessage = () => void collect().then((mb) => channel.postMessage(mb));

async function weigh(): Promise<void> {
  const engine = new Promise((resolve) => {
    channel.onmessage = ({ data }) => resolve(data);
  });
  channel.postMessage('weigh');
  const main = await collect();
  process.stdout.write(`held ${main} ${String(await engine)}\n`);
}

/** In MB: the heap, and what is held outside of it; array buffers are of the latter. */
async function collect(): Promise<number> {
  const { gc } = globalThis;
  assert(gc !== undefined, 'node was started with --expose-gc');
  for (let round = 0; round < ROUNDS; round += 1) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / BYTES_PER_MB;
}
