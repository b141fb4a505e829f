/**
 * Liquidation in its first complete form: everything of a breached pool is closed at the mark, the fee is
 * min(rate x notional, equity left), the insurance fund earns it or pays what is missing, and what no fund can pay is bad debt.
 * `planLiquidation` only says what will be done; `carryOut` does it once the plan is durable.
 */
import { gridOf } from '../market/grid.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { COLLATERAL_WEIGHTS } from '../market/catalogue.ts';
import { decimalText, ONE, ZERO, type Decimal } from '../units/decimal.ts';
import { accountId, type AssetId } from '../units/ids.ts';
import { money } from '../units/money.ts';
import {
  moneyFromUnits,
  moneyToUnits,
  moneyUnits,
  negated,
  priceFromTicks,
  quantityFromLots,
  RATE_SCALE,
  rateUnits,
  type MoneyUnits,
} from '../units/scaled.ts';
import { marketOf, readingOfMark } from './facts.ts';
import { rowOf } from './journal.ts';
import { instrumentOf, walletOf, type Movement } from './ledger.ts';
import { type JournalRow, type MarkText, type MovementText } from './row.ts';
import {
  chargeLiquidationFee,
  closeAtMark,
  coverDeficit,
  liquidationFee,
  sellCollateral,
  type CollateralSale,
  type ForcedClose,
} from './settlement.ts';
import { cancelOrder } from './cash.ts';
import { SYSTEM_ACCOUNTS, type EngineState, type LedgerAccount, type LedgerPosition, type PoolRow } from './state.ts';

