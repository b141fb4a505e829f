/** One event into the ledger: the rows it leaves, or the sentence by which it is refused. */
import { assertNever } from '../contract.ts';
import { checkInstrument, type Instrument } from '../market/instrument.ts';
import { decimalText } from '../units/decimal.ts';
import { priceFromTicks, quantityFromLots } from '../units/scaled.ts';
import { one, refused, type Applied, type EventOf } from './applied.ts';
import { bookAccount, bookFill, bookOrder, bookTransfer } from './booking.ts';
import { acknowledge, command, undoAcknowledgement } from './by-people.ts';
import { cancelOrder } from './cash.ts';
import { type EngineEvent } from './event.ts';
import { instrumentOf } from './ledger.ts';
import { acceptMark, countFault } from './marks.ts';
import { moneyText } from './statement.ts';
import { type EngineState } from './state.ts';

const NOTHING: Applied = { rows: [], touched: [] };

/** What one event does at once; the accounts of a beginning are taken by `openPopulation`. */
export function applyEvent(
  state: EngineState,
  event: Exclude<EngineEvent, { readonly kind: 'population-opened' | 'funding-settled' }>,
): Applied {
  switch (event.kind) {
    case 'clock-advanced':
      return NOTHING;
    case 'mark-updated':
      return applyMark(state, event);
    case 'feed-fault':
      countFault(state, event.fault);
      return NOTHING;
    case 'instrument-changed':
      return changeInstrument(state, event);
    case 'account-opened':
      return openAccount(state, event);
    case 'transfer':
      return transfer(state, event);
    case 'fill':
      return fill(state, event);
    case 'order-placed':
      return place(state, event);
    case 'order-cancelled':
      return cancel(state, event);
    case 'acknowledged':
      return acknowledge(state, event);
    case 'acknowledgement-undone':
      return undoAcknowledgement(state, event);
    case 'operator-command':
      return command(state, event);
    default:
      return assertNever(event);
  }
}

function applyMark(state: EngineState, event: EventOf<'mark-updated'>): Applied {
  const taken = acceptMark(state, event.mark);
  if (!taken.ok) countFault(state, taken.error);
  return NOTHING;
}

/** Rates and tiers of a contract may change; what its lots, ticks and money mean may not, since the ledger counts in them. */
function changeInstrument(state: EngineState, event: EventOf<'instrument-changed'>): Applied {
  const { instrument } = event;
  const checked = checkInstrument(instrument);
  if (!checked.ok) return refused(state, event, null, checked.error);
  const before = state.instruments.get(instrument.id);
  if (before !== undefined && !meansTheSame(before, instrument)) {
    return refused(
      state,
      event,
      null,
      `${instrument.id} keeps its kind, its assets and its grid while the run lasts`,
    );
  }
  state.instruments.set(instrument.id, instrument);
  return one(state, { kind: 'instrument-changed', instrument: instrument.id }, null);
}

function meansTheSame(before: Instrument, after: Instrument): boolean {
  return (
    before.kind === after.kind &&
    before.base === after.base &&
    before.settle === after.settle &&
    before.contractSize.eq(after.contractSize) &&
    before.tickSize.eq(after.tickSize) &&
    before.lotSize.eq(after.lotSize)
  );
}

function openAccount(state: EngineState, event: EventOf<'account-opened'>): Applied {
  const { accountId, label, positionMode, assetMode } = event;
  const done = bookAccount(state, event);
  if (!done.ok) return refused(state, event, accountId, done.error);
  return one(state, { kind: 'account-opened', label, positionMode, assetMode }, accountId);
}

function transfer(state: EngineState, event: EventOf<'transfer'>): Applied {
  const { accountId, assetId, amount } = event;
  const done = bookTransfer(state, event);
  if (!done.ok) return refused(state, event, accountId, done.error);
  return one(state, { kind: 'transfer', asset: assetId, amount: moneyText(amount) }, accountId);
}

function fill(state: EngineState, event: EventOf<'fill'>): Applied {
  const { accountId, instrumentId } = event;
  const done = bookFill(state, event);
  if (!done.ok) return refused(state, event, accountId, done.error);
  const { instrument, fee, realizedPnl } = done.value;
  return one(
    state,
    {
      kind: 'fill',
      instrument: instrumentId,
      side: event.positionSide,
      size: decimalText(quantityFromLots(event.lots, instrument.lotSize)),
      price: decimalText(priceFromTicks(event.priceTicks, instrument.tickSize)),
      fee: moneyText(fee),
      realizedPnl: moneyText(realizedPnl),
    },
    accountId,
  );
}

function place(state: EngineState, event: EventOf<'order-placed'>): Applied {
  const { accountId, orderId, reduceOnly } = event;
  const done = bookOrder(state, event);
  if (!done.ok) return refused(state, event, accountId, done.error);
  const { lotSize, tickSize } = instrumentOf(state, event.instrumentId);
  return one(
    state,
    {
      kind: 'order-placed',
      orderId,
      instrument: event.instrumentId,
      size: decimalText(quantityFromLots(event.lots, lotSize)),
      price: decimalText(priceFromTicks(event.priceTicks, tickSize)),
      reduceOnly,
    },
    accountId,
  );
}

function cancel(state: EngineState, event: EventOf<'order-cancelled'>): Applied {
  const { accountId, orderId } = event;
  const done = cancelOrder(state, event);
  if (!done.ok) return refused(state, event, accountId, done.error);
  return one(state, { kind: 'order-cancelled', orderId, why: 'asked' }, accountId);
}
