/** What is answered over HTTP besides pages: health, counters, and the JSON interface. */
import { type RequestListener, type ServerResponse } from 'node:http';
import { apiReply, nothingAt, notReady, problem, type ApiParts, type Reply } from './api.ts';
import { type Gateway } from './gateway/gateway.ts';
import { openingText } from './opening-words.ts';
import { remembered } from './remembered.ts';
import { type RiskClient } from './risk-client.ts';
import { sendReply } from './send-reply.ts';
import { type Telemetry } from './telemetry.ts';

export interface HttpParts {
  readonly gateway: Pick<Gateway, 'run' | 'market' | 'readers' | 'opening'>;
  readonly risk: Pick<RiskClient, 'ask'>;
  readonly telemetry: Telemetry;
  /** Everything that is not ours: the pages. Undefined: there are none. */
  readonly pages: RequestListener | undefined;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/** The digest costs the loop milliseconds: it is asked for once a second at most. */
const DIGEST_KEPT_MS = 1_000;

type Parts = HttpParts & ApiParts;

export function createRequestListener(given: HttpParts): RequestListener {
  const digest = remembered(DIGEST_KEPT_MS, given.now, () => given.risk.ask('digest', {}));
  const parts: Parts = { ...given, digest };
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isOurs(url.pathname)) {
      if (parts.pages === undefined) sendReply(response, nothingAt(url));
      else parts.pages(request, response);
      return;
    }
    answer(parts, url, response).catch((error: unknown) => {
      parts.log('a request could not be answered', { path: url.pathname, error: String(error) });
      if (!response.headersSent)
        sendReply(response, problem(500, 'internal', 'The server could not answer.'));
    });
  };
}

const OWN_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

function isOurs(path: string): boolean {
  return OWN_PATHS.has(path) || path.startsWith('/api/');
}

async function answer(parts: Parts, url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === '/metrics') {
    response.setHeader('content-type', parts.telemetry.contentType);
    response.end(await parts.telemetry.text());
    return;
  }
  sendReply(response, await replyTo(parts, url));
}

async function replyTo(parts: Parts, url: URL): Promise<Reply> {
  if (url.pathname === '/healthz') return { status: 200, body: { status: 'alive' } };
  if (url.pathname === '/readyz') return readiness(parts);
  const { run, opening } = parts.gateway;
  // The loop that opens a run would answer only when it is open.
  return run === undefined ? notReady(opening) : apiReply(parts, url);
}

/** Ready means that live figures are being served: a run is open and its first frame is out. */
function readiness({ gateway }: HttpParts): Reply {
  if (gateway.market !== undefined) {
    const { step, longStep } = gateway.market;
    return { status: 200, body: { status: 'ready', step, ...(longStep && { longStep }) } };
  }
  const { opening } = gateway;
  const status = opening === undefined ? 'starting' : openingText(opening);
  return { status: 503, body: { status, ...opening } };
}
