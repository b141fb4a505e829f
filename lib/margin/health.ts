/** One pass over an account's facts and marks gives every figure about it, or the reason why a figure does not exist. */
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
import { type Account, type Market } from './account.ts';
import { exitByLiquidation, exitNow } from './exit.ts';
import {
  absent,
  allOf,
  known,
  mapFigure,
  type Absence,
  type AccountHealth,
  type Figure,
  type LiquidationPrices,
  type MarginRatio,
  type PoolDistance,
  type PoolHealth,
  type PoolStatus,
  type PositionHealth,
} from './figures.ts';
import {
  bankruptcyPriceOf,
  distancesOf,
  liquidationPricesOf,
  noPrices,
  type PoolOnMarks,
} from './liquidation-price.ts';
import { orderMarginOf } from './order-margin.ts';
import { conversionOf } from './path.ts';
import {
  legOf,
  poolAssetsOf,
  poolsOf,
  staleInputs,
  type Leg,
  type PoolAsset,
  type PoolFacts,
} from './pool.ts';
import {
  breakEvenOf,
  returnOnEquityOf,
  roundMoney,
  valuationOf,
  type Valuation,
} from './valuation.ts';
import { type VenueRules } from './venues/rules.ts';

export interface AssessInput {
  readonly account: Account;
  readonly market: Market;
  readonly rules: VenueRules;
}

/**
 * Assesses an account: all its margin pools, their positions, and sums in USD. Liquidation prices and distances are solved when
 * first asked for; everything else is computed here, once. Never throws on facts: what is missing makes a pool unknown.
 */
export function assessAccount({ account, market, rules }: AssessInput): AccountHealth {
  const pools = poolsOf(account, market).map((facts) => assessPool(facts, market, rules));
  const inUsd = (figureOf: (pool: PoolHealth) => Figure<Money>): Figure<Money> =>
    mapFigure(allOf(pools.map((pool) => usdOf(pool, figureOf(pool), market))), sumOf);
  return {
    accountId: account.id,
    rules,
    pools,
    worstPool: pools.toSorted(worseFirst)[0],
    marginBalanceUsd: inUsd((pool) => pool.marginBalance),
    initialMarginUsd: inUsd((pool) => pool.initialMargin),
    maintenanceMarginUsd: inUsd((pool) => pool.maintenanceMargin),
    unrealizedPnlUsd: inUsd((pool) => pool.unrealizedPnl),
  };
}

function usdOf(pool: PoolHealth, figure: Figure<Money>, market: Market): Figure<Money> {
  if (pool.scope.kind === 'multi-asset') return figure;
  if (!figure.known || figure.value.isZero()) return figure;
  const assetPrice = market.assetPrices.get(pool.unit);
  if (assetPrice === undefined) return absent({ kind: 'asset-price-missing', assetId: pool.unit });
  return mapFigure(figure, (amount) => money(amount.times(assetPrice.index)));
}

/** A leg with its own figures. */
interface ValuedLeg {
  readonly leg: Leg;
  readonly valuation: Valuation;
}

/** Assesses one pool alone: what the risk loop repeats for the pools that a price may have moved. */
export function assessPool(facts: PoolFacts, market: Market, rules: VenueRules): PoolHealth {
  const legFigures = facts.positions.map((position) => legOf(position, market));
  const valued = legFigures.flatMap((figure) =>
    figure.known ? [{ leg: figure.value, valuation: valuationOf(figure.value, rules) }] : [],
  );
  const legs = valued.map(({ leg }) => leg);
  const assets = poolAssetsOf(facts, legs, market);
  const blocking = [
    ...legFigures.flatMap((figure) => (figure.known ? [] : [figure.why])),
    ...(assets.known ? [] : [assets.why]),
    ...valued.flatMap(({ valuation }) => (valuation.tier.known ? [] : [valuation.tier.why])),
  ];
  const first = blocking[0];
  if (!assets.known || first !== undefined) {
    return unknownPool(facts, valued, blocking);
  }
  return knownPool({
    facts,
    valued,
    legs,
    assets: assets.value,
    missing: staleInputs(legs, assets.value),
    rules,
    market,
  });
}

