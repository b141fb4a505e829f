/** Who looks at which desk, and the answers they are due: four a second, equal queries answered once. */
import { type Engine } from '#lib/engine/engine.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { type Answer, type DeskQuery } from '#lib/wire/protocol.ts';
import { type Background } from '../background.ts';
import { createLaterAnswers } from '../later-answers.ts';
import { answerDesk, type DeskAnswer } from './desk.ts';

const DESK_FRAME_MS = 250;
/** Single answers under way at one time: each goes through every account. */
const WAITING_MAX = 32;

export interface DeskView {
  readonly viewer: string;
  readonly queryId: number;
  readonly query: DeskQuery;
}

export interface DeskViews {
  set(view: DeskView): void;
  leave(viewer: string): void;
  /** Asks for the answers that are due; they come from the background. */
  askDue(): void;
  /** One answer, to who does not stay. */
  askOnce(query: DeskQuery): Promise<Answer<{ readonly desk: DeskAnswer }>>;
  /** The run is closed: whoever waits is told. */
  drop(): void;
}

export function createDeskViews(p: {
  readonly engine: Engine;
  readonly state: EngineState;
  readonly background: Background;
  readonly now: () => number;
  readonly tell: (viewers: readonly DeskView[], answer: DeskAnswer) => void;
}): DeskViews {
  const { engine, state, background, now } = p;
  const views = new Map<string, DeskView>();
  const once = createLaterAnswers<{ readonly desk: DeskAnswer }>(background, {
    name: 'desk once',
    waitingMax: WAITING_MAX,
  });
  let askedAt = Number.NEGATIVE_INFINITY;

  function ask(key: string, asked: readonly DeskView[]): void {
    const [first] = asked;
    if (first === undefined) return;
    const answer = (found: DeskAnswer): void => p.tell(asked, found);
    const { query } = first;
    background.ask(`desk ${key}`, () => answerDesk({ engine, state, query, answer }));
  }

  return {
    set: (view) => {
      views.set(view.viewer, view);
      askedAt = Number.NEGATIVE_INFINITY;
    },
    leave: (viewer) => void views.delete(viewer),
    askDue: () => {
      if (views.size === 0 || now() - askedAt < DESK_FRAME_MS) return;
      askedAt = now();
      const byQuery = Map.groupBy(views.values(), ({ query }) => JSON.stringify(query));
      for (const [key, asked] of byQuery) ask(key, asked);
    },
    askOnce: (query) =>
      once.ask((answer) =>
        answerDesk({ engine, state, query, answer: (desk) => answer({ desk }) }),
      ),
    drop: () => once.drop(),
  };
}
