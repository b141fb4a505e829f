import { describe, expect, test } from 'vitest';
import {
  assess,
  contractOf,
  flatTiers,
  poolIn,
  positionIn,
  positionOf,
  shown,
  shownTo,
  type Scene,
} from './examples.ts';
import { type LiquidationPrices, type PoolDistance } from './figures.ts';
import { binanceUsdmRules } from './venues/binance.ts';

const btc = contractOf({ id: 'BTCUSDT' });
const eth = contractOf({ id: 'ETHUSDT', base: 'ETH' });

/** liquidation.md 1.2: equity 12,000 and 2 BTC at 60,000. */
function lqScene(size: string, wallet = '12000', mark = '60000'): Scene {
  return {
    wallets: { USDT: wallet },
    positions: [positionOf({ on: btc, size, entry: '60000' })],
    instruments: [btc],
    marks: { BTCUSDT: mark },
  };
}

function pricesOf(scene: Scene, index = 0, pool = ''): LiquidationPrices {
  return positionIn(poolIn(assess(scene), pool), index).liquidation();
}

function distanceTexts(distances: readonly PoolDistance[]): readonly string[] {
  return distances.map(({ share, by }) =>
    by.kind === 'one'
      ? `${by.base} ${by.direction} ${share.toFixed(6)}`
      : `joint ${share.toFixed(6)} ${by.exposures.map((one) => `${one.base} ${one.direction}`).join(', ')}`,
  );
}

describe('liquidation price of a linear position', () => {
  test('[LQ1] long 2 BTC at 60,000 with 12,000: 54,246.23, printed toward the mark', () => {
    const prices = pricesOf(lqScene('2'));
    expect(shownTo(prices.exactBelow, 8)).toBe('54246.23115578');
    expect(shown(prices.below)).toBe('54246.24');
    expect(shown(prices.above)).toBe('<margin-covers-loss>');
    expect(shown(prices.nearest)).toBe('54246.24');
    expect(shown(prices.distancePrice)).toBe('5753.76');
    expect(shownTo(prices.distanceShare, 6)).toBe('0.095896');
  });

  test('[LQ1] short 2 BTC at 60,000 with 12,000: 65,696.51', () => {
    const prices = pricesOf(lqScene('-2'));
    expect(shownTo(prices.exactAbove, 8)).toBe('65696.51741294');
    expect(shown(prices.above)).toBe('65696.51');
    expect(shown(prices.below)).toBe('<margin-covers-loss>');
    expect(shown(prices.distancePrice)).toBe('5696.51');
  });

  test('[LQ1] 1,000 more cash lowers it to 53,743.72, by cash / (size x (1 - rate))', () => {
    expect(shown(pricesOf(lqScene('2', '13000')).below)).toBe('53743.72');
  });

  test('[LQ1] a raised rate of tier 2 requires 900 and ends the long at 54,393.94', () => {
    const raised = contractOf({
      id: 'BTCUSDT',
      tiers: [
        ['50000', '0.004'],
        ['250000', '0.01'],
        ['1000000', '0.01'],
      ],
    });
    const scene: Scene = { ...lqScene('2'), instruments: [raised] };
    const pool = poolIn(assess(scene));
    expect(shown(pool.maintenanceMargin)).toBe('900');
    expect(shown(positionIn(pool).liquidation().below)).toBe('54393.94');
  });

  test('[LQ1] Binance FAQ (cex.md 1.6): BTC beside ETH ends at 26,316.89', () => {
    const btcFaq = contractOf({ id: 'BTCUSDT', tiers: faqTiers('0.025', '16300') });
    const ethFaq = contractOf({ id: 'ETHUSDT', base: 'ETH', tiers: faqTiers('0.1', '135365') });
    const scene: Scene = {
      rules: binanceUsdmRules,
      wallets: { USDT: '1535443.01' },
      positions: [
        positionOf({ on: btcFaq, size: '109.488', entry: '32481.98' }),
        positionOf({ on: ethFaq, size: '3683.979', entry: '1456.84' }),
      ],
      instruments: [btcFaq, ethFaq],
      marks: { BTCUSDT: '31967.27', ETHUSDT: '1335.18' },
    };
    const pool = poolIn(assess(scene));
    expect(shown(positionIn(pool).maintenanceMargin)).toBe('71200.811444');
    expect(shownTo(positionIn(pool).liquidation().exactBelow, 2)).toBe('26316.89');
    expect(shownTo(positionIn(pool).liquidation().below, 8)).toBe('26316.89326452');
  });

  test('[LQ1] isolated with the same numbers (recorded vector): 18,778.73', () => {
    const contract = contractOf({ id: 'BTCUSDT', tiers: faqTiers('0.025', '16300') });
    const scene: Scene = {
      rules: binanceUsdmRules,
      positions: [
        positionOf({ on: contract, size: '109.488', entry: '32481.98', isolated: '1535443.01' }),
      ],
      instruments: [contract],
      marks: { BTCUSDT: '31967.27' },
    };
    expect(shownTo(pricesOf(scene).exactBelow, 2)).toBe('18778.73');
  });

  test('[LQ1] no price when equity covers the whole notional, equality included; one cent less has one', () => {
    expect(shown(pricesOf(lqScene('2', '120000')).below)).toBe('<margin-covers-loss>');
    expect(shown(pricesOf(lqScene('2', '119999.99')).below)).toBe('0.01');
    // notional - maintenance is not enough (liquidation.md row 10, corrected).
    expect(shown(pricesOf(lqScene('2', '119450')).below)).toBe('276.11');
  });

  test('[LQ1] an isolated position answers with its own wallet, whatever the cross wallet holds', () => {
    const scene: Scene = {
      wallets: { USDT: '1000000' },
      positions: [positionOf({ on: btc, size: '2', entry: '60000', isolated: '12000' })],
      instruments: [btc],
      marks: { BTCUSDT: '60000' },
    };
    expect(shown(pricesOf(scene, 0, 'BTCUSDT:both').below)).toBe('54246.24');
  });
});

