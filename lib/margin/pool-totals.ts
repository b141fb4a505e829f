/** Sums of one pool over its assets, what is free of them, its ratio and its status (SPEC MR9, MR11, LQ0, MA). */
import { type Decimal } from '../units/decimal.ts';
import {
  larger,
  minus,
  money,
  NO_MONEY,
  plus,
  rate,
  ratioOf,
  smaller,
  sumOf,
  type Money,
  type Rate,
} from '../units/money.ts';
import {
  known,
  mapFigure,
  type Figure,
  type MarginRatio,
  type PoolHealth,
  type PoolStatus,
} from './figures.ts';
import { conversionOf } from './path.ts';
import { sidesOf, type Leg, type PoolAsset } from './pool.ts';
import { valueOrNone, type ValuedLeg } from './position-health.ts';
import { roundMoney, type Valuation } from './valuation.ts';
import { type VenueRules } from './venues/rules.ts';

/** Sums of a pool, in its unit. */
export interface PoolTotals {
  readonly walletBalance: Money;
  readonly unrealizedPnl: Money;
  readonly marginBalance: Money;
  readonly notional: Money;
  readonly maintenanceMargin: Money;
}

/** What totals are made of. */
export interface ValuedPool {
  readonly valued: readonly ValuedLeg[];
  readonly assets: readonly PoolAsset[];
  readonly rules: VenueRules;
}

export function totalsOf(pool: ValuedPool): PoolTotals {
  const parts = pool.assets.map((asset) => assetTotalsOf(pool, asset));
  const total = (figureOf: (part: PoolTotals) => Money): Money => sumOf(parts.map(figureOf));
  return {
    walletBalance: total((part) => part.walletBalance),
    unrealizedPnl: total((part) => part.unrealizedPnl),
    marginBalance: total((part) => part.marginBalance),
    notional: total((part) => part.notional),
    maintenanceMargin: total((part) => part.maintenanceMargin),
  };
}

/** One asset's part, in the pool's unit. */
export function assetTotalsOf(pool: ValuedPool, asset: PoolAsset): PoolTotals {
  const own = pool.valued.filter(({ leg }) => leg.instrument.settle === asset.asset);
  const walletBalance = asset.wallet;
  const unrealizedPnl = sumOf(own.map(({ valuation }) => valuation.unrealizedPnl));
  const totals = {
    walletBalance,
    unrealizedPnl,
    marginBalance: plus(walletBalance, unrealizedPnl),
    notional: sumOf(own.map(({ valuation }) => valuation.notional)),
    maintenanceMargin: requiredOf(pool, asset, ({ maintenanceMargin }) => maintenanceMargin),
  };
  return asset.price === undefined ? totals : totalsInUsd(pool.rules, asset, totals);
}

/** What a pool asks for to be opened as it is, in its unit. */
function initialMarginOf(pool: ValuedPool): Money {
  const required = pool.assets.map((asset) => {
    const own = requiredOf(pool, asset, ({ initialMargin }) => initialMargin);
    return asset.price === undefined ? own : debitInUsd(pool.rules, asset, own);
  });
  return sumOf(required);
}

/** The sum of one asset, in it; or, where the venue nets an underlying, of the larger sides. */
function requiredOf(
  { rules, valued }: ValuedPool,
  { asset }: PoolAsset,
  figureOf: (valuation: Valuation) => Figure<Money>,
): Money {
  const own = valued.filter(({ leg }) => leg.instrument.settle === asset);
  const total = (items: readonly ValuedLeg[]): Money =>
    sumOf(items.map(({ valuation }) => valueOrNone(figureOf(valuation))));
  if (rules.terms?.netsUnderlying !== true) return total(own);
  const of = (legs: readonly Leg[]): Money => total(own.filter(({ leg }) => legs.includes(leg)));
  const sides = sidesOf(own.map(({ leg }) => leg));
  return sumOf(sides.map(({ long, short }) => larger(of(long), of(short))));
}

