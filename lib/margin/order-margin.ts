/** [MR4] What resting orders reserve. Orders back onto the cross pool of their settle asset, whatever position they would join. */
import { type Instrument } from '../market/instrument.ts';
import { type AssetId } from '../units/ids.ts';
import { money, NO_MONEY, plus, rate, sumOf, type Money } from '../units/money.ts';
import { type Market, type Order } from './account.ts';
import { absent, allOf, known, mapFigure, type Figure } from './figures.ts';
import { conversionOf } from './path.ts';
import { legOf, orderNotionalOf, type Leg, type PoolFacts } from './pool.ts';
import { initialMarginOf, tierReaching } from './tiers.ts';
import { roundMoney, signedNotionalOf } from './valuation.ts';
import { type VenueRules } from './venues/rules.ts';

interface OrderBook {
  readonly facts: PoolFacts;
  readonly market: Market;
  readonly rules: VenueRules;
}

/** In the pool's unit. Absent when an order's instrument, its position's mark or its asset's price is. */
export function orderMarginOf(book: OrderBook): Figure<Money> {
  if (book.facts.orders.length === 0) return known(NO_MONEY);
  const groups = grouped(
    book.facts.orders,
    (order) => `${order.instrumentId}|${order.positionSide}`,
  );
  const reserved = allOf(groups.map((orders) => groupMargin(book, orders)));
  if (!reserved.known) return reserved;
  const totals = grouped(reserved.value, ({ settle }) => settle).map((parts) =>
    assetMargin(book, parts),
  );
  return mapFigure(allOf(totals), sumOf);
}

function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

interface Reserved {
  readonly settle: AssetId;
  readonly amount: Money;
}

function groupMargin(book: OrderBook, orders: readonly Order[]): Figure<Reserved> {
  const [first] = orders;
  if (first === undefined) return absent({ kind: 'not-recorded' });
  const { instrumentId, positionSide } = first;
  const instrument = book.market.instruments.get(instrumentId);
  if (instrument === undefined) return absent({ kind: 'instrument-unknown', instrumentId });
  const position = book.facts.orderPositions.find(
    (candidate) =>
      candidate.instrumentId === instrumentId && candidate.positionSide === positionSide,
  );
  if (position === undefined) return known(groupReserve(book, instrument, orders, undefined));
  return mapFigure(legOf(position, book.market), (leg) =>
    groupReserve(book, instrument, orders, leg),
  );
}

function groupReserve(
  book: OrderBook,
  instrument: Instrument,
  orders: readonly Order[],
  leg: Leg | undefined,
): Reserved {
  const first = orders[0];
  const positionValue = leg === undefined ? NO_MONEY : signedNotionalOf(leg);
  const notional = orderNotionalOf({
    instrument,
    orders,
    positionValue,
    hedgeSide: first?.positionSide ?? 'both',
  });
  const leverage = leg?.position.leverage ?? first?.leverage ?? rate(1);
  const tier = tierReaching(instrument, plus(notional, money(positionValue.abs())));
  const margin = initialMarginOf(book.rules, tier, notional, leverage);
  return {
    settle: instrument.settle,
    amount: roundMoney(margin, book.rules.rounding.initialMargin),
  };
}

/** The orders that settle in one asset, summed in it and converted once. */
function assetMargin(book: OrderBook, parts: readonly Reserved[]): Figure<Money> {
  const amount = sumOf(parts.map((part) => part.amount));
  const settle = parts[0]?.settle;
  if (book.facts.scope.kind !== 'multi-asset' || settle === undefined) return known(amount);
  const price = book.market.assetPrices.get(settle);
  if (price === undefined) return absent({ kind: 'asset-price-missing', assetId: settle });
  const { debit } = conversionOf(book.rules, { price });
  return known(roundMoney(money(amount.times(debit)), book.rules.rounding.debitInUsd));
}
