/** What a session remembers besides the draft, and how it paints. */
import { type DeskQuery } from '#lib/wire/protocol.ts';
import { arrived } from './catch-up.ts';
import { addDelay, clockOffset, skewCorrection, type Delay } from './delays.ts';
import { type Link } from './link.ts';
import { emptyDraft, type LiveDraft } from './live-draft.ts';
import { pictureOf, statesOf, type GrowingChart } from './live-picture.ts';
import { type LiveStore, type Topic } from './live-store.ts';
import { createWireDisturber, type WireDisturber } from './wire-drill.ts';
import { createPainter, type Painter, type PainterClock } from './painter.ts';

/** One chart gets a point, then the other. */
const A_CHART_GROWS_EVERY_MS = 500;

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
  readonly disturber: WireDisturber;
  /** How many read each topic. */
  readonly followed: Map<Topic, number>;
  link: Link | undefined;
  deskViews: readonly DeskView[];
  /** The server had no time for hello: say it again at the next pulse. */
  isHelloDue: boolean;
  nextQueryId: number;
}

export function wire(parts: SessionParts): Wiring {
  const draft = emptyDraft();
  const growing = chartsInTurn();
  const painter = createPainter(
    {
      states: () => parts.store.setState(statesOf(draft)),
      everything: () => paint(draft, parts, growing(parts.wallNow())),
    },
    parts.clock,
  );
  return {
    ...parts,
    draft,
    painter,
    disturber: createWireDisturber(parts.wallNow),
    followed: new Map(),
    link: undefined,
    deskViews: [],
    isHelloDue: false,
    nextQueryId: 1,
  };
}

/** Which chart grows at a paint of now; undefined for most. */
function chartsInTurn(): (now: number) => GrowingChart | undefined {
  let grewAt = 0;
  let last: GrowingChart = 'ratios';
  return (now) => {
    if (now - grewAt < A_CHART_GROWS_EVERY_MS) return undefined;
    grewAt = now;
    last = last === 'ratios' ? 'marks' : 'ratios';
    return last;
  };
}

function paint(
  draft: LiveDraft,
  { store, wallNow }: SessionParts,
  grows: GrowingChart | undefined,
): void {
  const before = draft.paintedFrame?.acceptedAt;
  const picture = pictureOf(draft, grows);
  const now = wallNow();
  const accepted = draft.frame?.acceptedAt;
  // A frame that tells of no newer mark, as while the run is paused, says nothing about delays.
  const isNewer = accepted !== before && !(before === undefined && stands(draft.frame));
  const delay = isNewer ? delayOf(draft, now) : undefined;
  if (delay !== undefined) draft.delays = addDelay(draft.delays, delay);
  store.setState({
    ...picture,
    delays: draft.delays,
    wallNow: now,
    ...(delay === undefined ? {} : { paintDelayMs: delay.paintedMs }),
  });
}

/** The first look at a run that stands: how old its prices are is the age of the pause. */
function stands(frame: LiveDraft['frame']): boolean {
  return frame?.paused === true || frame?.ended === true;
}

function delayOf({ frame, framedAt, clockOffsets }: LiveDraft, now: number): Delay | undefined {
  if (frame === undefined || framedAt === undefined) return undefined;
  const acceptedAt = frame.acceptedAt + skewCorrection(clockOffset(clockOffsets));
  return { at: now, arrivedMs: framedAt - acceptedAt, paintedMs: now - acceptedAt };
}

export function isUp({ draft }: Wiring): boolean {
  return draft.connection.kind === 'open';
}

/** Books an answer that was due. */
export function settle({ draft, painter }: Wiring, key: string): void {
  if (arrived(draft.catchUp, key)) painter.everythingChanged();
}
