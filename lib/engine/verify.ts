/** Checks a whole run against the plain exact path, while it goes on. */
import { isDue } from '../book/book.ts';
import { type PoolFacts } from '../margin/pool.ts';
import { type AccountId, type PoolId } from '../units/ids.ts';
import { stepAlert } from './alerts.ts';
import { notesFor, poolIdAt, slotsOf } from './notes.ts';
import { poolsHeld, tradersInTurn } from './level-questions.ts';
import { readExactly, type Surroundings } from './pool-reading.ts';
import { type EngineState, type LedgerAccount, type PoolRow } from './state.ts';

export interface Verified {
  readonly accounts: number;
  /** That rest: the others are read at the next step anyway. */
  readonly pools: number;
  /** How many differ, and what of the first of them. */
  readonly differing: number;
  readonly differences: readonly string[];
}

const ACCOUNTS_AT_ONCE = 4;
const DIFFERENCES_TOLD = 20;

/**
 * [SC4] Reads every pool that rests exactly, and holds what that would do to its row against the row as it stands: nothing. Each is
 * checked at a moment between two steps; pauses after some, so that steps may be taken meanwhile.
 */
export function* verifyRun(state: EngineState): Generator<void, Verified, void> {
  const differences: string[] = [];
  let accounts = 0;
  let pools = 0;
  let differing = 0;
  for (const { account, surroundings } of tradersInTurn(state)) {
    const resting = restingPools(state, account.accountId);
    for (const facts of poolsHeld(state, account, surroundings.market)) {
      if (!resting.has(facts.id)) continue;
      pools += 1;
      const difference = differenceOf(surroundings, account, facts);
      if (difference === undefined) continue;
      differing += 1;
      if (differences.length < DIFFERENCES_TOLD) differences.push(difference);
    }
    accounts += 1;
    if (accounts % ACCOUNTS_AT_ONCE === 0) yield;
  }
  return { accounts, pools, differing, differences };
}

/** Those that the next step may leave alone. Of the others nothing is claimed: they are read then whatever happens. */
function restingPools(state: EngineState, id: AccountId): ReadonlySet<PoolId> {
  const { book, owners, wakes, changed } = notesFor(state);
  if (changed.has(id)) return new Set();
  const slots = slotsOf(owners, state.accounts.numberOf(id) ?? -1);
  const rests = slots.filter(
    (slot) => !isDue(book, slot) && !((wakes.get(slot) ?? Infinity) <= state.time),
  );
  return new Set(rests.map((slot) => poolIdAt(owners, slot, id)));
}

function differenceOf(
  surroundings: Surroundings,
  account: LedgerAccount,
  facts: PoolFacts,
): string | undefined {
  const row = account.rows.get(facts.id);
  if (row === undefined) return `${facts.id} has no row`;
  const owned = { facts, account: account.accountId };
  const bounds = row.alert.unknownSince === undefined;
  const { reading, bounded, health } = readExactly(surroundings, owned, bounds);
  const { row: alert, transition } = stepAlert(row.alert, reading, surroundings.now);
  if (transition !== undefined)
    return `${facts.id} is ${row.alert.state}, read exactly it changes to ${alert.state}`;
  if (textOf(alert) !== textOf(row.alert))
    return `${facts.id} has ${textOf(row.alert)}, read exactly ${textOf(alert)}`;
  if (bounded !== row.bounded) return `${facts.id} is bounded: ${row.bounded}, exactly ${bounded}`;
  const isBreached = health.status === 'liquidatable' || health.status === 'bankrupt';
  return isBreached && row.phase.kind === 'none' ? `${facts.id} is breached and rests` : undefined;
}

function textOf(alert: PoolRow['alert']): string {
  return JSON.stringify(alert);
}
