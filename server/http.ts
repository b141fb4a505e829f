/** What is answered over HTTP besides pages: health, counters, and a small JSON interface with decimals as text. */
import { type RequestListener, type ServerResponse } from 'node:http';
import { TOPIC_KINDS } from './gateway/row-topics.ts';
import { type Gateway } from './gateway/gateway.ts';
import { remembered } from './remembered.ts';
import { type RiskClient } from './risk-client.ts';
import { type Telemetry } from './telemetry.ts';
import { type AnswerTo } from './worker-messages.ts';

const ROWS_MAX = 500;
const ROWS_DEFAULT = 100;

export interface HttpParts {
  readonly gateway: Pick<Gateway, 'run' | 'market' | 'readers'>;
  readonly risk: Pick<RiskClient, 'ask'>;
  readonly telemetry: Telemetry;
  /** Everything that is not ours: the pages. Undefined: there are none. */
  readonly pages: RequestListener | undefined;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

function problem(status: number, code: string, message: string): Reply {
  return { status, body: { code, message } };
}

const ACCOUNT_PATH = /^\/api\/v1\/accounts\/([^/]{1,200})(\/liquidations)?$/;

/** The digest costs the loop milliseconds: it is asked for once a second at most. */
const DIGEST_KEPT_MS = 1_000;

interface Parts extends HttpParts {
  readonly digest: { readonly get: () => Promise<AnswerTo<'digest'>> };
}

export function createRequestListener(given: HttpParts): RequestListener {
  const digest = remembered(DIGEST_KEPT_MS, given.now, () => given.risk.ask('digest', {}));
  const parts: Parts = { ...given, digest };
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isOurs(url.pathname)) {
      if (parts.pages === undefined) send(response, nothingHere(url));
      else parts.pages(request, response);
      return;
    }
    answer(parts, url, response).catch((error: unknown) => {
      parts.log('a request could not be answered', { path: url.pathname, error: String(error) });
      if (!response.headersSent)
        send(response, problem(500, 'internal', 'The server could not answer.'));
    });
  };
}

const OWN_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

function isOurs(path: string): boolean {
  return OWN_PATHS.has(path) || path.startsWith('/api/');
}

function nothingHere(url: URL): Reply {
  return problem(404, 'not-found', `There is nothing at ${url.pathname}.`);
}

async function answer(parts: Parts, url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === '/metrics') {
    response.setHeader('content-type', parts.telemetry.contentType);
    response.end(await parts.telemetry.text());
    return;
  }
  send(response, await replyTo(parts, url));
}

/** What there is, for whoever asks at the root. */
const API_PATHS = [
  '/api/v1/run',
  '/api/v1/accounts/{id}',
  '/api/v1/accounts/{id}/liquidations?limit={count}',
];

async function replyTo(parts: Parts, url: URL): Promise<Reply> {
  if (url.pathname === '/healthz') return { status: 200, body: { status: 'alive' } };
  if (url.pathname === '/readyz') return readiness(parts);
  if (url.pathname === '/api/v1') return { status: 200, body: { paths: API_PATHS } };
  if (url.pathname === '/api/v1/run') return runReply(parts);
  const account = ACCOUNT_PATH.exec(url.pathname);
  if (account === null) return nothingHere(url);
  const accountId = decoded(account[1] ?? '');
  if (accountId === undefined)
    return problem(400, 'malformed', 'The account id is not a URL text.');
  return account[2] === undefined
    ? accountReply(parts, accountId)
    : liquidationsReply(parts, accountId, url.searchParams.get('limit'));
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Ready means that live figures are being served: a run is open and its first frame is out. */
function readiness({ gateway }: HttpParts): Reply {
  return gateway.market === undefined
    ? { status: 503, body: { status: 'starting' } }
    : { status: 200, body: { status: 'ready', step: gateway.market.step } };
}

async function runReply({ gateway, digest: remembered }: Parts): Promise<Reply> {
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

function notYet(): Reply {
  return problem(503, 'not-now', 'The run is being opened; try again in a moment.');
}

async function accountReply({ risk }: HttpParts, accountId: string): Promise<Reply> {
  const figures = await risk.ask('figures', { accountId });
  if (figures.ok) return { status: 200, body: figures.account };
  return problem(figures.code === 'unknown-account' ? 404 : 503, figures.code, figures.message);
}

function liquidationsReply(
  { gateway }: HttpParts,
  accountId: string,
  limitText: string | null,
): Reply {
  if (gateway.readers === undefined) return notYet();
  const limit = Number(limitText ?? ROWS_DEFAULT);
  if (!Number.isInteger(limit) || limit < 1 || limit > ROWS_MAX) {
    return problem(
      400,
      'malformed',
      `limit is "${limitText}", expected a whole number from 1 to ${ROWS_MAX}.`,
    );
  }
  const { journal } = gateway.readers;
  const upToSeq = journal.lastSeq();
  const found = journal.newestRows({ kinds: TOPIC_KINDS.liquidations, upToSeq, limit, accountId });
  return { status: 200, body: { rows: found.rows } };
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(`${JSON.stringify(body)}\n`);
}