/** A first tier so small that the second has this deduction at any size of the example. */
function faqTiers(
  maintenanceRate: string,
  deduction: string,
): readonly (readonly [string, string])[] {
  const floor = (Number(deduction) / (Number(maintenanceRate) - 0.005)).toString();
  return [
    [floor, '0.005'],
    ['1000000000', maintenanceRate],
  ];
}

describe('liquidation price of an inverse position', () => {
  const inverse = contractOf({
    id: 'BTCUSD',
    kind: 'inverse',
    contractSize: '100',
    tick: '0.1',
    lot: '1',
    tiers: [
      ['0.5', '0.004'],
      ['100', '0.01'],
    ],
  });
  function scene(size: string, wallet: string): Scene {
    return {
      wallets: { BTC: wallet },
      positions: [positionOf({ on: inverse, size, entry: '60000' })],
      instruments: [inverse],
      marks: { BTCUSD: '60000' },
    };
  }

  test('[LQ2] long 60,000 USD with 0.1 BTC, on the tier it has there: 54,941.07', () => {
    const prices = pricesOf(scene('600', '0.1'));
    expect(shownTo(prices.exactBelow, 6)).toBe('54941.069810');
    expect(shown(prices.below)).toBe('54941.1');
    expect(shown(prices.above)).toBe('<margin-covers-loss>');
  });

  test('[LQ2] short 60,000 USD with 0.1 BTC: above the mark', () => {
    const prices = pricesOf(scene('-600', '0.1'));
    expect(prices.below.known).toBe(false);
    // (rate - 1) x N / (W - N/E - deduction): -59,400 / -0.897
    expect(shownTo(prices.exactAbove, 6)).toBe('66220.735786');
    expect(shown(prices.above)).toBe('66220.7');
  });

  test('[LQ2] a short that is backed one to one never ends', () => {
    const prices = pricesOf(scene('-600', '1'));
    expect(shown(prices.above)).toBe('<margin-covers-loss>');
    expect(shown(prices.nearest)).toBe('<margin-covers-loss>');
  });
});

