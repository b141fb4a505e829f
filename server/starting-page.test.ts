import { readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createRequestListener, type HttpParts } from './http.ts';
import { serveStarting, STARTING_PAGE } from './starting-page.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8';

async function get(listener: RequestListener, path: string, accept = '*/*'): Promise<Got> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  ends.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return new Promise((resolve) => {
    const asked = { host: '127.0.0.1', port, path, headers: { accept } };
    request(asked, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        const { statusCode: status, headers } = response;
        resolve({ status, headers, body });
      });
    }).end();
  });
}

describe('the first moments of a start', () => {
  it('show a browser a page that explains, and asks again without scripts', async () => {
    for (const path of ['/', '/desk?sort=state']) {
      const { status, headers, body } = await get(serveStarting, path, BROWSER);
      expect(status).toBe(503);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'retry-after': '1',
      });
      expect(body).toContain('<meta http-equiv="refresh" content="1">');
      expect(body).toContain('The server is making its pages ready');
      expect(body).not.toContain('<script');
    }
  });

  it.each([
    ['/api/v1/run', BROWSER],
    ['/metrics', '*/*'],
    ['/', '*/*'],
  ])(
    'tell a program that asks for %s a problem as JSON, and when to ask again',
    async (path, as) => {
      const { status, headers, body } = await get(serveStarting, path, as);
      expect({ status, after: headers['retry-after'] }).toEqual({ status: 503, after: '1' });
      expect(JSON.parse(body)).toEqual({
        code: 'not-now',
        message: 'The server is starting; try again in a moment.',
      });
    },
  );

  it('are alive and not ready', async () => {
    expect(await get(serveStarting, '/healthz')).toMatchObject({ status: 200 });
    const ready = await get(serveStarting, '/readyz');
    expect(ready).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(JSON.parse(ready.body)).toEqual({ status: 'starting' });
  });

  it('have the tokens of the product in both themes', () => {
    const sheet = readFileSync('app/globals.css', 'utf8');
    const tokens = STARTING_PAGE.match(/--[\w-]+: .*;/g) ?? [];
    expect(tokens.length).toBeGreaterThan(5);
    for (const token of tokens) {
      expect(sheet).toContain(token);
      expect(token).toContain('light-dark(');
    }
  });
});

describe('a run that takes long to open', () => {
  const unasked = (): never => {
    throw new Error('nobody is asked');
  };
  const progress = { stage: 'sorting', done: 340_000, of: 1_000_000 } as const;
  const parts: HttpParts = {
    gateway: { run: undefined, market: undefined, readers: undefined, opening: progress },
    risk: { ask: unasked },
    telemetry: { contentType: '', text: unasked, report: unasked, verified: unasked },
    pages: undefined,
    now: () => 0,
    log: unasked,
  };

  it.each(['/api/v1/run', '/api/v1/accounts', '/api/v1/accounts/A0001/alerts'])(
    'answers %s at once, with how far it is',
    async (path) => {
      const { status, headers, body } = await get(createRequestListener(parts), path);
      expect({ status, after: headers['retry-after'] }).toEqual({ status: 503, after: '1' });
      expect(JSON.parse(body)).toMatchObject({
        code: 'not-now',
        message:
          'The server is putting 340,000 of 1,000,000 accounts in order for the Desk; try again in a moment.',
      });
    },
  );

  it('says so at /readyz', async () => {
    const { body } = await get(createRequestListener(parts), '/readyz');
    expect(JSON.parse(body)).toEqual({
      status: 'putting 340,000 of 1,000,000 accounts in order for the Desk',
      ...progress,
    });
  });
});
