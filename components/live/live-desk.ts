/** Views of the book: the newest that was asked for is the one that is served. */
import {
  type AccountsPage,
  type Answer,
  type ClientToServer,
  type DeskCalls,
  type DeskFrame,
  type DeskQuery,
  type DeskSummary,
  type Refusal,
} from '#lib/wire/protocol.ts';
import { DESK } from './catch-up.ts';
import { isUp, settle, type DeskView, type Wiring } from './live-wiring.ts';

export type PageRequest = Parameters<ClientToServer['export-accounts']>[0];

export function takeDesk(wiring: Wiring, frame: DeskFrame): void {
  const { draft, painter, deskViews } = wiring;
  if (frame.queryId !== deskViews.at(-1)?.queryId) return;
  // What was asked for is shown as soon as it is here, and what follows it in the rhythm of all figures.
  const isFirst = draft.desk?.queryId !== frame.queryId || draft.desk.found !== undefined;
  draft.desk = frame;
  if (frame.found === undefined) settle(wiring, DESK);
  if (isFirst) painter.everythingChanged();
  else painter.figuresChanged();
}

export function takeDeskSummary({ draft, painter }: Wiring, summary: DeskSummary): void {
  draft.deskSummary = summary;
  painter.figuresChanged();
}

export function takeDeskCalls({ draft, painter }: Wiring, calls: DeskCalls): void {
  draft.deskCalls = calls;
  painter.figuresChanged();
}

export function askForDesk(wiring: Wiring): void {
  const view = wiring.deskViews.at(-1);
  if (!isUp(wiring)) return;
  if (view === undefined) wiring.link?.send('leave-desk');
  // The page sends only what its types allow; a refusal leaves the view before standing.
  else
    wiring.link?.send('desk', view, (answer) => {
      if (!answer.ok) settle(wiring, DESK);
    });
}

export function watchDesk(wiring: Wiring, query: DeskQuery): () => void {
  const view: DeskView = { queryId: wiring.nextQueryId, query };
  wiring.nextQueryId += 1;
  wiring.deskViews = [...wiring.deskViews, view];
  askForDesk(wiring);
  return () => {
    wiring.deskViews = wiring.deskViews.filter((one) => one !== view);
    if (wiring.deskViews.length === 0) settle(wiring, DESK);
    askForDesk(wiring);
  };
}

const PAGE_WITHIN_MS = 20_000;
const SLOW: Refusal = {
  ok: false,
  code: 'not-now',
  message: `the server did not answer within ${PAGE_WITHIN_MS / 1_000} s`,
};

/** A page for a file, beside what the page shows. */
export function exportAccounts(
  wiring: Wiring,
  request: PageRequest,
): Promise<Answer<{ readonly page: AccountsPage }>> {
  const { promise, resolve } = Promise.withResolvers<Answer<{ readonly page: AccountsPage }>>();
  if (!isUp(wiring)) return Promise.resolve({ ...SLOW, message: 'the connection was lost' });
  const timer = setTimeout(() => resolve(SLOW), PAGE_WITHIN_MS);
  wiring.link?.send('export-accounts', request, (answer) => {
    clearTimeout(timer);
    resolve(answer);
  });
  return promise;
}
