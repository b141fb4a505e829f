import { describe, expect, it } from 'vitest';
import {
  Decimal,
  decimalText,
  maxOf,
  minOf,
  parseDecimal,
  roundTo,
  roundToStep,
} from './decimal.ts';

describe('reading a number', () => {
  it.each([
    '0',
    '-12.5',
    '+3',
    '.5',
    '5.',
    '0.00000001',
    '123456789012345678901234567890.123456789',
  ])('takes %s', (text) => {
    const read = parseDecimal(text);
    expect(read.ok && read.value.eq(new Decimal(text.replace('+', '')))).toBe(true);
  });

  it.each(['', ' 1', '1e5', 'NaN', 'Infinity', '1,5', '1_000', '0x10', '--1', '.', '1'.repeat(81)])(
    'refuses "%s"',
    (text) => expect(parseDecimal(text).ok).toBe(false),
  );
});

describe('writing a number', () => {
  it('never as minus zero and never with an exponent', () => {
    expect(decimalText(new Decimal('-0'))).toBe('0');
    expect(decimalText(new Decimal('1e-20'))).toBe('0.00000000000000000001');
    expect(decimalText(new Decimal('1e30'))).toBe('1000000000000000000000000000000');
  });
});

describe('rounding by name', () => {
  it.each([
    ['up', '1.21', '-1.21'],
    ['down', '1.2', '-1.2'],
    ['ceil', '1.21', '-1.2'],
    ['floor', '1.2', '-1.21'],
    ['half-up', '1.21', '-1.21'],
    ['half-even', '1.2', '-1.2'],
  ] as const)('1.205 and -1.205 at two decimals, %s', (mode, positive, negative) => {
    expect(roundTo(new Decimal('1.205'), 2, mode).toString()).toBe(positive);
    expect(roundTo(new Decimal('-1.205'), 2, mode).toString()).toBe(negative);
  });

  it('puts a price on its tick', () => {
    expect(roundToStep(new Decimal('54246.23'), new Decimal('0.5'), 'ceil').toString()).toBe(
      '54246.5',
    );
    expect(roundToStep(new Decimal('54246.23'), new Decimal('0.5'), 'floor').toString()).toBe(
      '54246',
    );
  });
});

it('knows the smaller and the larger', () => {
  const [one, two] = [new Decimal(1), new Decimal(2)];
  expect([minOf(one, two), maxOf(one, two)]).toEqual([one, two]);
});
