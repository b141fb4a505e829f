/** Joins the wire to the store: says hello, keeps streams whole, asks again after gaps, and hands out what may be asked. */
import {
  type AccountsPage,
  PROTOCOL_VERSION,
  type AccountDigest,
  type AccountPatch,
  type AlertRuleText,
  type Answer,
  type ClientToServer,
  type ControlCommand,
  type DeskQuery,
  type MarketFrame,
  type RulePreview,
  type ServerToClient,
  type ServerStatus,
  type Welcome,
} from '#lib/wire/protocol.ts';
import { applyAccountPatch } from '#lib/wire/replica.ts';
import { accountDue, beginCatchUp, catchingUp, DESK, HELLO, rowsDue } from './catch-up.ts';
import { addBeat } from './delays.ts';
import { type Link } from './link.ts';
import {
  askForDesk,
  exportAccounts,
  takeDesk,
  takeDeskCalls,
  takeDeskSummary,
  watchDesk,
} from './live-desk.ts';
import { emptyAccount, foldAccount, foldFrame, foldHistory, foldWelcome } from './live-draft.ts';
import { catchUp, follow, readOlder, takeRows } from './live-rows.ts';
import { type Topic } from './live-store.ts';
import { isUp, settle, wire, type SessionParts, type Wiring } from './live-wiring.ts';
import { countDropped, type WireDrillKind } from './wire-drill.ts';

const HEARTBEAT_EVERY_MS = 1_000;

export interface LiveSession {
  /** Opens the link; the answer closes it. Everything below may be called before and is caught up on. */
  readonly start: (openLink: () => Link) => () => void;
  /** Looks at an account until the returned function is called. */
  readonly open: (accountId: string) => () => void;
  readonly follow: (topic: Topic) => () => void;
  /** Takes older rows of a followed topic. The sentence that says why not. */
  readonly readOlder: (topic: Topic) => Promise<string | undefined>;
  /** Asks for a view of the book until the returned function is called; the newest request is the one that is served. */
  readonly watchDesk: (query: DeskQuery) => () => void;
  /** A page of all accounts that pass, beside the view that is watched. */
  readonly exportAccounts: (
    request: Request<'export-accounts'>,
  ) => Promise<Answer<{ readonly page: AccountsPage }>>;
  readonly acknowledge: (request: Request<'acknowledge'>) => Promise<Answer>;
  readonly undoAcknowledge: (request: Request<'undo-acknowledge'>) => Promise<Answer>;
  readonly setAlertRule: (request: Request<'set-alert-rule'>) => Promise<Answer>;
  readonly removeAlertRule: (request: Request<'remove-alert-rule'>) => Promise<Answer>;
  /** What would be in which state now if the rule were set; changes nothing. */
  readonly previewAlertRule: (
    request: Request<'preview-alert-rule'>,
  ) => Promise<Answer<{ readonly preview: RulePreview }>>;
  readonly control: (command: ControlCommand) => Promise<Answer>;
  /** What the server says of itself. */
  readonly status: () => Promise<Answer<{ readonly status: ServerStatus }>>;
  readonly retryNow: () => void;
  /** The page slept: no state keeps its colour until fresh snapshots are here. */
  readonly refresh: () => void;
  /** Disturbs this page's own wire for a while of wall time. */
  readonly drill: (kind: WireDrillKind, forMs: number) => void;
}
type Request<Name extends keyof ClientToServer> = Parameters<ClientToServer[Name]>[0];