describe('tiers and hedges', () => {
  test('[LQ3] the rate is that of the notional at the liquidation price, not at the mark', () => {
    // 5 BTC: 300,000 is in tier 3, the root lies in tier 2 at 240,000.
    const scene: Scene = {
      ...lqScene('5', '61150'),
      positions: [positionOf({ on: btc, size: '5', entry: '60000' })],
    };
    const pool = poolIn(assess(scene));
    expect(positionIn(pool).tier).toMatchObject({ known: true, value: { tier: 3 } });
    expect(shown(positionIn(pool).liquidation().below)).toBe('48000');
    expect(pool.distances().map(({ share }) => share.toFixed())).toEqual(['0.2']);
  });

  test('[LQ3] a root on a tier edge', () => {
    // 5 BTC at 50,000 are worth 250,000, the edge, and require 1,200 by both tiers.
    expect(shown(pricesOf({ ...lqScene('5', '51200') }).below)).toBe('50000');
  });

  test('[LQ4] 100 long and 100 short with 300,000 end at 66,520, and never below', () => {
    const legs = [
      positionOf({ on: btc, size: '100', entry: '60000', side: 'long' }),
      positionOf({ on: btc, size: '-100', entry: '60000', side: 'short' }),
    ];
    const scene: Scene = { ...lqScene('1', '300000'), positions: legs };
    for (const index of [0, 1]) {
      const prices = pricesOf(scene, index);
      expect(shown(prices.above)).toBe('66520');
      expect(shown(prices.below)).toBe('<margin-covers-loss>');
      expect(shown(prices.nearest)).toBe('66520');
    }
  });

  test('[LQ4] a hedge with a small net long can end on both sides', () => {
    const legs = [
      positionOf({ on: btc, size: '110', entry: '60000', side: 'long' }),
      positionOf({ on: btc, size: '-100', entry: '60000', side: 'short' }),
    ];
    const prices = pricesOf({ ...lqScene('1', '320000'), positions: legs });
    // 320,000 + 10 (P - 60,000) = 210 P x rate - 2 deductions: tier 4 below, tier 6 above.
    expect(shown(prices.below)).toBe('52084.22');
    expect(shown(prices.above)).toBe('204781.81');
    expect(shown(prices.nearest)).toBe('52084.22');
  });

  test('[LQ4] isolated hedge legs have a price each', () => {
    const scene: Scene = {
      positions: [
        positionOf({ on: btc, size: '2', entry: '60000', side: 'long', isolated: '12000' }),
        positionOf({ on: btc, size: '-2', entry: '60000', side: 'short', isolated: '12000' }),
      ],
      instruments: [btc],
      marks: { BTCUSDT: '60000' },
    };
    expect(shown(pricesOf(scene, 0, ':long').nearest)).toBe('54246.24');
    expect(shown(pricesOf(scene, 0, ':short').nearest)).toBe('65696.51');
  });

  test('[LQ4] a dated future against the perpetual moves with it at the house, alone at Binance', () => {
    const dated = contractOf({ id: 'BTCUSDT_260327', dated: true });
    const scene: Scene = {
      wallets: { USDT: '50000' },
      positions: [
        positionOf({ on: btc, size: '10', entry: '60000' }),
        positionOf({ on: dated, size: '-10', entry: '60600' }),
      ],
      instruments: [btc, dated],
      marks: { BTCUSDT: '60000', BTCUSDT_260327: '60600' },
    };
    expect(shown(pricesOf(scene, 0).above)).toBe('147053.94');
    expect(shown(pricesOf(scene, 0).below)).toBe('<margin-covers-loss>');
    expect(shown(pricesOf(scene, 1).above)).toBe('148524.48');
    const alone: Scene = { ...scene, rules: binanceUsdmRules };
    expect(shown(pricesOf(alone, 0).below)).toBe('55905.05050506');
    expect(shown(pricesOf(alone, 0).above)).toBe('<margin-covers-loss>');
  });
});

