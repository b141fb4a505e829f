/**
 * Liquidation in its first complete form: everything of a breached pool is closed at the mark, the fee is
 * min(rate x notional, equity left), the insurance fund earns it or pays what is missing, and what no fund can pay is bad debt.
 * The plan (liquidation-plan.ts) only says what will be done; `carryOut` does it once the plan is durable.
 */
import { type Market } from '../margin/account.ts';
import { COLLATERAL_SURCHARGE } from '../margin/ways-out.ts';
import { COLLATERAL_WEIGHTS } from '../market/catalogue.ts';
import { gridOf } from '../market/grid.ts';
import { decimalText, ONE, ZERO, type Decimal } from '../units/decimal.ts';
import { type AssetId } from '../units/ids.ts';
import { money } from '../units/money.ts';
import {
  moneyFromUnits,
  moneyToUnits,
  moneyUnits,
  negated,
  priceFromTicks,
  rateToUnits,
  type MoneyUnits,
} from '../units/scaled.ts';
import { cancelOrder } from './cash.ts';
import { rowOf } from './journal.ts';
import { walletOf, type Movement } from './ledger.ts';
import { sizeText, type LiquidationPlan } from './liquidation-plan.ts';
import { type JournalRow } from './row.ts';
import {
  chargeLiquidationFee,
  closeAtMark,
  coverDeficit,
  liquidationFee,
  sellCollateral,
  type CollateralSale,
  type ForcedClose,
} from './settlement.ts';
import {
  moneyText,
  movementText,
  statementRow,
  type Charge,
  type Closed,
  type Covered,
  type Settlement,
} from './statement.ts';
import { type EngineState, type LedgerAccount, type LedgerPosition } from './state.ts';

/** What each coin costs at the step's marks: for pools of several assets. */
type AssetPrices = Market['assetPrices'];

/**
 * Executes a durable plan: cancel, close at the mark, settle. Every movement has two sides; the rows are its statement.
 * @param prices of the state's market.
 */
export function carryOut(
  state: EngineState,
  plan: LiquidationPlan,
  prices: AssetPrices,
): readonly JournalRow[] {
  const { account } = plan;
  const cancelled = plan.orderIds.flatMap((orderId) => {
    const done = cancelOrder(state, { accountId: account.accountId, orderId });
    return done.ok
      ? [rowOf(state, { kind: 'order-cancelled', orderId, why: 'liquidation' }, account.accountId)]
      : [];
  });
  const steps: JournalRow[] = [];
  const closes: Closed[] = [];
  for (const position of plan.positions) {
    const closed = closeOne(state, plan, position);
    if (closed === undefined) continue;
    closes.push(closed.closed);
    steps.push(closed.row);
  }
  const settled = settle(state, plan, { closes, prices });
  plan.row.phase = { kind: 'liquidated', planId: plan.planId, at: state.time };
  return [...cancelled, ...steps, settled];
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
  const close = closeAtMark(state, {
    account: plan.account,
    position,
    markTicks: mark.fact.markTicks,
  });
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

function settle(
  state: EngineState,
  plan: LiquidationPlan,
  { closes, prices }: { readonly closes: readonly Closed[]; readonly prices: AssetPrices },
): JournalRow {
  const { account, health } = plan;
  const { scope } = health;
  if (scope.kind === 'multi-asset') {
    const priceOf = (asset: AssetId): Decimal => prices.get(asset)?.index ?? ZERO;
    const equity = worthOf(account, priceOf);
    const done = settleMulti(state, account, { closes, prices });
    return statementRow(state, plan, {
      done,
      closes,
      priceOf,
      equity,
      left: worthOf(account, priceOf),
    });
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
function settleMulti(
  state: EngineState,
  account: LedgerAccount,
  { closes, prices }: { readonly closes: readonly Closed[]; readonly prices: AssetPrices },
): Settlement {
  const sales: CollateralSale[] = [];
  const fees: Charge[] = [];
  const deficits: Covered[] = [];
  const movements: Movement[] = [];
  const raise = (asset: AssetId, needed: bigint): void => {
    const made = raiseFrom(state, account, { asset, needed: moneyUnits(needed), prices });
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
  p: { readonly asset: AssetId; readonly needed: MoneyUnits; readonly prices: AssetPrices },
): readonly CollateralSale[] {
  const { prices } = p;
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
      surcharge: rateToUnits(COLLATERAL_SURCHARGE),
    });
    sales.push(sale);
    missing -= sale.proceeds;
  }
  return sales;
}
