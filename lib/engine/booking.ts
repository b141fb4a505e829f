/** What a trader does, into the ledger and without a row: done whole, or refused in a sentence with nothing changed. */
import { fail, ok, type Result } from '../contract.ts';
import { type AccountId, type AssetId } from '../units/ids.ts';
import { type MoneyUnits } from '../units/scaled.ts';
import { type EventOf } from './applied.ts';
import { applyTransfer, placeOrder } from './cash.ts';
import { applyFill, type FillOutcome } from './fill.ts';
import { freeMoney, type FreeFigure } from './free-money.ts';
import { makeLedgerAccount, traderOf, type Movement } from './ledger.ts';
import { type EngineState, type LedgerAccount, type LedgerOrder } from './state.ts';

export function bookAccount(
  state: EngineState,
  event: EventOf<'account-opened'>,
): Result<LedgerAccount> {
  const { accountId, label, positionMode, assetMode } = event;
  if (state.accounts.has(accountId)) return fail(`account ${accountId} is open already`);
  const openedAt = state.time;
  const account = makeLedgerAccount({ accountId, label, openedAt, positionMode, assetMode });
  state.accounts.set(accountId, account);
  return ok(account);
}

export function bookTransfer(state: EngineState, event: EventOf<'transfer'>): Result<Movement> {
  const { accountId, assetId } = event;
  return applyTransfer(state, event, () => freeOf(state, accountId, assetId, 'withdrawable'));
}

export function bookFill(state: EngineState, event: EventOf<'fill'>): Result<FillOutcome> {
  return applyFill(state, event, () => availableFor(state, event));
}

export function bookOrder(state: EngineState, event: EventOf<'order-placed'>): Result<LedgerOrder> {
  return placeOrder(state, event, () => availableFor(state, event));
}

function availableFor(
  state: EngineState,
  { accountId, instrumentId }: EventOf<'fill' | 'order-placed'>,
): MoneyUnits | undefined {
  const settle = state.instruments.get(instrumentId)?.settle;
  return settle === undefined ? undefined : freeOf(state, accountId, settle, 'availableMargin');
}

function freeOf(
  state: EngineState,
  id: AccountId,
  asset: AssetId,
  figure: FreeFigure,
): MoneyUnits | undefined {
  const account = traderOf(state, id);
  return account === undefined ? undefined : freeMoney(state, account, { asset, figure });
}
