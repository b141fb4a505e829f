import { describe, expect, it } from 'vitest';
import { money, rate } from '../units/money.ts';
import {
  availableOf,
  bybitRateOf,
  coverageOf,
  deribitEquityOf,
  deribitMarginBalanceOf,
  discountedOf,
  inCurrencyOf,
  krakenCollateralOf,
  longProfitRateOf,
  okxAccountRatioOf,
  okxInverseRatioOf,
  okxLinearRatioOf,
  shortProfitRateOf,
} from './account-formulas.ts';
import { assess, contractOf, poolIn, positionIn, positionOf, shown, shownTo } from './examples.ts';
import { firstCrossing, type Piece } from './outward.ts';
import { venuePool, type VenuePosition } from './venue-examples.ts';
import { bitgetRules } from './venues/bitget.ts';
import { bitmexRules } from './venues/bitmex.ts';
import { bybitEntryRules, bybitInverseCrossRules, bybitRules } from './venues/bybit.ts';
import { deribitRules } from './venues/deribit.ts';
import { GATE_FEE_RATE, gateRules } from './venues/gate.ts';
import { krakenInverseRules, krakenLinearRules } from './venues/kraken.ts';
import { okxRules } from './venues/okx.ts';

function pricesOf(text: VenuePosition, decimals = 8) {
  const { below, above } = venuePool(text).position.liquidation();
  return [shownTo(below, decimals), shownTo(above, decimals)];
}

function pieceOf(c0: string, c1: string, c2: string, start: string, end?: string): Piece {
  return {
    curve: { c0: rate(c0), c1: rate(c1), c2: rate(c2) },
    start: rate(start),
    end: end === undefined ? undefined : rate(end),
  };
}

describe('the first sign change outward', () => {
  it.each([
    ['a root', [pieceOf('10', '-1', '0', '4')], '10'],
    ['the nearer of two roots', [pieceOf('-24', '11', '-1', '4', '20')], '8'],
    [
      'a jump between pieces',
      [pieceOf('10', '-1', '0', '4', '6'), pieceOf('1', '-1', '0', '6')],
      '6',
    ],
    ['a touch is none', [pieceOf('25', '-10', '1', '4')], undefined],
    [
      'a root beyond the piece does not count',
      [pieceOf('10', '-1', '0', '4', '6'), pieceOf('1', '0', '0', '6')],
      undefined,
    ],
    ['no real root', [pieceOf('1', '0', '1', '0')], undefined],
  ])('[VE1] up: %s', (_case, pieces, expected) => {
    expect(firstCrossing(pieces, 'up')?.x.toFixed()).toBe(expected);
  });

  it('[VE1] down, and from the other side of the line back to safety', () => {
    expect(firstCrossing([pieceOf('-3', '1', '0', '4', '0')], 'down')?.x.toFixed()).toBe('3');
    expect(firstCrossing([pieceOf('-10', '1', '0', '4')], 'up')?.x.toFixed()).toBe('10');
    expect(firstCrossing([], 'up')).toBeUndefined();
  });
});

/** Flat tiers of notional: 1 % up to 1,000, then 5 % of everything. */
const STEPS: VenuePosition = {
  rules: bitgetRules,
  size: '-10',
  entry: '90',
  tiers: [
    ['1000', '0.01'],
    ['1000000', '0.05'],
  ],
  flat: true,
  isolated: '140',
};

describe('flat tiers', () => {
  it('[VE1] a short is liquidated where maintenance jumps: 140 - 100 is above 10 and below 50', () => {
    expect(pricesOf(STEPS)).toEqual(['<margin-covers-loss>', '100.00000000']);
  });

  it('[VE1] a long in the higher tier: the nearer root counts, not the one of the lower tier', () => {
    // 60 - 10 x (105 - P) = 0.5 P, P = 990 / 9.5; by the 1 % of the lower tier it would be 990 / 9.9 = 100
    expect(pricesOf({ ...STEPS, size: '10', entry: '105', isolated: '60' })).toEqual([
      '104.21052632',
      '<margin-covers-loss>',
    ]);
  });

  it('[VE2] OKX reads its table by contracts: 20,001 are in the second tier whatever they are worth', () => {
    const text: VenuePosition = {
      rules: okxRules,
      size: '20001',
      contractSize: '10',
      entry: '0.5',
      tiers: [
        ['20000', '0.02'],
        ['42000', '0.03'],
      ],
      flat: true,
      cross: '5000',
    };
    expect(shown(venuePool(text).position.maintenanceMargin)).toBe('3000.15');
    expect(shown(venuePool({ ...text, size: '20000' }).position.maintenanceMargin)).toBe('2000');
    expect(venuePool({ ...text, size: '42001' }).pool.missing).toMatchObject([
      { kind: 'above-last-tier' },
    ]);
  });
});

