/** The market as it would be with one contract at another price. */
import { roundToStep, type Decimal } from '../units/decimal.ts';
import { type AssetId, type InstrumentId } from '../units/ids.ts';
import { price, type Price } from '../units/money.ts';
import { type AssetPrice, type Market } from './account.ts';
import { type VenueRules } from './venues/rules.ts';

/**
 * [LQ4] One contract at a price, and what the rule set lets move with it by the same share: every contract on its coin, rounded to its
 * tick, and the coin as collateral; at Binance nothing else. A contract without a mark moves nothing.
 */
export function marketAt(
  market: Market,
  rules: VenueRules,
  at: { readonly instrumentId: InstrumentId; readonly price: Price },
): Market {
  const moved = market.marks.get(at.instrumentId);
  const base = market.instruments.get(at.instrumentId)?.base;
  if (moved === undefined || base === undefined) return market;
  const marks = new Map(market.marks).set(at.instrumentId, { ...moved, price: at.price });
  if (rules.conditionalOn === 'instrument') return { ...market, marks };
  const factor = at.price.div(moved.price);
  for (const { id, base: own, tickSize } of market.instruments.values()) {
    const mark = marks.get(id);
    if (own !== base || id === at.instrumentId || mark === undefined) continue;
    const there = price(roundToStep(mark.price.times(factor), tickSize, 'half-even'));
    if (there.gt(0)) marks.set(id, { ...mark, price: there });
  }
  return { ...market, marks, assetPrices: withAsset(market.assetPrices, base, factor) };
}

function withAsset(
  prices: Market['assetPrices'],
  base: AssetId,
  factor: Decimal,
): Market['assetPrices'] {
  const own = prices.get(base);
  if (own === undefined) return prices;
  const scaled: AssetPrice = {
    ...own,
    index: price(own.index.times(factor)),
    bid: price(own.bid.times(factor)),
    ask: price(own.ask.times(factor)),
  };
  return new Map(prices).set(base, scaled);
}
