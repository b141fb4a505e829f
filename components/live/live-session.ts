/** Joins the wire to the store: says hello, keeps streams whole, asks again after gaps, and hands out what may be asked. */
import {
  PROTOCOL_VERSION,
  type AccountDigest,
  type AccountPatch,
  type Answer,
  type ControlCommand,
  type DeskFrame,
  type DeskQuery,
  type MarketFrame,
  type RowsPatch,
} from '#lib/wire/protocol.ts';
import { applyAccountPatch, applyRowsPatch } from '#lib/wire/replica.ts';
import { type Link } from './link.ts';
import { agreementOf } from './agreement.ts';
import { emptyAccount, emptyDraft, foldAccount, foldFrame, foldHistory, foldWelcome, pictureOf } from './live-draft.ts';
import { type LiveStore, type Topic } from './live-store.ts';
import { createPainter, type PainterClock } from './painter.ts';

/** Rows of a topic that the page holds. */
export const ROWS_KEPT = 400;
const CHARTS_GROW_EVERY_MS = 500;
const HEARTBEAT_EVERY_MS = 1_000;

export interface LiveSession {
  readonly store: LiveStore;
  /** Looks at an account until the returned function is called. */
  readonly open: (accountId: string) => () => void;
  readonly follow: (topic: Topic) => () => void;
  /** Asks for a view of the book until the returned function is called; the newest request is the one that is served. */
  readonly watchDesk: (query: DeskQuery) => () => void;
  readonly acknowledge: (request: { accountId: string; poolId: string; by: string; note: string }) => Promise<Answer>;
  readonly control: (command: ControlCommand) => Promise<Answer>;
  readonly retryNow: () => void;
  readonly stop: () => void;
}

interface DeskView {
  readonly queryId: number;
  readonly query: DeskQuery;
}