interface KnownPool {
  readonly facts: PoolFacts;
  readonly valued: readonly ValuedLeg[];
  readonly legs: readonly Leg[];
  readonly assets: readonly PoolAsset[];
  readonly missing: readonly Absence[];
  readonly rules: VenueRules;
  readonly market: Market;
}

function knownPool(pool: KnownPool): PoolHealth {
  const { facts, valued, rules } = pool;
  const totals = totalsOf(pool);
  const measured = statusOf(totals, valued.length, rules);
  const onMarks: PoolOnMarks = { rules, assets: pool.assets, legs: pool.legs, status: measured };
  const distances = lazily(() => distancesOf(onMarks));
  return {
    id: facts.id,
    scope: facts.scope,
    unit: facts.unit,
    status: pool.missing.length > 0 ? 'unknown' : measured,
    missing: pool.missing,
    ...figuresOf(totals, orderMarginOf(pool)),
    marginRatio: known(marginRatioOf(totals.maintenanceMargin, totals.marginBalance)),
    effectiveLeverage: totals.marginBalance.gt(0)
      ? known(ratioOf(totals.notional, totals.marginBalance))
      : absent({ kind: 'no-equity' }),
    positions: valued.map((item) => positionHealth({ item, valued, facts, onMarks, totals })),
    distances,
    decidingDistance: () => decidingOf(distances(), measured),
  };
}

function decidingOf(distances: readonly PoolDistance[], status: PoolStatus): Figure<PoolDistance> {
  const nearest = distances[0];
  if (nearest !== undefined) return known(nearest);
  const breached = status === 'liquidatable' || status === 'bankrupt';
  return absent({ kind: breached ? 'already-liquidatable' : 'margin-covers-loss' });
}

/** Sums of a pool, in its unit. */
interface PoolTotals {
  readonly walletBalance: Money;
  readonly unrealizedPnl: Money;
  readonly marginBalance: Money;
  readonly notional: Money;
  readonly initialMargin: Money;
  readonly maintenanceMargin: Money;
}

function totalsOf(pool: KnownPool): PoolTotals {
  const parts = pool.assets.map((asset) => assetTotals(pool, asset));
  const total = (figureOf: (part: PoolTotals) => Money): Money => sumOf(parts.map(figureOf));
  return {
    walletBalance: total((part) => part.walletBalance),
    unrealizedPnl: total((part) => part.unrealizedPnl),
    marginBalance: total((part) => part.marginBalance),
    notional: total((part) => part.notional),
    initialMargin: total((part) => part.initialMargin),
    maintenanceMargin: total((part) => part.maintenanceMargin),
  };
}

function assetTotals(pool: KnownPool, asset: PoolAsset): PoolTotals {
  const own = pool.valued.filter(({ leg }) => leg.instrument.settle === asset.asset);
  const walletBalance = asset.wallet;
  const unrealizedPnl = sumOf(own.map(({ valuation }) => valuation.unrealizedPnl));
  const totals = {
    walletBalance,
    unrealizedPnl,
    marginBalance: plus(walletBalance, unrealizedPnl),
    notional: sumOf(own.map(({ valuation }) => valuation.notional)),
    initialMargin: sumOf(own.map(({ valuation }) => valueOrNone(valuation.initialMargin))),
    maintenanceMargin: sumOf(own.map(({ valuation }) => valueOrNone(valuation.maintenanceMargin))),
  };
  return asset.price === undefined ? totals : totalsInUsd(pool.rules, asset, totals);
}

/** Only called where blocking absences were ruled out before. */
function valueOrNone(figure: Figure<Money>): Money {
  return figure.known ? figure.value : NO_MONEY;
}

