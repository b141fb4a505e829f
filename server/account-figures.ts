/** An account's facts and figures as the HTTP interface gives them: decimals as text, null where a figure does not exist. */
import { type Engine } from '#lib/engine/engine.ts';
import { isSystemAccount } from '#lib/engine/ledger.ts';
import { levelReasonsOf } from '#lib/engine/level-questions.ts';
import { type ShownState, type LedgerAccount, type PoolRow } from '#lib/engine/state.ts';
import { type Market } from '#lib/margin/account.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { type AccountHealth, type PoolHealth, type PositionHealth } from '#lib/margin/figures.ts';
import { accountId } from '#lib/units/ids.ts';
import { accountText } from '#lib/wire/codec.ts';
import { type AccountText } from '#lib/wire/protocol.ts';
import { distanceWords, figureText, ratioText } from './desk/desk-row.ts';
import {
  type AccountFigures,
  type AccountFigureTexts,
  type FigureTexts,
  type PoolFigureTexts,
} from './worker-messages.ts';

/** Facts of a trader's account; undefined when there is none of that name. */
export function accountTextOf(state: ShownState, id: string): AccountText | undefined {
  return textOf(state, id, (account, pools) => levelReasonsOf(state, account, pools));
}

/** The same but for why its pools are in their states, which is the dear part of it. */
export function plainTextOf(state: ShownState, id: string): AccountText | undefined {
  return textOf(state, id, () => NO_REASONS);
}

function textOf(
  state: ShownState,
  id: string,
  reasonsOf: (account: LedgerAccount, pools: readonly PoolRow[]) => Reasons,
): AccountText | undefined {
  const account = state.accounts.read(accountId(id));
  if (account === undefined || isSystemAccount(account.accountId)) return undefined;
  const pools = [...account.rows.values()];
  const reasons = reasonsOf(account, pools);
  return accountText({ account, pools, reasons, instruments: state.instruments });
}

type Reasons = ReturnType<typeof levelReasonsOf>;
const NO_REASONS: Reasons = new Map();

/** @param market the state's. */
export function healthOf(
  engine: Engine,
  state: ShownState,
  id: string,
  market: Market = engine.marketOf(state),
): AccountHealth | undefined {
  const account = engine.accountOf(state, accountId(id));
  return account && assessAccount({ account, market, rules: houseRules });
}

export function accountFiguresOf(
  engine: Engine,
  state: ShownState,
  id: string,
): AccountFigures | undefined {
  const facts = accountTextOf(state, id);
  const health = healthOf(engine, state, id);
  if (facts === undefined || health === undefined) return undefined;
  return { step: state.step, runTime: state.time, facts, figures: healthTexts(health) };
}

function healthTexts(health: AccountHealth): AccountFigureTexts {
  return {
    rules: health.rules.version,
    worstPool: health.worstPool?.id ?? null,
    marginBalanceUsd: figureText(health.marginBalanceUsd),
    initialMarginUsd: figureText(health.initialMarginUsd),
    maintenanceMarginUsd: figureText(health.maintenanceMarginUsd),
    unrealizedPnlUsd: figureText(health.unrealizedPnlUsd),
    pools: health.pools.map(poolTexts),
  };
}

function poolTexts(pool: PoolHealth): PoolFigureTexts {
  const distance = pool.decidingDistance();
  return {
    poolId: pool.id,
    unit: pool.unit,
    status: pool.status,
    missing: pool.missing.map(({ kind }) => kind),
    walletBalance: figureText(pool.walletBalance),
    unrealizedPnl: figureText(pool.unrealizedPnl),
    marginBalance: figureText(pool.marginBalance),
    initialMargin: figureText(pool.initialMargin),
    orderMargin: figureText(pool.orderMargin),
    maintenanceMargin: figureText(pool.maintenanceMargin),
    marginExcess: figureText(pool.marginExcess),
    availableMargin: figureText(pool.availableMargin),
    withdrawable: figureText(pool.withdrawable),
    marginRatio: ratioText(pool),
    effectiveLeverage: figureText(pool.effectiveLeverage),
    distanceShare: distance.known ? distance.value.share.toFixed() : null,
    distanceBy: distance.known ? distanceWords(distance.value) : null,
    positions: pool.positions.map(positionTexts),
  };
}

function positionTexts(position: PositionHealth): FigureTexts {
  const { below, above, nearest, distanceShare } = position.liquidation();
  const exit = position.ifLiquidated();
  return {
    instrument: position.instrumentId,
    positionSide: position.positionSide,
    signedSize: position.signedSize.toFixed(),
    entryPrice: position.entryPrice.toFixed(),
    leverage: position.leverage.toFixed(),
    markPrice: position.mark.known ? position.mark.value.price.toFixed() : null,
    markTime: position.mark.known ? position.mark.value.time : null,
    notional: figureText(position.notional),
    unrealizedPnl: figureText(position.unrealizedPnl),
    initialMargin: figureText(position.initialMargin),
    maintenanceMargin: figureText(position.maintenanceMargin),
    breakEvenPrice: figureText(position.breakEvenPrice),
    bankruptcyPrice: figureText(position.bankruptcyPrice()),
    liquidationBelow: figureText(below),
    liquidationAbove: figureText(above),
    liquidationNearest: figureText(nearest),
    distanceShare: figureText(distanceShare),
    lossIfLiquidated: exit.known ? exit.value.lossFromNow.toFixed() : null,
  };
}