describe('rates that grow with the coins', () => {
  const sol: VenuePosition = {
    rules: deribitRules,
    size: '6000',
    entry: '190',
    mark: '201',
    index: '200',
    growth: ['0.04', '0.02', '0.000005'],
    cross: '500000',
  };

  it('[VE2] 6,000 SOL at an index of 200: 7 % and 5 % of 1,200,000', () => {
    const { position } = venuePool(sol);
    expect(shown(position.initialMargin)).toBe('84000');
    expect(shown(position.maintenanceMargin)).toBe('60000');
  });

  const inverse: VenuePosition = {
    rules: deribitRules,
    kind: 'inverse',
    size: '50',
    entry: '7400',
    mark: '7476.65',
    growth: ['0.0295', '0.0215', '0.00005'],
    cross: '0.001',
  };

  it('[VE2] 50 USD at 7,476.65: the recorded figures, at nine decimals', () => {
    const { position } = venuePool(inverse);
    expect(shown(position.notional)).toBe('0.006687487');
    expect(shown(position.initialMargin)).toBe('0.000197283');
    expect(shown(position.maintenanceMargin)).toBe('0.000143783');
  });

  it.each(['10000000', '-10000000'])(
    '[VE1, VE7] the price of %s contracts solves a quadratic',
    (size) => {
      const { position } = venuePool({
        ...inverse,
        size,
        entry: '50000',
        mark: '50000',
        cross: '60',
      });
      const { exactBelow, exactAbove } = position.liquidation();
      const exact = size.startsWith('-') ? exactAbove : exactBelow;
      const y = exact.known ? rate(1).div(exact.value) : rate(0);
      const coins = y.times('10000000');
      const sign = size.startsWith('-') ? -1 : 1;
      const equity = rate(60).plus(rate(200).minus(coins).times(sign));
      const required = coins.times(coins.times('0.00005').plus('0.0215'));
      expect(equity.minus(required).abs().lt('1e-33')).toBe(true);
    },
  );
});

const XBT: VenuePosition = {
  rules: bitmexRules,
  kind: 'inverse',
  size: '-10',
  contractSize: '100000000',
  entry: '10948',
  mark: '10995.09',
  leverage: '10',
  taker: '0.00075',
  tick: '0.5',
  tiers: '0.005',
  settle: 'XBt',
  isolated: 'opening',
};

describe('whole units', () => {
  it('[VE3] the value of one contract is rounded before it is multiplied', () => {
    const { position, leg } = venuePool(XBT);
    // 1e8 / 10948 = 9134.09, 1e8 / 10995.09 = 9094.97
    expect(leg.position.openValue.toFixed()).toBe('91340');
    expect(shown(position.notional)).toBe('90950');
    expect(shown(position.unrealizedPnl)).toBe('-390');
  });

  it('[VE3, VE5, VE6] initial half-up, fee of cost and initial up, maintenance half-up and the fee', () => {
    const { position, pool } = venuePool(XBT);
    expect(shown(position.initialMargin)).toBe('9134');
    expect(position.closingFee === undefined ? '' : shown(position.closingFee)).toBe('76');
    expect(shown(position.maintenanceMargin)).toBe('533');
    expect(shown(pool.walletBalance)).toBe('9210');
  });

  it('[VE8] prices are those of the next whole value toward the mark, then of the tick', () => {
    expect(pricesOf(XBT, 1)).toEqual(['<margin-covers-loss>', '12096.0']);
    expect(shown(venuePool(XBT).position.bankruptcyPrice())).toBe('12163.5');
    // long: floor(91,340 + 9,210 - 533) / 10 = 10,001 -> 9,999.0001, up to the tick
    expect(pricesOf({ ...XBT, size: '10' }, 1)).toEqual(['9999.5', '<margin-covers-loss>']);
  });

  it('[VE3] a quanto contract: 100 units of the settle asset per point', () => {
    const { position } = venuePool({
      ...XBT,
      kind: 'linear',
      size: '5',
      contractSize: '100',
      entry: '2000.05',
      mark: '2100.05',
      tick: '0.05',
    });
    expect(shown(position.unrealizedPnl)).toBe('50000');
    // cost 1,000,025; wallet 100,003 + fee 826; maintenance 5,000 + 826: 500 P = 1,000,025 - 100,829 + 5,826
    expect(shownTo(position.liquidation().below, 2)).toBe('1810.05');
  });
});

