import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCompressedFiles, withCompressedFiles } from './compressed-files.ts';

const SCRIPT = 'console.log("a script")';
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-compressed-'));
mkdirSync(join(folder, 'chunks'));
writeFileSync(join(folder, 'chunks', 'a1.js'), SCRIPT);
writeFileSync(join(folder, 'chunks', 'a1.js.br'), brotliCompressSync(SCRIPT));
writeFileSync(join(folder, 'chunks', 'b2.woff2.br'), 'no script');

const server = createServer(
  withCompressedFiles(readCompressedFiles(folder), (_request, response) => response.end('passed')),
);
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function get(path: string, accept: string, method = 'GET'): Promise<Got> {
  const { port } = server.address() as AddressInfo;
  const options = { port, host: '127.0.0.1', path, method, headers: { 'accept-encoding': accept } };
  return new Promise((resolve, reject) => {
    const asked = request(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
    });
    asked.on('error', reject).end();
  });
}

it('answers with the compressed file, to be kept for good', async () => {
  const { headers, body } = await get('/_next/static/chunks/a1.js?x=1', 'gzip, deflate, br, zstd');
  expect(headers['content-encoding']).toBe('br');
  expect(headers['content-type']).toContain('javascript');
  expect(headers['cache-control']).toContain('immutable');
  expect(headers.vary).toBe('Accept-Encoding');
  expect(brotliDecompressSync(body).toString()).toBe(SCRIPT);
});

it('tells its head without its body', async () => {
  const { headers, body } = await get('/_next/static/chunks/a1.js', 'br', 'HEAD');
  expect(Number(headers['content-length'])).toBeGreaterThan(0);
  expect(body).toHaveLength(0);
});

it.each([
  ['/_next/static/chunks/a1.js', 'gzip, deflate'],
  ['/_next/static/chunks/a1.js', 'gzip, br;q=0'],
  ['/_next/static/chunks/a1.js', 'brx'],
  ['/_next/static/chunks/a1.js.br', 'br'],
  ['/_next/static/chunks/b2.woff2', 'br'],
  ['/_next/static/chunks/../chunks/a1.js', 'br'],
  ['/', 'br'],
])('passes on %s for %s', async (path, accept) => {
  const { headers, body } = await get(path, accept);
  expect(headers['content-encoding']).toBeUndefined();
  expect(body.toString()).toBe('passed');
});
