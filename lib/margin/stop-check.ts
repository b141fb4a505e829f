/** What a stop on the mark would do, and whether liquidation comes first (SPEC EX5). */
import { minus, price, ratioOf, scale, type Money, type Price, type Rate } from '../units/money.ts';
import { type Account, type Market } from './account.ts';
import {
  absent,
  mapFigure,
  type Figure,
  type LiquidationPrices,
  type PoolHealth,
  type PositionHealth,
} from './figures.ts';
import { assessAccount } from './health.ts';
import { marketAt } from './moved-market.ts';
import { type VenueRules } from './venues/rules.ts';

export interface StopCheck {
  /**
   * `fills`: it triggers before the pool is liquidatable. `past-liquidation`, `at-liquidation`: the pool is liquidated first.
   * `triggers-now`: at the mark. `wrong-side`: where a stop of this side is passed already, so that it triggers at once.
   */
  readonly verdict: 'fills' | 'past-liquidation' | 'at-liquidation' | 'triggers-now' | 'wrong-side';
  /** From the stop to the liquidation price on its side of the mark, as a share of the mark: above 0 the stop comes first. */
  readonly gapShare: Figure<Rate>;
  readonly gapPrice: Figure<Price>;
  /** Margin balance of the pool after closing the position there, taker fee paid, in the pool's unit. */
  readonly left: Figure<Money>;
}

/** [EX5] All other coins at their marks. Undefined without a mark to start from. */
export function stopCheckOf(p: {
  readonly account: Account;
  readonly market: Market;
  readonly rules: VenueRules;
  readonly position: PositionHealth;
  readonly stop: Price;
}): StopCheck | undefined {
  const { position, stop } = p;
  if (!position.mark.known) return undefined;
  const mark = position.mark.value.price;
  const gapPrice = gapOf(position.liquidation(), mark, stop);
  return {
    verdict: verdictOf(position, { mark, stop, gapPrice }),
    gapPrice,
    gapShare: mapFigure(gapPrice, (gap) => ratioOf(gap, mark)),
    left: leftAt(p),
  };
}

function verdictOf(
  { signedSize }: PositionHealth,
  p: { readonly mark: Price; readonly stop: Price; readonly gapPrice: Figure<Price> },
): StopCheck['verdict'] {
  const { mark, stop, gapPrice } = p;
  if (stop.eq(mark)) return 'triggers-now';
  if (!gapPrice.known && gapPrice.why.kind === 'already-liquidatable') return 'past-liquidation';
  if (stop.gt(mark) === signedSize.gt(0)) return 'wrong-side';
  const isPast = gapPrice.known && !gapPrice.value.gt(0);
  if (!isPast) return 'fills';
  return gapPrice.value.isZero() ? 'at-liquidation' : 'past-liquidation';
}

function gapOf(prices: LiquidationPrices, mark: Price, stop: Price): Figure<Price> {
  return stop.lt(mark)
    ? mapFigure(prices.below, (below) => price(minus(stop, below)))
    : mapFigure(prices.above, (above) => price(minus(above, stop)));
}

function leftAt(p: Parameters<typeof stopCheckOf>[0]): Figure<Money> {
  const { account, rules, position, stop } = p;
  const market = marketAt(p.market, rules, { instrumentId: position.instrumentId, price: stop });
  const pool = assessAccount({ account, market, rules }).pools.find(
    ({ id }) => id === position.poolId,
  );
  const there = pool?.positions.find(
    ({ instrumentId, positionSide }) =>
      instrumentId === position.instrumentId && positionSide === position.positionSide,
  );
  if (pool === undefined || there === undefined) return absent({ kind: 'not-recorded' });
  const fee = mapFigure(there.ifClosedNow, (exit) => exit.fee);
  const feeInUnit = inUnit(fee, there, pool, market);
  if (!feeInUnit.known) return feeInUnit;
  return mapFigure(pool.marginBalance, (balance) => minus(balance, feeInUnit.value));
}

function inUnit(
  amount: Figure<Money>,
  { settle }: PositionHealth,
  pool: PoolHealth,
  market: Market,
): Figure<Money> {
  if (pool.scope.kind !== 'multi-asset') return amount;
  const asset = market.assetPrices.get(settle);
  if (asset === undefined) return absent({ kind: 'asset-price-missing', assetId: settle });
  return mapFigure(amount, (value) => scale(value, asset.index));
}