export function createSession(parts: SessionParts): LiveSession {
  const wiring = wire(parts);
  return {
    start: (openLink) => start(wiring, openLink()),
    open: (accountId) => open(wiring, accountId),
    follow: (topic) => follow(wiring, topic),
    readOlder: (topic) => readOlder(wiring, topic),
    watchDesk: (query) => watchDesk(wiring, query),
    exportAccounts: (request) => exportAccounts(wiring, request),
    acknowledge: (request) => asked(wiring, (link, ack) => link.send('acknowledge', request, ack)),
    undoAcknowledge: (request) =>
      asked(wiring, (link, ack) => link.send('undo-acknowledge', request, ack)),
    setAlertRule: (request) =>
      asked(wiring, (link, ack) => link.send('set-alert-rule', request, ack)),
    removeAlertRule: (request) =>
      asked(wiring, (link, ack) => link.send('remove-alert-rule', request, ack)),
    previewAlertRule: (request) =>
      asked(wiring, (link, ack) => link.send('preview-alert-rule', request, ack)),
    control: (command) => asked(wiring, (link, ack) => link.send('control', command, ack)),
    status: () => asked(wiring, (link, ack) => link.send('status', {}, ack)),
    retryNow: () => wiring.link?.retryNow(),
    refresh: () => refresh(wiring),
    drill: (kind, forMs) => {
      if (kind === 'drop') wiring.link?.cutFor(forMs);
      else wiring.disturber.begin(kind, forMs);
    },
  };
}

function start(wiring: Wiring, link: Link): () => void {
  const { draft, painter, store, wallNow } = wiring;
  wiring.link = link;
  link.onUp(() => sayHello(wiring));
  link.onDown((retryAt, byDrill) => lost(wiring, retryAt, byDrill));
  const handlers: ServerToClient = {
    'run-opening': () => sayHello(wiring),
    'run-changed': () => sayHello(wiring),
    heartbeat: ({ wallTime }) => takeBeat(wiring, wallTime),
    market: (frame) => takeFrame(wiring, frame),
    account: (patch) => takeAccount(wiring, patch),
    digest: (digest) => takeDigest(wiring, digest),
    rows: (patch) => takeRows(wiring, patch),
    desk: (frame) => takeDesk(wiring, frame),
    'desk-summary': (summary) => takeDeskSummary(wiring, summary),
    'desk-calls': (calls) => takeDeskCalls(wiring, calls),
    'alert-rules': (rules) => takeAlertRules(wiring, rules),
  };
  link.listen(wiring.disturber.wrap(handlers));
  // A hidden tab paints no figures; the clock still has to tell silence from life.
  const pulse = setInterval(() => {
    const { heardAt, framedAt } = draft;
    store.setState({ wallNow: wallNow(), heardAt, framedAt });
    if (wiring.isHelloDue) sayHello(wiring);
  }, HEARTBEAT_EVERY_MS);
  return () => {
    clearInterval(pulse);
    painter.stop();
    link.close();
    wiring.link = undefined;
    draft.connection = { kind: 'connecting' };
  };
}

function heard({ draft, wallNow }: Wiring): void {
  draft.heardAt = wallNow();
}

function lost({ draft, wallNow, painter }: Wiring, retryAt: number, byDrill: boolean): void {
  const since = draft.connection.kind === 'down' ? draft.connection.since : wallNow();
  draft.connection = { kind: 'down', since, retryAt, byDrill };
  painter.everythingChanged();
}

function takeBeat(wiring: Wiring, wallTime: number): void {
  const { draft, wallNow } = wiring;
  heard(wiring);
  draft.clockOffsets = addBeat(draft.clockOffsets, wallNow() - wallTime);
}

function sayHello(wiring: Wiring): void {
  const { draft, link, painter } = wiring;
  wiring.isHelloDue = false;
  if (draft.run !== undefined) askForEverything(wiring);
  link?.send('hello', { protocol: PROTOCOL_VERSION }, (answer) => {
    heard(wiring);
    if (answer.ok) welcomed(wiring, answer.welcome);
    else if (answer.code === 'not-now') waitForRun(wiring, answer.message);
    else draft.connection = { kind: 'refused', message: answer.message };
    painter.everythingChanged();
  });
}

function waitForRun(wiring: Wiring, message: string): void {
  wiring.isHelloDue = true;
  wiring.draft.connection = { kind: 'opening', message };
}

/** Everything that is shown counts as old from here until its answer came. */
function askForEverything({ draft, followed, deskViews, wallNow }: Wiring): void {
  beginCatchUp(draft.catchUp, wallNow(), [
    HELLO,
    ...[...draft.accounts.keys()].map(accountDue),
    ...[...followed.keys()].map(rowsDue),
    ...(deskViews.length > 0 ? [DESK] : []),
  ]);
}

