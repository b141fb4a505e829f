/** The accounts of a beginning: booked one by one like any other, told in one row. A million rows would tell nobody anything. */
import { type Applied, type EventOf } from './applied.ts';
import { bookAccount, bookFill, bookOrder, bookTransfer } from './booking.ts';
import { type TraderEvent } from './event.ts';
import { rowOf } from './journal.ts';
import { forgetFacts } from './notes.ts';
import { type JournalRow } from './row.ts';
import { type EngineState } from './state.ts';
import { watchChanged } from './watch.ts';

/** So many accounts are booked between two looks of the caller. */
const ACCOUNTS_AT_ONCE = 1_000;

interface Counts {
  accounts: number;
  transfers: number;
  fills: number;
  orders: number;
  refused: number;
}

/**
 * Books what the accounts come with. Yields an empty group now and then: nothing has to be durable, since all of it is derived again
 * from its source, but whoever drives a step may tell how far it is. Gives the one row.
 */
export function* openPopulation(
  state: EngineState,
  { events }: EventOf<'population-opened'>,
): Generator<readonly JournalRow[], Applied, void> {
  const counts: Counts = { accounts: 0, transfers: 0, fills: 0, orders: 0, refused: 0 };
  const rows: JournalRow[] = [];
  for (const event of events) {
    const done = book(state, event);
    counts[done ?? 'refused'] += 1;
    if (done !== undefined) forgetFacts(state, event.accountId);
    if (done !== 'accounts' || counts.accounts % ACCOUNTS_AT_ONCE > 0) continue;
    state.accounts.rest();
    rows.push(...watchChanged(state));
    yield [];
  }
  return {
    rows: [...rows, rowOf(state, { kind: 'population-opened', ...counts }, null)],
    touched: [],
  };
}

/** As what it counts; undefined when it was refused. */
function book(state: EngineState, event: TraderEvent): keyof Counts | undefined {
  switch (event.kind) {
    case 'account-opened':
      return bookAccount(state, event).ok ? 'accounts' : undefined;
    case 'transfer':
      return bookTransfer(state, event).ok ? 'transfers' : undefined;
    case 'fill':
      return bookFill(state, event).ok ? 'fills' : undefined;
    case 'order-placed':
      return bookOrder(state, event).ok ? 'orders' : undefined;
  }
}
