/** Whom a watch has to visit: who is due by the book, whose facts changed, and whose row changes by time. The book follows the facts. */
import { assert } from '../contract.ts';
import { advance, arm, change, enter, leave, visitNamed } from '../book/book.ts';
import { type PoolFacts } from '../margin/pool.ts';
import { type AccountId, type PoolId } from '../units/ids.ts';
import { levelsFor } from './alert-rule.ts';
import { severityOf, type AlertRow, type Reading } from './alerts.ts';
import { levelsNumber, recordOfPool, syncMarket } from './book-sync.ts';
import { type Notes, type Scene } from './notes.ts';
import { basesOf } from './pool-reading.ts';
import { type PoolRow } from './state.ts';

/** Who is visited: all pools of an account, or some. */
export type Visits = ReadonlyMap<AccountId, 'all' | ReadonlySet<PoolId>>;

/** Takes note of the market, and says whom to visit, in the order of the state's accounts. */
export function visitsOf({ state, notes, market, volatility }: Scene): Visits {
  const { book, changed, pools, ownerOf, slotOf, restless } = notes;
  syncMarket(book, market, volatility);
  advance(book);
  const named = new Map<AccountId, Set<PoolId>>();
  const name = (account: AccountId, id: PoolId): void => {
    const ids = named.get(account);
    if (ids === undefined) named.set(account, new Set([id]));
    else ids.add(id);
  };
  visitNamed(book, (slot) => {
    const account = ownerOf[slot];
    if (account === undefined || changed.has(account)) return;
    for (const { id } of pools.get(account) ?? []) if (slotOf.get(id) === slot) name(account, id);
  });
  for (const [id, account] of restless) if (!changed.has(account)) name(account, id);
  const visits = new Map<AccountId, 'all' | ReadonlySet<PoolId>>(named);
  for (const account of changed) visits.set(account, 'all');
  rankAccounts(notes, state.accounts);
  changed.clear();
  return new Map(
    [...visits].toSorted(([left], [right]) => rankOf(notes, left) - rankOf(notes, right)),
  );
}

function rankOf({ ranks }: Notes, account: AccountId): number {
  return ranks.get(account) ?? Infinity;
}

/** Accounts are added at the end and never taken away. */
function rankAccounts({ ranks }: Notes, accounts: ReadonlyMap<AccountId, unknown>): void {
  if (ranks.size === accounts.size) return;
  ranks.clear();
  for (const account of accounts.keys()) ranks.set(account, ranks.size);
}

/** Puts an account's pools into the book as they are now. */
export function notePools(
  { notes, market, state }: Scene,
  account: AccountId,
  now: readonly PoolFacts[],
): void {
  const { book, pools, slotOf, ownerOf, restless, readings } = notes;
  const open = new Set(now.map(({ id }) => id));
  for (const { id } of pools.get(account) ?? []) {
    readings.delete(id);
    const slot = slotOf.get(id);
    if (slot === undefined || open.has(id)) continue;
    leave(book, slot);
    slotOf.delete(id);
    restless.delete(id);
  }
  for (const facts of now) {
    const levels = levelsNumber(
      book,
      levelsFor(state.alertRules, { account, bases: basesOf(facts, market) }),
    );
    const record = recordOfPool(book, facts, market);
    const known = slotOf.get(facts.id);
    const put =
      known === undefined ? enter(book, record, { state: 0, levels }) : change(book, known, record);
    assert(put.ok, 'what the ledger holds fits into the book');
    book.levelSet[put.value] = levels;
    slotOf.set(facts.id, put.value);
    ownerOf[put.value] = account;
  }
  pools.set(account, now);
}

/** Whether the pool would be read so that its row stays what it is: the same state, and no step of z to tell. */
export function isQuiet({ notes }: Scene, id: PoolId, { alert }: PoolRow): boolean {
  const { book, slotOf, readings } = notes;
  const slot = slotOf.get(id);
  if (notes.isDistrustful || slot === undefined) return false;
  const state = severityOf(alert.state);
  const noted = readings.get(id);
  const waits = alert.betterSince !== undefined && noted !== undefined;
  book.state[slot] = state;
  book.leaving[slot] = waits && severityOf(noted.worstStay) < state ? 1 : 0;
  if (alert.worsensBelow === undefined || alert.worsensBelow === 0) book.steps.delete(slot);
  else book.steps.set(slot, alert.worsensBelow);
  return arm(book, slot);
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

/** Something of the row changes by time alone: it is stepped at every step. */
export function isWaiting(alert: AlertRow): boolean {
  const { worseSince, betterSince, unknownSince, freshSince, acknowledged } = alert;
  const timers = [worseSince, betterSince, unknownSince, freshSince];
  return (
    timers.some((timer) => timer !== undefined) ||
    (acknowledged !== undefined && alert.state === 'critical')
  );
}

/** Notes whether the pool is visited at the next step whatever the market does. A Critical may have to be told again. */
export function noteRest(
  { notes }: Scene,
  facts: PoolFacts,
  { phase, alert, bounded, accountId }: PoolRow,
): void {
  const rests =
    phase.kind === 'none' &&
    !bounded &&
    alert.state !== 'critical' &&
    !wantsStep(alert) &&
    !isWaiting(alert);
  if (rests) notes.restless.delete(facts.id);
  else notes.restless.set(facts.id, accountId);
}
