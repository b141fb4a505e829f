import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { accountFrom, contractOf, marketFrom, positionOf, type Scene } from './examples.ts';
import { type AssessInput } from './health.ts';
import { faultsOf, receiptCasesOf } from './receipt-examples.ts';
import { venueInput } from './venue-examples.ts';
import { houseRules } from './venues/house.ts';
import { okxRules } from './venues/okx.ts';

const BTC = contractOf({ id: 'BTCUSDT' });
/** The long of LQ1. */
const LONG: Scene = {
  wallets: { USDT: '12000' },
  positions: [positionOf({ on: BTC, size: '2', entry: '60000' })],
  instruments: [BTC],
  marks: { BTCUSDT: '60000' },
};

function houseInput(scene: Scene): AssessInput {
  return { account: accountFrom(scene), market: marketFrom(scene), rules: houseRules };
}

/** Name, full result, rounded result of every step. */
function stepsOf(input: AssessInput, figure: string): readonly (readonly string[])[] {
  const found = receiptCasesOf(input).find(({ name }) => name.endsWith(figure));
  assert(found?.work.known === true, 'a receipt');
  expect(faultsOf(found)).toEqual([]);
  return found.work.value.steps.map((step) => [
    step.name,
    step.exact.toFixed(),
    step.result.toFixed(),
  ]);
}

describe('steps of the long of LQ1', () => {
  it('[RC1] ratio: from the notional to 550 / 12,000', () => {
    expect(
      stepsOf(houseInput(LONG), 'margin-ratio').map(([name, , result]) => [name, result]),
    ).toEqual([
      ['Notional of BTCUSDT', '120000'],
      ['Unrealized PnL of BTCUSDT', '0'],
      ['Risk tier of BTCUSDT', '2'],
      ['Maintenance of BTCUSDT', '550'],
      ['Margin balance', '12000'],
      ['Maintenance margin', '550'],
      ['Margin ratio', '0.04583333333333333333333333333333333333333'],
    ]);
  });

  it('[RC1] price below: the root in tier 2, then the tick toward the mark', () => {
    expect(
      stepsOf(houseInput(LONG), 'liquidation-below').map(([name, , result]) => [name, result]),
    ).toEqual([
      ['Risk tier of BTCUSDT', '2'],
      ['Margin balance, fixed part', '-108000'],
      ['Margin balance, part times the multiple', '120000'],
      ['Maintenance, fixed part', '-50'],
      ['Maintenance, part times the multiple', '600'],
      ['Excess, fixed part', '-107950'],
      ['Excess, part times the multiple', '119400'],
      ['Multiple of the mark', '0.9041038525963149078726968174204355108878'],
      ['Price before rounding', '54246.23115577889447236180904522613065327'],
      ['Liquidation price below the mark', '54246.24'],
    ]);
  });

  it('[RC1] a pool past its line has no price to wait for: its receipt is of balance and maintenance', () => {
    const past = houseInput({ ...LONG, wallets: { USDT: '400' } });
    const names = stepsOf(past, 'liquidation-below').map(([name]) => name);
    expect(names.slice(-2)).toEqual(['Margin balance', 'Maintenance margin']);
    expect(stepsOf(past, 'safe-again').at(-1)).toEqual([
      'Price at which maintenance is covered again',
      '60075.37688442211055276381909547738693468',
      '60075.38',
    ]);
  });
});

describe('steps under the terms of a venue', () => {
  it('[RC1] fee beside maintenance, both at the price', () => {
    const input = venueInput({
      rules: okxRules,
      size: '1',
      entry: '100',
      taker: '0.0005',
      tiers: '0.01',
      isolated: '10',
    });
    expect(stepsOf(input, 'liquidation-below').map(([name, , result]) => [name, result])).toEqual([
      ['Risk tier of X', '1'],
      ['Margin balance, fixed part', '-90'],
      ['Margin balance, part times the price', '1'],
      ['Maintenance, part times the price', '0.0105'],
      ['Excess, fixed part', '-90'],
      ['Excess, part times the price', '0.9895'],
      ['Price before rounding', '90.95502779181404749873673572511369378474'],
      ['Liquidation price below the mark', '90.95502780181404749873673572511369378474'],
    ]);
  });

  it('[RC1] a flat table: where a tier begins, the excess jumps below zero', () => {
    const input = venueInput({
      rules: okxRules,
      size: '10',
      entry: '100',
      tiers: [
        ['5', '0.01'],
        ['1000', '0.05'],
      ],
      cross: '200',
    });
    expect(stepsOf(input, 'liquidation-below').at(-1)?.[0]).toBe(
      'Liquidation price below the mark',
    );
  });
});
