import { describe, expect, it } from 'vitest';
import { rate } from '../units/money.ts';
import { type ConventionName } from './convention.ts';
import { createFormat, POINT_STYLE } from './format.ts';

const NAMES: readonly ConventionName[] = ['ratio', 'coverage', 'health'];

function figure(name: ConventionName, ratio: string): string {
  const { marginRatio } = createFormat(POINT_STYLE, name);
  return marginRatio({ kind: 'ratio', value: rate(ratio) }).text.replaceAll('\u202f', ' ');
}

describe('a margin ratio told as the ratio, as coverage and as health [rulings B4, ux 14.14]', () => {
  it.each([
    // Coverage and health are cut down, the ratio up: toward danger in each.
    ['0.72401', '72.5 %', '138.1 %', '27.5 %'],
    ['0.3', '30.0 %', '333.3 %', '70.0 %'],
    ['0.7', '70.0 %', '142.8 %', '30.0 %'],
    ['0.0001', '0.1 %', 'over 9,999 %', '99.9 %'],
    ['0.05', '5.0 %', '2,000 %', '95.0 %'],
    ['0.0543', '5.5 %', '1,841 %', '94.5 %'],
    // The figure of liquidation is not shown before it is reached.
    ['0.9990001', '99.9 %', '100.1 %', '0.1 %'],
    ['0.9999999999', '99.9 %', '100.1 %', '0.1 %'],
    ['1', '100.0 %', '100.0 %', '0.0 %'],
    ['1.00001', '100.1 %', '99.9 %', '−0.1 %'],
    ['1.25', '125.0 %', '80.0 %', '−25.0 %'],
    ['11.502', '1,151 %', '8.6 %', '−1,051 %'],
    ['250', 'over 9,999 %', '0.4 %', 'under −9,999 %'],
    ['0', '0.0 %', 'Nothing to cover', '100.0 %'],
  ])('%s: %s, %s, %s', (ratio, asRatio, asCoverage, asHealth) => {
    expect(NAMES.map((name) => figure(name, ratio))).toEqual([asRatio, asCoverage, asHealth]);
  });

  it('takes a quotient of forty digits for what it was divided from', () => {
    expect(figure('coverage', rate('2').div('3').toFixed())).toBe('150.0 %');
  });

  it.each(NAMES)('has one word for no equity and one for a deficit in %s', (name) => {
    const { marginRatio } = createFormat(POINT_STYLE, name);
    expect(marginRatio({ kind: 'equity-gone' }).text).toBe('Equity gone');
    expect(marginRatio({ kind: 'deficit' }).text).toBe('Deficit');
  });
});

describe('a level', () => {
  it.each([
    [0.5, 'from 50 %', 'from 200 % down', 'from 50 % down'],
    [0.7, 'from 70 %', 'from 142.9 % down', 'from 30 % down'],
    [0.85, 'from 85 %', 'from 117.7 % down', 'from 15 % down'],
    [0.725, 'from 72.5 %', 'from 138.0 % down', 'from 27.5 % down'],
  ])('of %d is %s, %s, %s', (ratio, ...texts) => {
    const shown = NAMES.map((name) =>
      createFormat(POINT_STYLE, name).convention.from(ratio).replaceAll('\u202f', ' '),
    );
    expect(shown).toEqual(texts);
  });

  it('stands on a scale in whole percents', () => {
    const tick = (name: ConventionName): string =>
      createFormat(POINT_STYLE, name).convention.tick(0.85);
    expect(NAMES.map(tick)).toEqual(['85', '118', '15']);
  });
});

it('keeps the uncut fraction behind the figure, for titles and copies', () => {
  const full = (name: ConventionName): string =>
    createFormat({ decimal: ',', group: '.' }, name).marginRatio({
      kind: 'ratio',
      value: rate('0.8'),
    }).full;
  expect(NAMES.map(full)).toEqual(['0.8', '1.25', '0.2']);
});

it.each([
  ['ratio', '0.8', '0.8'],
  ['coverage', '1.25', '0.8'],
  ['health', '0.2', '0.8'],
  // Cut down: what is asked for is reached.
  ['coverage', '1.5', '0.666666666666666666666666'],
] as const)('takes a %s of %s for a margin ratio of %s and tells it so', (name, told, ratio) => {
  const { convention } = createFormat(POINT_STYLE, name);
  expect(convention.ratioOf(rate(told)).toFixed()).toBe(ratio);
  expect(convention.told(rate(ratio))?.toDecimalPlaces(20).toFixed()).toBe(told);
});