function refresh(wiring: Wiring): void {
  const { draft, link, store, wallNow } = wiring;
  if (draft.run === undefined) return;
  if (isUp(wiring)) sayHello(wiring);
  else link?.retryNow();
  // Not left to the next frame: what was painted before the sleep must not stand for one.
  store.setState({ catchingUp: catchingUp(draft.catchUp), wallNow: wallNow() });
}

/** After a break everything is asked for again: snapshots replace what was held. */
function welcomed(wiring: Wiring, welcome: Welcome): void {
  const { draft, followed } = wiring;
  draft.connection = { kind: 'open' };
  foldWelcome(draft, welcome);
  for (const accountId of draft.accounts.keys()) join(wiring, accountId);
  for (const topic of followed.keys()) catchUp(wiring, topic);
  if (wiring.deskViews.length > 0) askForDesk(wiring);
  if (welcome.market !== null) draft.framedAt = wiring.wallNow();
  settle(wiring, HELLO);
}

function takeFrame(wiring: Wiring, frame: MarketFrame): void {
  heard(wiring);
  const { draft, painter } = wiring;
  draft.framedAt = draft.heardAt;
  const isOld = draft.frame !== undefined && frame.seq <= draft.frame.seq;
  if (isOld) countDropped(draft, 'repeated');
  else foldFrame(draft, frame);
  painter.figuresChanged();
}

function join(wiring: Wiring, accountId: string): void {
  const { draft, link, painter } = wiring;
  link?.send('open', { accountId }, (answer) => {
    const account = draft.accounts.get(accountId);
    settle(wiring, accountDue(accountId));
    if (account === undefined) return;
    if (answer.ok) {
      takeAccount(wiring, answer.patch);
      foldHistory(account, answer.history);
    } else {
      account.refusal = answer.message;
      account.isStale = true;
    }
    painter.everythingChanged();
  });
}

function takeAccount(wiring: Wiring, patch: AccountPatch): void {
  const { draft, painter } = wiring;
  const account = draft.accounts.get(patch.account.accountId);
  if (account === undefined) return;
  const applied = applyAccountPatch(account.replica, patch);
  if (applied.kind === 'repeated') countDropped(draft, 'repeated');
  if (applied.kind === 'resync') {
    countDropped(draft, 'gaps');
    join(wiring, patch.account.accountId);
  }
  if (applied.kind !== 'applied') return;
  if (foldAccount(draft, account, applied.replica)) painter.stateChanged();
  painter.figuresChanged();
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
  const held = { replicas: account.replicas, frames, run, instruments, at: wallNow() };
  // What hashes comes with the first digest: no figure waits for it.
  void import('./agreement.ts').then(({ agreementOf }) => {
    const agreement = agreementOf({ digest, ...held });
    if (agreement === undefined) return;
    account.agreement = agreement;
    account.isStale = true;
    painter.figuresChanged();
  });
}

function takeAlertRules({ draft, painter }: Wiring, rules: readonly AlertRuleText[]): void {
  draft.alertRules = rules;
  painter.stateChanged();
}

function open(wiring: Wiring, accountId: string): () => void {
  const { draft, painter } = wiring;
  const account = draft.accounts.get(accountId) ?? emptyAccount();
  draft.accounts.set(accountId, account);
  account.viewers += 1;
  if (account.viewers === 1 && isUp(wiring)) join(wiring, accountId);
  painter.everythingChanged();
  return () => {
    const current = draft.accounts.get(accountId);
    if (current === undefined) return;
    current.viewers -= 1;
    if (current.viewers > 0) return;
    draft.accounts.delete(accountId);
    settle(wiring, accountDue(accountId));
    wiring.link?.send('close', { accountId });
  };
}

function asked<Value extends object>(
  { link }: Wiring,
  send: (link: Link, ack: (answer: Answer<Value>) => void) => void,
): Promise<Answer<Value>> {
  if (link === undefined)
    return Promise.resolve({ ok: false, code: 'not-now', message: 'The page is not connected' });
  return new Promise((resolve) => send(link, resolve));
}
