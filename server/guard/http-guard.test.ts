import { createServer, request as ask, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guarded } from './http-guard.ts';
import { scriptHashesIn } from './inline-scripts.ts';

const PAGE = '<script src="/a.js"></script><script>let a = 1;</script><script type="x">b</script>';
let clock = 0;
let server: Server;

beforeAll(async () => {
  const rules = { host: '127.0.0.1', allowedOrigins: ['https://risk.example.com'] };
  server = createServer(
    guarded(
      { rules, scriptsOf: (path) => (path === '/' ? scriptHashesIn(PAGE) : []), now: () => clock },
      (_request, response) => response.end(PAGE),
    ),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

function port(): number {
  return (server.address() as AddressInfo).port;
}

interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function said(
  path: string,
  given: { readonly method?: string; readonly headers?: Record<string, string> } = {},
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const asked = ask({ port: port(), host: '127.0.0.1', path, ...given }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Bytes as they are, which no client library would send. */
function saidToBytes(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port(), '127.0.0.1', () => socket.write(bytes));
    let heard = '';
    socket.on('data', (chunk) => (heard += chunk.toString()));
    socket.on('end', () => resolve(heard));
    socket.on('error', reject);
  });
}

describe('a request', () => {
  it('is answered with headers that say what a page may do', async () => {
    const { status, headers } = await said('/');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = String(headers['content-security-policy']);
    // The digests of `let a = 1;` and of `b`, from another program.
    expect(policy).toContain(
      "script-src 'self' 'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck=' 'sha256-PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0='",
    );
    expect(/script-src [^;]*/.exec(policy)?.[0]).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it.each([
    ['a host that is not ours', '/', { headers: { host: 'rebound.example.com' } }, 421],
    ['a host that the operator named', '/', { headers: { host: 'risk.example.com' } }, 200],
    ['the address of another server', '//evil.example/', {}, 400],
    ['a backslash', '/\\evil.example', {}, 400],
    ['a full address', 'http://evil.example/', {}, 400],
    ['letters that are none', '/%E0%A4%A', {}, 400],
    ['what would change something', '/', { method: 'POST' }, 405],
    ['an echo', '/', { method: 'TRACE' }, 405],
  ])('for %s', async (_what, path, given, status) => {
    const answer = await said(path, given);
    expect(answer.status).toBe(status);
    expect(answer.headers['location']).toBeUndefined();
    if (status === 200) return;
    expect(JSON.parse(answer.body)).toEqual({
      code: expect.stringMatching(/^[a-z-]+$/),
      message: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });

  it.each([
    ['what is no request', 'hello\r\n\r\n', '400'],
    ['a header without end', `GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', '400'],
  ])('of %s is refused without a word about us', async (_what, bytes, status) => {
    const heard = await saidToBytes(bytes);
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(heard).not.toMatch(/at .*\.(ts|js)|node:/);
  });

  it('too many from one address have to wait', async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 1_001; count += 1) statuses.add((await said('/')).status);
    expect([...statuses]).toEqual([200, 429]);
    clock += 1_000;
    expect((await said('/')).status).toBe(200);
  }, 30_000);
});
