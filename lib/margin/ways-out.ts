/**
 * What a whole pool has left, closed now or liquidated at given marks, by part (SPEC EX3). Liquidation is the house's first form: what
 * `lib/engine` books, to the last digit, before it does.
 */
import { ONE, ZERO } from '../units/decimal.ts';
import { type AssetId } from '../units/ids.ts';
import {
  larger,
  minus,
  money,
  negate,
  NO_MONEY,
  plus,
  rate,
  smaller,
  sumOf,
  type Money,
  type Rate,
} from '../units/money.ts';
import { type Market } from './account.ts';
import { allOf, mapFigure, type Figure } from './figures.ts';
import { legOf, type Leg, type PoolFacts } from './pool.ts';
import { roundMoney, unrealizedPnlAt, valuationOf } from './valuation.ts';
import { type VenueRules } from './venues/rules.ts';

/** What a forced seller of collateral gives up against its index price. Our choice (ARCHITECTURE, Decisions). */
export const COLLATERAL_SURCHARGE: Rate = rate('0.01');

/** In the pool's unit; in multi-asset pools at index prices without haircut: what could be realised. */
export interface WayOut {
  /** What the pool is worth now. */
  readonly worth: Money;
  /** Change of what the pool is worth on the way there, before fees: a loss is negative. */
  readonly move: Money;
  /** Never negative, like the next two. */
  readonly fee: Money;
  /** Lost by selling collateral under its index price. */
  readonly conversionCost: Money;
  /** What the pool was short of, and others paid. */
  readonly deficit: Money;
  /** worth now + move - fee - conversion cost + deficit, exactly. */
  readonly left: Money;
}

interface Exit {
  readonly pool: PoolFacts;
  readonly market: Market;
  readonly rules: VenueRules;
}

/** [EX3] Everything closed at the marks for taker fees. `left` is below zero where the fees are more than there is. */
export function closingOf({ pool, market, rules }: Exit): Figure<WayOut> {
  return mapFigure(legsOf(pool, market), (legs) => {
    const books = closedBooks(pool, market, legs, rules);
    const fees = legs.map((leg) => ({
      asset: leg.instrument.settle,
      amount: feeOf(leg, rules, leg.instrument.takerFeeRate),
    }));
    const fee = sumOf(fees.map(({ asset, amount }) => inUnit(books, asset, amount)));
    const worth = worthOf(books);
    const left = minus(worth, fee);
    return { worth, move: NO_MONEY, fee, conversionCost: NO_MONEY, deficit: NO_MONEY, left };
  });
}

/** [EX3] Everything closed at the marks of `there`, as the house liquidates: what is short, then fees, then what is still short. */
export function liquidationOf(p: Exit & { readonly there: Market }): Figure<WayOut> {
  const { pool, market, there, rules } = p;
  const before = mapFigure(legsOf(pool, market), (legs) =>
    worthOf(closedBooks(pool, market, legs, rules)),
  );
  if (!before.known) return before;
  return mapFigure(legsOf(pool, there), (legs) => {
    const books = closedBooks(pool, there, legs, rules);
    const worth = worthOf(books);
    const paid = settle(books, legs, rules);
    const move = minus(worth, before.value);
    return { worth: before.value, move, ...paid, left: worthOf(books) };
  });
}

function legsOf(pool: PoolFacts, market: Market): Figure<readonly Leg[]> {
  return allOf(pool.positions.map((position) => legOf(position, market)));
}

/** The pool's wallets, which are written to while it is settled. */
interface Books {
  readonly wallets: Map<AssetId, Money>;
  /** Price of an asset in the pool's unit. */
  readonly priceOf: (asset: AssetId) => Money | undefined;
  /** Assets that may be sold, in the order in which they are. */
  readonly sold: readonly AssetId[];
}

function closedBooks(
  pool: PoolFacts,
  market: Market,
  legs: readonly Leg[],
  rules: VenueRules,
): Books {
  const isMulti = pool.scope.kind === 'multi-asset';
  const wallets = new Map(pool.wallets);
  for (const leg of legs) {
    const { settle: asset } = leg.instrument;
    add(wallets, asset, unrealizedPnlAt(leg, rules, leg.mark.price));
  }
  const indexOf = (asset: AssetId): Money | undefined => {
    const found = market.assetPrices.get(asset);
    return found === undefined ? undefined : money(found.index);
  };
  return {
    wallets,
    priceOf: isMulti ? indexOf : () => money(ONE),
    sold: isMulti ? [...market.assetPrices.keys()] : [],
  };
}

function add(wallets: Map<AssetId, Money>, asset: AssetId, amount: Money): void {
  wallets.set(asset, plus(wallets.get(asset) ?? NO_MONEY, amount));
}

function inUnit(books: Books, asset: AssetId, amount: Money): Money {
  return money(amount.times(books.priceOf(asset) ?? ZERO));
}

function worthOf(books: Books): Money {
  return sumOf([...books.wallets].map(([asset, amount]) => inUnit(books, asset, amount)));
}

/** rate x notional, rounded up. */
function feeOf(leg: Leg, rules: VenueRules, feeRate: Rate): Money {
  return roundMoney(money(valuationOf(leg, rules).notional.times(feeRate)), 'up');
}

function settle(
  books: Books,
  legs: readonly Leg[],
  rules: VenueRules,
): Pick<WayOut, 'fee' | 'conversionCost' | 'deficit'> {
  const { wallets } = books;
  const costs: Money[] = [];
  const fees: Money[] = [];
  const deficits: Money[] = [];
  for (const [asset, balance] of wallets)
    if (balance.lt(0)) costs.push(raise(books, asset, negate(balance)));
  for (const leg of legs) {
    const { settle: asset, liquidationFeeRate } = leg.instrument;
    const asked = feeOf(leg, rules, liquidationFeeRate);
    const held = wallets.get(asset) ?? NO_MONEY;
    if (held.gte(0) && asked.gt(held)) costs.push(raise(books, asset, minus(asked, held)));
    const fee = smaller(asked, larger(wallets.get(asset) ?? NO_MONEY, NO_MONEY));
    add(wallets, asset, negate(fee));
    fees.push(inUnit(books, asset, fee));
  }
  for (const [asset, balance] of wallets) {
    if (!balance.lt(0)) continue;
    wallets.set(asset, NO_MONEY);
    deficits.push(inUnit(books, asset, negate(balance)));
  }
  return { fee: sumOf(fees), conversionCost: sumOf(costs), deficit: sumOf(deficits) };
}

/** Sells other assets into `into` until `needed` is raised, amounts rounded up and proceeds down. Gives what that cost, at index prices. */
function raise(books: Books, into: AssetId, needed: Money): Money {
  let cost = NO_MONEY;
  let missing = needed;
  const intoIndex = books.priceOf(into);
  for (const asset of books.sold) {
    const held = books.wallets.get(asset) ?? NO_MONEY;
    const index = books.priceOf(asset);
    if (asset === into || index === undefined || intoIndex === undefined) continue;
    if (!missing.gt(0) || !held.gt(0)) continue;
    const net = roundMoney(index, 'floor').times(ONE.minus(COLLATERAL_SURCHARGE));
    const full = roundMoney(intoIndex, 'ceil');
    const amount = smaller(roundMoney(money(missing.times(full).div(net)), 'up'), held);
    const proceeds = roundMoney(money(amount.times(net).div(full)), 'down');
    add(books.wallets, asset, negate(amount));
    add(books.wallets, into, proceeds);
    cost = plus(cost, minus(inUnit(books, asset, amount), inUnit(books, into, proceeds)));
    missing = minus(missing, proceeds);
  }
  return cost;
}
