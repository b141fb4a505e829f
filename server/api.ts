/** The small JSON interface under /api/v1: reads only, decimals as text, lists in pages that name the next one. */
import { type Result } from '#lib/contract.ts';
import { accountsQueryFrom, pageQueryFrom, rowsQueryFrom } from '#lib/wire/api-queries.ts';
import { type Refusal } from '#lib/wire/protocol.ts';
import { type Gateway } from './gateway/gateway.ts';
import { TOPIC_KINDS, type Topic } from './gateway/row-topics.ts';
import { openingText, type OpeningProgress } from './opening-words.ts';
import { type RiskClient } from './risk-client.ts';
import { type AccountFigures, type AnswerTo } from './worker-messages.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface ApiParts {
  readonly gateway: Pick<Gateway, 'run' | 'market' | 'readers'>;
  readonly risk: Pick<RiskClient, 'ask'>;
  readonly digest: { readonly get: () => Promise<AnswerTo<'digest'>> };
}

export function problem(status: number, code: string, message: string): Reply {
  return { status, body: { code, message } };
}

export function nothingAt({ pathname }: URL): Reply {
  return problem(404, 'not-found', `There is nothing at ${pathname}.`);
}

type Answering = (parts: ApiParts, url: URL) => Reply | Promise<Reply>;

/** What there is, by path; shown to whoever asks at the root. */
const LISTS: ReadonlyMap<string, Answering> = new Map<string, Answering>([
  ['/api/v1/run', runReply],
  ['/api/v1/instruments', instrumentsReply],
  ['/api/v1/marks', marksReply],
  ['/api/v1/accounts', accountsReply],
  ['/api/v1/alerts', (parts, url) => rowsReply(parts, url, 'alerts')],
  ['/api/v1/liquidations', (parts, url) => rowsReply(parts, url, 'liquidations')],
]);

type OfAccount = (parts: ApiParts, url: URL, accountId: string) => Reply | Promise<Reply>;

/** What there is of one account, by the last part of the path. */
const OF_ACCOUNT: ReadonlyMap<string, OfAccount> = new Map<string, OfAccount>([
  ['', (parts, _url, id) => accountReply(parts, id, (account) => account)],
  ['health', (parts, _url, id) => accountReply(parts, id, healthOf)],
  ['positions', (parts, _url, id) => accountReply(parts, id, positionsOf)],
  ['alerts', (parts, url, id) => accountRowsReply(parts, url, { topic: 'alerts', id })],
  ['liquidations', (parts, url, id) => accountRowsReply(parts, url, { topic: 'liquidations', id })],
]);

const ACCOUNT_PATH = /^\/api\/v1\/accounts\/([^/]{1,200})(?:\/([a-z]+))?$/;

export async function apiReply(parts: ApiParts, url: URL): Promise<Reply> {
  if (url.pathname === '/api/v1') return { status: 200, body: { paths: pathsShown() } };
  const list = LISTS.get(url.pathname);
  if (list !== undefined) return list(parts, url);
  const [, idText = '', part = ''] = ACCOUNT_PATH.exec(url.pathname) ?? [];
  const ofAccount = idText === '' ? undefined : OF_ACCOUNT.get(part);
  if (ofAccount === undefined) return nothingAt(url);
  const id = decoded(idText);
  return id === undefined
    ? problem(400, 'malformed', 'The account id is not a URL text.')
    : ofAccount(parts, url, id);
}

