/**
 * Chance with a seed: one sfc32 stream for each (seed, asset, purpose), so that a coin or a purpose more leaves all other draws as
 * they were, and exactly one uniform for each normal, so that no stream ever shifts. Source: liquidation.md 1.7.
 */
import { cell, type Memory } from './memory.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const WARM_UP_DRAWS = 15;
const TWO_TO_32 = 4_294_967_296;

/** FNV-1a over UTF-16 code units, 32 bits. Seeds and names are ASCII; others still give a stream. */
export function fnv1a(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  }
  return hash >>> 0;
}

export interface RandomStream {
  /** 32 bits, 0 to 4,294,967,295. */
  nextWord(): number;
  /** Strictly between 0 and 1. */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  /** Mean 1, above 0: waiting times and jump sizes. */
  exponential(): number;
}

export interface StreamName {
  readonly seed: string;
  readonly asset: string;
  readonly purpose: string;
}

/** State of one stream: three words and a counter. */
const STATE_CELLS = 4;

function seedState(state: Float64Array, name: StreamName): void {
  const base = `${name.seed}|${name.asset}|${name.purpose}`;
  for (let word = 0; word < STATE_CELLS - 1; word += 1) state[word] = fnv1a(`${base}|${word}`);
  state[STATE_CELLS - 1] = 1;
  for (let draw = 0; draw < WARM_UP_DRAWS; draw += 1) nextWordOf(state);
}

/** sfc32 (Chris Doty-Humphrey): one step of the generator on its own state. */
function nextWordOf(state: Float64Array): number {
  const a = cell(state, 0) | 0;
  const b = cell(state, 1) | 0;
  const c = cell(state, 2) | 0;
  const counter = cell(state, 3) | 0;
  const word = (((a + b) | 0) + counter) | 0;
  state[0] = (b ^ (b >>> 9)) >>> 0;
  state[1] = (c + (c << 3)) >>> 0;
  state[2] = (((c << 21) | (c >>> 11)) + word) >>> 0;
  state[3] = (counter + 1) >>> 0;
  return word >>> 0;
}

function streamOn(state: Float64Array): RandomStream {
  const uniform = (): number => (nextWordOf(state) + 0.5) / TWO_TO_32;
  return {
    nextWord: () => nextWordOf(state),
    uniform,
    normal: () => inverseNormal(uniform()),
    exponential: () => -Math.log(uniform()),
  };
}

/** A stream whose state lives in `memory`, under its own name, and is saved with it. */
export function createStream(memory: Memory, name: StreamName): RandomStream {
  const state = memory.numbers(`random ${name.asset} ${name.purpose}`, STATE_CELLS);
  seedState(state, name);
  return streamOn(state);
}

/** A stream for one use on the spot: nobody has to remember where it stood. */
export function createPassingStream(name: StreamName): RandomStream {
  const state = new Float64Array(STATE_CELLS);
  seedState(state, name);
  return streamOn(state);
}

/** Where the tail formula takes over from the central one. */
const TAIL = 0.02425;

/** Horner's scheme, highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

// Rational approximation of the normal quantile by P. J. Acklam (2003), relative error below 1.15e-9.
const CENTRE_ABOVE = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const CENTRE_BELOW = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
  1,
];
const TAIL_ABOVE = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
];
const TAIL_BELOW = [
  0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1,
];

/** The normal quantile: how many standard deviations lie below a share of the cases. Odd around one half. */
export function inverseNormal(share: number): number {
  if (share > 0.5) return -inverseNormal(1 - share);
  if (share < TAIL) {
    const q = Math.sqrt(-2 * Math.log(share));
    return polynomial(TAIL_ABOVE, q) / polynomial(TAIL_BELOW, q);
  }
  const q = share - 0.5;
  const square = q * q;
  return (polynomial(CENTRE_ABOVE, square) * q) / polynomial(CENTRE_BELOW, square);
}