const ETH: VenuePosition = {
  rules: bybitEntryRules,
  size: '0.1',
  entry: '1198.45',
  leverage: '4.2',
  taker: '0.0006',
  tick: '0.05',
  tiers: '0.005',
  isolated: 'opening',
};

describe('Bybit', () => {
  it('[VE4, VE5] the rate 1 / 12 is rounded up to eight decimals, the closing fee is in both margins', () => {
    const { position } = venuePool({
      rules: bybitEntryRules,
      size: '0.2',
      entry: '1200.8',
      mark: '1185.55',
      leverage: '12',
      taker: '0.0006',
      tiers: '0.02',
      cross: '100',
    });
    // 240.16 x 0.08333334 = 20.01333494 up; 240.16 x 11/12 x 0.0006 = 0.132088
    expect(shown(position.initialMargin)).toBe('20.14542294');
    expect(shown(position.maintenanceMargin)).toBe('4.935288');
  });

  it('[VE6, VE7] an isolated price leaves maintenance of the value at entry: a straight sum', () => {
    // 1,198.45 x (1 - 1 / 4.2 + 0.005) = 919.09703, up to the tick
    expect(pricesOf(ETH, 2)).toEqual(['919.10', '<margin-covers-loss>']);
    expect(shownTo(venuePool(ETH).position.bankruptcyPrice(), 2)).toBe('913.15');
    expect(pricesOf({ ...ETH, size: '-0.1' }, 2)).toEqual(['<margin-covers-loss>', '1477.80']);
  });

  it('[VE7] a cross price moves maintenance with the price and keeps the closing fee', () => {
    const { isolated: _none, ...bare } = ETH;
    const text: VenuePosition = { ...bare, rules: bybitRules, cross: '50' };
    // fee = 119.845 x (1 - 1 / 4.2) x 0.0006 = 0.05478629; P = (119.845 - 50 + fee) / (0.1 x 0.995)
    expect(pricesOf(text, 2)).toEqual(['702.55', '<margin-covers-loss>']);
  });

  const legacy: VenuePosition = {
    rules: bybitInverseCrossRules,
    kind: 'inverse',
    size: '10000',
    entry: '10000',
    taker: '0.00075',
    tiers: '0.005',
    cross: '0.5',
  };

  it('[VE5] before unified accounts: fee of the value where all is lost, orders kept back', () => {
    // Q/B = (0.5 + 1) / 1.00075; Q/P = 1 + 0.5 - 0.005 - 0.00075 x Q/B
    expect(shownTo(venuePool(legacy).position.bankruptcyPrice(), 4)).toBe('6671.6667');
    expect(pricesOf(legacy, 3)).toEqual(['6693.997', '<margin-covers-loss>']);
    // an order of 1 BTC at 10x keeps 0.1 back: Q/P is 0.1 less
    expect(pricesOf({ ...legacy, orders: '1' }, 3)).toEqual(['7174.240', '<margin-covers-loss>']);
  });
});

