/**
 * Reads what a person typed as a number (ux.md 6): comma and point are both taken, and what could mean two numbers is
 * refused in a sentence instead of being chosen for the reader.
 */
import { fail, ok, type Result } from '../contract.ts';
import { Decimal, decimalText } from '../units/decimal.ts';
import { createFormat, type NumberStyle } from './format.ts';

export interface UnderstoodNumber {
  readonly value: Decimal;
  /** The uncut value in the reader's style, to be shown beside what was typed. */
  readonly text: string;
}

/** More digits than any price, size or balance has. */
const DIGITS_MAX = 40;
const NEGATIVE = /^[-\u2212]/;
/** Marks that only ever part groups: blanks and apostrophes. */
const GROUP_ONLY = /[\s'\u2019]/;
const GROUPED = /^\d{1,3}(?<mark>[.,\s'\u2019])\d{3}(?:\k<mark>\d{3})*$/;

/** What a typed text means, or a sentence that says why that is not clear. An empty text is refused like any other. */
export function parseNumberInput(typed: string, style: NumberStyle): Result<UnderstoodNumber> {
  const text = typed.trim();
  const unsigned = text.replace(/^[-+\u2212]\s*/, '');
  const digits = unsigned.replace(/\D/g, '');
  if (digits === '') return fail('Enter a number.');
  if (digits.length > DIGITS_MAX) return fail(`At most ${DIGITS_MAX} digits can be read.`);
  if (!/^[\d.,\s'\u2019]*$/.test(unsigned))
    return fail('Only digits, a sign and a decimal mark can be read.');
  const plain = plainOf(unsigned, style);
  if (!plain.ok) return plain;
  const size = new Decimal(plain.value);
  const value = NEGATIVE.test(text) && !size.isZero() ? size.negated() : size;
  return ok({ value, text: createFormat(style).exact(value).text });
}

/** The text that the parser reads back as this value: the reader's decimal mark and no groups. */
export function numberInputText(value: Decimal, style: NumberStyle): string {
  return decimalText(value).replace('.', style.decimal);
}

/** Digits with one point at most. */
function plainOf(unsigned: string, style: NumberStyle): Result<string> {
  const at = decimalMarkAt(unsigned);
  if (at === undefined) return wholeOf(unsigned, unsigned);
  const mark = unsigned.charAt(at);
  const head = unsigned.slice(0, at);
  const fraction = unsigned.slice(at + 1);
  if (!/^\d*$/.test(fraction)) return fail(unclear(unsigned));
  if (mark !== style.decimal && GROUPED.test(unsigned) && !head.startsWith('0'))
    return fail(twoMeanings(head, fraction, style));
  const whole = wholeOf(head, unsigned);
  return whole.ok ? ok(`${whole.value}.${fraction === '' ? '0' : fraction}`) : whole;
}

/** Where the decimal mark stands: the last comma or point, unless the same mark stands before it and so parts groups. */
function decimalMarkAt(unsigned: string): number | undefined {
  const last = Math.max(unsigned.lastIndexOf(','), unsigned.lastIndexOf('.'));
  if (last < 0) return undefined;
  return unsigned.indexOf(unsigned.charAt(last)) === last ? last : undefined;
}

/** The part before the decimal mark: bare digits, or groups of three parted by one and the same mark. */
function wholeOf(head: string, unsigned: string): Result<string> {
  if (/^\d*$/.test(head)) return ok(head === '' ? '0' : head);
  return GROUPED.test(head) ? ok(head.replace(/\D/g, '')) : fail(unclear(unsigned));
}

function unclear(unsigned: string): string {
  return GROUP_ONLY.test(unsigned) || /[.,].*[.,]/.test(unsigned)
    ? `The groups of “${unsigned}” are not three digits each. Write the number without groups.`
    : `“${unsigned}” is no number.`;
}

function twoMeanings(head: string, fraction: string, style: NumberStyle): string {
  const whole = `${head}${fraction}`;
  return `This could mean ${whole} or ${head}${style.decimal}${fraction}. Write it as one of them.`;
}
