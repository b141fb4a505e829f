import { describe, expect, it } from 'vitest';
import { money, price, quantity, rate } from '../units/money.ts';
import { createFormat, moneyDecimals, POINT_STYLE, signOf } from './format.ts';

const format = createFormat(POINT_STYLE);
/** The eye's text with the narrow space made visible. */
const seen = (shown: { readonly text: string }): string => shown.text.replaceAll('\u202f', ' ');

describe('prices', () => {
  it.each([
    ['61740', '0.1', '61,740.0'],
    ['0.5', '0.01', '0.50'],
    ['1234567.891', '0.001', '1,234,567.891'],
    ['0.00012', '0.00001', '0.00012'], // three zeros are still written out
    ['0.00001234', '0.00000001', '0.00001234'], // four, too
    ['0.000001234', '0.000000001', '0.0₅1234'],
    ['0.0000000000012', '0.0000000000001', '0.0₁₁12'],
    ['0', '0.000001', '0.000000'],
  ])('%s on a tick of %s reads %s', (value, tick, expected) => {
    expect(format.price(price(value), price(tick)).text).toBe(expected);
  });

  it('keeps the uncut value behind the counted zeros', () => {
    expect(format.price(price('0.000001234'), price('0.000000001')).full).toBe('0.000001234');
  });

  it('shows the sign of a difference, with the real minus', () => {
    expect(format.priceChange(price('-2540'), price('0.1')).text).toBe('−2,540.0');
    expect(format.priceChange(price('0.3'), price('0.1')).text).toBe('+0.3');
  });
});

describe('margin ratio: up, and never 100.0 % before it is reached [rulings B4]', () => {
  it.each([
    ['0', '0.0 %'],
    ['0.0001', '0.1 %'], // a hair of danger is shown as more
    ['0.72401', '72.5 %'],
    ['0.999', '99.9 %'],
    ['0.9990001', '99.9 %'],
    ['0.9999999999', '99.9 %'],
    ['1', '100.0 %'],
    ['1.00001', '100.1 %'],
    ['9.9999', '1,000.0 %'],
    ['10.001', '1,001 %'],
    ['250', 'over 9,999 %'],
  ])('%s reads %s', (ratio, expected) => {
    expect(seen(format.marginRatio({ kind: 'ratio', value: rate(ratio) }))).toBe(expected);
  });

  it('has words where there is no ratio', () => {
    expect(format.marginRatio({ kind: 'equity-gone' }).text).toBe('Equity gone');
    expect(format.marginRatio({ kind: 'deficit' }).text).toBe('Deficit');
  });
});

describe('distance: down, two decimals under 10 %, one to 100 %', () => {
  it.each([
    ['0.0418999', '4.18 %'],
    ['0.09999', '9.99 %'],
    ['0.1', '10.0 %'],
    ['0.16199', '16.1 %'],
    ['1', '100.0 %'],
    ['1.0001', 'over 100 %'],
    ['0.004', '0.40 %'], // whole percents would hide it as zero
    ['0.00009', 'under 0.01 %'],
    ['0', '0.00 %'],
    ['-0.00521', '−0.53 %'],
  ])('%s reads %s', (share, expected) => {
    expect(seen(format.distance(rate(share)))).toBe(expected);
  });
});