/** [MA1..MA3] One asset's part of a multi-asset pool: credits and requirements converted and rounded by the rule set. */
function totalsInUsd(rules: VenueRules, asset: PoolAsset, own: PoolTotals): PoolTotals {
  const { credit } = conversionOf(rules, asset);
  const { creditInUsd } = rules.rounding;
  const asCredit = (amount: Money): Money => roundMoney(money(amount.times(credit)), creditInUsd);
  return {
    walletBalance: asCredit(own.walletBalance),
    unrealizedPnl: asCredit(own.unrealizedPnl),
    marginBalance: weightedBalance(rules, asset, own, credit),
    notional: asCredit(own.notional),
    maintenanceMargin: debitInUsd(rules, asset, own.maintenanceMargin),
  };
}

function debitInUsd(rules: VenueRules, asset: PoolAsset, amount: Money): Money {
  const { debit } = conversionOf(rules, asset);
  return roundMoney(money(amount.times(debit)), rules.rounding.debitInUsd);
}

/** [MA2] Haircuts on positive equity (house) or on positive wallet balances (Binance); debts count in full. */
function weightedBalance(
  rules: VenueRules,
  asset: PoolAsset,
  own: PoolTotals,
  credit: Decimal,
): Money {
  const weight = asset.price?.collateralWeight ?? rate(1);
  const inUsd = (amount: Money, factor: Rate): Money =>
    roundMoney(money(amount.times(credit).times(factor)), rules.rounding.creditInUsd);
  if (rules.haircutOn === 'equity') {
    return inUsd(own.marginBalance, own.marginBalance.gt(0) ? weight : rate(1));
  }
  const wallet = inUsd(own.walletBalance, own.walletBalance.gt(0) ? weight : rate(1));
  return plus(wallet, inUsd(own.unrealizedPnl, rate(1)));
}

type Balances = Pick<
  PoolHealth,
  'walletBalance' | 'unrealizedPnl' | 'marginBalance' | 'maintenanceMargin' | 'marginExcess'
>;

export function balancesOf(totals: PoolTotals): Balances {
  return {
    walletBalance: known(totals.walletBalance),
    unrealizedPnl: known(totals.unrealizedPnl),
    marginBalance: known(totals.marginBalance),
    maintenanceMargin: known(totals.maintenanceMargin),
    marginExcess: known(minus(totals.marginBalance, totals.maintenanceMargin)),
  };
}

type FreeFigures = Pick<PoolHealth, 'initialMargin' | 'availableMargin' | 'withdrawable'>;

export function freeOf(
  pool: ValuedPool,
  totals: PoolTotals,
  orderMargin: Figure<Money>,
): FreeFigures {
  const initialMargin = initialMarginOf(pool);
  const reserved = mapFigure(orderMargin, (amount) => plus(initialMargin, amount));
  const afterReserve = (amount: Money): Figure<Money> =>
    mapFigure(reserved, (held) => larger(NO_MONEY, minus(amount, held)));
  const withoutProfit = plus(totals.walletBalance, smaller(NO_MONEY, totals.unrealizedPnl));
  return {
    initialMargin: known(initialMargin),
    availableMargin: afterReserve(totals.marginBalance),
    withdrawable: afterReserve(smaller(totals.marginBalance, withoutProfit)),
  };
}

/** [MR9] maintenance / margin balance, as a union (rulings A3). */
export function marginRatioOf(maintenanceMargin: Money, marginBalance: Money): MarginRatio {
  if (maintenanceMargin.isZero()) {
    return marginBalance.isNegative() ? { kind: 'deficit' } : { kind: 'ratio', value: rate(0) };
  }
  if (!marginBalance.gt(0)) return { kind: 'equity-gone' };
  return { kind: 'ratio', value: ratioOf(maintenanceMargin, marginBalance) };
}

/** [LQ0] Breach is judged on venue-rounded figures (rulings D4); equality counts only where the venue says so (R5). */
export function statusOf(totals: PoolTotals, positions: number, rules: VenueRules): PoolStatus {
  const { marginBalance, maintenanceMargin } = totals;
  if (positions === 0) return marginBalance.isNegative() ? 'deficit' : 'empty';
  if (!marginBalance.gt(0)) return 'bankrupt';
  const order = marginBalance.comparedTo(maintenanceMargin);
  const breached = rules.breach === 'below' ? order < 0 : order <= 0;
  return breached ? 'liquidatable' : 'healthy';
}
