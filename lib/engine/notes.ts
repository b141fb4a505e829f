/** What the watch remembers between steps: a book of every pool with positions, and whose is what. */
import { assert } from '../contract.ts';
import { openBook, type Book } from '../book/book.ts';
import { type Market } from '../margin/account.ts';
import { poolId, type AccountId, type PoolId } from '../units/ids.ts';
import { nameAt, namesOf, type Names } from './account-bytes.ts';
import { type Reading } from './alert-row.ts';
import { volatilityNow, type Volatilities } from './distance-reading.ts';
import { marketOf } from './facts.ts';
import { type Breach } from './phase.ts';
import { type JournalRow } from './row.ts';
import { type EngineState } from './state.ts';

/**
 * What the watch remembers between steps. It is derived, never a fact: a state that was just loaded starts without it and takes
 * the same decisions (the book only leaves out assessments that would change nothing).
 */
export interface Notes {
  readonly book: Book;
  readonly owners: Owners;
  /** Accounts whose facts changed since the last watch. */
  readonly changed: Set<AccountId>;
  /** Slots of pools whose row changes by time too, and from when on it may. */
  readonly wakes: Map<number, number>;
  /** By slot: what a pool was read as last, while its row waits and the book can tell whether it would be read so again. */
  readonly readings: Map<number, Reading>;
  /** Every pool is looked at exactly at the next watch. */
  readonly isDistrustful: boolean;
  /** Of the step that is going on, or of the last one. */
  progress: StepProgress;
}

/** How far a step is with what takes long in it. */
export interface StepProgress {
  readonly what: 'accounts' | 'liquidations';
  readonly done: number;
  readonly of: number;
}

/** Nothing has been counted yet: events are booked, and who is concerned is looked for. */
export const NOT_BEGUN: StepProgress = { what: 'accounts', done: 0, of: 0 };

/** Whose the slots of the book are. Slots of an account are a chain, in the order of its pools; -1 ends it. */
interface Owners {
  /** By an account's number. */
  first: Int32Array;
  /** By slot. */
  next: Int32Array;
  account: Int32Array;
  /** By slot: a number of `kinds`, what comes after the account's name in the pool's. */
  kind: Uint16Array;
  readonly kinds: Names;
  /** Pools with positions. */
  open: number;
}

const NO_SLOT = -1;

const notesOf = new WeakMap<EngineState, Notes>();

const ROOM_AT_FIRST = { pools: 256, positions: 1_024 };

export function notesFor(state: EngineState): Notes {
  return notesOf.get(state) ?? freshNotes(state, false);
}

function freshNotes(state: EngineState, isDistrustful: boolean): Notes {
  const fresh: Notes = {
    book: openBook(ROOM_AT_FIRST),
    owners: {
      first: new Int32Array(0),
      next: new Int32Array(0),
      account: new Int32Array(0),
      kind: new Uint16Array(0),
      kinds: namesOf([]),
      open: 0,
    },
    changed: new Set(state.accounts.keys()),
    wakes: new Map(),
    readings: new Map(),
    isDistrustful,
    progress: NOT_BEGUN,
  };
  notesOf.set(state, fresh);
  return fresh;
}

/** Slots of an account's pools, in their order. */
export function slotsOf({ first, next }: Owners, account: number): readonly number[] {
  const slots: number[] = [];
  for (let slot = first[account] ?? NO_SLOT; slot !== NO_SLOT; slot = next[slot] ?? NO_SLOT)
    slots.push(slot);
  return slots;
}

/** From now on these are an account's slots, in this order. */
export function setSlots(owners: Owners, account: number, slots: readonly number[]): void {
  reserveAccount(owners, account);
  owners.open += slots.length - slotsOf(owners, account).length;
  owners.first[account] = slots[0] ?? NO_SLOT;
  for (const [place, slot] of slots.entries()) {
    owners.account[slot] = account;
    owners.next[slot] = slots[place + 1] ?? NO_SLOT;
  }
}

/** Which of its account's pools a slot holds. */
export function setKind(owners: Owners, slot: number, kind: number): void {
  reserveSlot(owners, slot);
  owners.kind[slot] = kind;
}

function reserveAccount(owners: Owners, account: number): void {
  if (account < owners.first.length) return;
  owners.first = grown(owners.first, new Int32Array(roomFor(account)).fill(NO_SLOT));
}

function reserveSlot(owners: Owners, slot: number): void {
  if (slot < owners.next.length) return;
  owners.next = grown(owners.next, new Int32Array(roomFor(slot)).fill(NO_SLOT));
  owners.account = grown(owners.account, new Int32Array(roomFor(slot)));
  owners.kind = grown(owners.kind, new Uint16Array(roomFor(slot)));
}

function roomFor(index: number): number {
  return Math.ceil((index + 1) * 1.5);
}

function grown<Column extends Int32Array | Uint16Array>(before: Column, larger: Column): Column {
  larger.set(before);
  return larger;
}

/** The kind of a slot's pool, and its name. */
export function kindAt({ kind }: Owners, slot: number): number {
  const number = kind[slot];
  assert(number !== undefined, 'a slot of the book');
  return number;
}

export function poolIdAt(owners: Owners, slot: number, account: AccountId): PoolId {
  return poolId(account + nameAt(owners.kinds, kindAt(owners, slot)));
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
  /** Slots of pools that are not quiet, as the book was asked while nothing of theirs but prices had changed. */
  readonly stirred: Set<number>;
  readonly rows: JournalRow[];
  readonly breached: Breach[];
}

/** The scene of one watch, with nothing found yet. */
export function sceneOf(state: EngineState): Scene {
  const market = marketOf(state);
  const volatility = volatilityNow(state);
  const found = { stirred: new Set<number>(), rows: [], breached: [] };
  return { state, notes: notesFor(state), market, volatility, ...found };
}
