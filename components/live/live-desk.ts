/** Views of the book: the newest that was asked for is the one that is served. */
import { type DeskFrame, type DeskQuery, type DeskSummary } from '#lib/wire/protocol.ts';
import { DESK } from './catch-up.ts';
import { isUp, settle, type DeskView, type Wiring } from './live-wiring.ts';

export function takeDesk(wiring: Wiring, frame: DeskFrame): void {
  const { draft, painter, deskViews, reading } = wiring;
  if (frame.queryId === reading?.queryId) reading.take(frame);
  if (frame.queryId !== deskViews.at(-1)?.queryId) return;
  // What was asked for is shown as soon as it is here, and what follows it in the rhythm of all figures.
  const isFirst = draft.desk?.queryId !== frame.queryId;
  draft.desk = frame;
  settle(wiring, DESK);
  if (isFirst) painter.everythingChanged();
  else painter.figuresChanged();
}

export function takeDeskSummary({ draft, painter }: Wiring, summary: DeskSummary): void {
  draft.deskSummary = summary;
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

const READ_WITHIN_MS = 5_000;

/**
 * One look at the book beside what the page shows, which stands still meanwhile. Undefined: the server did not answer in time.
 * Looks follow each other: a second one beside the first would take its place.
 */
export async function readDesk(wiring: Wiring, query: DeskQuery): Promise<DeskFrame | undefined> {
  if (!isUp(wiring)) return undefined;
  const queryId = wiring.nextQueryId;
  wiring.nextQueryId += 1;
  const { promise, resolve } = Promise.withResolvers<DeskFrame | undefined>();
  const timer = setTimeout(resolve, READ_WITHIN_MS);
  wiring.reading = { queryId, take: resolve };
  wiring.link?.send('desk', { queryId, query }, (answer) => {
    if (!answer.ok) resolve(undefined);
  });
  const frame = await promise;
  clearTimeout(timer);
  wiring.reading = undefined;
  askForDesk(wiring);
  return frame;
}
