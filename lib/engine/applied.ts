/** What an event left behind, and the words for one that was refused. */
import { type AccountId } from '../units/ids.ts';
import { type EngineEvent } from './event.ts';
import { rowOf } from './journal.ts';
import { type JournalRow, type RowBody } from './row.ts';
import { type EngineState } from './state.ts';

/** What an event did: its rows, and the accounts whose facts it changed. */
export interface Applied {
  readonly rows: readonly JournalRow[];
  readonly touched: readonly AccountId[];
}

export type EventOf<Kind extends EngineEvent['kind']> = Extract<
  EngineEvent,
  { readonly kind: Kind }
>;

export function one(state: EngineState, body: RowBody, account: AccountId | null): Applied {
  return { rows: [rowOf(state, body, account)], touched: account === null ? [] : [account] };
}

export function refused(
  state: EngineState,
  event: EngineEvent,
  account: AccountId | null,
  why: string,
): Applied {
  return { rows: [rowOf(state, { kind: 'refused', what: event.kind, why }, account)], touched: [] };
}
