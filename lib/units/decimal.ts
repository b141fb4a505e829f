/** The only door to decimal.js: one constructor with our precision, one parser that refuses what is not a number. */
import { Decimal as DecimalJs } from 'decimal.js';
import { fail, ok, type Result } from '../contract.ts';

/** Significant digits of every division. Ledger facts need 20; the rest is room for solvers. */
export const DECIMAL_PRECISION = 40;

/**
 * Our own constructor: cloned, so that nobody else's `Decimal.set` can change our rounding, half-even so that no side is
 * favoured, and with exponents wide enough that `toString` never falls into scientific notation for a price.
 */
export const Decimal = DecimalJs.clone({
  precision: DECIMAL_PRECISION,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -40,
  toExpPos: 60,
});
export type Decimal = DecimalJs;

export const ZERO = new Decimal(0);
export const ONE = new Decimal(1);

/** Rounding modes by their meaning. `up` is away from zero, `down` toward zero, `ceil` and `floor` by the number line. */
export type RoundingMode = 'up' | 'down' | 'ceil' | 'floor' | 'half-up' | 'half-even';

const MODES = {
  up: DecimalJs.ROUND_UP,
  down: DecimalJs.ROUND_DOWN,
  ceil: DecimalJs.ROUND_CEIL,
  floor: DecimalJs.ROUND_FLOOR,
  'half-up': DecimalJs.ROUND_HALF_UP,
  'half-even': DecimalJs.ROUND_HALF_EVEN,
} as const satisfies Record<RoundingMode, DecimalJs.Rounding>;

/** Rounds to a number of decimal places, by a named mode. */
export function roundTo(value: Decimal, decimals: number, mode: RoundingMode): Decimal {
  return value.decimalPlaces() <= decimals ? value : value.toDecimalPlaces(decimals, MODES[mode]);
}

/** Rounds to a multiple of `step` (a tick or a lot), by a named mode. */
export function roundToStep(value: Decimal, step: Decimal, mode: RoundingMode): Decimal {
  return value.div(step).toDecimalPlaces(0, MODES[mode]).times(step);
}

const PLAIN_NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
/** Longer texts are refused: no price, size or balance needs them, and they would be a way to burn our time. */
const LONGEST_NUMBER = 80;

/** Reads a plain decimal text: digits, one point, a sign. Refuses NaN, Infinity, exponents, blanks and grouping. */
export function parseDecimal(text: string): Result<Decimal> {
  if (text.length > LONGEST_NUMBER || !PLAIN_NUMBER.test(text)) {
    return fail(`"${text.slice(0, LONGEST_NUMBER)}" is not a plain decimal number such as "-12.5"`);
  }
  return ok(new Decimal(text));
}

/** Plain text without exponent and without minus zero: the one form in which a decimal leaves a room. */
export function decimalText(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed();
}

export function minOf(a: Decimal, b: Decimal): Decimal {
  return a.lt(b) ? a : b;
}

export function maxOf(a: Decimal, b: Decimal): Decimal {
  return a.gt(b) ? a : b;
}

