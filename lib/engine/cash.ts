/** Cash and reservations: transfers against the treasury, resting orders. */
import { fail, ok, type Result } from '../contract.ts';
import { leverageUnitsOf, marginAtLeverage, notionalUnits } from '../market/grid.ts';
import { COLLATERAL_WEIGHTS } from '../market/catalogue.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AccountId, type AssetId } from '../units/ids.ts';
import { negated, type MoneyUnits } from '../units/scaled.ts';
import { type EngineEvent } from './event.ts';
import { amountText, type MarginSource } from './admit-fill.ts';
import { moveMoney, systemAccount, traderOf, walletOf, type Movement } from './ledger.ts';
import { positionKey, type EngineState, type LedgerAccount, type LedgerOrder } from './state.ts';

export type TransferFact = Omit<Extract<EngineEvent, { readonly kind: 'transfer' }>, 'kind'>;
export type OrderFact = Omit<Extract<EngineEvent, { readonly kind: 'order-placed' }>, 'kind'>;

/**
 * Deposit (> 0) from the treasury or withdrawal (< 0) to it.
 * @param withdrawable what the figures let out in that asset; undefined when they are unknown, which refuses.
 */
export function applyTransfer(
  state: EngineState,
  fact: TransferFact,
  withdrawable: MarginSource,
): Result<Movement> {
  const account = traderOf(state, fact.accountId);
  if (account === undefined) return fail(`account ${fact.accountId} is not known`);
  if (fact.amount === 0n) return fail('a transfer of nothing');
  const treasury = systemAccount(state, 'treasury');
  const { assetId: asset } = fact;
  if (fact.amount > 0n) {
    const strange = depositRefusal(state, account, asset);
    if (strange !== undefined) return fail(strange);
    return ok(
      moveMoney({ from: treasury, to: account, asset, amount: fact.amount, reason: 'DEPOSIT' }),
    );
  }
  const amount = negated(fact.amount);
  const refusal = withdrawalRefusal({
    wallet: walletOf(account, asset),
    amount,
    asset,
    withdrawable,
  });
  if (refusal !== undefined) return fail(refusal);
  return ok(moveMoney({ from: account, to: treasury, asset, amount, reason: 'WITHDRAWAL' }));
}

/** An asset without a price would blank a multi-asset pool, and a blank pool is not liquidated. */
function depositRefusal(
  state: EngineState,
  account: LedgerAccount,
  asset: AssetId,
): string | undefined {
  const isCollateral = COLLATERAL_WEIGHTS.some((weight) => weight.asset === asset);
  if (isCollateral) return undefined;
  if (account.assetMode === 'multi') return `${asset} is no collateral of a multi-asset account`;
  const settles = [...state.instruments.values()].some(({ settle }) => settle === asset);
  return settles ? undefined : `no contract settles in ${asset}`;
}

function withdrawalRefusal(p: {
  readonly wallet: MoneyUnits;
  readonly amount: MoneyUnits;
  readonly asset: AssetId;
  readonly withdrawable: MarginSource;
}): string | undefined {
  const free = p.withdrawable();
  if (free === undefined) return 'what may leave is unknown while a mark is missing or stale';
  const limit = p.wallet < free ? p.wallet : free;
  if (p.amount <= limit) return undefined;
  return `withdrawing ${amountText(p.amount, p.asset)} is refused, ${amountText(limit, p.asset)} may leave`;
}

/**
 * Rests an order, which reserves margin and never matches (rulings G7).
 * @param freeMargin what the order may reserve; left out, margin is not checked.
 */
export function placeOrder(
  state: EngineState,
  fact: OrderFact,
  freeMargin?: MarginSource,
): Result<LedgerOrder> {
  const account = traderOf(state, fact.accountId);
  if (account === undefined) return fail(`account ${fact.accountId} is not known`);
  const instrument = state.instruments.get(fact.instrumentId);
  if (instrument === undefined) return fail(`instrument ${fact.instrumentId} is not known`);
  const refusal =
    orderRefusal(account, fact) ?? reserveRefusal(account, fact, { instrument, freeMargin });
  if (refusal !== undefined) return fail(refusal);
  const { accountId: _holder, ...order } = fact;
  account.orders.set(order.orderId, order);
  return ok(order);
}

function orderRefusal(account: LedgerAccount, fact: OrderFact): string | undefined {
  if (fact.lots === 0n) return 'an order of no lots';
  if (fact.priceTicks <= 0n) return `an order at ${fact.priceTicks} ticks, a price is above zero`;
  if (account.orders.has(fact.orderId)) return `order ${fact.orderId} rests already`;
  const hedged = fact.positionSide !== 'both';
  if (hedged !== (account.positionMode === 'hedge')) {
    return `side ${fact.positionSide} does not exist in ${account.positionMode} mode`;
  }
  return undefined;
}

/** An order reserves its notional over the leverage of the position it would add to; without one it reserves in full. */
function reserveRefusal(
  account: LedgerAccount,
  fact: OrderFact,
  p: { readonly instrument: Instrument; readonly freeMargin: MarginSource | undefined },
): string | undefined {
  if (fact.reduceOnly || p.freeMargin === undefined) return undefined;
  const free = p.freeMargin();
  if (free === undefined) return 'free margin is unknown while a mark is missing or stale';
  const held = account.positions.get(positionKey(fact.instrumentId, fact.positionSide));
  const notional = notionalUnits(p.instrument, fact.lots, fact.priceTicks);
  const leverageUnits = held === undefined ? undefined : leverageUnitsOf(held.leverage);
  const needed = leverageUnits === undefined ? notional : marginAtLeverage(notional, leverageUnits);
  if (needed <= free) return undefined;
  const { settle } = p.instrument;
  return `the order reserves ${amountText(needed, settle)}, free are ${amountText(free, settle)}`;
}

export function cancelOrder(
  state: EngineState,
  fact: { readonly accountId: AccountId; readonly orderId: string },
): Result<LedgerOrder> {
  const account = traderOf(state, fact.accountId);
  if (account === undefined) return fail(`account ${fact.accountId} is not known`);
  const order = account.orders.get(fact.orderId);
  if (order === undefined) return fail(`order ${fact.orderId} does not rest`);
  account.orders.delete(fact.orderId);
  return ok(order);
}
