/** Figures of one position: its own, and what its pool says of it. */
import { NO_MONEY, ratioOf, sumOf, type Money, type Rate } from '../units/money.ts';
import { type Position } from './account.ts';
import { exitByLiquidation, exitNow } from './exit.ts';
import {
  absent,
  known,
  type Absence,
  type Figure,
  type LiquidationPrices,
  type PositionHealth,
} from './figures.ts';
import { lazily } from './lazily.ts';
import {
  bankruptcyPriceOf,
  liquidationPricesOf,
  noPrices,
  type PoolOnMarks,
} from './liquidation-price.ts';
import { type Leg, type PoolFacts } from './pool.ts';
import { breakEvenOf, returnOnEquityOf, type Valuation } from './valuation.ts';

/** A leg with its own figures. */
export interface ValuedLeg {
  readonly leg: Leg;
  readonly valuation: Valuation;
}

/** Only called where blocking absences were ruled out before. */
export function valueOrNone(figure: Figure<Money>): Money {
  return figure.known ? figure.value : NO_MONEY;
}

export function positionHealth(p: {
  readonly item: ValuedLeg;
  readonly valued: readonly ValuedLeg[];
  readonly facts: PoolFacts;
  readonly onMarks: PoolOnMarks;
  /** Of the pool, now. */
  readonly totals: { readonly marginBalance: Money; readonly maintenanceMargin: Money };
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
    ...(valuation.closingFee === undefined ? {} : { closingFee: valuation.closingFee }),
    tier: valuation.tier,
    returnOnEquity: returnOnEquityOf(leg, valuation.unrealizedPnl),
    breakEvenPrice: breakEvenOf(leg),
    ifClosedNow: known(exitNow(leg, valuation)),
  };
}

/** A position in a pool that something is missing of: it keeps what is its own, or nothing where its own mark is missing. */
export function positionOfUnknownPool(p: {
  readonly facts: PoolFacts;
  readonly position: Position;
  readonly item: ValuedLeg | undefined;
  readonly why: Absence;
}): PositionHealth {
  const { facts, item, why } = p;
  return item === undefined
    ? unknownPosition(facts, p.position, why)
    : { ...ownFigures(item, facts), ...nothingOfThePool(why) };
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

function unknownPosition(facts: PoolFacts, position: Position, why: Absence): PositionHealth {
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
