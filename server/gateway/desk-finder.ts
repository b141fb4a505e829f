/** Tells who searches the desk what is found, at once and from this thread: the loop may be in the middle of a long step. */
import { type DeskQuery } from '#lib/wire/protocol.ts';
import { createBackground } from '../background.ts';
import { findAccounts, type FoundAccounts } from '../desk/desk-search.ts';
import { type SearchColumns } from '../desk/search-columns.ts';

/** Of a turn of this thread: sockets are served between. */
const BUDGET_MS = 4;
/** What the loop answers sooner has its figures: names alone would only flicker before it. */
const TELL_AFTER_MS = 20;

export interface DeskView {
  readonly queryId: number;
  readonly query: DeskQuery;
}

export interface DeskFinder {
  /** Columns of the run that is open; undefined: none is. */
  look(columns: SearchColumns | undefined): void;
  /** Tells what is found, unless this viewer leaves or searches for something else before. */
  find(viewer: string, view: DeskView): void;
  /** The loop was quicker. */
  answered(viewer: string, queryId: number): void;
  leave(viewer: string): void;
}

export function createDeskFinder(p: {
  readonly now: () => number;
  readonly tell: (viewer: string, view: DeskView, found: FoundAccounts) => void;
}): DeskFinder {
  const background = createBackground(p.now);
  const wanted = new Map<string, DeskView>();
  let columns: SearchColumns | undefined;
  let isWorking = false;
  let searches = 0;

  function* search(viewer: string, view: DeskView): Generator<void, void, void> {
    if (columns === undefined) return;
    const tellAt = p.now() + TELL_AFTER_MS;
    const finding = findAccounts(columns, view.query);
    let next = finding.next();
    while (next.done !== true) {
      yield;
      if (wanted.get(viewer) !== view) return;
      next = finding.next();
    }
    const found = next.value;
    setTimeout(() => tell(viewer, view, found), Math.max(0, tellAt - p.now()));
  }

  function tell(viewer: string, view: DeskView, found: FoundAccounts): void {
    if (wanted.get(viewer) !== view) return;
    wanted.delete(viewer);
    p.tell(viewer, view, found);
  }

  function work(): void {
    background.work(BUDGET_MS);
    isWorking = !background.isIdle();
    if (isWorking) setImmediate(work);
  }

  return {
    look: (latest) => {
      columns = latest;
      if (latest === undefined) wanted.clear();
    },
    find: (viewer, view) => {
      wanted.delete(viewer);
      // Further down in what was found somebody reads on, and the loop answers.
      if (columns === undefined || view.query.text.trim() === '' || view.query.offset > 0) return;
      wanted.set(viewer, view);
      searches += 1;
      background.ask(`search ${searches}`, () => search(viewer, view));
      if (!isWorking) work();
    },
    answered: (viewer, queryId) => {
      if (wanted.get(viewer)?.queryId === queryId) wanted.delete(viewer);
    },
    leave: (viewer) => void wanted.delete(viewer),
  };
}