describe('the printed price', () => {
  test('[LQ5] long up to the tick, short down: never rosier than the truth', () => {
    const coarse = contractOf({ id: 'BTCUSDT', tick: '10' });
    expect(shown(pricesOf({ ...lqScene('2'), instruments: [coarse] }).below)).toBe('54250');
    expect(shown(pricesOf({ ...lqScene('-2'), instruments: [coarse] }).above)).toBe('65690');
  });

  test('[LQ5] never past the mark, even where the tick is coarser than the room left', () => {
    const coarse = contractOf({ id: 'BTCUSDT', tick: '10' });
    const long = pricesOf({ ...lqScene('2', '12000', '54246.5'), instruments: [coarse] });
    expect(shown(long.below)).toBe('54246.5');
    expect(shown(long.distancePrice)).toBe('0');
    const tiny = contractOf({ id: 'BTCUSDT', tick: '1' });
    const short: Scene = {
      wallets: { USDT: '0.5' },
      positions: [positionOf({ on: tiny, size: '-2', entry: '0.4' })],
      instruments: [tiny],
      marks: { BTCUSDT: '0.4' },
    };
    expect(shown(pricesOf(short).above)).toBe('0.4');
    expect(positionIn(poolIn(assess(short))).ifLiquidated().known).toBe(true);
  });

  test('[LQ5] the last digit of the solver does not move the price by a tick', () => {
    // The equity of a short of 2 at 60,000 with 12,000 is gone at 66,000, whatever the mark: a factor without end.
    for (const mark of ['54002.7', '54013.9', '59999.9', '61301.1', '65001.1']) {
      const position = positionIn(poolIn(assess(lqScene('-2', '12000', mark))));
      expect(shown(position.bankruptcyPrice())).toBe('66000');
    }
  });

  test('[LQ5] Binance prints eight decimals', () => {
    const scene: Scene = { ...lqScene('2'), rules: binanceUsdmRules };
    expect(shown(pricesOf(scene).below)).toBe('54246.23115578');
  });
});

describe('past the line', () => {
  test('[LQ0] equality is safe at the house and a breach at Binance', () => {
    const scene = lqScene('2', '550');
    expect(poolIn(assess(scene)).status).toBe('healthy');
    expect(poolIn(assess({ ...scene, rules: binanceUsdmRules })).status).toBe('liquidatable');
    expect(poolIn(assess(lqScene('2', '549.99999999'))).status).toBe('liquidatable');
    expect(
      poolIn(assess({ ...lqScene('2', '550.00000001'), rules: binanceUsdmRules })).status,
    ).toBe('healthy');
  });

  test('[LQ0] breach is judged on rounded figures: half a unit is a unit at the house', () => {
    // 0.00000001 x 60,000.01 x 0.004 = 0.0000024000004: required 0.00000241.
    const scene: Scene = {
      wallets: { USDT: '0.0000024' },
      positions: [positionOf({ on: btc, size: '0.00000001', entry: '60000' })],
      instruments: [btc],
      marks: { BTCUSDT: '60000.01' },
    };
    expect(poolIn(assess(scene)).status).toBe('liquidatable');
    expect(poolIn(assess({ ...scene, wallets: { USDT: '0.00000241' } })).status).toBe('healthy');
  });

  test('[LQ6] an already liquidatable pool has no price to wait for, but one at which it is safe again', () => {
    const prices = pricesOf(lqScene('2', '12000', '54000.5'));
    expect(shown(prices.nearest)).toBe('<already-liquidatable>');
    expect(shown(prices.restoredAt)).toBe('54246.24');
    expect(shown(prices.distancePrice)).toBe('-245.74');
    expect(poolIn(assess(lqScene('2', '12000', '54000.5'))).decidingDistance()).toEqual({
      known: false,
      why: { kind: 'already-liquidatable' },
    });
  });

  test('[LQ6] a pool that no price of this instrument can save says that it is liquidatable, not that margin covers it', () => {
    const small = contractOf({ id: 'ETHUSDT', base: 'ETH', tiers: flatTiers('0.01') });
    const scene: Scene = {
      wallets: { USDT: '-100000' },
      positions: [
        positionOf({ on: btc, size: '2', entry: '60000' }),
        positionOf({ on: small, size: '-0.1', entry: '2000' }),
      ],
      instruments: [btc, small],
      marks: { BTCUSDT: '60000', ETHUSDT: '2000' },
    };
    expect(shown(pricesOf(scene, 1).restoredAt)).toBe('<already-liquidatable>');
    expect(shown(pricesOf(scene, 0).restoredAt)).toBe('110528.65');
  });
});

