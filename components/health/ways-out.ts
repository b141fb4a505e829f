/** What a pool has left either way: closed now, or liquidated where the position that decides says. Pure. */
import { known, mapFigure, type Figure } from '#lib/margin/figures.ts';
import { marketAt } from '#lib/margin/moved-market.ts';
import { poolsOf } from '#lib/margin/pool.ts';
import { closingOf, liquidationOf, type WayOut } from '#lib/margin/ways-out.ts';
import { minus, type Money, type Price } from '#lib/units/money.ts';
import { type AccountView, type PoolView, type PositionView } from './pool-view.ts';

export interface WaysOut {
  readonly closed: Figure<WayOut>;
  readonly liquidated: Figure<WayOut>;
  /** Price of the position's contract at which it is liquidated: its nearest liquidation price, the mark where that is passed. */
  readonly at: Figure<Price>;
}

/** Undefined for a pool that the account's facts do not hold. */
export function waysOutOf(
  view: AccountView,
  { health }: PoolView,
  { position }: PositionView,
): WaysOut | undefined {
  const { account, market, rules } = view.basis;
  const pool = poolsOf(account, market).find(({ id }) => id === health.id);
  if (pool === undefined) return undefined;
  const at = priceOf(position);
  const liquidated = at.known
    ? liquidationOf({
        pool,
        market,
        there: marketAt(market, rules, { instrumentId: position.instrumentId, price: at.value }),
        rules,
      })
    : at;
  return { closed: closingOf({ pool, market, rules }), liquidated, at };
}

/** What is left closed now, less what is left liquidated. */
export function priceOfWaiting({ closed, liquidated }: WaysOut): Figure<Money> {
  if (!closed.known) return closed;
  return mapFigure(liquidated, ({ left }) => minus(closed.value.left, left));
}

function priceOf(position: PositionView['position']): Figure<Price> {
  const { nearest } = position.liquidation();
  const isPassed = !nearest.known && nearest.why.kind === 'already-liquidatable';
  return isPassed && position.mark.known ? known(position.mark.value.price) : nearest;
}
