import { describe, expect, it } from 'vitest';
import { assetId } from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { CATALOGUE } from './catalogue.ts';
import {
  checkInstrument,
  deductionAfter,
  notionalOf,
  valueOf,
  type Instrument,
} from './instrument.ts';

const [btc] = CATALOGUE;
if (btc === undefined) throw new Error('the catalogue begins with BTCUSDT');

const inverse: Instrument = {
  ...btc,
  kind: 'inverse',
  quote: assetId('USD'),
  settle: assetId('BTC'),
  contractSize: quantity(100),
  lotSize: quantity(1),
};

describe('what a size is worth', () => {
  it.each([
    ['long 2 BTC at 60,000', btc, '2', '60000', '120000'],
    ['short 2 BTC at 60,000: owed', btc, '-2', '60000', '-120000'],
    ['long 300 contracts of 100 USD at 60,000 owe half a coin', inverse, '300', '60000', '-0.5'],
    ['short 300 contracts hold it', inverse, '-300', '60000', '0.5'],
  ])('%s', (_case, instrument, size, at, expected) => {
    const value = valueOf(instrument, quantity(size), price(at));
    expect(value.toFixed()).toBe(expected);
    expect(notionalOf(instrument, quantity(size), price(at)).toFixed()).toBe(
      expected.replace('-', ''),
    );
  });
});

describe('the door for instruments', () => {
  const first = btc.tiers[0];
  const second = btc.tiers[1];
  if (first === undefined || second === undefined) throw new Error('BTCUSDT has tiers');

  it('takes a sound linear and a sound inverse contract', () => {
    expect(checkInstrument(btc).ok).toBe(true);
    expect(checkInstrument(inverse).ok).toBe(true);
  });

  it('works out the deduction of a tier from its floor and rates: 50,000 x 0.1 % above 0', () => {
    expect(deductionAfter(first, money(50_000), rate('0.005')).toFixed()).toBe('50');
  });

  it.each<readonly [string, Partial<Instrument>, string]>([
    [
      'a tick of nothing',
      { tickSize: price(0) },
      'BTCUSDT: tick, lot and contract size must be above zero',
    ],
    [
      'a grid finer than the ledger',
      { tickSize: price('0.00001'), lotSize: quantity('0.0001') },
      'BTCUSDT: tick and lot decimals add up to 9, at most 8 can be booked exactly',
    ],
    [
      'PnL in a third asset',
      { settle: assetId('ETH') },
      'BTCUSDT: a linear contract settles in USDT, not in ETH',
    ],
    ['no tier', { tiers: [] }, 'BTCUSDT: a tier table has a tier'],
    [
      'a table that begins above zero',
      { tiers: [second] },
      'BTCUSDT: tier 1 must start at 0 with a deduction of 0',
    ],
    [
      'a deduction that does not follow',
      { tiers: [first, { ...second, maintenanceDeduction: money(51) }] },
      'BTCUSDT: tier 2 has deduction 51, its floors and rates give 50',
    ],
  ])('refuses %s', (_case, change, sentence) => {
    const checked = checkInstrument({ ...btc, ...change });
    expect(checked.ok ? '' : checked.error).toBe(sentence);
  });
});
