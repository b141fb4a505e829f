/** What a liquidation will do, named before anything is done: which orders go, which positions are closed, on which marks. */
import { type PoolHealth } from '../margin/figures.ts';
import { decimalText } from '../units/decimal.ts';
import { priceFromTicks, quantityFromLots } from '../units/scaled.ts';
import { readingOfMark } from './facts.ts';
import { rowOf } from './journal.ts';
import { instrumentOf } from './ledger.ts';
import { type JournalRow, type MarkText } from './row.ts';
import {
  type EngineState,
  type LedgerAccount,
  type LedgerPosition,
  type PoolRow,
} from './state.ts';

export interface LiquidationPlan {
  readonly planId: string;
  readonly row: PoolRow;
  readonly account: LedgerAccount;
  readonly health: PoolHealth;
  readonly positions: readonly LedgerPosition[];
  readonly orderIds: readonly string[];
}

/** Names what will be closed and cancelled. Orders of a cross pool go first; an isolated position reserves nothing by orders. */
export function planLiquidation(
  state: EngineState,
  p: { readonly row: PoolRow; readonly account: LedgerAccount; readonly health: PoolHealth },
): LiquidationPlan {
  const { scope } = p.health;
  const positions = [...p.account.positions.values()].filter((position) =>
    inPool(state, p.health, position),
  );
  const orderIds = [...p.account.orders.values()]
    .filter((order) =>
      scope.kind === 'isolated'
        ? order.instrumentId === scope.instrumentId && order.positionSide === scope.positionSide
        : scope.kind === 'multi-asset' ||
          instrumentOf(state, order.instrumentId).settle === scope.asset,
    )
    .map((order) => order.orderId);
  const planId = `L${state.nextPlanNumber}`;
  state.nextPlanNumber += 1;
  return { planId, ...p, positions, orderIds };
}

function inPool(state: EngineState, health: PoolHealth, position: LedgerPosition): boolean {
  const { scope } = health;
  if (scope.kind === 'isolated') {
    return (
      position.marginKind === 'isolated' &&
      position.instrumentId === scope.instrumentId &&
      position.positionSide === scope.positionSide
    );
  }
  if (position.marginKind !== 'cross') return false;
  return (
    scope.kind === 'multi-asset' ||
    instrumentOf(state, position.instrumentId).settle === scope.asset
  );
}

/** The plan as a row: the decision with its marks, in full. It must be durable before `carryOut`. */
export function planRow(state: EngineState, plan: LiquidationPlan): JournalRow {
  const { health } = plan;
  const closes = plan.positions.map((position) => ({
    instrument: position.instrumentId,
    side: position.positionSide,
    size: sizeText(state, position),
    mark: markTextOf(state, position).mark,
  }));
  return rowOf(
    state,
    {
      kind: 'liquidation-planned',
      planId: plan.planId,
      poolId: plan.row.poolId,
      unit: health.unit,
      marginBalance: health.marginBalance.known
        ? decimalText(health.marginBalance.value)
        : 'unknown',
      maintenanceMargin: health.maintenanceMargin.known
        ? decimalText(health.maintenanceMargin.value)
        : 'unknown',
      marks: plan.positions.map((position) => markTextOf(state, position)),
      cancelOrders: plan.orderIds,
      closes,
    },
    plan.account.accountId,
  );
}

function markTextOf(state: EngineState, position: LedgerPosition): MarkText {
  const mark = state.marks.get(position.instrumentId);
  const { tickSize } = instrumentOf(state, position.instrumentId);
  if (mark === undefined) {
    return {
      instrument: position.instrumentId,
      mark: '0',
      index: '0',
      time: 0,
      status: 'missing',
      sources: null,
    };
  }
  return {
    instrument: position.instrumentId,
    mark: decimalText(priceFromTicks(mark.fact.markTicks, tickSize)),
    index: decimalText(priceFromTicks(mark.fact.indexTicks, tickSize)),
    time: mark.fact.venueTime,
    status: readingOfMark(state, position.instrumentId, mark).status,
    sources: mark.fact.sources ?? null,
  };
}

/** Signed size of a position as text. */
export function sizeText(state: EngineState, position: LedgerPosition): string {
  return decimalText(
    quantityFromLots(position.lots, instrumentOf(state, position.instrumentId).lotSize),
  );
}
