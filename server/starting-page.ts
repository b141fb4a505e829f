/** What is answered in the first moments, before there are pages: a page that explains and asks again, JSON for programs. */
import { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { notReady, type Reply } from './api.ts';
import { sendReply } from './send-reply.ts';

const RETRY_AFTER_S = 1;

/** Tokens of app/globals.css, as they stand there. The reader's own theme needs scripts: this page follows the system's. */
const TOKENS = `--ground: light-dark(oklch(0.968 0.003 255), oklch(0.158 0.008 260));
  --panel: light-dark(oklch(1 0 0), oklch(0.198 0.009 260));
  --line: light-dark(oklch(0.915 0.005 255), oklch(0.282 0.011 260));
  --ink: light-dark(oklch(0.21 0.014 260), oklch(0.955 0.004 260));
  --ink-2: light-dark(oklch(0.41 0.014 260), oklch(0.78 0.008 260));
  --ink-3: light-dark(oklch(0.515 0.012 260), oklch(0.655 0.012 260));`;

export const STARTING_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${RETRY_AFTER_S}">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#14161a">
<title>Starting · Plimsoll</title>
<link rel="icon" href="data:,">
<style>
:root {
  color-scheme: light dark;
  ${TOKENS}
}
* { box-sizing: border-box; margin: 0 }
body { min-height: 100dvh; background: var(--ground); color: var(--ink); font: 0.8125rem/1.25rem 'Inter Variable', Inter, ui-sans-serif, system-ui, sans-serif; -webkit-font-smoothing: antialiased }
header { display: flex; height: 2.75rem; align-items: center; gap: 0.5rem; padding: 0 0.75rem; border-bottom: 1px solid var(--line); background: var(--panel); font-size: 0.9375rem; font-weight: 600; letter-spacing: -0.025em }
main { padding: 0.75rem }
section { border: 1px solid var(--line); border-radius: 0.5rem; background: var(--panel) }
h1 { min-height: 2.25rem; padding: 0.625rem 0.75rem; border-bottom: 1px solid var(--line); font-size: 0.75rem; line-height: 1rem; font-weight: 600; color: var(--ink-2) }
div { display: grid; justify-items: center; gap: 0.25rem; padding: 2.5rem 1.5rem; text-align: center; color: var(--ink-2) }
b { font-weight: 500 }
p { max-width: 28rem; font-size: 0.75rem; line-height: 1rem; color: var(--ink-3) }
a { margin-top: 0.5rem; padding: 0.375rem 0.75rem; border: 1px solid var(--line); border-radius: 0.3125rem; color: var(--ink); text-decoration: none }
a:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
</style>
<header><svg aria-hidden="true" width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><circle cx="12" cy="12" r="7"/><path d="M1 12h22" stroke-linecap="square"/></svg>Plimsoll</header>
<main><section><h1>Starting</h1><div role="status"><b>The server is making its pages ready</b><p>This takes a few seconds. This page asks again every second and goes on by itself; no figure is shown until it is live.</p><a href="">Ask again now</a></div></section></main>
</html>
`;

const ALIVE: Reply = { status: 200, body: { status: 'alive' } };
const NOT_READY: Reply = { status: 503, body: { status: 'starting' } };

/** Everything until the house is open. */
export const serveStarting: RequestListener = (request, response) => {
  const path = (request.url ?? '/').split('?', 1)[0];
  if (path === '/healthz') return sendReply(response, ALIVE);
  if (path === '/readyz') return sendReply(response, NOT_READY);
  return wantsPage(request) ? sendPage(response) : sendReply(response, notReady(undefined));
};

function wantsPage({ url, headers }: IncomingMessage): boolean {
  return url?.startsWith('/api/') !== true && headers.accept?.includes('text/html') === true;
}

function sendPage(response: ServerResponse): void {
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': String(RETRY_AFTER_S),
  });
  response.end(STARTING_PAGE);
}