describe('distances', () => {
  const coins = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF', 'GGG', 'HHH', 'III', 'JJJ'];

  test('[LQ7] ten equal longs: 36 % away each, while 3.6 % of everything ends them', () => {
    const contracts = coins.map((base) =>
      contractOf({ id: `${base}USDT`, base, tiers: flatTiers('0.005') }),
    );
    const pool = poolIn(
      assess({
        // 100,000 x (0.036 x (1 - 0.005) + 0.005)
        wallets: { USDT: '4082' },
        positions: contracts.map((on) => positionOf({ on, size: '100', entry: '100' })),
        instruments: contracts,
        marks: Object.fromEntries(contracts.map(({ id }) => [id, '100'])),
      }),
    );
    const [nearest, ...others] = pool.distances();
    expect(nearest?.by.kind).toBe('joint');
    expect(nearest?.share.toFixed()).toBe('0.036');
    expect(others.map(({ share }) => share.toFixed(6))).toEqual(coins.map(() => '0.360000'));
    expect(pool.decidingDistance()).toMatchObject({
      known: true,
      value: { by: { kind: 'joint' } },
    });
  });

  test('[LQ7] every coin against the pool: the long falls while the short rises', () => {
    const pool = poolIn(
      assess({
        wallets: { USDT: '12000' },
        positions: [
          positionOf({ on: btc, size: '1', entry: '60000' }),
          positionOf({ on: eth, size: '-20', entry: '3000' }),
        ],
        instruments: [btc, eth],
        marks: { BTCUSDT: '60000', ETHUSDT: '3000' },
      }),
    );
    // 12,000 - 120,000 d = 2 x (0.005 x 60,000 - 50): what the one requires less the other requires more.
    expect(distanceTexts(pool.distances())).toEqual([
      'joint 0.095833 BTC down, ETH up',
      'ETH up 0.190713',
      'BTC down 0.192604',
    ]);
  });

  test('[LQ7] equal hedge legs in two coins are hurt when both rise', () => {
    const pool = poolIn(
      assess({
        wallets: { USDT: '600000' },
        positions: [
          positionOf({ on: btc, size: '100', entry: '60000', side: 'long' }),
          positionOf({ on: btc, size: '-100', entry: '60000', side: 'short' }),
          positionOf({ on: eth, size: '2000', entry: '3000', side: 'long' }),
          positionOf({ on: eth, size: '-2000', entry: '3000', side: 'short' }),
        ],
        instruments: [btc, eth],
        marks: { BTCUSDT: '60000', ETHUSDT: '3000' },
      }),
    );
    // Four legs of 6,000,000: 4 x (0.025 n - 16,300) = 600,000 at n = 6,652,000.
    expect(distanceTexts(pool.distances())[0]).toBe('joint 0.108667 BTC up, ETH up');
  });

  test('[LQ7] two contracts on one coin are a way together where each is conditional on itself alone', () => {
    const dated = contractOf({ id: 'BTCUSDT_260327', dated: true });
    const scene: Scene = {
      rules: binanceUsdmRules,
      wallets: { USDT: '12000' },
      positions: [
        positionOf({ on: btc, size: '1', entry: '60000' }),
        positionOf({ on: dated, size: '1', entry: '60000' }),
      ],
      instruments: [btc, dated],
      marks: { BTCUSDT: '60000', BTCUSDT_260327: '60000' },
    };
    const [nearest] = poolIn(assess(scene)).distances();
    expect(nearest?.by.kind).toBe('joint');
    // 12,000 - 120,000 d = 2 x 0.005 x 60,000 (1 - d) - 100
    expect(nearest?.share.toFixed(6)).toBe('0.096315');
  });

  test('[LQ7] coins that back the pool count: a short smaller than the coin collateral is hurt by a fall', () => {
    const pool = poolIn(
      assess({
        mode: 'multi',
        wallets: { BTC: '1', USDT: '0' },
        positions: [
          positionOf({ on: btc, size: '-0.1', entry: '60000' }),
          positionOf({ on: eth, size: '100', entry: '3000' }),
        ],
        instruments: [btc, eth],
        marks: { BTCUSDT: '60000', ETHUSDT: '3000' },
        assets: { BTC: ['60000', '0.95'], USDT: ['1'] },
      }),
    );
    const joint = pool.distances().find(({ by }) => by.kind === 'joint');
    expect(distanceTexts(joint === undefined ? [] : [joint])).toEqual([
      'joint 0.158850 BTC down, ETH down',
    ]);
  });

  test('[LQ7] inverse beside linear in one pool of several assets', () => {
    const inverse = contractOf({
      id: 'BTCUSD',
      kind: 'inverse',
      contractSize: '100',
      tick: '0.1',
      tiers: flatTiers('0.005'),
    });
    const flatEth = contractOf({ id: 'ETHUSDT', base: 'ETH', tiers: flatTiers('0.005') });
    const scene: Scene = {
      mode: 'multi',
      wallets: { BTC: '0.2', USDT: '6000' },
      positions: [
        positionOf({ on: inverse, size: '600', entry: '60000' }),
        positionOf({ on: flatEth, size: '20', entry: '3000' }),
      ],
      instruments: [inverse, flatEth],
      marks: { BTCUSD: '60000', ETHUSDT: '3000' },
      assets: { BTC: ['60000'], USDT: ['1'] },
    };
    // 18,000 - (12,000 + 60,000 + 60,000) d = 300 + 300 (1 - d): an inverse requirement in USD does not move.
    const joint = poolIn(assess(scene)).distances()[0];
    expect(joint?.by.kind).toBe('joint');
    expect(joint?.share.toFixed(8)).toBe('0.13211845');
    expect(() => poolIn(assess({ ...scene, rules: binanceUsdmRules })).distances()).not.toThrow();
  });

  test('[LQ7] nothing can end an empty pool, and a covered one', () => {
    expect(poolIn(assess({ wallets: { USDT: '5' } })).distances()).toEqual([]);
    expect(poolIn(assess(lqScene('2', '200000'))).decidingDistance()).toEqual({
      known: false,
      why: { kind: 'margin-covers-loss' },
    });
  });
});