describe('money: what protects is cut down, what is demanded up', () => {
  it.each([
    ['balance', '24810.229', '24,810.22'],
    ['balance', '-0.001', '−0.01'],
    ['requirement', '17962.601', '17,962.61'],
    ['requirement', '17962.6', '17,962.60'],
    ['change', '12.009', '+12.00'],
    ['change', '-12.001', '−12.01'],
    ['change', '0', '0.00'],
    ['change', '0.004', '0.00'], // no sign at zero, and never minus zero
  ] as const)('%s of %s reads %s', (kind, value, expected) => {
    expect(format[kind](money(value), 'USDT').text).toBe(expected);
  });

  it('gives coins six decimals and dollars two', () => {
    expect(moneyDecimals('BTC')).toBe(6);
    expect(format.balance(money('0.12345678'), 'BTC').text).toBe('0.123456');
  });

  it('is short from one million on, in tiles only', () => {
    expect(seen(format.compact(money('1249999.99'), 'USDT'))).toBe('1.24 M');
    expect(seen(format.compact(money('2500000000'), 'USDT'))).toBe('2.50 B');
    expect(format.compact(money('999999.999'), 'USDT').text).toBe('999,999.99');
    expect(format.compact(money('1249999.99'), 'USDT').full).toBe('1249999.99');
    expect(seen(format.compactChange(money('10004082.6'), 'USDT'))).toBe('+10.00 M');
    expect(seen(format.compactChange(money('-1660892.16'), 'USDT'))).toBe('−1.67 M');
    expect(seen(format.compactChange(money('0'), 'USDT'))).toBe('0.00');
    // A shortfall is written as `requirement` writes it: one figure, one text.
    expect(format.compactRequirement(money('2700.651'), 'USD')).toEqual(
      format.requirement(money('2700.651'), 'USD'),
    );
    expect(seen(format.compactRequirement(money('1240000.01'), 'USDT'))).toBe('1.25 M');
  });

  it('is uncut in statements', () => {
    expect(format.exact(money('283733.32393689')).text).toBe('283,733.32393689');
    expect(format.exact(money('-0')).text).toBe('0');
  });
});

describe('other figures', () => {
  it('cuts leverage in force up, and leaves chosen leverage as it is', () => {
    expect(format.leverage(rate('6.61')).text).toBe('6.7x');
    expect(format.chosenLeverage(rate('10')).text).toBe('10x');
  });

  it('signs sizes and rates', () => {
    expect(format.size(quantity('2.7'), quantity('0.01')).text).toBe('+2.70');
    expect(format.size(quantity('-14'), quantity('0.1')).text).toBe('−14.0');
    expect(seen(format.fundingRate(rate('0.0001')))).toBe('+0.0100 %');
    expect(seen(format.changeShare(rate('-0.12349')))).toBe('−12.4 %');
    expect(seen(format.points(rate('0.05'), rate('0.0735'), 'distance'))).toBe('+2.35 points');
    expect(seen(format.points(rate('0.15'), rate('0.1735'), 'distance'))).toBe('+2.3 points');
    expect(seen(format.points(rate('0.05'), rate('0.045'), 'ratio'))).toBe('−0.5 points');
  });

  it('never prints what is not a number', () => {
    expect(format.measure(Number.NaN, 2)).toBe('unbounded');
    expect(format.measure(Infinity, 2)).toBe('unbounded');
    expect(format.measure(0.939, 2)).toBe('0.93');
  });

  it('reads the sign from the text that is shown, so that colour cannot contradict it', () => {
    expect(signOf(format.change(money('0.001'), 'USDT'))).toBe(0);
    expect(signOf(format.change(money('-0.001'), 'USDT'))).toBe(-1);
    expect(signOf(format.change(money('0.01'), 'USDT'))).toBe(1);
  });
});

it('writes in the reader’s own style', () => {
  const german = createFormat({ decimal: ',', group: '.' });
  expect(german.balance(money('1234.56'), 'USDT').text).toBe('1.234,56');
  expect(german.price(price('0.000001234'), price('0.000000001')).text).toBe('0,0₅1234');
});

it('writes steps of a share that add up as they are written', () => {
  const format = createFormat(POINT_STYLE);
  const shares = ['0.23981', '0.27341', '0.27341', '0.27009'].map((text) => rate(text));
  const steps = shares.slice(1).map((to, index) => format.stepPoints(shares[index] ?? to, to).text);
  expect(shares.map((share) => format.share(share).text)).toEqual([
    '24.0\u202f%',
    '27.4\u202f%',
    '27.4\u202f%',
    '27.1\u202f%',
  ]);
  expect(steps).toEqual(['+3.4 points', '0.0 points', '\u22120.3 points']);
});
