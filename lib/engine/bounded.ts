/**
 * Rulings C3: a stale coin of little weight must not blank a cross pool. Where every plausible price of the silent coins gives the
 * same level and none a breach, the level is known although the price is not: the pool is "bounded".
 */
import { type AssetPrice, type Market } from '../margin/account.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { type MarkReading } from '../market/mark.ts';
import { type AssetId, type InstrumentId } from '../units/ids.ts';
import { price, type Price } from '../units/money.ts';
import { DAY_MS, type TimestampMs } from '../units/time.ts';

/** No silence is so short that a coin may not have moved by this share. */
const PLAUSIBLE_MOVE_MIN = 0.1;
/** Beyond this many standard deviations of the silence nothing is plausible. */
const PLAUSIBLE_DEVIATIONS = 6;
/** Every corner of what is plausible is looked at: twice as many for each coin. */
const SILENT_COINS_MAX = 2;

/** Share by which a coin may plausibly have moved, either way, since its last mark. Floats: they place levels only. */
export function plausibleMove(dailyVolatility: number, ageMs: number): number {
  const spread = dailyVolatility * Math.sqrt(Math.max(0, ageMs) / DAY_MS);
  return Math.max(PLAUSIBLE_MOVE_MIN, PLAUSIBLE_DEVIATIONS * spread);
}

interface SilentCoin {
  readonly base: AssetId;
  readonly instrumentIds: ReadonlySet<InstrumentId>;
  readonly move: number;
}

/**
 * The market as it may be by now: each silent coin moved as far as is plausible, down and up, all of them in every combination.
 * Undefined where the pool misses more than old marks, or so many that nothing can be promised.
 */
export function plausibleMarkets(
  market: Market,
  health: PoolHealth,
  p: { readonly now: TimestampMs; readonly daily: ReadonlyMap<string, number> },
): readonly Market[] | undefined {
  const coins = silentCoins(market, health, p);
  if (coins === undefined || coins.length === 0 || coins.length > SILENT_COINS_MAX)
    return undefined;
  if (!coins.every(({ move }) => move < 1) || !mayBeBounded(market, health, coins))
    return undefined;
  return coins.reduce<readonly Market[]>(
    (markets, coin) => markets.flatMap((each) => [moved(each, coin, -1), moved(each, coin, 1)]),
    [market],
  );
}

function silentCoins(
  market: Market,
  health: PoolHealth,
  p: { readonly now: TimestampMs; readonly daily: ReadonlyMap<string, number> },
): readonly SilentCoin[] | undefined {
  const coins = new Map<AssetId, { readonly ids: Set<InstrumentId>; ageMs: number }>();
  for (const why of health.missing) {
    const instrument =
      why.kind === 'mark-stale' ? market.instruments.get(why.instrumentId) : undefined;
    const mark = instrument === undefined ? undefined : market.marks.get(instrument.id);
    if (instrument === undefined || mark === undefined) return undefined;
    const coin = coins.get(instrument.base) ?? { ids: new Set(), ageMs: 0 };
    coin.ids.add(instrument.id);
    coin.ageMs = Math.max(coin.ageMs, p.now - mark.time);
    coins.set(instrument.base, coin);
  }
  return [...coins].map(([base, { ids, ageMs }]) => ({
    base,
    instrumentIds: ids,
    move: plausibleMove(p.daily.get(base) ?? NaN, ageMs),
  }));
}

/** Whether the silent positions alone leave the pool standing if all of them lose: cheap, and almost always the answer. */
function mayBeBounded(market: Market, health: PoolHealth, coins: readonly SilentCoin[]): boolean {
  if (!health.marginExcess.known) return false;
  let atRisk = 0;
  for (const { instrumentId, settle, notional } of health.positions) {
    const coin = coins.find(({ instrumentIds }) => instrumentIds.has(instrumentId));
    if (coin === undefined || !notional.known) continue;
    const usd =
      health.scope.kind === 'multi-asset'
        ? (market.assetPrices.get(settle)?.index.toNumber() ?? NaN)
        : 1;
    atRisk += notional.value.toNumber() * usd * coin.move;
  }
  return atRisk < health.marginExcess.value.toNumber();
}

function moved(market: Market, coin: SilentCoin, sense: 1 | -1): Market {
  const factor = 1 + sense * coin.move;
  const marks = new Map<InstrumentId, MarkReading>(market.marks);
  for (const id of coin.instrumentIds) {
    const mark = marks.get(id);
    if (mark !== undefined)
      marks.set(id, { ...mark, price: scaledBy(mark.price, factor), status: 'fresh' });
  }
  const assetPrices = new Map<AssetId, AssetPrice>(market.assetPrices);
  const own = assetPrices.get(coin.base);
  if (own?.staleMark !== undefined) assetPrices.set(coin.base, movedPrice(own, factor));
  return { ...market, marks, assetPrices };
}

function movedPrice({ index, bid, ask, collateralWeight }: AssetPrice, factor: number): AssetPrice {
  return {
    index: scaledBy(index, factor),
    bid: scaledBy(bid, factor),
    ask: scaledBy(ask, factor),
    collateralWeight,
  };
}

function scaledBy(before: Price, factor: number): Price {
  return price(before.times(factor));
}
