/** Each special value has one rendering: the same in row, panel and alert (ux.md 14.12). Exports: figure-text.test.tsx. */
import { describe, expect, it } from 'vitest';
import { type Absence, type MarginRatio } from '../margin/figures.ts';
import { assetId, instrumentId, poolId } from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { crossing, type TransitionBody } from './alert-words.ts';
import { type ConventionName } from './convention.ts';
import { createFormat, POINT_STYLE, type Format } from './format.ts';
import { NUMBER_STYLES } from './number-style.ts';
import { absenceSentence, absenceWords } from './words.ts';

const BTC = instrumentId('BTCUSDT');
const ABSENCES: { readonly [Kind in Absence['kind']]: Absence & { readonly kind: Kind } } = {
  'mark-missing': { kind: 'mark-missing', instrumentId: BTC },
  'mark-stale': { kind: 'mark-stale', instrumentId: BTC },
  'asset-price-missing': { kind: 'asset-price-missing', assetId: assetId('BTC') },
  'instrument-unknown': { kind: 'instrument-unknown', instrumentId: BTC },
  'terms-invalid': { kind: 'terms-invalid', instrumentId: BTC },
  'above-last-tier': { kind: 'above-last-tier', instrumentId: BTC, notional: money('1e15') },
  'margin-covers-loss': { kind: 'margin-covers-loss' },
  'already-liquidatable': { kind: 'already-liquidatable' },
  'price-cancels': { kind: 'price-cancels' },
  'no-equity': { kind: 'no-equity' },
  'balance-missing': { kind: 'balance-missing', assetId: assetId('USDT') },
  'rows-left-out': { kind: 'rows-left-out', rows: 2 },
  'not-recorded': { kind: 'not-recorded' },
};
/** What may never stand on a screen: not a number, nothing, minus zero, an exponent, a bare dash or infinity. */
const FORBIDDEN = /NaN|undefined|null|Infinity|^[-−–—∞]$|^[-−]0([.,]0+)?(?![.,\d])|\de[+-]?\d/;

describe.each(Object.values(ABSENCES))('the absence $kind', (why) => {
  const words = absenceWords(why, () => 14_000);

  it('[UX12] is None or Unknown in a row, with its reason in a panel and an alert', () => {
    expect(words.head).toBe(words.kind === 'none' ? 'None' : 'Unknown');
    expect(absenceSentence(words)).toBe(`${words.head}: ${words.reason}`);
    expect(absenceSentence(words)).not.toMatch(FORBIDDEN);
  });
});

it('has another reason for every absence', () => {
  const reasons = Object.values(ABSENCES).map((why) => absenceWords(why, () => 14_000).reason);
  expect(new Set(reasons).size).toBe(reasons.length);
});

const NAMES: readonly ConventionName[] = ['ratio', 'coverage', 'health'];
const RATIOS: readonly (readonly [string, MarginRatio])[] = [
  ['equity-gone', { kind: 'equity-gone' }],
  ['deficit', { kind: 'deficit' }],
  ['0', { kind: 'ratio', value: rate('0') }],
  ['1', { kind: 'ratio', value: rate('1') }],
  ['12.5', { kind: 'ratio', value: rate('12.5') }],
  ['1000000', { kind: 'ratio', value: rate('1e6') }],
];

describe.each(NAMES)('a special ratio told as %s', (name) => {
  it.each(RATIOS)('[UX12] %s reads the same in a row and in an alert', (text, ratio) => {
    const format = createFormat(POINT_STYLE, name);
    const inRow = format.marginRatio(ratio).text;
    const inAlert = crossing(alertOf(text), format);
    expect(inAlert).toContain(inRow);
    expect(inRow).not.toMatch(FORBIDDEN);
  });
});

/** A pool that was closed at this ratio. */
function alertOf(value: string): TransitionBody {
  return {
    kind: 'transition',
    poolId: poolId('A0007/cross:USDT'),
    from: 'critical',
    to: 'liquidated',
    by: 'liquidation',
    value,
    level: '1',
    instrument: null,
    mark: null,
    markAgeMs: null,
    marginRatio: null,
    distanceShare: null,
    lastedMs: 0,
    returns: 0,
  };
}

const tick = price('0.000000001');
const SPECIAL_NUMBERS: readonly (readonly [string, (format: Format) => string, string, string])[] =
  [
    ['zero money', (f) => f.balance(money('0'), 'USDT').text, '0.00', '0,00'],
    ['zero change', (f) => f.change(money('0'), 'USDT').text, '0.00', '0,00'],
    ['minus zero', (f) => f.change(money('-0'), 'USDT').text, '0.00', '0,00'],
    ['a hair of a loss', (f) => f.change(money('-1e-18'), 'USDT').text, '−0.01', '−0,01'],
    ['a hair of a gain', (f) => f.change(money('1e-18'), 'USDT').text, '0.00', '0,00'],
    ['a hair of a fee', (f) => f.requirement(money('1e-18'), 'USDT').text, '0.01', '0,01'],
    [
      'much money',
      (f) => f.balance(money('1e15'), 'USDT').text,
      '1,000,000,000,000,000.00',
      '1.000.000.000.000.000,00',
    ],
    [
      'much money in a tile',
      (f) => f.compact(money('1e15'), 'USDT').text,
      '1,000,000.00 B',
      '1.000.000,00 B',
    ],
    ['a tiny price', (f) => f.price(price('0.000000123'), tick).text, '0.0₆123', '0,0₆123'],
    [
      'a tiny change of price',
      (f) => f.priceChange(price('-0.000000123'), tick).text,
      '−0.000000123',
      '−0,000000123',
    ],
    ['no size', (f) => f.size(quantity('0'), quantity('0.01')).text, '0.00', '0,00'],
    ['no room', (f) => f.distance(rate('0')).text, '0.00 %', '0,00 %'],
    ['a hair of room', (f) => f.distance(rate('1e-9')).text, 'under 0.01 %', 'under 0,01 %'],
    ['room beyond the mark', (f) => f.distance(rate('1.7')).text, 'over 100 %', 'over 100 %'],
    ['past liquidation', (f) => f.distance(rate('-0.05')).text, '−5.00 %', '−5,00 %'],
    ['a share over one', (f) => f.share(rate('12.3456')).text, '1,234.6 %', '1.234,6 %'],
    ['no funding', (f) => f.fundingRate(rate('-0')).text, '0.0000 %', '0,0000 %'],
    ['leverage without equity', (f) => f.leverage(rate('0')).text, '0.0x', '0,0x'],
    ['a measure without end', (f) => f.measure(Infinity, 2), 'unbounded', 'unbounded'],
    ['a measure that is none', (f) => f.measure(Number.NaN, 2), 'unbounded', 'unbounded'],
    ['an age before its time', (f) => f.age(-3), '0.0 s', '0,0 s'],
  ];

it.each(SPECIAL_NUMBERS)('[UX12] %s has one text in each style', (_name, show, english, german) => {
  const texts = [NUMBER_STYLES.english, NUMBER_STYLES.german].map((style) =>
    show(createFormat(style)).replaceAll('\u202f', ' '),
  );
  expect(texts).toEqual([english, german]);
  for (const text of texts) expect(text).not.toMatch(FORBIDDEN);
});