/** Below, at or above zero as `a.comparedTo(b)` says it, without a copy of either: thousands of rows are sorted. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const sign = signOf(a);
  if (sign !== signOf(b)) return sign - signOf(b);
  return sign * (a.e - b.e || compareWords(a.d, b.d));
}

function signOf(value: Decimal): number {
  return value.isZero() ? 0 : value.s;
}

/** Of two whose first digits stand at the same place. */
function compareWords(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** decimal.js keeps digits in words of seven, in step with the point. */
const WORD = 7;
const WORD_BASE = 10_000_000n;

/** count / 10^decimals, word by word: a text of it is several times as long to read. */
export function decimalOfCount(count: bigint, decimals: number): Decimal {
  const rest = Math.abs(Number(count));
  if (!Number.isSafeInteger(rest)) return new Decimal(`${count}e-${decimals}`);
  const made = new Decimal(0) as Mutable;
  if (rest === 0) return made;
  const below = Math.ceil(decimals / WORD);
  const lift = 10 ** (below * WORD - decimals);
  const words = wordsOf(rest, lift);
  made.s = count < 0n ? -1 : 1;
  made.e = (words.length - 1 - below) * WORD + placesAbove(words.at(-1) ?? 0);
  made.d = words.slice(words.findIndex((word) => word !== 0)).reverse();
  return made;
}

type Mutable = Decimal & { s: number; e: number; d: number[] };

/** Of a whole number above zero times a power of ten below a word, the last word first. */
function wordsOf(whole: number, lift: number): number[] {
  const base = Number(WORD_BASE);
  const words: number[] = [];
  let rest = whole;
  for (let room = base / lift, by = lift; rest > 0; room = base, by = 1) {
    words.push((rest % room) * by);
    rest = Math.floor(rest / room);
  }
  return words;
}

/** Digits of a word after its first. */
function placesAbove(word: number): number {
  let places = 0;
  for (let next = 10; next <= word; next *= 10) places += 1;
  return places;
}

/** Words that a float has room for: the next one is below its last digit. */
const FLOAT_WORDS = 3;

/** The value to fifteen digits: for floats that decide nothing, or say how wrong they may be. Many times quicker than `toNumber`. */
export function floatOf({ d, e, s }: Decimal): number {
  const words = Math.min(d.length, FLOAT_WORDS);
  let sum = 0;
  for (let index = 0; index < words; index += 1) sum = sum * Number(WORD_BASE) + (d[index] ?? 0);
  return s * sum * 10 ** ((Math.floor(e / WORD) + 1 - words) * WORD);
}

/** Beyond what the sums of `nearestFloat` can be wrong by, as a share. */
const NEAREST_DOUBT = 2 ** -66;
/** 2^27 + 1 parts a float in two halves whose products are exact. */
const SPLIT = 134_217_729;

/**
 * The float that is nearest to the value, as `toNumber` gives it, and several times as quick. Four words make two floats that are
 * exact; their quotient by a power of ten is carried to twice the digits of one. Where these do not tell which float is nearest, and
 * for what is very large or small, the text decides.
 */
export function nearestFloat(value: Decimal): number {
  const { d, e, s } = value;
  const power = (1 - Math.floor(e / WORD)) * WORD;
  if (power < 0 || power > EXACT_TENS || d[0] === 0) return value.toNumber();
  const base = Number(WORD_BASE);
  const divisor = 10 ** power;
  const high = (d[0] ?? 0) * base + (d[1] ?? 0);
  const low = (d[2] ?? 0) * base + (d[3] ?? 0);
  const quotient = high / divisor;
  const rest =
    (high - quotient * divisor - missedBy(quotient, divisor) + low / (base * base)) / divisor;
  const doubt = quotient * NEAREST_DOUBT;
  const nearest = quotient + (rest - doubt);
  return nearest === quotient + (rest + doubt) ? s * nearest : value.toNumber();
}

/** Powers of ten up to this one are floats exactly. */
const EXACT_TENS = 22;

/** What a product of two floats is more than its float: exact. */
function missedBy(left: number, right: number): number {
  const leftHigh = SPLIT * left - (SPLIT * left - left);
  const rightHigh = SPLIT * right - (SPLIT * right - right);
  const leftLow = left - leftHigh;
  const rightLow = right - rightHigh;
  const product = left * right;
  return (
    leftLow * rightLow -
    (product - leftHigh * rightHigh - leftLow * rightHigh - leftHigh * rightLow)
  );
}

/** Room for what sums of a thousand values may carry. */
const CARRIED_DIGITS = 3;

/** Whether sums of up to a thousand of these lose no digit, in whatever order they are added and however often the sign turns. */
export function sumsExactly(values: readonly Decimal[]): boolean {
  let highest = 0;
  let lowest = 0;
  for (const { d, e } of values) {
    highest = Math.max(highest, e);
    lowest = Math.min(lowest, (Math.floor(e / WORD) + 1 - d.length) * WORD);
  }
  return highest + CARRIED_DIGITS - lowest < DECIMAL_PRECISION;
}

/**
 * Exactly the sum of many: no digit of any is lost, and their words are added as they stand, which is many times quicker than one
 * `plus` after the other. Up to 900 million finite values.
 */
export function sumOfMany(values: readonly Decimal[]): Decimal {
  let highest = 0;
  let lowest = 0;
  for (const { d, e } of values) {
    const first = Math.floor(e / WORD);
    highest = Math.max(highest, first);
    lowest = Math.min(lowest, first - d.length + 1);
  }
  const sums = new Float64Array(highest - lowest + 1);
  for (const { d, e, s } of values) {
    let place = Math.floor(e / WORD) - lowest;
    for (const word of d) {
      sums[place] = (sums[place] ?? 0) + s * word;
      place -= 1;
    }
  }
  const total = [...sums].reduceRight((sum, word) => sum * WORD_BASE + BigInt(word), 0n);
  return new Decimal(`${total}e${lowest * WORD}`);
}
