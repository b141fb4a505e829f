/** How much is fuzzed and from which seed: ten thousand inputs in `npm test`, a million and more in `npm run test:deep`. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createPassingStream, type RandomStream } from '#lib/sim/random.ts';

const DEEP_FACTOR = 100;
const isDeep = process.env['PLIMSOLL_DEEP'] === '1';

/** PLIMSOLL_FUZZ_SEED repeats a run; the deep run takes another seed each time. */
const SEED = process.env['PLIMSOLL_FUZZ_SEED'] ?? (isDeep ? String(Date.now()) : '1');

export interface Fuzzed {
  readonly chance: RandomStream;
  readonly count: number;
}

const MEGABYTE = 2 ** 20;
/** What may stay after half of the inputs have come and gone: caches of the runtime, not what we keep. */
const GROWTH_MB_MAX = 24;

/**
 * Runs `once` for each input, says how fast that went and from which seed, and gives the megabytes that the second half of the
 * inputs left behind.
 */
export async function fuzz(
  p: { readonly name: string; readonly quickCount: number; readonly perCall?: number },
  once: (chance: RandomStream, at: number) => void | Promise<void>,
): Promise<{ readonly grownMb: number; readonly grownMbMax: number }> {
  const { name, perCall = 1 } = p;
  const count = p.quickCount * (isDeep ? DEEP_FACTOR : 1);
  const chance = createPassingStream({ seed: SEED, asset: name, purpose: 'fuzz' });
  const calls = Math.ceil(count / perCall);
  const began = performance.now();
  let halfMb = 0;
  for (let at = 0; at < calls; at += 1) {
    if (at === Math.floor(calls / 2)) halfMb = heapMb();
    await once(chance, at);
  }
  const perSecond = count / ((performance.now() - began) / 1_000);
  console.log(`fuzz ${name}: ${count}, seed ${SEED}, ${perSecond.toFixed(0)} a second`);
  return { grownMb: heapMb() - halfMb, grownMbMax: GROWTH_MB_MAX };
}

function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
  return process.memoryUsage().heapUsed / MEGABYTE;
}

export function below(chance: RandomStream, limit: number): number {
  return Math.floor(chance.uniform() * limit);
}

export function pick<Value>(chance: RandomStream, values: readonly [Value, ...Value[]]): Value {
  return values[below(chance, values.length)] ?? values[0];
}

/** Ends the run at an input that was judged wrongly. */
export function wrong(words: string): never {
  throw new Error(words);
}
