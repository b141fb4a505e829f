/**
 * Whose page may talk to this server. A name that a stranger points at this machine (DNS rebinding) is no host of ours, and a
 * page that another server sent has no business here, unless the operator names them.
 */

export interface HostRules {
  /** The address that the server listens on. */
  readonly host: string;
  /** Origins besides our own, as `https://risk.example.com`; their hosts are ours too (a proxy in front). */
  readonly allowedOrigins: readonly string[];
}

const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const HERE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const ADDRESS_LITERAL = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\])$/;

/** The name in a Host header, without its port, as a browser writes it; undefined when it is none. */
function nameIn(header: string): string | undefined {
  return /^(\[[\da-f:.]+\]|[\da-z._-]+)(?::\d{1,5})?$/.exec(header.toLowerCase())?.[1];
}

function bracketed(host: string): string {
  return (host.includes(':') ? `[${host}]` : host).toLowerCase();
}

/** Whether a request with this Host header is meant for this server. */
export function isOurHost(rules: HostRules, header: string | undefined): boolean {
  const name = header === undefined ? undefined : nameIn(header);
  if (name === undefined) return false;
  if (HERE.has(name) || name === bracketed(rules.host)) return true;
  // Nobody can point an address elsewhere: only names are rebound.
  if (EVERYWHERE.has(rules.host) && ADDRESS_LITERAL.test(name)) return true;
  return rules.allowedOrigins.some((origin) => new URL(origin).hostname === name);
}

/** Whether a page of this origin may open a socket here. Without an Origin header it is no page: programs send none. */
export function isOurOrigin(
  rules: HostRules,
  p: { readonly origin: string | undefined; readonly host: string | undefined },
): boolean {
  const { origin, host } = p;
  if (origin === undefined) return true;
  if (rules.allowedOrigins.includes(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
