/** Whom a watch has to visit: who is due by the book, whose facts changed, and whose row changes by time. The book follows the facts. */
import { assert } from '../contract.ts';
import { advance, arm, change, enter, isBlind, leave, mark, visitNamed } from '../book/book.ts';
import { beginStamp, bookStamp } from '../book/funding.ts';
import { type Instrument } from '../market/instrument.ts';
import { type RateUnits, type Ticks } from '../units/scaled.ts';
import { numberOf } from './account-bytes.ts';
import { levelsFor } from './alert-rule.ts';
import { severityOf, type AlertRow, type Reading } from './alert-row.ts';
import { changesByTimeAt } from './alerts.ts';
import { levelsNumber, recordsOf, syncMarket } from './book-sync.ts';
import { escalatesAt } from './escalation.ts';
import { kindAt, notesFor, setKind, setSlots, slotsOf, type Notes, type Scene } from './notes.ts';
import { type JournalRow } from './row.ts';
import { type EngineState, type LedgerAccount, type PoolRow } from './state.ts';

/** Who is visited, by an account's number: all of its pools, or those of some slots. */
export interface Visits {
  /** In the order of the state's accounts. */
  readonly accounts: Int32Array;
  readonly which: ReadonlyMap<number, Which>;
}
export type Which = 'all' | readonly number[];

/** So many pools are looked at in the book between two looks of the caller. */
const SLOTS_AT_ONCE = 500;

/** Takes note of the market, and says whom to visit. Yields as the watch does. */
export function* visitsOf(scene: Scene): Generator<readonly JournalRow[], Visits, void> {
  const { state, notes } = scene;
  const { book, owners, wakes } = notes;
  const visits = new Map<number, Which>();
  for (const account of changedOf(scene)) visits.set(account, 'all');
  const some = new Map<number, number[]>();
  const name = (slot: number): void => {
    const account = owners.account[slot] ?? -1;
    if (visits.get(account) === 'all') return;
    const slots = some.get(account);
    if (slots === undefined) some.set(account, [slot]);
    else slots.push(slot);
  };
  // No pair is made for each of them, as it would be by iterating: there are many in a crash, at every step.
  wakes.forEach((at, slot) => {
    if (at <= state.time) name(slot);
  });
  const named: number[] = [];
  visitNamed(book, (slot) => void named.push(slot));
  let place = 0;
  for (const slot of named) {
    place += 1;
    if (place % SLOTS_AT_ONCE === 0) yield [];
    const rests = !notes.isDistrustful && !((wakes.get(slot) ?? Infinity) <= state.time);
    // Its row is as the book has it: nobody has to unpack the account to see that nothing changes.
    if (rests && isUntouched(visits, owners.account[slot])) {
      if (arm(book, slot)) continue;
      scene.stirred.add(slot);
    }
    name(slot);
  }
  for (const [account, slots] of some) visits.set(account, slots);
  return { accounts: Int32Array.from(visits.keys()).sort(), which: visits };
}

/** Takes note of the market, and gives the numbers of the accounts whose facts changed: they count as read from here on. */
export function changedOf({ state, notes, market, volatility }: Scene): readonly number[] {
  const { book, changed } = notes;
  syncMarket(book, market, volatility);
  advance(book);
  const numbers = [...changed].flatMap((id) => state.accounts.numberOf(id) ?? []);
  changed.clear();
  return numbers;
}

function isUntouched(visits: ReadonlyMap<number, Which>, account: number | undefined): boolean {
  return account === undefined || visits.get(account) !== 'all';
}

/** Books stamps that the ledger has settled: who is named by them is found by the clock, as by prices that moved (SPEC BO12). */
export function noteStamps(
  state: EngineState,
  stamps: readonly {
    readonly instrument: Instrument;
    readonly rate: RateUnits;
    readonly markTicks: Ticks;
  }[],
): void {
  const { book, changed } = notesFor(state);
  if (changed.size === state.accounts.size) return;
  const rates = new Map<number, RateUnits>();
  for (const { instrument, rate, markTicks } of stamps) {
    const code = book.market.codes.get(instrument.id);
    if (code === undefined) continue;
    mark(book, code, Number(markTicks));
    rates.set(code, rate);
  }
  beginStamp(book, rates);
  bookStamp(book, rates, 0, book.pools.end);
}

