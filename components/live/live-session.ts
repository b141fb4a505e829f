/** Joins the wire to the store: says hello, keeps streams whole, asks again after gaps, and hands out what may be asked. */
import {
  PROTOCOL_VERSION,
  type AccountDigest,
  type AccountPatch,
  type Answer,
  type ClientToServer,
  type ControlCommand,
  type DeskFrame,
  type DeskQuery,
  type MarketFrame,
  type RowsPatch,
  type Welcome,
} from '#lib/wire/protocol.ts';
import { applyAccountPatch, applyRowsPatch } from '#lib/wire/replica.ts';
import { agreementOf } from './agreement.ts';
import { type Link } from './link.ts';
import { emptyAccount, foldAccount, foldFrame, foldHistory, foldWelcome } from './live-draft.ts';
import { type Topic } from './live-store.ts';
import { wire, type DeskView, type SessionParts, type Wiring } from './live-wiring.ts';

/** Rows of a topic that the page holds. */
export const ROWS_KEPT = 2_000;
const HEARTBEAT_EVERY_MS = 1_000;

export interface LiveSession {
  /** Opens the link; the answer closes it. Everything below may be called before and is caught up on. */
  readonly start: (openLink: () => Link) => () => void;
  /** Looks at an account until the returned function is called. */
  readonly open: (accountId: string) => () => void;
  readonly follow: (topic: Topic) => () => void;
  /** Asks for a view of the book until the returned function is called; the newest request is the one that is served. */
  readonly watchDesk: (query: DeskQuery) => () => void;
  readonly acknowledge: (request: AcknowledgeRequest) => Promise<Answer>;
  readonly control: (command: ControlCommand) => Promise<Answer>;
  readonly retryNow: () => void;
}
type AcknowledgeRequest = Parameters<ClientToServer['acknowledge']>[0];

export function createSession(parts: SessionParts): LiveSession {
  const wiring = wire(parts);
  return {
    start: (openLink) => start(wiring, openLink()),
    open: (accountId) => open(wiring, accountId),
    follow: (topic) => follow(wiring, topic),
    watchDesk: (query) => watchDesk(wiring, query),
    acknowledge: (request) => asked(wiring, (link, ack) => link.send('acknowledge', request, ack)),
    control: (command) => asked(wiring, (link, ack) => link.send('control', command, ack)),
    retryNow: () => wiring.link?.retryNow(),
  };
}

function start(wiring: Wiring, link: Link): () => void {
  const { draft, painter, store, wallNow } = wiring;
  wiring.link = link;
  link.onUp(() => sayHello(wiring));
  link.onDown((retryAt) => lost(wiring, retryAt));
  link.listen({
    'run-changed': () => sayHello(wiring),
    heartbeat: () => heard(wiring),
    market: (frame) => takeFrame(wiring, frame),
    account: (patch) => takeAccount(wiring, patch),
    digest: (digest) => takeDigest(wiring, digest),
    rows: (patch) => takeRows(wiring, patch),
    desk: (frame) => takeDesk(wiring, frame),
  });
  // A hidden tab paints no figures; the clock still has to tell silence from life.
  const pulse = setInterval(
    () => store.setState({ wallNow: wallNow(), heardAt: draft.heardAt }),
    HEARTBEAT_EVERY_MS,
  );
  return () => {
    clearInterval(pulse);
    painter.stop();
    link.close();
    wiring.link = undefined;
    draft.connection = { kind: 'connecting' };
  };
}

function isUp({ draft }: Wiring): boolean {
  return draft.connection.kind === 'open';
}

function heard({ draft, wallNow }: Wiring): void {
  draft.heardAt = wallNow();
}

function lost({ draft, wallNow, painter }: Wiring, retryAt: number): void {
  const since = draft.connection.kind === 'down' ? draft.connection.since : wallNow();
  draft.connection = { kind: 'down', since, retryAt };
  painter.stateChanged();
}

function sayHello(wiring: Wiring): void {
  const { draft, link, painter } = wiring;
  link?.send('hello', { protocol: PROTOCOL_VERSION }, (answer) => {
    heard(wiring);
    if (answer.ok) welcomed(wiring, answer.welcome);
    else draft.connection = { kind: 'refused', message: answer.message };
    painter.stateChanged();
  });
}

/** After a break everything is asked for again: snapshots replace what was held. */
function welcomed(wiring: Wiring, welcome: Welcome): void {
  const { draft, followed } = wiring;
  draft.connection = { kind: 'open' };
  foldWelcome(draft, welcome);
  for (const accountId of draft.accounts.keys()) join(wiring, accountId);
  for (const topic of followed.keys()) catchUp(wiring, topic);
  if (wiring.deskViews.length > 0) askForDesk(wiring);
}

function takeFrame(wiring: Wiring, frame: MarketFrame): void {
  heard(wiring);
  foldFrame(wiring.draft, frame);
  wiring.painter.figuresChanged();
}

