import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { withFreshPages } from './fresh-pages.ts';

it('has pages asked for again, and leaves files of the build alone', async () => {
  const server = createServer(withFreshPages((_request, response) => response.end()));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const said = async (path: string): Promise<string | null> =>
    (await fetch(base + path)).headers.get('cache-control');
  expect(await said('/')).toBe('no-cache');
  expect(await said('/desk?sort=ratio')).toBe('no-cache');
  expect(await said('/_next/static/a.js')).toBeNull();
  server.close();
});