/** [MA1..MA3] One asset's part of a multi-asset pool: credits and requirements converted and rounded by the rule set. */
function totalsInUsd(rules: VenueRules, asset: PoolAsset, own: PoolTotals): PoolTotals {
  const { credit, debit } = conversionOf(rules, asset);
  const { creditInUsd, debitInUsd } = rules.rounding;
  const asCredit = (amount: Money): Money => roundMoney(money(amount.times(credit)), creditInUsd);
  const asDebit = (amount: Money): Money => roundMoney(money(amount.times(debit)), debitInUsd);
  return {
    walletBalance: asCredit(own.walletBalance),
    unrealizedPnl: asCredit(own.unrealizedPnl),
    marginBalance: weightedBalance(rules, asset, own, credit),
    notional: asCredit(own.notional),
    initialMargin: asDebit(own.initialMargin),
    maintenanceMargin: asDebit(own.maintenanceMargin),
  };
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

type PoolFigures = Pick<
  PoolHealth,
  | 'walletBalance'
  | 'unrealizedPnl'
  | 'marginBalance'
  | 'initialMargin'
  | 'orderMargin'
  | 'maintenanceMargin'
  | 'marginExcess'
  | 'availableMargin'
  | 'withdrawable'
>;

function figuresOf(totals: PoolTotals, orderMargin: Figure<Money>): PoolFigures {
  const reserved = mapFigure(orderMargin, (amount) => plus(totals.initialMargin, amount));
  const afterReserve = (amount: Money): Figure<Money> =>
    mapFigure(reserved, (held) => larger(NO_MONEY, minus(amount, held)));
  const withoutProfit = plus(totals.walletBalance, smaller(NO_MONEY, totals.unrealizedPnl));
  const free = smaller(totals.marginBalance, withoutProfit);
  return {
    walletBalance: known(totals.walletBalance),
    unrealizedPnl: known(totals.unrealizedPnl),
    marginBalance: known(totals.marginBalance),
    initialMargin: known(totals.initialMargin),
    orderMargin,
    maintenanceMargin: known(totals.maintenanceMargin),
    marginExcess: known(minus(totals.marginBalance, totals.maintenanceMargin)),
    availableMargin: afterReserve(totals.marginBalance),
    withdrawable: afterReserve(free),
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
function statusOf(totals: PoolTotals, positions: number, rules: VenueRules): PoolStatus {
  const { marginBalance, maintenanceMargin } = totals;
  if (positions === 0) return marginBalance.isNegative() ? 'deficit' : 'empty';
  if (!marginBalance.gt(0)) return 'bankrupt';
  const order = marginBalance.comparedTo(maintenanceMargin);
  const breached = rules.breach === 'below' ? order < 0 : order <= 0;
  return breached ? 'liquidatable' : 'healthy';
}

function positionHealth(p: {
  readonly item: ValuedLeg;
  readonly valued: readonly ValuedLeg[];
  readonly facts: PoolFacts;
  readonly onMarks: PoolOnMarks;
  readonly totals: PoolTotals;
}): PositionHealth {
  const { leg, valuation } = p.item;
  const prices = lazily(() => liquidationPricesOf(p.onMarks, leg));
  const ifLiquidated = lazily(() =>
    exitByLiquidation({
      leg,
      rules: p.onMarks.rules,
      valuation,
      prices: prices(),
      equityNow: p.totals.marginBalance,
      maintenanceNow: p.totals.maintenanceMargin,
    }),
  );
  return {
    ...ownFigures(p.item, p.facts),
    maintenanceShare: shareOfMaintenance(p.item, p.valued),
    bankruptcyPrice: lazily(() => bankruptcyPriceOf(p.onMarks, leg)),
    liquidation: prices,
    ifLiquidated,
  };
}

/** Shares are of the positions that settle in the same asset: amounts of two assets do not add up. */
function shareOfMaintenance(item: ValuedLeg, valued: readonly ValuedLeg[]): Figure<Rate> {
  const { settle } = item.leg.instrument;
  const own = valueOrNone(item.valuation.maintenanceMargin);
  const total = sumOf(
    valued
      .filter(({ leg }) => leg.instrument.settle === settle)
      .map(({ valuation }) => valueOrNone(valuation.maintenanceMargin)),
  );
  return total.isZero() ? absent({ kind: 'not-recorded' }) : known(ratioOf(own, total));
}

type OwnFigures = Omit<
  PositionHealth,
  'maintenanceShare' | 'bankruptcyPrice' | 'liquidation' | 'ifLiquidated'
>;

function ownFigures({ leg, valuation }: ValuedLeg, facts: PoolFacts): OwnFigures {
  const { position, instrument } = leg;
  return {
    instrumentId: instrument.id,
    positionSide: position.positionSide,
    poolId: facts.id,
    marginKind: position.marginMode.kind,
    settle: instrument.settle,
    signedSize: position.signedSize,
    entryPrice: position.entryPrice,
    leverage: position.leverage,
    mark: known(leg.mark),
    notional: known(valuation.notional),
    unrealizedPnl: known(valuation.unrealizedPnl),
    initialMargin: valuation.initialMargin,
    maintenanceMargin: valuation.maintenanceMargin,
    tier: valuation.tier,
    returnOnEquity: returnOnEquityOf(leg, valuation.unrealizedPnl),
    breakEvenPrice: breakEvenOf(leg),
    ifClosedNow: known(exitNow(leg, valuation)),
  };
}

/** A pool with something missing: its own sums do not exist; positions whose mark is known keep what is theirs. */
function unknownPool(
  facts: PoolFacts,
  valued: readonly ValuedLeg[],
  missing: readonly Absence[],
): PoolHealth {
  const why = missing[0] ?? { kind: 'not-recorded' };
  const none = absent(why);
  return {
    id: facts.id,
    scope: facts.scope,
    unit: facts.unit,
    status: 'unknown',
    missing,
    walletBalance: none,
    unrealizedPnl: none,
    marginBalance: none,
    initialMargin: none,
    orderMargin: none,
    maintenanceMargin: none,
    marginExcess: none,
    availableMargin: none,
    withdrawable: none,
    marginRatio: none,
    effectiveLeverage: none,
    positions: facts.positions.map((position) => {
      const item = valued.find(({ leg }) => leg.position === position);
      return item === undefined
        ? unknownPosition(facts, position, why)
        : { ...ownFigures(item, facts), ...nothingOfThePool(why) };
    }),
    distances: () => [],
    decidingDistance: () => none,
  };
}

function nothingOfThePool(
  why: Absence,
): Pick<PositionHealth, 'maintenanceShare' | 'bankruptcyPrice' | 'liquidation' | 'ifLiquidated'> {
  const none = absent(why);
  const prices: LiquidationPrices = noPrices(why);
  return {
    maintenanceShare: none,
    bankruptcyPrice: () => none,
    liquidation: () => prices,
    ifLiquidated: () => none,
  };
}

function unknownPosition(
  facts: PoolFacts,
  position: Account['positions'][number],
  why: Absence,
): PositionHealth {
  const none = absent(why);
  return {
    instrumentId: position.instrumentId,
    positionSide: position.positionSide,
    poolId: facts.id,
    marginKind: position.marginMode.kind,
    settle: facts.unit,
    signedSize: position.signedSize,
    entryPrice: position.entryPrice,
    leverage: position.leverage,
    mark: none,
    notional: none,
    unrealizedPnl: none,
    initialMargin: none,
    maintenanceMargin: none,
    tier: none,
    returnOnEquity: none,
    breakEvenPrice: none,
    ifClosedNow: none,
    ...nothingOfThePool(why),
  };
}

/** Worse first: by status, then by margin ratio, then by id. */
const STATUS_ORDER: readonly PoolStatus[] = [
  'bankrupt',
  'liquidatable',
  'deficit',
  'unknown',
  'healthy',
  'empty',
];

export function worseFirst(left: PoolHealth, right: PoolHealth): number {
  const byStatus = STATUS_ORDER.indexOf(left.status) - STATUS_ORDER.indexOf(right.status);
  if (byStatus !== 0) return byStatus;
  const byRatio = ratioRank(right).comparedTo(ratioRank(left));
  return byRatio === 0 ? (left.id < right.id ? -1 : 1) : byRatio;
}

function ratioRank(pool: PoolHealth): Decimal {
  const { marginRatio } = pool;
  if (!marginRatio.known || marginRatio.value.kind !== 'ratio') return rate(0);
  return marginRatio.value.value;
}

/** Solves on the first call, remembers for the next ones. */
function lazily<Value>(solve: () => Value): () => Value {
  let solved: { readonly value: Value } | undefined;
  return () => (solved ??= { value: solve() }).value;
}
