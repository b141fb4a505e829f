/** What it costs to leave: closed now, or liquidated (SPEC EX). Estimates at the mark; the book's depth is not in them. */
import { money, NO_MONEY, smaller, type Money, type Price } from '../units/money.ts';
import {
  absent,
  known,
  mapFigure,
  type ExitEstimate,
  type Figure,
  type LiquidationPrices,
} from './figures.ts';
import { type Leg } from './pool.ts';
import { roundMoney, valuationAt, type Valuation } from './valuation.ts';
import { type VenueRules } from './venues/rules.ts';

/** [EX1] At the mark, for a taker fee, rounded up. */
export function exitNow(leg: Leg, valuation: Valuation): ExitEstimate {
  const fee = roundMoney(money(valuation.notional.times(leg.instrument.takerFeeRate)), 'up');
  return exitOf({
    at: leg.mark.price,
    fee,
    pnlNow: valuation.unrealizedPnl,
    pnlThere: valuation.unrealizedPnl,
  });
}

/** A printed price of zero or below is a venue's way to say that there is none. */
function reachable(nearest: Figure<Price>): Figure<Price> {
  return nearest.known && !nearest.value.gt(0) ? absent({ kind: 'margin-covers-loss' }) : nearest;
}

/**
 * [EX2] At the nearest liquidation price, with fee = min(rate x notional, equity left there). Of a shared pool's equity a
 * position has its share of the pool's maintenance: at the liquidation price that is its own maintenance, past it a part of it.
 */
export function exitByLiquidation(p: {
  readonly leg: Leg;
  readonly rules: VenueRules;
  readonly valuation: Valuation;
  readonly prices: LiquidationPrices;
  /** The pool's equity and maintenance now, in its unit; used when it is liquidatable already. */
  readonly equityNow: Money;
  readonly maintenanceNow: Money;
}): Figure<ExitEstimate> {
  const { leg, rules, valuation, prices } = p;
  const alreadyThere = !prices.nearest.known && prices.nearest.why.kind === 'already-liquidatable';
  const at: Figure<Price> = alreadyThere ? known(leg.mark.price) : reachable(prices.nearest);
  return mapFigure(at, (exitPrice) => {
    const there = valuationAt(leg, rules, exitPrice);
    const full = roundMoney(money(there.notional.times(leg.instrument.liquidationFeeRate)), 'up');
    const left = mapFigure(there.maintenanceMargin, (required) =>
      alreadyThere ? leftNow(p, required) : required,
    );
    const fee = left.known ? smaller(full, left.value) : full;
    return exitOf({
      at: exitPrice,
      fee,
      pnlNow: valuation.unrealizedPnl,
      pnlThere: there.unrealizedPnl,
    });
  });
}

/** own maintenance x equity / maintenance of the pool: free of the pool's unit, and the shares add up to its equity. */
function leftNow(
  p: { readonly equityNow: Money; readonly maintenanceNow: Money },
  required: Money,
): Money {
  if (!p.equityNow.gt(0) || !p.maintenanceNow.gt(0)) return NO_MONEY;
  return roundMoney(money(required.times(p.equityNow).div(p.maintenanceNow)), 'down');
}

function exitOf(p: {
  readonly at: Price;
  readonly fee: Money;
  readonly pnlNow: Money;
  readonly pnlThere: Money;
}): ExitEstimate {
  return {
    price: p.at,
    fee: p.fee,
    lossFromNow: money(p.pnlNow.minus(p.pnlThere).plus(p.fee)),
    lossSinceEntry: money(p.fee.minus(p.pnlThere)),
  };
}