export function startSession(p: {
  readonly store: LiveStore;
  readonly link: Link;
  readonly clock: PainterClock;
  readonly wallNow: () => number;
}): LiveSession {
  const { store, link, wallNow } = p;
  const draft = emptyDraft();
  const followed = new Map<Topic, number>();
  let deskViews: readonly DeskView[] = [];
  let nextQueryId = 1;
  let grewAt = 0;
  const painter = createPainter(paint, p.clock);

  function paint(): void {
    const now = wallNow();
    const grow = now - grewAt >= CHARTS_GROW_EVERY_MS;
    if (grow) grewAt = now;
    const accepted = draft.frame?.acceptedAt;
    const fresh = draft.frame !== draft.paintedFrame && accepted !== undefined;
    store.setState({
      ...pictureOf(draft, grow),
      wallNow: now,
      ...(fresh ? { paintDelayMs: wallNow() - accepted } : {}),
    });
  }
  function heard(): void {
    draft.heardAt = wallNow();
  }

  function sayHello(): void {
    link.send('hello', { protocol: PROTOCOL_VERSION }, (answer) => {
      heard();
      if (!answer.ok) {
        draft.connection = { kind: 'refused', message: answer.message };
      } else {
        draft.connection = { kind: 'open' };
        foldWelcome(draft, answer.welcome);
        for (const id of draft.accounts.keys()) join(id);
        for (const topic of followed.keys()) catchUp(topic);
        askForDesk();
      }
      painter.stateChanged();
    });
  }

  function askForDesk(): void {
    const view = deskViews.at(-1);
    if (draft.connection.kind !== 'open') return;
    if (view === undefined) link.send('leave-desk');
    else link.send('desk', view, refusalIgnored);
  }

  function join(accountId: string): void {
    link.send('open', { accountId }, (answer) => {
      const account = draft.accounts.get(accountId);
      if (account === undefined) return;
      if (answer.ok) {
        takeAccount(answer.patch);
        foldHistory(account, answer.history);
      } else {
        account.refusal = answer.message;
        account.painted = undefined;
      }
      painter.stateChanged();
    });
  }

  function takeAccount(patch: AccountPatch): void {
    const account = draft.accounts.get(patch.account.accountId);
    if (account === undefined) return;
    const applied = applyAccountPatch(account.replica, patch);
    if (applied.kind === 'resync') join(patch.account.accountId);
    if (applied.kind !== 'applied') return;
    if (foldAccount(draft, account, applied.replica)) painter.stateChanged();
    else painter.figuresChanged();
  }

  function catchUp(topic: Topic): void {
    link.send('follow', { topic, limit: ROWS_KEPT }, (answer) => {
      if (answer.ok) takeRows(answer.patch);
    });
  }

  function takeRows(patch: RowsPatch): void {
    const applied = applyRowsPatch(draft.rows.get(patch.topic), patch, ROWS_KEPT);
    if (applied.kind === 'resync') catchUp(patch.topic);
    if (applied.kind !== 'applied') return;
    draft.rows.set(patch.topic, applied.replica);
    painter.stateChanged();
  }

  function takeFrame(frame: MarketFrame): void {
    heard();
    foldFrame(draft, frame);
    painter.figuresChanged();
  }

  function takeDesk(frame: DeskFrame): void {
    if (frame.queryId !== deskViews.at(-1)?.queryId) return;
    draft.desk = frame;
    painter.figuresChanged();
  }

  function takeDigest(digest: AccountDigest): void {
    const account = draft.accounts.get(digest.accountId);
    const { run, frames, instruments } = draft;
    if (account === undefined || run === undefined) return;
    const agreement = agreementOf({ digest, replicas: account.replicas, frames, run, instruments, at: wallNow() });
    if (agreement === undefined) return;
    account.agreement = agreement;
    account.painted = undefined;
    painter.figuresChanged();
  }

  link.onUp(sayHello);
  link.onDown((retryAt) => {
    const since = draft.connection.kind === 'down' ? draft.connection.since : wallNow();
    draft.connection = { kind: 'down', since, retryAt };
    painter.stateChanged();
  });
  link.listen({
    'run-changed': sayHello,
    heartbeat: heard,
    market: takeFrame,
    account: takeAccount,
    digest: takeDigest,
    rows: takeRows,
    desk: takeDesk,
  });

  const heartbeat = setInterval(() => {
    // A hidden tab paints no figures; the clock still has to tell silence from life.
    store.setState({ wallNow: wallNow(), heardAt: draft.heardAt });
  }, HEARTBEAT_EVERY_MS);

  return {
    store,
    open(accountId) {
      const account = draft.accounts.get(accountId) ?? emptyAccount();
      draft.accounts.set(accountId, account);
      account.viewers += 1;
      if (account.viewers === 1 && draft.connection.kind === 'open') join(accountId);
      painter.stateChanged();
      return () => {
        const current = draft.accounts.get(accountId);
        if (current === undefined) return;
        current.viewers -= 1;
        if (current.viewers > 0) return;
        draft.accounts.delete(accountId);
        link.send('close', { accountId });
      };
    },
    follow(topic) {
      const readers = followed.get(topic) ?? 0;
      followed.set(topic, readers + 1);
      if (readers === 0 && draft.connection.kind === 'open') catchUp(topic);
      return () => {
        const left = (followed.get(topic) ?? 1) - 1;
        if (left > 0) {
          followed.set(topic, left);
          return;
        }
        followed.delete(topic);
        draft.rows.delete(topic);
        link.send('unfollow', { topic });
      };
    },
    watchDesk(query) {
      const view: DeskView = { queryId: nextQueryId, query };
      nextQueryId += 1;
      deskViews = [...deskViews, view];
      askForDesk();
      return () => {
        deskViews = deskViews.filter((one) => one !== view);
        askForDesk();
      };
    },
    acknowledge: (request) => new Promise((resolve) => link.send('acknowledge', request, resolve)),
    control: (command) => new Promise((resolve) => link.send('control', command, resolve)),
    retryNow: link.retryNow,
    stop() {
      clearInterval(heartbeat);
      painter.stop();
      link.close();
    },
  };
}

/** The page sends only what its types allow; a refusal here leaves the previous view standing. */
function refusalIgnored(): void {}
