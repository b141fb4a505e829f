/** Fields of a file from outside: each says what it expects, and `sentencesOf` turns every refusal into one sentence. */
import { z } from 'zod';
import { type Result } from '../contract.ts';
import { type Decimal, parseDecimal } from '../units/decimal.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { parseUtcTime } from '../units/time.ts';

/** A text field: what was expected is the message, the place and the value are added by `sentencesOf`. */
export function textField<Value>(expected: string, read: (text: string) => Value | undefined) {
  return z.unknown().transform((input, context): Value => {
    const value = typeof input === 'string' ? read(input) : undefined;
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: expected, input });
    return z.NEVER;
  });
}

function numberField<Value extends Decimal>(
  expected: string,
  brand: (value: Decimal) => Value,
  lawful: (value: Decimal) => boolean,
) {
  return textField(expected, (text) => {
    const value = parseDecimal(text);
    return value.ok && lawful(value.value) ? brand(value.value) : undefined;
  });
}

const LEVERAGE_MIN = 1;
const LEVERAGE_MAX = 1000;
const NAME_LENGTH_MAX = 64;
/** Venues list contracts in many scripts. */
const TICKER = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;

export const anyAmount = numberField('a decimal text such as "-12.5"', money, () => true);
export const amountFromZero = numberField(
  'a decimal text, zero or above, such as "12.5"',
  money,
  (value) => value.gte(0),
);
export const amountAboveZero = numberField('a decimal text above zero', money, (value) =>
  value.gt(0),
);
export const priceAboveZero = numberField(
  'a decimal text above zero, such as "61740.5"',
  price,
  (value) => value.gt(0),
);
export const signedSize = numberField(
  'a decimal text such as "-2.7": long above zero, short below, never zero',
  quantity,
  (value) => !value.isZero(),
);
export const stepAboveZero = numberField('a decimal text above zero', quantity, (value) =>
  value.gt(0),
);
export const anyRate = numberField('a decimal text such as "0.0001"', rate, () => true);
export const shareOfOne = numberField(
  'a decimal text from 0 to 1',
  rate,
  (value) => value.gte(0) && value.lte(1),
);
export const leverageField = numberField(
  `a decimal text from ${LEVERAGE_MIN} to ${LEVERAGE_MAX}`,
  rate,
  (value) => value.gte(LEVERAGE_MIN) && value.lte(LEVERAGE_MAX),
);
export const utcTime = textField('a UTC time such as "2026-01-14T12:00:00Z"', parseUtcTime);
export const ticker = textField('a symbol of at most 40 letters, digits, ".", "_" or "-"', (text) =>
  TICKER.test(text) ? text : undefined,
);
export const nameText = textField(`a text of 1 to ${NAME_LENGTH_MAX} characters`, (text) =>
  text.length > 0 && text.length <= NAME_LENGTH_MAX ? text : undefined,
);

/** An object that refuses unknown keys, and then says which it knows. */
export function strictRecord<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined),
  });
}

/** Reads `input` by `schema`: its value, or a sentence for every problem, each with place, value and what was expected. */
export function readBy<Value>(
  schema: z.ZodType<Value>,
  input: unknown,
  whole: string,
): Result<Value, readonly string[]> {
  const parsed = schema.safeParse(input, { reportInput: true });
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, error: parsed.error.issues.flatMap((issue) => sentencesOf(issue, whole)) };
}

function sentencesOf(issue: z.core.$ZodIssue, whole: string): readonly string[] {
  const place = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${placeOf([...issue.path, key])} is not a key here; expected only ${issue.message}`,
    );
  }
  if (issue.code === 'too_big' && Array.isArray(issue.input)) {
    return [`${place} has ${issue.input.length} entries; expected at most ${issue.maximum}`];
  }
  const expected = expectationOf(issue);
  return [`${place === '' ? whole : place} is ${shown(issue.input)}; expected ${expected}`];
}

function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    return issue.values.map((value) => JSON.stringify(value)).join(' or ');
  }
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? `a ${issue.expected}`;
  return issue.message;
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  boolean: 'true or false',
};

/** `positions[2].size` */
export function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

const SHOWN_LENGTH = 60;

/** A value as a sentence may quote it: short, and a JSON number told apart from its text. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return `the bare number ${value}`;
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
