/**
 * Everything that a filter lets through, for a file. Who is in it is settled at one step, with the first page; every page's rows are
 * derived when it is asked for, and each says of when it is. Nobody is left out or told twice, whatever moves meanwhile.
 */
import { type AccountsPage, type Answer, type DeskQuery } from '#lib/wire/protocol.ts';
import { type Background, type Task } from '../background.ts';
import { createLaterAnswers } from '../later-answers.ts';
import { refuse } from '../refusal.ts';
import { exactRows, type Desk } from './desk.ts';
import { selectAll } from './desk-selection.ts';

export interface PageRequest {
  readonly query: DeskQuery;
  /** null: select now. */
  readonly selection: number | null;
}

export type PageAnswer = Answer<{ readonly page: AccountsPage }>;

export interface DeskExports {
  ask(request: PageRequest): Promise<PageAnswer>;
  /** The run is closed. */
  drop(): void;
}

/** Pages under way at one time. */
const WAITING_MAX = 8;
/** Selections that are kept: four bytes an account each. */
const KEPT = 4;
/** A slice is short enough for a decision to wait behind it. */
const ROWS_PER_SLICE = 8;

interface Selected {
  readonly slots: Uint32Array;
  readonly at: number;
}

export function createDeskExports(desk: Desk, background: Background): DeskExports {
  const kept = new Map<number, Selected>();
  let lastSelection = 0;
  const later = createLaterAnswers<{ readonly page: AccountsPage }>(background, {
    name: 'export',
    waitingMax: WAITING_MAX,
    rank: 'periodic',
  });

  /** Whoever reads on keeps its selection; the one that nobody asked about for longest goes. */
  function keep(id: number, selected: Selected): void {
    kept.delete(id);
    kept.set(id, selected);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  }

  function* selectNow(query: DeskQuery): Generator<void, number, void> {
    let at = desk.state.time;
    const slots = yield* selectAll(desk.book, query, () => {
      at = desk.state.time;
    });
    lastSelection += 1;
    keep(lastSelection, { slots: Uint32Array.from(slots), at });
    return lastSelection;
  }

  function* page(
    { query, selection }: PageRequest,
    answer: (value: { readonly page: AccountsPage }) => void,
  ): Task {
    const id = selection ?? (yield* selectNow(query));
    const selected = kept.get(id);
    if (selected === undefined) return;
    keep(id, selected);
    const { slots, at } = selected;
    const { offset, limit } = query;
    const rows = yield* exactRows(desk, slots.subarray(offset, offset + limit), ROWS_PER_SLICE);
    answer({ page: { selection: id, selectedAt: at, total: slots.length, rows } });
  }

  return {
    ask: (request) => {
      const { selection } = request;
      if (selection !== null && !kept.has(selection))
        return Promise.resolve(refuse('not-now', 'other exports have taken its place'));
      return later.ask((answer) => page(request, answer));
    },
    drop: () => later.drop(),
  };
}
