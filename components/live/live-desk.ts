/** Views of the book: the newest that was asked for is the one that is served. */
import { type DeskFrame, type DeskQuery } from '#lib/wire/protocol.ts';
import { DESK } from './catch-up.ts';
import { isUp, settle, type DeskView, type Wiring } from './live-wiring.ts';

export function takeDesk(wiring: Wiring, frame: DeskFrame): void {
  const { draft, painter, deskViews } = wiring;
  if (frame.queryId !== deskViews.at(-1)?.queryId) return;
  draft.desk = frame;
  settle(wiring, DESK);
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
