/** Rows in the making: numbered, chained, kept until their group is durable. */
import { type AccountId } from '../units/ids.ts';
import { sha256Hex } from './memory.ts';
import { type JournalRow, type RowBody } from './row.ts';
import { type EngineState, type HashOfText } from './state.ts';

/** Before the first row. */
export const EMPTY_CHAIN = '0'.repeat(64);

const hashes = new WeakMap<EngineState, HashOfText>();

/** The host's own SHA-256 for the rows of a run, where that is quicker than ours: the words are the same. */
export function hashRowsBy(state: EngineState, hash: HashOfText): void {
  hashes.set(state, hash);
}

/** Appends a row to the chain and gives it; the caller collects rows into groups. */
export function rowOf(state: EngineState, body: RowBody, account: AccountId | null): JournalRow {
  const seq = state.head.seq + 1;
  const { step, time } = state;
  const text = JSON.stringify([seq, step, time, account, body]);
  const hash = (hashes.get(state) ?? sha256Hex)(state.head.hash + text);
  state.head.seq = seq;
  state.head.hash = hash;
  return { seq, step, time, accountId: account, body, hash };
}