describe('OKX', () => {
  const text: VenuePosition = {
    rules: okxRules,
    kind: 'inverse',
    size: '1',
    contractSize: '10',
    entry: '2566.31',
    mark: '2565.656',
    leverage: '10',
    taker: '0.0005',
    tick: '0.01',
    tiers: '0.008',
    isolated: '0.0003896645377994',
  };

  it('[VE5] the closing fee is part of what margin must cover, and known by itself', () => {
    const { position } = venuePool(text);
    const fee = position.closingFee ?? position.maintenanceMargin;
    expect(shownTo(fee, 16)).toBe('0.0000019488193273');
    expect(shownTo(position.maintenanceMargin, 16)).toBe('0.0000331299285641');
  });

  it('[VE8] an isolated price is a tick earlier, a cross one is not', () => {
    const linear: VenuePosition = { ...text, kind: 'linear', contractSize: '1', isolated: '500' };
    // (2,566.31 - 500) / 0.9915 = 2,084.0242..., and a tick
    expect(pricesOf(linear, 4)[0]).toBe('2084.0342');
    expect(pricesOf(text, 4)).toEqual(['2352.8497', '<margin-covers-loss>']);
    const { isolated: wallet = '0', ...bare } = text;
    const cross: VenuePosition = { ...bare, cross: wallet };
    expect(pricesOf(cross, 4)).toEqual(['2352.8397', '<margin-covers-loss>']);
    expect(pricesOf({ ...text, size: '-1' }, 4)[1]).toBe('2827.2082');
  });
});

const SINCE = 1762761600000;
const BEFORE = SINCE - 1;

describe('Gate, Bitget, Kraken', () => {
  it('[VE7, VE8] Gate: (E - margin / q) / (1 - m - f)', () => {
    const text: VenuePosition = {
      rules: gateRules,
      size: '1',
      contractSize: '0.01',
      entry: '1203.45',
      mark: '1192.57',
      taker: GATE_FEE_RATE,
      tick: '0.01',
      tiers: '0.005',
      isolated: '5.415925875',
    };
    expect(pricesOf(text, 2)).toEqual(['665.69', '<margin-covers-loss>']);
    // 665.685... to the nearest ten cents, below it
    expect(pricesOf({ ...text, tick: '0.1' }, 2)[0]).toBe('665.70');
    expect(pricesOf({ ...text, tick: '0.5' }, 2)[0]).toBe('665.50');
  });

  const btc: VenuePosition = {
    rules: bitgetRules,
    size: '0.002',
    entry: '37355.5',
    mark: '37359',
    leverage: '20',
    taker: '0.0006',
    tiers: '0.004',
    cross: '11.604761395166',
  };

  it('[VE7] Bitget, cross: maintenance stays as at the mark; isolated: it moves', () => {
    expect(pricesOf(btc, 9)[0]).toBe('31724.970702417');
    const isolated = { ...btc, isolated: '11.604761395166' };
    // (0.002 x 37,355.5 - 11.604761395166) / (0.002 x 0.9954)
    expect(pricesOf(isolated, 6)[0]).toBe('31698.934401');
  });

  it('[VE2] Bitget: a position from before 2025-11-10 08:00 UTC keeps the flat rate of its tier', () => {
    const text: VenuePosition = {
      rules: bitgetRules,
      size: '10',
      entry: '105',
      tiers: [
        ['1000', '0.01'],
        ['1000000', '0.05'],
      ],
      isolated: '60',
    };
    const at = (openedAtMs: number): VenuePosition => ({ ...text, openedAtMs });
    // 1,050 x 5 % = 52.5; since then less 1,000 x 4 %
    expect(shown(venuePool(at(BEFORE)).position.maintenanceMargin)).toBe('52.5');
    expect(shown(venuePool(at(SINCE)).position.maintenanceMargin)).toBe('12.5');
    expect(shown(venuePool(text).position.maintenanceMargin)).toBe('12.5');
    // flat: 990 / 9.5 in the second tier; progressive: 990 / 9.9 in the first
    expect(pricesOf(at(BEFORE), 4)[0]).toBe('104.2105');
    expect(pricesOf(at(SINCE), 4)[0]).toBe('100.0000');
  });

  it('[VE8] Bitget prints a price below zero, the others say that there is none', () => {
    const rich = { ...btc, cross: '100' };
    expect(pricesOf(rich, 4)).toEqual(['-12472.6486', '<margin-covers-loss>']);
    expect(pricesOf({ ...rich, rules: gateRules }, 4)[0]).toBe('<margin-covers-loss>');
    expect(venuePool(rich).position.ifLiquidated().known).toBe(false);
  });

  it('[VE7] Kraken: linear asks for a share of the value at entry, inverse at the price', () => {
    const linear: VenuePosition = {
      rules: krakenLinearRules,
      size: '2',
      entry: '100',
      mark: '120',
      leverage: '50',
      tiers: '0.01',
      isolated: '20',
    };
    expect(shown(venuePool(linear).position.initialMargin)).toBe('4');
    expect(shown(venuePool(linear).position.maintenanceMargin)).toBe('2');
    expect(pricesOf(linear, 2)[0]).toBe('91.00');
    expect(shownTo(venuePool(linear).position.bankruptcyPrice(), 2)).toBe('90.00');
    const inverse: VenuePosition = {
      rules: krakenInverseRules,
      kind: 'inverse',
      size: '1000',
      entry: '10000',
      tiers: '0.01',
      isolated: '0.02',
    };
    expect(pricesOf(inverse, 2)[0]).toBe('8416.67');
    expect(shownTo(venuePool(inverse).position.bankruptcyPrice(), 2)).toBe('8333.33');
  });
});

