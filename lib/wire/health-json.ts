/** An account's health as plain JSON: every figure of `assessAccount`, the rule set and each tier that was used. */
import { assertNever } from '../contract.ts';
import { type Market } from '../margin/account.ts';
import { accountSumsOf } from '../margin/account-sums.ts';
import {
  mapFigure,
  type AccountHealth,
  type ExitEstimate,
  type Figure,
  type LiquidationPrices,
  type PoolDistance,
  type PoolHealth,
  type PositionHealth,
} from '../margin/figures.ts';
import { type MarkReading } from '../market/mark.ts';
import { type RiskTier } from '../market/instrument.ts';
import { type Decimal, decimalText } from '../units/decimal.ts';
import { utcText } from '../units/time.ts';
import {
  absentText,
  figureText,
  ratioText,
  type AbsentText,
  type FigureText,
} from './figure-text.ts';

export type HealthJson = ReturnType<typeof healthJson>;

/** Names are ours (ARCHITECTURE, words); money is in the unit that stands beside it. */
export function healthJson(health: AccountHealth, market: Market) {
  const { rules, worstPool } = health;
  const sums = accountSumsOf(health, market);
  return {
    account: health.accountId,
    rules: { venue: rules.venue, version: rules.version, effectiveFrom: rules.effectiveFrom },
    state: worstPool?.status ?? 'empty',
    why: worstPool === undefined ? 'the account holds nothing' : reasonOfState(worstPool),
    worstPool: worstPool?.id ?? null,
    /** Sums over the pools at index prices. */
    usd: {
      marginBalance: figureText(health.marginBalanceUsd),
      initialMargin: figureText(health.initialMarginUsd),
      maintenanceMargin: figureText(health.maintenanceMarginUsd),
      unrealizedPnl: figureText(health.unrealizedPnlUsd),
      orderMargin: figureText(sums.orderMargin),
      marginExcess: figureText(sums.marginExcess),
      availableMargin: figureText(sums.availableMargin),
      withdrawable: figureText(sums.withdrawable),
      notional: figureText(sums.notional),
      effectiveLeverage: figureText(sums.effectiveLeverage),
    },
    pools: health.pools.map(poolJson),
  };
}

function poolJson(pool: PoolHealth) {
  return {
    pool: pool.id,
    scope: pool.scope,
    unit: pool.unit,
    state: pool.status,
    why: reasonOfState(pool),
    missing: pool.missing.map(absentText),
    walletBalance: figureText(pool.walletBalance),
    unrealizedPnl: figureText(pool.unrealizedPnl),
    marginBalance: figureText(pool.marginBalance),
    initialMargin: figureText(pool.initialMargin),
    orderMargin: figureText(pool.orderMargin),
    maintenanceMargin: figureText(pool.maintenanceMargin),
    marginRatio: ratioText(pool.marginRatio),
    marginExcess: figureText(pool.marginExcess),
    availableMargin: figureText(pool.availableMargin),
    withdrawable: figureText(pool.withdrawable),
    effectiveLeverage: figureText(pool.effectiveLeverage),
    decidingDistance: shaped(pool.decidingDistance(), distanceJson),
    positions: pool.positions.map(positionJson),
  };
}

function positionJson(position: PositionHealth) {
  const { instrumentId, positionSide, marginKind, settle } = position;
  return {
    symbol: instrumentId,
    positionSide,
    marginMode: marginKind,
    settle,
    size: decimalText(position.signedSize),
    entryPrice: decimalText(position.entryPrice),
    leverage: decimalText(position.leverage),
    mark: shaped(position.mark, markJson),
    notional: figureText(position.notional),
    unrealizedPnl: figureText(position.unrealizedPnl),
    /** unrealized PnL / initial margin at entry. */
    returnOnEquity: figureText(position.returnOnEquity),
    initialMargin: figureText(position.initialMargin),
    maintenanceMargin: figureText(position.maintenanceMargin),
    maintenanceShare: figureText(position.maintenanceShare),
    tier: shaped(position.tier, tierJson),
    liquidationPrice: liquidationJson(position.liquidation()),
    bankruptcyPrice: figureText(position.bankruptcyPrice()),
    breakEvenPrice: figureText(position.breakEvenPrice),
    ifClosedNow: shaped(position.ifClosedNow, exitJson),
    ifLiquidated: shaped(position.ifLiquidated(), exitJson),
  };
}

function shaped<Value, Shape>(
  figure: Figure<Value>,
  shape: (value: Value) => Shape,
): Shape | AbsentText {
  const mapped = mapFigure(figure, shape);
  return mapped.known ? mapped.value : absentText(mapped.why);
}

function markJson({ price, time, status }: MarkReading) {
  return { price: decimalText(price), time: utcText(time), status };
}

function tierJson(tier: RiskTier) {
  return {
    tier: tier.tier,
    notionalFloor: decimalText(tier.notionalFloor),
    notionalCap: decimalText(tier.notionalCap),
    leverageMax: decimalText(tier.leverageMax),
    maintenanceMarginRate: decimalText(tier.maintenanceMarginRate),
    maintenanceDeduction: decimalText(tier.maintenanceDeduction),
  };
}

/** Prices at which the pool is liquidatable if this contract alone moves, and how far the nearest is from the mark. */
function liquidationJson(prices: LiquidationPrices) {
  return {
    below: figureText(prices.below),
    above: figureText(prices.above),
    nearest: figureText(prices.nearest),
    distancePrice: figureText(prices.distancePrice),
    distanceShare: figureText(prices.distanceShare),
    restoredAt: restoredText(prices),
  };
}

/** Only a pool past its line has a price at which it would be safe again. */
function restoredText({ nearest, restoredAt }: LiquidationPrices): FigureText {
  const safe = nearest.known || nearest.why.kind === 'margin-covers-loss';
  return safe
    ? { absent: 'not-breached', why: 'maintenance is covered at the mark' }
    : figureText(restoredAt);
}

/** Losses are above zero, gains below. */
function exitJson(exit: ExitEstimate) {
  return {
    price: decimalText(exit.price),
    fee: decimalText(exit.fee),
    lossFromNow: decimalText(exit.lossFromNow),
    lossSinceEntry: decimalText(exit.lossSinceEntry),
  };
}

function distanceJson({ share, by }: PoolDistance) {
  return {
    share: decimalText(share),
    by:
      by.kind === 'one'
        ? { kind: by.kind, symbol: by.instrumentId, direction: by.direction }
        : {
            kind: by.kind,
            exposures: by.exposures.map(({ base, direction, weight }) => ({
              base,
              direction,
              weight: decimalText(weight),
            })),
          },
  };
}

function reasonOfState(pool: PoolHealth): string {
  const { status } = pool;
  switch (status) {
    case 'empty':
      return 'no position is open';
    case 'healthy':
      return `margin balance ${amount(pool, pool.marginBalance)} covers maintenance ${amount(pool, pool.maintenanceMargin)}`;
    case 'liquidatable':
      return `margin balance ${amount(pool, pool.marginBalance)} no longer covers maintenance ${amount(pool, pool.maintenanceMargin)}`;
    case 'bankrupt':
      return `margin balance ${amount(pool, pool.marginBalance)} is used up with a position open`;
    case 'deficit':
      return `the pool owes ${amount(pool, pool.marginBalance)} and holds no position`;
    case 'unknown':
      return pool.missing.map((why) => absentText(why).why).join('; ');
    default:
      return assertNever(status);
  }
}

function amount(pool: PoolHealth, figure: Figure<Decimal>): string {
  const text = figureText(figure);
  return typeof text === 'string' ? `${text} ${pool.unit}` : text.absent;
}
