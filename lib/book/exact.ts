/** A pool out of the columns for the exact engines: scaled integers for its breach, facts for lib/margin. */
import { type AssetPrice, type Market, type Position } from '../margin/account.ts';
import { assessUnits, isBreached, type IntegerAsset } from '../margin/integer.ts';
import { USD, type PoolFacts } from '../margin/pool.ts';
import { gridOf, LEVERAGE_SCALE } from '../market/grid.ts';
import { entryPriceOf, type Instrument } from '../market/instrument.ts';
import { type AssetId, type PoolId } from '../units/ids.ts';
import { money, rate, type Money } from '../units/money.ts';
import {
  moneyFromUnits,
  moneyToUnits,
  priceFromTicks,
  quantityFromLots,
  rateToUnits,
  ticks,
  NO_UNITS,
} from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { coinOf, instrumentOf, type MarketColumns } from './market-columns.ts';
import { recordOf, type PoolColumns, type PoolPosition } from './pool-columns.ts';

/** What a pool is read from. */
export interface ExactBook {
  readonly market: MarketColumns;
  readonly pools: PoolColumns;
}

/** Whether the pool is liquidatable, to the last unit; undefined where a price is missing or a tier. */
export function isBreachedExactly({ market, pools }: ExactBook, slot: number): boolean | undefined {
  const assets = integerAssets(market, pools, slot);
  const figures = assets === undefined ? undefined : assessUnits(assets);
  if (figures === undefined) return undefined;
  const { marginBalance, maintenanceMargin } = figures;
  const isGone =
    maintenanceMargin > NO_UNITS ? marginBalance <= NO_UNITS : marginBalance < NO_UNITS;
  return isBreached(figures) || isGone;
}

function integerAssets(
  market: MarketColumns,
  pools: PoolColumns,
  slot: number,
): readonly IntegerAsset[] | undefined {
  const { multi, positions, wallets } = recordOf(pools, slot);
  const coins = new Set(wallets.map(({ coin }) => coin));
  if (multi) for (const { instrument } of positions) coins.add(market.settle[instrument] ?? 0);
  const assets: IntegerAsset[] = [];
  for (const coin of coins) {
    const own = positions.filter(
      ({ instrument }) => !multi || (market.settle[instrument] ?? 0) === coin,
    );
    const wallet = wallets.find((each) => each.coin === coin)?.amount ?? NO_UNITS;
    if (multi && wallet === NO_UNITS && own.length === 0) continue;
    const price = multi ? market.assetPrices.get(coinOf(market, coin)) : undefined;
    if (multi && price === undefined) return undefined;
    const marked = own.filter(({ instrument }) => (market.ticks[instrument] ?? 0) > 0);
    if (marked.length < own.length) return undefined;
    assets.push({
      wallet,
      positions: marked.map((position) => integerPosition(market, position)),
      conversion: price === undefined ? undefined : conversionOf(price),
    });
  }
  return assets;
}

function conversionOf({ index, collateralWeight }: AssetPrice): IntegerAsset['conversion'] {
  return { price: moneyToUnits(money(index), 'exact'), weight: rateToUnits(collateralWeight) };
}

function integerPosition(
  market: MarketColumns,
  { instrument, lots: count, openValue }: PoolPosition,
): IntegerAsset['positions'][number] {
  return {
    grid: gridOf(instrumentOf(market, instrument)),
    lots: count,
    openValue,
    markTicks: ticks(BigInt(market.ticks[instrument] ?? 0)),
    leverageUnits: LEVERAGE_SCALE,
  };
}

/** The pool as lib/margin reads it. Leverage and time of opening, which no level looks at, are not in the columns. */
export function factsOf({ market, pools }: ExactBook, slot: number, id: PoolId): PoolFacts {
  const { multi, positions, wallets } = recordOf(pools, slot);
  const [first] = wallets;
  const unit: AssetId = multi || first === undefined ? USD : coinOf(market, first.coin);
  return {
    id,
    scope: multi ? { kind: 'multi-asset' } : { kind: 'cross', asset: unit },
    unit,
    positions: positions.map((position) => positionFacts(market, position)),
    orders: [],
    orderPositions: [],
    wallets: new Map(
      wallets.map(({ coin, amount }): [AssetId, Money] => [
        coinOf(market, coin),
        moneyFromUnits(amount),
      ]),
    ),
  };
}

function positionFacts(market: MarketColumns, position: PoolPosition): Position {
  const instrument: Instrument = instrumentOf(market, position.instrument);
  const signedSize = quantityFromLots(position.lots, instrument.lotSize);
  const openValue = moneyFromUnits(position.openValue);
  return {
    instrumentId: instrument.id,
    positionSide: 'both',
    signedSize,
    entryPrice: entryPriceOf(instrument, { signedSize, openValue }),
    openValue,
    marginMode: { kind: 'cross' },
    leverage: rate(1),
  };
}

/** The market of the columns as lib/margin reads it, with every mark fresh at that time. */
export function marketFacts(market: MarketColumns, now: number): Market {
  const time = timestampMs(now);
  return {
    instruments: new Map(market.instruments.map((instrument) => [instrument.id, instrument])),
    marks: new Map(
      market.instruments.flatMap((instrument, code) => {
        const count = market.ticks[code] ?? 0;
        if (!(count > 0)) return [];
        const price = priceFromTicks(ticks(BigInt(count)), instrument.tickSize);
        return [[instrument.id, { price, time, status: 'fresh' as const }] as const];
      }),
    ),
    assetPrices: market.assetPrices,
  };
}
