import { describe, expect, it } from 'vitest';
import { deductionFrom, impliedDeduction, rowsFollow, tiersOfRows } from './case-tiers.ts';
import { agrees, disturbancesOf, EXACT, shiftedAway } from './case-text.ts';

const amount = (value: string) => ({ kind: 'amount', value }) as const;
const share = (value: string) => ({ kind: 'share', value }) as const;

describe('comparing texts', () => {
  it.each([
    ['12.50', '12.5', EXACT, true],
    ['12.51', '12.5', EXACT, false],
    ['12.51', '12.5', amount('0.01'), true],
    ['12.52', '12.5', amount('0.01'), false],
    ['-101', '-100', share('0.01'), true],
    ['-101.1', '-100', share('0.01'), false],
    ['NaN', '0', amount('1'), false],
  ])('%s against %s', (actual, expected, tolerance, verdict) => {
    expect(agrees(actual, expected, tolerance)).toBe(verdict);
  });

  it.each([
    ['exact: one unit of the last digit', '2.430', '2.43', EXACT, ['2.431', '2.429']],
    ['twice the tolerance', '100', '100', amount('0.5'), ['101', '99']],
    ['an answer below: upwards only', '100', '99.6', amount('0.5'), ['101']],
    ['an answer above: downwards only', '100', '100.4', amount('0.5'), ['99']],
    ['a share', '-200', '-200', share('0.01'), ['-196', '-204']],
  ])('shifting, %s', (_case, expected, actual, tolerance, shifted) => {
    expect(shiftedAway({ expected, actual, tolerance })).toEqual(shifted);
    for (const other of shifted) expect(agrees(actual, other, tolerance)).toBe(false);
  });

  it('another value is never the same value', () => {
    for (const text of ['0', '0.00', '5', '-3.25']) {
      for (const other of disturbancesOf(text)) expect(agrees(other, text, EXACT)).toBe(false);
    }
  });
});

describe('tiers of a case', () => {
  const rows = [
    { floor: '0', cap: '50000', rate: '0.004' },
    { floor: '50000', cap: '600000', rate: '0.005', deduction: '50' },
    { floor: '600000', rate: '0.0065' },
  ];
  it('deductions follow from floors and rates, and are taken as given where they are', () => {
    expect([1, 2, 3, 4].map((tier) => impliedDeduction(rows, tier))).toEqual([
      '0',
      '50',
      '950',
      undefined,
    ]);
    const odd = rows.with(1, { floor: '50000', cap: '600000', rate: '0.005', deduction: '51' });
    expect(tiersOfRows(odd).map((tier) => tier.maintenanceDeduction.toFixed())).toEqual([
      '0',
      '51',
      '951',
    ]);
    expect(impliedDeduction(odd, 2)).toBe('50');
    expect(
      deductionFrom({ floor: '50000', rate: '0.005', previousRate: '0.004', previousAmount: '0' }),
    ).toBe('50');
  });

  it('rows that leave a gap, fall or begin late are no table', () => {
    expect(rowsFollow(rows)).toBe(true);
    expect(rowsFollow(rows.slice(1))).toBe(false);
    expect(
      rowsFollow([rows[0], { floor: '50001', rate: '0.005' }].filter((row) => row !== undefined)),
    ).toBe(false);
    expect(
      rowsFollow([
        { floor: '0', rate: '0.005' },
        { floor: '1', rate: '0.004' },
      ]),
    ).toBe(false);
  });
});
