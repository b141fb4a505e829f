import { describe, expect, it } from 'vitest';
import {
  compareDecimals,
  Decimal,
  decimalOfCount,
  decimalText,
  maxOf,
  minOf,
  nearestFloat,
  parseDecimal,
  roundTo,
  roundToStep,
  sumOfMany,
  sumsExactly,
  ZERO,
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

describe('a count of small parts', () => {
  const COUNTS = ['0', '1', '10', '7000000', '10000000', '99999999999999', '9007199254740991'];
  const BEYOND = ['9007199254740993', '-123456789012345678901234567890'];

  it.each([0, 7, 8, 12])('is read as its text is, at %i decimals', (decimals) => {
    for (const text of [...COUNTS, ...COUNTS.map((count) => `-${count}`), ...BEYOND]) {
      const { d, e } = new Decimal(`${text}e-${decimals}`);
      const made = decimalOfCount(BigInt(text), decimals);
      expect([made.d, made.e, decimalText(made)]).toEqual([
        d,
        e,
        decimalText(new Decimal(`${text}e-${decimals}`)),
      ]);
    }
  });
});

describe('the nearest float', () => {
  const VALUES = [
    '0',
    '-0',
    '1',
    '-0.1',
    '0.3333333333333333333333333333333333333333',
    '0.0000001234567',
    '9007199254740991',
    '9007199254740993',
    '1e30',
    '1e-30',
    // Halfway between two floats, and beside it.
    '0.1000000000000000124900090270330610871315',
    '0.1000000000000000124900090270330610871316',
    '0.10000000000000001249',
  ];

  it.each(VALUES)('of %s is what its text is read as', (text) => {
    expect(nearestFloat(new Decimal(text))).toBe(Number(text));
  });

  it('of many', () => {
    for (let seed = 1; seed < 2_000; seed += 1) {
      const long = new Decimal(seed)
        .div(7 * seed + 11)
        .times(new Decimal(10).pow((seed % 40) - 20));
      expect(nearestFloat(long)).toBe(long.toNumber());
    }
  });
});

it('tells where a sum could lose a digit', () => {
  const fine = new Decimal('1e-14');
  const large = new Decimal(10).pow(22);
  expect(sumsExactly([fine, large])).toBe(true);
  expect(sumsExactly([fine, large.times(10)])).toBe(false);
  expect(sumsExactly([fine.div(10), large])).toBe(false);
});

describe('the sum of many', () => {
  const digits = (seed: number): Decimal => {
    const text = String(Math.sin(seed)).replace(/\D/g, '');
    const value = new Decimal(`${seed % 2 === 0 ? '-' : ''}${text}`);
    return value.times(new Decimal(10).pow(-(seed % 19)));
  };

  it('is what one plus after the other gives, wherever the points stand', () => {
    const values = Array.from({ length: 400 }, (_none, seed) => digits(seed));
    const oneByOne = values.reduce((sum, value) => sum.plus(value), ZERO);
    expect(sumOfMany(values).toFixed()).toBe(oneByOne.toFixed());
  });

  it('keeps what forty digits cannot hold, and is zero of none', () => {
    const far = [new Decimal('3e38'), new Decimal('-7e-20'), new Decimal('5e9')];
    expect(sumOfMany(far).toFixed()).toBe(
      '300000000000000000000000000004999999999.99999999999999999993',
    );
    expect(sumOfMany([])).toEqual(ZERO);
    expect(sumOfMany([new Decimal('0.1'), new Decimal('-0.1')]).isZero()).toBe(true);
  });
});

it('compares as decimal.js does, whatever signs, lengths and points', () => {
  const texts = [
    '0',
    '-0',
    '1',
    '-1',
    '1e7',
    '1.0000001',
    '1.00000010000001',
    '-9999999.9',
    '1e-9',
    '3e-8',
  ];
  const values = texts.map((text) => new Decimal(text));
  for (const a of values)
    for (const b of values) expect(Math.sign(compareDecimals(a, b)) + 0).toBe(a.comparedTo(b));
});