function pathsShown(): readonly string[] {
  const account = [...OF_ACCOUNT.keys()].map((part) => `/api/v1/accounts/{id}/${part}`);
  return [...LISTS.keys(), ...account.map((path) => path.replace(/\/$/, ''))];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Nobody could be asked yet. @param opening how far a run is that takes long to open. */
export function notReady(opening: OpeningProgress | undefined): Reply {
  const doing = opening === undefined ? 'starting' : openingText(opening);
  return problem(503, 'not-now', `The server is ${doing}; try again in a moment.`);
}

function notYet(): Reply {
  return notReady(undefined);
}

function refused({ code, message }: Refusal): Reply {
  return problem(code === 'unknown-account' ? 404 : 503, code, message);
}

/** Answers a query that could be read. */
function asked<Query>(
  read: Result<Query>,
  answer: (query: Query) => Reply | Promise<Reply>,
): Reply | Promise<Reply> {
  return read.ok ? answer(read.value) : problem(400, 'malformed', read.error);
}

/** The address of the same list from another place on. */
function nextPage(url: URL, place: Readonly<Record<string, number>>): string {
  const params = new URLSearchParams(url.searchParams);
  for (const [name, value] of Object.entries(place)) params.set(name, String(value));
  return `${url.pathname}?${params.toString()}`;
}

async function runReply({ gateway, digest: remembered }: ApiParts): Promise<Reply> {
  const { run, market } = gateway;
  if (run === undefined || market === undefined) return notYet();
  const digest = await remembered.get();
  const { runTime, paused, ended, speedAsked, speedReached, totals, fund } = market;
  const { ok: _ok, ...at } = digest;
  return {
    status: 200,
    body: { run, runTime, paused, ended, speedAsked, speedReached, totals, fund, ...at },
  };
}

function instrumentsReply({ gateway: { run } }: ApiParts, url: URL): Reply | Promise<Reply> {
  return run === undefined ? notYet() : pageReply(url, run.instruments, {});
}

function marksReply({ gateway: { market } }: ApiParts, url: URL): Reply | Promise<Reply> {
  if (market === undefined) return notYet();
  const { step, runTime, marks, assetPrices } = market;
  return pageReply(url, marks, { step, runTime, assetPrices });
}

function pageReply(url: URL, all: readonly unknown[], beside: object): Reply | Promise<Reply> {
  return asked(pageQueryFrom(url.searchParams), ({ offset, limit }) => {
    const rows = all.slice(offset, offset + limit);
    const next = offset + limit < all.length ? nextPage(url, { offset: offset + limit }) : null;
    return { status: 200, body: { ...beside, total: all.length, rows, next } };
  });
}

function accountsReply({ risk }: ApiParts, url: URL): Reply | Promise<Reply> {
  return asked(accountsQueryFrom(url.searchParams), async (query) => {
    const answer = await risk.ask('accounts', { query });
    if (!answer.ok) return refused(answer);
    const { runTime, total, rows } = answer.desk;
    const end = query.offset + query.limit;
    const next = end < total ? nextPage(url, { offset: end }) : null;
    return { status: 200, body: { runTime, total, rows, next } };
  });
}

async function accountReply(
  { risk }: ApiParts,
  accountId: string,
  part: (account: AccountFigures) => unknown,
): Promise<Reply> {
  const figures = await risk.ask('figures', { accountId });
  return figures.ok ? { status: 200, body: part(figures.account) } : refused(figures);
}

function healthOf({ step, runTime, figures }: AccountFigures): object {
  return { step, runTime, ...figures };
}

function positionsOf({ step, runTime, figures }: AccountFigures): object {
  const rows = figures.pools.flatMap(({ poolId, positions }) =>
    positions.map((position) => ({ poolId, ...position })),
  );
  return { step, runTime, total: rows.length, rows };
}

/** The newest rows before a number, oldest of them first; `next` leads to older ones. */
function rowsReply(
  { gateway: { readers } }: ApiParts,
  url: URL,
  topic: Topic,
  accountId?: string,
): Reply | Promise<Reply> {
  if (readers === undefined) return notYet();
  return asked(rowsQueryFrom(url.searchParams), ({ before, limit }) => {
    const kinds = TOPIC_KINDS[topic];
    const ofAccount = accountId === undefined ? {} : { accountId };
    const found = readers.journal.newestRows({ kinds, upToSeq: before - 1, limit, ...ofAccount });
    const oldest = found.previousSeq === 0 ? undefined : found.rows[0];
    const next = oldest === undefined ? null : nextPage(url, { before: oldest.seq });
    return { status: 200, body: { rows: found.rows, next } };
  });
}

async function accountRowsReply(
  parts: ApiParts,
  url: URL,
  { topic, id }: { readonly topic: Topic; readonly id: string },
): Promise<Reply> {
  const known = await parts.risk.ask('figures', { accountId: id });
  return known.ok ? rowsReply(parts, url, topic, id) : refused(known);
}