/** Puts an account's pools into the book as they are now. */
export function notePools({ notes, market, state }: Scene, account: LedgerAccount): void {
  const { book, owners } = notes;
  const number = state.accounts.numberOf(account.accountId) ?? -1;
  const before = new Map(slotsOf(owners, number).map((slot) => [kindAt(owners, slot), slot]));
  const slots: number[] = [];
  for (const { kind: name, record, bases } of recordsOf(book, account, market)) {
    const levels = levelsNumber(
      book,
      levelsFor(state.alertRules, { account: account.accountId, bases }),
    );
    const kind = numberOf(owners.kinds, name);
    const known = before.get(kind);
    before.delete(kind);
    const put =
      known === undefined ? enter(book, record, { state: 0, levels }) : change(book, known, record);
    assert(put.ok, 'what the ledger holds fits into the book');
    book.levelSet[put.value] = levels;
    notes.readings.delete(put.value);
    slots.push(put.value);
    setKind(owners, put.value, kind);
  }
  for (const slot of before.values()) forgetSlot(notes, slot);
  setSlots(owners, number, slots);
}

function forgetSlot({ book, wakes, readings }: Notes, slot: number): void {
  leave(book, slot);
  wakes.delete(slot);
  readings.delete(slot);
}

/** Whether the pool would be read so that its row stays what it is: the same state, and no step of z to tell. */
export function isQuiet({ notes }: Scene, slot: number, { alert }: PoolRow): boolean {
  const { book, readings } = notes;
  const state = severityOf(alert.state);
  const noted = readings.get(slot);
  book.state[slot] = state;
  const isLeaving = noted !== undefined && severityOf(noted.worstStay) < state;
  book.leaving[slot] = isLeaving ? 1 : 0;
  if (alert.worsensBelow === undefined || alert.worsensBelow === 0) book.steps.delete(slot);
  else book.steps.set(slot, alert.worsensBelow);
  return arm(book, slot);
}

/** Whether it is unknown and can only stay so: one of its contracts has no price. What time alone does to its row is asked apart. */
export function staysUnknown({ notes }: Scene, slot: number, { alert }: PoolRow): boolean {
  const isDoubtful = alert.unknownSince !== undefined && alert.freshSince === undefined;
  return isDoubtful && isBlind(notes.book, slot);
}

/**
 * Whether a quiet pool's last reading does to its row what a new one would. A worse state that it told of may be over; one that is
 * about to be left is only watched for once it waits for that.
 */
export function holdsFor({ worstEnter, worstStay }: Reading, alert: AlertRow): boolean {
  const state = severityOf(alert.state);
  if (severityOf(worstEnter) > state) return false;
  return severityOf(worstStay) >= state || alert.betterSince !== undefined;
}

/** It was acknowledged, and z has not been known since: the step is counted from where it is found. */
export function wantsStep({ acknowledged, worsensBelow }: AlertRow): boolean {
  return acknowledged !== undefined && worsensBelow === undefined;
}

/** Something of the row changes by time alone. */
export function isWaiting(alert: AlertRow): boolean {
  const { worseSince, betterSince, unknownSince, freshSince, acknowledged } = alert;
  const timers = [worseSince, betterSince, unknownSince, freshSince];
  return (
    timers.some((timer) => timer !== undefined) ||
    (acknowledged !== undefined && alert.state === 'critical')
  );
}

/** Notes from when on the pool is visited whatever the market does. */
export function noteWake({ notes }: Scene, slot: number, row: PoolRow): void {
  const { wakes, readings } = notes;
  const at = wakesAt(row, readings.get(slot));
  if (at === Infinity) wakes.delete(slot);
  else wakes.set(slot, at);
  if (!isWaiting(row.alert)) readings.delete(slot);
}

/** When time may change the row next; -Infinity where it may at every step. */
function wakesAt({ phase, bounded, alert }: PoolRow, noted: Reading | undefined): number {
  if (phase.kind !== 'none' || bounded || wantsStep(alert)) return -Infinity;
  const isLeaving = alert.betterSince !== undefined;
  if (isLeaving && !(noted !== undefined && holdsFor(noted, alert))) return -Infinity;
  return Math.min(changesByTimeAt(alert), escalatesAt(alert));
}
