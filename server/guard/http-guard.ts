/** Looks at every request before anybody answers it, and turns away in one sentence what is not meant for this server. */
import { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createAddressAllowances } from './allowance.ts';
import { type HostRules, isOurHost } from './origins.ts';
import { type ScriptHashes, setSecurityHeaders } from './security-headers.ts';

/** A page with everything on it is about thirty requests. */
const HTTP_RATE = { burst: 1_000, refillPerSecond: 300 };

export interface HttpGuardParts {
  readonly rules: HostRules;
  /** Inline scripts that the page at a path may run; `any` while developing, when pages take every method too. */
  readonly scriptsOf: (path: string) => ScriptHashes;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

interface TurnedAway {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Passes on to `serve` what may be answered. */
export function guarded(parts: HttpGuardParts, serve: RequestListener): RequestListener {
  const allowances = createAddressAllowances(HTTP_RATE);
  return (request, response) => {
    const path = pathOf(request.url);
    setSecurityHeaders(response, path === undefined ? [] : parts.scriptsOf(path));
    const address = request.socket.remoteAddress ?? '';
    const isInTime = allowances.allow(address, parts.now());
    const problem = isInTime ? problemOf(parts, request, path) : TOO_MANY;
    if (problem === undefined) serve(request, response);
    else turnAway(response, problem);
  };
}

const TOO_MANY: TurnedAway = {
  status: 429,
  code: 'overrun',
  message: 'Too many requests from this address; slow down.',
};

const NO_PATH: TurnedAway = {
  status: 400,
  code: 'malformed',
  message: 'The address of the request is no path.',
};
const READ_ONLY: TurnedAway = {
  status: 405,
  code: 'method-not-allowed',
  message: 'Only GET and HEAD are answered here.',
};

function problemOf(
  { rules, scriptsOf }: HttpGuardParts,
  request: IncomingMessage,
  path: string | undefined,
): TurnedAway | undefined {
  if (!isOurHost(rules, request.headers.host)) {
    const message =
      'This server does not answer for that host name; ALLOWED_ORIGINS names further ones.';
    return { status: 421, code: 'unknown-host', message };
  }
  if (path === undefined) return NO_PATH;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead || scriptsOf(path) === 'any' ? undefined : READ_ONLY;
}

/** The path of a request; undefined for what is none, or what a browser could take for another server's address. */
function pathOf(url: string | undefined): string | undefined {
  if (url === undefined || !/^\/(?![/\\])/.test(url) || url.includes('\\')) return undefined;
  const path = url.split('?', 1)[0] ?? '/';
  try {
    decodeURI(path);
  } catch {
    return undefined;
  }
  return URL.canParse(url, 'http://localhost') ? path : undefined;
}

function turnAway(response: ServerResponse, { status, code, message }: TurnedAway): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    // What came with the request is not read: the connection cannot be used again.
    connection: 'close',
    ...(status === READ_ONLY.status ? { allow: 'GET, HEAD' } : {}),
  });
  response.end(`${JSON.stringify({ code, message })}\n`);
}
