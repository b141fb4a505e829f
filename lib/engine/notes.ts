/** What the watch remembers between steps: a book of every pool with positions, and whose is what. */
import { openBook, type Book } from '../book/book.ts';
import { type Market } from '../margin/account.ts';
import { type PoolFacts } from '../margin/pool.ts';
import { type AccountId, type PoolId } from '../units/ids.ts';
import { type Reading } from './alerts.ts';
import { volatilityNow, type Volatilities } from './distance-reading.ts';
import { marketOf } from './facts.ts';
import { type Breach } from './phase.ts';
import { type JournalRow } from './row.ts';
import { type EngineState, type PoolRow } from './state.ts';

/**
 * What the watch remembers between steps. It is derived, never a fact: a state that was just loaded starts without it and takes
 * the same decisions (the book only leaves out assessments that would change nothing).
 */
export interface Notes {
  readonly book: Book;
  readonly pools: Map<AccountId, readonly PoolFacts[]>;
  readonly slotOf: Map<PoolId, number>;
  /** By slot of the book. */
  readonly ownerOf: AccountId[];
  /** Accounts in the order in which the state has them. */
  readonly ranks: Map<AccountId, number>;
  /** Accounts whose facts changed since the last watch. */
  readonly changed: Set<AccountId>;
  /** Pools whose row changes by time too: they are visited at every step. */
  readonly restless: Map<PoolId, AccountId>;
  /** What a pool was read as last, while the book can tell whether it would be read so again. */
  readonly readings: Map<PoolId, Reading>;
  /** Rows in `EngineState.pools` by account, in their order: who looks for an account's rows need not pass over all. */
  readonly rowsOf: Map<AccountId, Set<PoolId>>;
  /** Every pool is looked at exactly at the next watch. */
  readonly isDistrustful: boolean;
}
const notesOf = new WeakMap<EngineState, Notes>();

const ROOM_AT_FIRST = { pools: 256, positions: 1_024 };

function notesFor(state: EngineState): Notes {
  return notesOf.get(state) ?? freshNotes(state, false);
}

function freshNotes(state: EngineState, isDistrustful: boolean): Notes {
  const fresh: Notes = {
    book: openBook(ROOM_AT_FIRST),
    pools: new Map(),
    slotOf: new Map(),
    ownerOf: [],
    ranks: new Map(),
    changed: new Set(state.accounts.keys()),
    restless: new Map(),
    readings: new Map(),
    rowsOf: new Map(),
    isDistrustful,
  };
  for (const row of state.pools.values()) noteRow(fresh, row);
  notesOf.set(state, fresh);
  return fresh;
}

/** A row was added to the state. */
export function noteRow(notes: Notes, { accountId, poolId }: PoolRow): void {
  const rows = notes.rowsOf.get(accountId);
  if (rows === undefined) notes.rowsOf.set(accountId, new Set([poolId]));
  else rows.add(poolId);
}

/** An account's rows, without a pass over all. */
export function poolRowsOf(state: EngineState, account: AccountId): readonly PoolRow[] {
  return [...(notesFor(state).rowsOf.get(account) ?? [])].flatMap(
    (id) => state.pools.get(id) ?? [],
  );
}

/** An account's facts or rows changed: its pools are read anew at the next watch. */
export function forgetFacts(state: EngineState, account: AccountId): void {
  notesFor(state).changed.add(account);
}

/** Nothing is remembered, as of a state that was just loaded. `isDistrustful`: every pool is looked at exactly at the next watch. */
export function forgetAllFacts(state: EngineState, isDistrustful: boolean): void {
  freshNotes(state, isDistrustful);
}

/** Counts of what one watch did: for /metrics and for the bench. */
interface WatchCounts {
  pools: number;
  assessed: number;
}
export const watchCounts: WatchCounts = { pools: 0, assessed: 0 };

/** One watch: the state, the market of the moment, and what it finds. */
export interface Scene {
  readonly state: EngineState;
  readonly notes: Notes;
  readonly market: Market;
  readonly volatility: Volatilities;
  readonly rows: JournalRow[];
  readonly breached: Breach[];
}

/** The scene of one watch, with nothing found yet. */
export function sceneOf(state: EngineState): Scene {
  const market = marketOf(state);
  const volatility = volatilityNow(state);
  return { state, notes: notesFor(state), market, volatility, rows: [], breached: [] };
}