describe('bankruptcy price', () => {
  const bankruptcyOf = (scene: Scene, index = 0): string =>
    shown(positionIn(poolIn(assess(scene)), index).bankruptcyPrice());

  test('[BK1] 54,000 for the long and 66,000 for the short of liquidation.md 1.2', () => {
    expect(bankruptcyOf(lqScene('2'))).toBe('54000');
    expect(bankruptcyOf(lqScene('-2'))).toBe('66000');
  });

  test('[BK1] maintenance of other positions is not subtracted', () => {
    const scene: Scene = {
      wallets: { USDT: '12000' },
      positions: [
        positionOf({ on: btc, size: '2', entry: '60000' }),
        positionOf({ on: eth, size: '40', entry: '3000' }),
      ],
      instruments: [btc, eth],
      marks: { BTCUSDT: '60000', ETHUSDT: '3000' },
    };
    expect(bankruptcyOf(scene)).toBe('54000');
    expect(bankruptcyOf(scene, 1)).toBe('2700');
  });

  test('[BK1] hedge legs share the price of their net size; equal legs have none', () => {
    const legs = (long: string, short: string): Scene => ({
      ...lqScene('1'),
      positions: [
        positionOf({ on: btc, size: long, entry: '60000', side: 'long' }),
        positionOf({ on: btc, size: short, entry: '60000', side: 'short' }),
      ],
    });
    expect(bankruptcyOf(legs('3', '-1'), 0)).toBe('54000');
    expect(bankruptcyOf(legs('3', '-1'), 1)).toBe('54000');
    expect(bankruptcyOf(legs('1', '-1'), 0)).toBe('<price-cancels>');
  });

  test('[BK1] a bankrupt long was bankrupt from there; where no price saves it, it has none', () => {
    expect(bankruptcyOf(lqScene('2', '12000', '53000'))).toBe('54000');
    const inverse = contractOf({ id: 'BTCUSD', kind: 'inverse', contractSize: '100' });
    const lost: Scene = {
      wallets: { BTC: '-2' },
      positions: [positionOf({ on: inverse, size: '600', entry: '60000' })],
      instruments: [inverse],
      marks: { BTCUSD: '60000' },
    };
    expect(bankruptcyOf(lost)).toBe('<no-equity>');
  });

  test('[BK1] a long with more equity than notional has none', () => {
    expect(bankruptcyOf(lqScene('2', '120000'))).toBe('<margin-covers-loss>');
  });
});
