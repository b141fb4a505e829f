/** What a session remembers besides the draft, and how it paints. */
import { type DeskQuery } from '#lib/wire/protocol.ts';
import { type Link } from './link.ts';
import { emptyDraft, pictureOf, type LiveDraft } from './live-draft.ts';
import { type LiveStore, type Topic } from './live-store.ts';
import { createPainter, type Painter, type PainterClock } from './painter.ts';

const CHARTS_GROW_EVERY_MS = 500;

export interface SessionParts {
  readonly store: LiveStore;
  readonly clock: PainterClock;
  readonly wallNow: () => number;
}

export interface DeskView {
  readonly queryId: number;
  readonly query: DeskQuery;
}

/** Everything a session remembers besides the draft. */
export interface Wiring extends SessionParts {
  readonly draft: LiveDraft;
  readonly painter: Painter;
  /** How many read each topic. */
  readonly followed: Map<Topic, number>;
  link: Link | undefined;
  deskViews: readonly DeskView[];
  nextQueryId: number;
}

export function wire(parts: SessionParts): Wiring {
  const draft = emptyDraft();
  let grewAt = 0;
  const painter = createPainter(() => {
    const now = parts.wallNow();
    const grow = now - grewAt >= CHARTS_GROW_EVERY_MS;
    if (grow) grewAt = now;
    paint(draft, parts, grow);
  }, parts.clock);
  return {
    ...parts,
    draft,
    painter,
    followed: new Map(),
    link: undefined,
    deskViews: [],
    nextQueryId: 1,
  };
}

function paint(draft: LiveDraft, { store, wallNow }: SessionParts, grow: boolean): void {
  const accepted = draft.frame === draft.paintedFrame ? undefined : draft.frame?.acceptedAt;
  const picture = pictureOf(draft, grow);
  const now = wallNow();
  store.setState({
    ...picture,
    wallNow: now,
    ...(accepted === undefined ? {} : { paintDelayMs: now - accepted }),
  });
}
