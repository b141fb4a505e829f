/**
 * Who looks at which desk, and the answers they are due: the first at once, before everything that is renewed by itself, then four
 * windows, four lists of who needs somebody and one summary a second; equal queries are answered once.
 */
import {
  type Answer,
  type DeskCalls,
  type DeskQuery,
  type DeskSummary,
} from '#lib/wire/protocol.ts';
import { type Background, type Task } from '../background.ts';
import { createLaterAnswers } from '../later-answers.ts';
import { answerDesk, type Desk, type DeskAnswer } from './desk.ts';
import { answerCalls } from './desk-calls.ts';
import { createDeskExports, type PageAnswer, type PageRequest } from './desk-exports.ts';
import { roomOf, type SearchColumns } from './search-columns.ts';
import { summarize } from './desk-summary.ts';

const DESK_FRAME_MS = 250;
/** Single answers under way at one time. */
const WAITING_MAX = 32;
const SUMMARY_MS = 1_000;
/** Between the beginnings of two passes over the book, at least: while somebody looks, and while nobody does. */
const PASS_MS = 2_000;
const IDLE_PASS_MS = 10_000;

/** Rows that the first answer holds: a tall window shows no more; those below follow with the next answer. */
const FIRST_ROWS = 40;

/** Further down nobody knows which rows of the window are in sight. */
function inSight(query: DeskQuery): DeskQuery {
  return query.offset === 0 ? { ...query, limit: Math.min(query.limit, FIRST_ROWS) } : query;
}

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
  /** A page of everything that a filter lets through. */
  askPage(request: PageRequest): Promise<PageAnswer>;
  /** The run is closed: whoever waits is told. */
  drop(): void;
}

export function createDeskViews(
  p: Desk & {
    readonly background: Background;
    readonly now: () => number;
    readonly tell: (viewers: readonly DeskView[], answer: DeskAnswer) => void;
    readonly tellSummary: (viewers: readonly string[], summary: DeskSummary) => void;
    readonly tellCalls: (viewers: readonly string[], calls: DeskCalls) => void;
    /** At first, and whenever they had to be made longer. */
    readonly tellColumns: (columns: SearchColumns) => void;
  },
): DeskViews {
  const { book, background, now } = p;
  const views = new Map<string, DeskView>();
  const once = createLaterAnswers<{ readonly desk: DeskAnswer }>(background, {
    name: 'desk once',
    waitingMax: WAITING_MAX,
  });
  /** Who has had no answer to what was asked last, by query. */
  const waiting = new Map<string, readonly DeskView[]>();
  const exports = createDeskExports(p, background);
  let toldRoom = 0;
  const askedAt = { windows: -Infinity, summary: -Infinity, pass: -Infinity };

  function ask(key: string, asked: readonly DeskView[]): void {
    const [first] = asked;
    if (first === undefined) return;
    const answer = (found: DeskAnswer): void => p.tell(asked, found);
    const { query } = first;
    background.ask(`desk ${key}`, () => answerDesk({ ...p, query, answer }));
  }

  function isWanted(view: DeskView): boolean {
    return views.get(view.viewer) === view;
  }

  /** The first answer to a query. Given up once everybody who asked looks at something else: who types asks at every letter. */
  function* answerNow(key: string, query: DeskQuery): Task {
    const answer = (found: DeskAnswer): void => {
      const asked = (waiting.get(key) ?? []).filter(isWanted);
      if (asked.length > 0) p.tell(asked, found);
    };
    for (const _ of answerDesk({ ...p, query: inSight(query), answer })) {
      if (waiting.get(key)?.some(isWanted) !== true) break;
      yield;
    }
    waiting.delete(key);
  }

  function isDue(what: keyof typeof askedAt, everyMs: number): boolean {
    if (now() - askedAt[what] < everyMs) return false;
    askedAt[what] = now();
    return true;
  }

  function askSummary(): void {
    const tell = (summary: DeskSummary): void => p.tellSummary([...views.keys()], summary);
    background.ask('desk summary', () => summarize({ ...p, tell }));
  }

  function askCalls(): void {
    const tell = (calls: DeskCalls): void => p.tellCalls([...views.keys()], calls);
    background.ask('desk calls', () => answerCalls({ ...p, tell }));
  }

  function tellColumns(): void {
    const { columns } = book;
    if (roomOf(columns) === toldRoom) return;
    toldRoom = roomOf(columns);
    p.tellColumns(columns);
  }

  return {
    set: (view) => {
      if (!views.has(view.viewer)) askedAt.summary = Number.NEGATIVE_INFINITY;
      views.set(view.viewer, view);
      const key = JSON.stringify(view.query);
      waiting.set(key, [...(waiting.get(key) ?? []), view]);
      background.ask(`desk now ${key}`, () => answerNow(key, view.query), 'waited-for');
    },
    leave: (viewer) => void views.delete(viewer),
    askDue: () => {
      tellColumns();
      if (isDue('pass', views.size === 0 ? IDLE_PASS_MS : PASS_MS))
        background.ask('desk pass', () => book.pass());
      if (views.size === 0) return;
      if (isDue('summary', SUMMARY_MS)) askSummary();
      if (!isDue('windows', DESK_FRAME_MS)) return;
      background.ask('desk worst', () => book.readWorst());
      askCalls();
      const byQuery = Map.groupBy(views.values(), ({ query }) => JSON.stringify(query));
      for (const [key, asked] of byQuery) ask(key, asked);
    },
    askOnce: (query) =>
      once.ask((answer) => answerDesk({ ...p, query, answer: (desk) => answer({ desk }) })),
    askPage: (request) => exports.ask(request),
    drop: () => {
      once.drop();
      exports.drop();
    },
  };
}