function join(wiring: Wiring, accountId: string): void {
  const { draft, link, painter } = wiring;
  link?.send('open', { accountId }, (answer) => {
    const account = draft.accounts.get(accountId);
    if (account === undefined) return;
    if (answer.ok) {
      takeAccount(wiring, answer.patch);
      foldHistory(account, answer.history);
    } else {
      account.refusal = answer.message;
      account.painted = undefined;
    }
    painter.stateChanged();
  });
}

function takeAccount(wiring: Wiring, patch: AccountPatch): void {
  const { draft, painter } = wiring;
  const account = draft.accounts.get(patch.account.accountId);
  if (account === undefined) return;
  const applied = applyAccountPatch(account.replica, patch);
  if (applied.kind === 'resync') join(wiring, patch.account.accountId);
  if (applied.kind !== 'applied') return;
  if (foldAccount(draft, account, applied.replica)) painter.stateChanged();
  else painter.figuresChanged();
}

function takeDigest(wiring: Wiring, digest: AccountDigest): void {
  const { draft, painter, wallNow } = wiring;
  const account = draft.accounts.get(digest.accountId);
  const { run, frames, instruments } = draft;
  if (account === undefined || run === undefined) return;
  // Facts travel before the digest that speaks of them: a newer number means that some were lost.
  if (account.replica !== undefined && digest.seq > account.replica.seq) {
    join(wiring, digest.accountId);
    return;
  }
  const agreement = agreementOf({
    digest,
    replicas: account.replicas,
    frames,
    run,
    instruments,
    at: wallNow(),
  });
  if (agreement === undefined) return;
  account.agreement = agreement;
  account.painted = undefined;
  painter.figuresChanged();
}

function catchUp(wiring: Wiring, topic: Topic): void {
  wiring.link?.send('follow', { topic, limit: ROWS_KEPT }, (answer) => {
    if (answer.ok) takeRows(wiring, answer.patch);
  });
}

function takeRows(wiring: Wiring, patch: RowsPatch): void {
  const { draft, painter } = wiring;
  const applied = applyRowsPatch(draft.rows.get(patch.topic), patch, ROWS_KEPT);
  if (applied.kind === 'resync') catchUp(wiring, patch.topic);
  if (applied.kind !== 'applied') return;
  draft.rows.set(patch.topic, applied.replica);
  painter.stateChanged();
}

function takeDesk({ draft, painter, deskViews }: Wiring, frame: DeskFrame): void {
  if (frame.queryId !== deskViews.at(-1)?.queryId) return;
  draft.desk = frame;
  painter.figuresChanged();
}

function askForDesk(wiring: Wiring): void {
  const view = wiring.deskViews.at(-1);
  if (!isUp(wiring)) return;
  if (view === undefined) wiring.link?.send('leave-desk');
  // The page sends only what its types allow; a refusal leaves the view before standing.
  else wiring.link?.send('desk', view, () => undefined);
}

function open(wiring: Wiring, accountId: string): () => void {
  const { draft, painter } = wiring;
  const account = draft.accounts.get(accountId) ?? emptyAccount();
  draft.accounts.set(accountId, account);
  account.viewers += 1;
  if (account.viewers === 1 && isUp(wiring)) join(wiring, accountId);
  painter.stateChanged();
  return () => {
    const current = draft.accounts.get(accountId);
    if (current === undefined) return;
    current.viewers -= 1;
    if (current.viewers > 0) return;
    draft.accounts.delete(accountId);
    wiring.link?.send('close', { accountId });
  };
}

function follow(wiring: Wiring, topic: Topic): () => void {
  const { draft, followed } = wiring;
  const readers = followed.get(topic) ?? 0;
  followed.set(topic, readers + 1);
  if (readers === 0 && isUp(wiring)) catchUp(wiring, topic);
  return () => {
    const left = (followed.get(topic) ?? 1) - 1;
    if (left > 0) {
      followed.set(topic, left);
      return;
    }
    followed.delete(topic);
    draft.rows.delete(topic);
    wiring.link?.send('unfollow', { topic });
  };
}

function watchDesk(wiring: Wiring, query: DeskQuery): () => void {
  const view: DeskView = { queryId: wiring.nextQueryId, query };
  wiring.nextQueryId += 1;
  wiring.deskViews = [...wiring.deskViews, view];
  askForDesk(wiring);
  return () => {
    wiring.deskViews = wiring.deskViews.filter((one) => one !== view);
    askForDesk(wiring);
  };
}

function asked(
  { link }: Wiring,
  send: (link: Link, ack: (answer: Answer) => void) => void,
): Promise<Answer> {
  if (link === undefined)
    return Promise.resolve({ ok: false, code: 'not-now', message: 'The page is not connected' });
  return new Promise((resolve) => send(link, resolve));
}