/** What a forced seller of collateral gives up against its index price: 1 %. Our choice (ARCHITECTURE, Decisions). */
const COLLATERAL_SURCHARGE = rateUnits(RATE_SCALE / 100n);

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
  const positions = [...p.account.positions.values()].filter((position) => inPool(state, p.health, position));
  const orderIds = [...p.account.orders.values()]
    .filter((order) =>
      scope.kind === 'isolated'
        ? order.instrumentId === scope.instrumentId && order.positionSide === scope.positionSide
        : scope.kind === 'multi-asset' || instrumentOf(state, order.instrumentId).settle === scope.asset,
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
  return scope.kind === 'multi-asset' || instrumentOf(state, position.instrumentId).settle === scope.asset;
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
      marginBalance: health.marginBalance.known ? decimalText(health.marginBalance.value) : 'unknown',
      maintenanceMargin: health.maintenanceMargin.known ? decimalText(health.maintenanceMargin.value) : 'unknown',
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
    return { instrument: position.instrumentId, mark: '0', index: '0', time: 0, status: 'missing', sources: null };
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

function sizeText(state: EngineState, position: LedgerPosition): string {
  return decimalText(quantityFromLots(position.lots, instrumentOf(state, position.instrumentId).lotSize));
}

/** Executes a durable plan: cancel, close at the mark, settle. Every movement has two sides; the rows are its statement. */
export function carryOut(state: EngineState, plan: LiquidationPlan): readonly JournalRow[] {
  const { account } = plan;
  const cancelled = plan.orderIds.flatMap((orderId) => {
    const done = cancelOrder(state, { accountId: account.accountId, orderId });
    return done.ok ? [rowOf(state, { kind: 'order-cancelled', orderId, why: 'liquidation' }, account.accountId)] : [];
  });
  const steps: JournalRow[] = [];
  const closes: Closed[] = [];
  for (const position of plan.positions) {
    const closed = closeOne(state, plan, position);
    if (closed === undefined) continue;
    closes.push(closed.closed);
    steps.push(closed.row);
  }
  const settled = settle(state, plan, closes);
  plan.row.phase = { kind: 'liquidated', planId: plan.planId, at: state.time };
  return [...cancelled, ...steps, settled];
}

interface Closed {
  readonly close: ForcedClose;
  readonly isolated: boolean;
}

function closeOne(
  state: EngineState,
  plan: LiquidationPlan,
  position: LedgerPosition,
): { readonly closed: Closed; readonly row: JournalRow } | undefined {
  const mark = state.marks.get(position.instrumentId);
  if (mark === undefined) return undefined;
  const size = sizeText(state, position);
  const isolated = position.marginKind === 'isolated';
  const side = position.positionSide;
  const close = closeAtMark(state, { account: plan.account, position, markTicks: mark.fact.markTicks });
  const row = rowOf(
    state,
    {
      kind: 'liquidation-step',
      planId: plan.planId,
      poolId: plan.row.poolId,
      instrument: close.instrument.id,
      side,
      size,
      price: decimalText(priceFromTicks(mark.fact.markTicks, close.instrument.tickSize)),
      notional: moneyText(close.notional),
      realizedPnl: moneyText(close.realizedPnl),
      movements: close.movements.map(movementText),
    },
    plan.account.accountId,
  );
  return { closed: { close, isolated }, row };
}

/** Everything a settlement needs to know and to report. */
interface Settlement {
  readonly sales: readonly CollateralSale[];
  readonly fees: readonly Charge[];
  readonly deficits: readonly Covered[];
  readonly movements: readonly Movement[];
}
interface Charge {
  readonly asset: AssetId;
  readonly amount: MoneyUnits;
}
interface Covered extends Charge {
  readonly paidByFund: MoneyUnits;
  readonly badDebt: MoneyUnits;
}

function settle(state: EngineState, plan: LiquidationPlan, closes: readonly Closed[]): JournalRow {
  const { account, health } = plan;
  const { scope } = health;
  if (scope.kind === 'multi-asset') {
    const prices = marketOf(state).assetPrices;
    const priceOf = (asset: AssetId): Decimal => prices.get(asset)?.index ?? ZERO;
    const equity = worthOf(account, priceOf);
    const done = settleMulti(state, account, closes);
    return statementRow(state, plan, { done, closes, priceOf, equity, left: worthOf(account, priceOf) });
  }
  const asset = scope.kind === 'cross' ? scope.asset : health.unit;
  const released = closes.reduce((sum, { close }) => sum + close.releasedMargin, 0n);
  const before = scope.kind === 'isolated' ? moneyUnits(released) : walletOf(account, asset);
  const done = settleSingle(state, account, { closes, asset, equity: before });
  const paid = done.fees.reduce((sum, fee) => sum + fee.amount, 0n);
  const after = moneyUnits(before < 0n ? 0n : before - paid);
  const priceOf = (): Decimal => ONE;
  const amounts = { equity: moneyFromUnits(before), left: moneyFromUnits(after) };
  return statementRow(state, plan, { done, closes, priceOf, ...amounts });
}

/** Cross wallets at index prices, without haircut: what could be realised (rulings A7). */
function worthOf(account: LedgerAccount, priceOf: (asset: AssetId) => Decimal): Decimal {
  return [...account.wallets].reduce(
    (sum, [asset, units]) => sum.plus(moneyFromUnits(units).times(priceOf(asset))),
    ZERO,
  );
}

/** One asset: the fee comes out of what is left, or the fund and the bad debt make good what is missing. */
function settleSingle(
  state: EngineState,
  account: LedgerAccount,
  p: { readonly closes: readonly Closed[]; readonly asset: AssetId; readonly equity: MoneyUnits },
): Settlement {
  if (p.equity < 0n) {
    const cover = coverDeficit(state, { account, asset: p.asset, amount: negated(p.equity) });
    return { sales: [], fees: [], deficits: [cover], movements: cover.movements };
  }
  const fees: Charge[] = [];
  const movements: Movement[] = [];
  let left: bigint = p.equity;
  for (const { close } of p.closes) {
    const amount = feeOf(close, moneyUnits(left));
    if (amount === 0n) continue;
    movements.push(chargeLiquidationFee(state, { account, asset: p.asset, amount }));
    fees.push({ asset: p.asset, amount });
    left -= amount;
  }
  return { sales: [], fees, deficits: [], movements };
}

function feeOf(close: ForcedClose, equityLeft: MoneyUnits): MoneyUnits {
  const { liquidationFeeRate } = gridOf(close.instrument);
  return liquidationFee({ notional: close.notional, rate: liquidationFeeRate, equityLeft });
}

/** Several assets: debts are first paid by selling the others (rulings A7), then the fee, then what is still missing. */
function settleMulti(state: EngineState, account: LedgerAccount, closes: readonly Closed[]): Settlement {
  const sales: CollateralSale[] = [];
  const fees: Charge[] = [];
  const deficits: Covered[] = [];
  const movements: Movement[] = [];
  const raise = (asset: AssetId, needed: bigint): void => {
    const made = raiseFrom(state, account, { asset, needed: moneyUnits(needed) });
    sales.push(...made);
    movements.push(...made.flatMap((sale) => sale.movements));
  };
  for (const [asset, balance] of account.wallets) if (balance < 0n) raise(asset, -balance);
  for (const { close } of closes) {
    const asset = close.instrument.settle;
    const asked = feeOf(close, close.notional);
    const short = asked - walletOf(account, asset);
    if (short > 0n && walletOf(account, asset) >= 0n) raise(asset, short);
    const amount = feeOf(close, walletOf(account, asset));
    if (amount === 0n) continue;
    movements.push(chargeLiquidationFee(state, { account, asset, amount }));
    fees.push({ asset, amount });
  }
  for (const [asset, balance] of account.wallets) {
    if (balance >= 0n) continue;
    const cover = coverDeficit(state, { account, asset, amount: negated(balance) });
    deficits.push(cover);
    movements.push(...cover.movements);
  }
  return { sales, fees, deficits, movements };
}

/** Sells collateral into `asset` until `needed` is raised: the highest weight first, in the order of the house's table. */
function raiseFrom(
  state: EngineState,
  account: LedgerAccount,
  p: { readonly asset: AssetId; readonly needed: MoneyUnits },
): readonly CollateralSale[] {
  const prices = marketOf(state).assetPrices;
  const intoPrice = prices.get(p.asset);
  const sales: CollateralSale[] = [];
  let missing: bigint = p.needed;
  for (const { asset } of COLLATERAL_WEIGHTS) {
    const own = prices.get(asset);
    if (asset === p.asset || own === undefined || intoPrice === undefined) continue;
    if (missing <= 0n || walletOf(account, asset) <= 0n) continue;
    const sale = sellCollateral(state, {
      account,
      asset,
      into: p.asset,
      needed: moneyUnits(missing),
      price: moneyToUnits(money(own.index), 'floor'),
      intoPrice: moneyToUnits(money(intoPrice.index), 'ceil'),
      surcharge: COLLATERAL_SURCHARGE,
    });
    sales.push(sale);
    missing -= sale.proceeds;
  }
  return sales;
}

interface Statement {
  readonly done: Settlement;
  readonly closes: readonly Closed[];
  readonly priceOf: (asset: AssetId) => Decimal;
  readonly equity: Decimal;
  readonly left: Decimal;
}

/** [EX3] equity at the decision = fee + conversion cost + left - deficit, exactly; deficit = fund's part + bad debt. */
function statementRow(state: EngineState, plan: LiquidationPlan, p: Statement): JournalRow {
  const { unit } = plan.health;
  const total = (parts: readonly Charge[]): Decimal => sumIn(p.priceOf, parts);
  const covered = p.done.deficits;
  const notionals = p.closes.map(({ close }) => ({ asset: close.instrument.settle, amount: close.notional }));
  const fund = state.accounts.get(accountId(SYSTEM_ACCOUNTS.insuranceFund));
  const fundAsset = covered[0]?.asset ?? p.done.fees[0]?.asset ?? p.closes[0]?.close.instrument.settle ?? unit;
  return rowOf(
    state,
    {
      kind: 'liquidation-settled',
      planId: plan.planId,
      poolId: plan.row.poolId,
      unit,
      equityAtDecision: decimalText(p.equity),
      notional: decimalText(total(notionals)),
      fee: decimalText(total(p.done.fees)),
      conversionCost: decimalText(total(p.done.sales.flatMap(saleSides))),
      deficit: decimalText(total(covered)),
      paidByFund: decimalText(total(covered.map(({ asset, paidByFund }) => ({ asset, amount: paidByFund })))),
      badDebt: decimalText(total(covered.map(({ asset, badDebt }) => ({ asset, amount: badDebt })))),
      left: decimalText(p.left),
      fundAfter: fund === undefined ? '0' : moneyText(walletOf(fund, fundAsset)),
      collateralSold: p.done.sales.map((sale) => ({
        asset: sale.asset,
        amount: moneyText(sale.amount),
        price: decimalText(p.priceOf(sale.asset)),
        proceeds: moneyText(sale.proceeds),
      })),
      movements: p.done.movements.map(movementText),
    },
    plan.account.accountId,
  );
}

/** What was sold less what it brought in: valued at index prices, the difference is the cost. */
function saleSides(sale: CollateralSale): readonly Charge[] {
  return [
    { asset: sale.asset, amount: sale.amount },
    { asset: sale.into, amount: negated(sale.proceeds) },
  ];
}

function sumIn(priceOf: (asset: AssetId) => Decimal, parts: readonly Charge[]): Decimal {
  return parts.reduce(
    (sum, { asset, amount }) => sum.plus(moneyFromUnits(amount).times(priceOf(asset))),
    ZERO,
  );
}

export function moneyText(units: MoneyUnits): string {
  return decimalText(moneyFromUnits(units));
}

export function movementText(movement: Movement): MovementText {
  return { ...movement, amount: moneyText(movement.amount) };
}