describe('netting', () => {
  it('[VE7] Kraken: of one underlying only the larger side requires margin', () => {
    const perpetual = contractOf({ id: 'PF', tiers: [['1000000', '0.01']] });
    const dated = contractOf({ id: 'FF', tiers: [['1000000', '0.02']], dated: true });
    const other = contractOf({ id: 'ETH', base: 'ETH', tiers: [['1000000', '0.01']] });
    const pool = poolIn(
      assess({
        rules: krakenLinearRules,
        wallets: { USDT: '100' },
        positions: [
          positionOf({ on: perpetual, size: '10', entry: '100' }),
          positionOf({ on: dated, size: '-4', entry: '100' }),
          positionOf({ on: other, size: '1', entry: '50' }),
        ],
        instruments: [perpetual, dated, other],
        marks: { PF: '100', FF: '100', ETH: '50' },
      }),
      'USDT',
    );
    // 10 x 100 x 1 % against 4 x 100 x 2 %, and 0.5 beside: 10.5 of 100, 10 P of loss
    expect(shown(pool.maintenanceMargin)).toBe('10.5');
    expect(shown(positionIn(pool).liquidation().below)).toBe('91.05');
  });
});

describe('account figures', () => {
  const amounts = <Word extends string>(texts: Readonly<Record<Word, string>>) =>
    Object.fromEntries(
      Object.entries<string>(texts).map(([word, text]) => [word, money(text)]),
    ) as Record<Word, ReturnType<typeof money>>;

  it('[VE9] Bybit: available, and rates with four decimals', () => {
    const balance = { walletBalance: '18070.43799271', unrealizedPnl: '-0.11001349' };
    expect(
      shown(availableOf(amounts({ ...balance, initialMargin: '182.60183684', haircut: '0' }))),
    ).toBe('17887.72614238');
    expect(shown(bybitRateOf(amounts({ ...balance, required: '182.60183684' })))).toBe('0.0101');
    expect(
      shown(bybitRateOf(amounts({ walletBalance: '1', unrealizedPnl: '-1', required: '1' }))),
    ).toBe('<no-equity>');
  });

  it.each([
    ['3.67604398', '0.0043'],
    ['0.30525761', '0.0003'],
  ])('[VE9] Bybit cuts rates: %s of 841.28368768 is %s', (required, expected) => {
    const balance = { walletBalance: '840.11430712', unrealizedPnl: '1.16938056' };
    expect(shown(bybitRateOf(amounts({ ...balance, required })))).toBe(expected);
  });

  it('[VE9] Deribit: options count in equity only, fields of a currency are the total in it', () => {
    const session = { balance: '302.6', sessionUnrealized: '0.06', sessionRealized: '-0.03' };
    expect(shown(deribitEquityOf(amounts({ ...session, optionsValue: '-0.5' })))).toBe('302.13');
    expect(shown(deribitMarginBalanceOf(amounts(session)))).toBe('302.63');
    expect(shown(inCurrencyOf(amounts({ totalUsd: '2.5', index: '0.5' })))).toBe('5');
    expect(shown(inCurrencyOf(amounts({ totalUsd: '2.5', index: '0' })))).toBe('<not-recorded>');
  });

  it('[VE9] OKX: equity over maintenance and fee, discounts of what is above zero', () => {
    const asked = { maintenanceMargin: '9', notional: '1000', feeRate: '0.001' };
    expect(shown(okxAccountRatioOf(amounts({ ...asked, adjustedEquity: '100' })))).toBe('10');
    expect(shown(coverageOf(amounts({ available: '1', required: '0' })))).toBe('<not-recorded>');
    expect(shown(discountedOf(amounts({ equityUsd: '2970', discount: '0.85' })))).toBe('2524.5');
    expect(shown(discountedOf(amounts({ equityUsd: '-100', discount: '0.85' })))).toBe('-100');
  });

  it('[VE9] OKX and Bitget: from a position, its maintenance or margin an amount', () => {
    const held = { size: '-2', contractSize: '0.5', markPrice: '80' };
    const asked = { ...held, equity: '50', maintenanceMargin: '3', feeRate: '0.025' };
    // 50 / (3 + 2 x 0.5 x 80 x 0.025), 50 / (3 + 2 x 0.5 / 80 x 80)
    expect(shown(okxLinearRatioOf(amounts(asked)))).toBe('10');
    expect(shown(okxInverseRatioOf(amounts({ ...asked, feeRate: '80' })))).toBe('12.5');
    const gained = { ...held, entryPrice: '100', margin: '50' };
    expect(shown(shortProfitRateOf(amounts(gained)))).toBe('0.4');
    expect(shown(longProfitRateOf(amounts(gained)))).toBe('-0.4');
  });

  it('[VE9] Kraken: haircut, then conversion', () => {
    const usdt = { value: '1.0001', haircut: '0.05', conversionSpread: '0.0025' };
    expect(shown(krakenCollateralOf(amounts(usdt)))).toBe('0.9477197625');
  });
});

