/** What every answer says to a browser: what it may run, who may frame it, what it may tell others. */
import { type ServerResponse } from 'node:http';

/** `any`: while developing, where the tools insist on scripts of their own. */
export type ScriptHashes = readonly string[] | 'any';

const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-permitted-cross-domain-policies': 'none',
};

/**
 * Scripts come from our own files, or are one of those that the built page was written with. Styles may stand in the page:
 * places and widths of figures are set there, and dialogs keep the page below them from moving.
 */
function contentSecurityPolicy(scripts: ScriptHashes): string {
  const allowed = scripts === 'any' ? ["'unsafe-inline'", "'unsafe-eval'"] : scripts;
  return [
    "default-src 'self'",
    ["script-src 'self'", ...allowed].join(' '),
    "script-src-attr 'none'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function setSecurityHeaders(response: ServerResponse, scripts: ScriptHashes): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  response.setHeader('content-security-policy', contentSecurityPolicy(scripts));
}
