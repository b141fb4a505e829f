/** Funding settles both sides: the stamps of one moment in one pass over the accounts. */
import { assert, fail, ok, type Result } from '../contract.ts';
import { fundingUnits } from '../market/funding.ts';
import { gridOf } from '../market/grid.ts';
import { type Instrument } from '../market/instrument.ts';
import { decimalText } from '../units/decimal.ts';
import { type InstrumentId } from '../units/ids.ts';
import {
  moneyUnits,
  NO_UNITS,
  rateFromUnits,
  type MoneyUnits,
  type RateUnits,
  type Ticks,
} from '../units/scaled.ts';
import { refused, type Applied, type EventOf } from './applied.ts';
import { noteStamps } from './attention.ts';
import { rowOf } from './journal.ts';
import { credit, systemAccount } from './ledger.ts';
import { forgetFacts } from './notes.ts';
import { type JournalRow } from './row.ts';
import { moneyText } from './statement.ts';
import { type EngineState, type LedgerAccount, type LedgerPosition } from './state.ts';

export type StampEvent = EventOf<'funding-settled'>;

/** So many accounts are paid between two looks of the caller. */
const ACCOUNTS_AT_ONCE = 500;

/** Settles what was asked in one moment, at the contracts' marks: a row each. */
export function* applyFunding(
  state: EngineState,
  events: readonly StampEvent[],
): Generator<readonly JournalRow[], Applied, void> {
  if (events.length === 0) return { rows: [], touched: [] };
  const stamps = events.map(({ instrumentId, rate }) => {
    const markTicks = state.marks.get(instrumentId)?.fact.markTicks;
    return { instrumentId, rate, markTicks };
  });
  const settled = yield* settleStamps(state, stamps);
  const rows = events.flatMap((event, at) => rowsOfStamp(state, event, settled[at]));
  return { rows, touched: [] };
}

function rowsOfStamp(
  state: EngineState,
  event: StampEvent,
  settled: Result<SettledStamp> | undefined,
): readonly JournalRow[] {
  const { instrumentId: instrument, rate } = event;
  assert(settled !== undefined, 'each stamp is answered');
  if (!settled.ok) return refused(state, event, null, settled.error).rows;
  const { payments, residue } = settled.value;
  const body = {
    kind: 'funding-settled',
    instrument,
    rate: decimalText(rateFromUnits(rate)),
    payments,
    residue: moneyText(residue),
  } as const;
  return [rowOf(state, body, null)];
}

/** A rate of one contract, and the mark that it is paid at. */
export interface Stamp {
  readonly instrumentId: InstrumentId;
  readonly rate: RateUnits;
  /** undefined: none has been accepted yet. */
  readonly markTicks: Ticks | undefined;
}

export interface SettledStamp {
  readonly instrument: Instrument;
  readonly rate: RateUnits;
  readonly markTicks: Ticks;
  /** To every holder, the outside market too. */
  payments: number;
  /** What rounding left over, signed: booked to the residual account. */
  residue: MoneyUnits;
}

/**
 * Settles stamps, at most one a contract: with a rate above zero longs pay shorts. Each payment is notional x rate, rounded half-even
 * in magnitude; isolated positions pay from their own wallet, which may go below zero until they are liquidated.
 */
export function* settleStamps(
  state: EngineState,
  stamps: readonly Stamp[],
): Generator<readonly JournalRow[], readonly Result<SettledStamp>[], void> {
  const settled = stamps.map((stamp) => openStamp(state, stamp));
  const open = new Map(
    settled.flatMap((stamp) => (stamp.ok ? [[stamp.value.instrument.id, stamp.value]] : [])),
  );
  if (open.size === 0) return settled;
  let place = 0;
  for (const account of state.accounts.values()) {
    place += 1;
    if (place % ACCOUNTS_AT_ONCE === 0) yield [];
    const assets = account.wallets.size;
    if (!payAccount(account, open)) continue;
    state.accounts.put(account);
    // The book has no row for a wallet that there was not.
    if (account.wallets.size > assets) forgetFacts(state, account.accountId);
  }
  const residual = systemAccount(state, 'fundingResidue');
  for (const { instrument, residue } of open.values()) credit(residual, instrument.settle, residue);
  noteStamps(state, [...open.values()]);
  return settled;
}

function openStamp(state: EngineState, stamp: Stamp): Result<SettledStamp> {
  const { instrumentId: id, rate, markTicks } = stamp;
  const instrument = state.instruments.get(id);
  if (markTicks === undefined) return fail(`no ${id} mark to settle funding at`);
  if (instrument === undefined) return fail(`instrument ${id} is not known`);
  if (instrument.expiry.kind === 'dated') return fail(`${id} is dated and has no funding`);
  if (markTicks <= 0n) return fail(`funding at ${markTicks} ticks, a price is above zero`);
  return ok({ instrument, rate, markTicks, payments: 0, residue: NO_UNITS });
}

/** Whether the account holds any of the contracts. */
function payAccount(
  account: LedgerAccount,
  open: ReadonlyMap<InstrumentId, SettledStamp>,
): boolean {
  let isHolder = false;
  for (const position of account.positions.values()) {
    const stamp = open.get(position.instrumentId);
    if (stamp === undefined) continue;
    isHolder = true;
    const received = fundingUnits(gridOf(stamp.instrument), position.lots, stamp);
    payPosition(account, position, { stamp, received });
    stamp.payments += 1;
    stamp.residue = moneyUnits(stamp.residue - received);
  }
  return isHolder;
}

function payPosition(
  account: LedgerAccount,
  position: LedgerPosition,
  { stamp, received }: { readonly stamp: SettledStamp; readonly received: MoneyUnits },
): void {
  position.fundingReceived = moneyUnits(position.fundingReceived + received);
  if (position.marginKind === 'cross') credit(account, stamp.instrument.settle, received);
  else position.isolatedWallet = moneyUnits(position.isolatedWallet + received);
}