/** 300 at 100 and 100 at 120, in the coin. */
const twoFills = money(rate(300).div(100).plus(rate(100).div(120)).negated());

const NO_GROWTH = { initialBase: rate('0.02'), maintenanceBase: rate('0.01'), perCoin: rate(0) };

const EVERYWHERE: readonly (readonly [string, VenuePosition['rules']])[] = [
  ['bybit', bybitRules],
  ['bybit before 2025', bybitEntryRules],
  ['okx', okxRules],
  ['deribit', deribitRules],
  ['gate', gateRules],
  ['bitget', bitgetRules],
  ['bitmex', bitmexRules],
  ['kraken linear', krakenLinearRules],
  ['kraken inverse', krakenInverseRules],
];

describe.each(EVERYWHERE)('at %s', (_venue, rules) => {
  it('[VE7] two fills are their average: what they cost counts, not the digits of the printed entry', () => {
    const coin = contractOf({
      id: 'X',
      kind: 'inverse',
      tiers: [['1000000', '0.01']],
      takerFee: '0',
    });
    const on = { ...coin, marginGrowth: NO_GROWTH };
    const filled = { ...positionOf({ on, size: '400', entry: '104.35' }), openValue: twoFills };
    const scene = { rules, wallets: { BTC: '1' }, instruments: [on], marks: { X: '110' } };
    const together = positionIn(poolIn(assess({ ...scene, positions: [filled] }), 'cross:BTC'));
    const average = rate(400).div(twoFills.negated()).toFixed();
    const once = venuePool({
      rules,
      kind: 'inverse',
      size: '400',
      entry: average,
      mark: '110',
      cross: '1',
      growth: ['0.02', '0.01', '0'],
    });
    expect(shownTo(together.liquidation().exactBelow, 12)).toBe(
      shownTo(once.position.liquidation().exactBelow, 12),
    );
  });
});
