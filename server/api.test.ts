import { expect, it } from 'vitest';
import { type JournalRow } from '#lib/engine/row.ts';
import { apiReply, type ApiParts } from './api.ts';
import { transferRow } from './store/risk-store.contract.ts';

const ROWS: readonly JournalRow[] = Array.from({ length: 25 }, (_, at) => transferRow(at + 1));

/** Of the reader only what the interface asks: the newest rows up to a number. */
const journal: NonNullable<ApiParts['gateway']['readers']>['journal'] = {
  newestRows: ({ upToSeq, limit }) => {
    const found = ROWS.filter(({ seq }) => seq <= upToSeq);
    const rows = found.slice(-limit);
    return { rows, previousSeq: found.at(-limit - 1)?.seq ?? 0 };
  },
  lastSeq: () => ROWS.length,
  close: () => {},
};
const history = { read: () => ({ ratios: [], marks: [] }), close: () => {} };

const parts: ApiParts = {
  gateway: { run: undefined, market: undefined, readers: { journal, history } },
  risk: { ask: () => Promise.reject(new Error('nobody asks the loop here')) },
  digest: { get: () => Promise.reject(new Error('nobody asks for a digest here')) },
};

async function get(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  return apiReply(parts, new URL(path, 'http://localhost'));
}

it('leads through all rows, newest page first, none twice and none left out', async () => {
  const pages: number[][] = [];
  let path: string | null = '/api/v1/alerts?limit=10';
  while (path !== null) {
    const { body } = await get(path);
    const page = body as { readonly rows: readonly JournalRow[]; readonly next: string | null };
    pages.push(page.rows.map(({ seq }) => seq));
    path = page.next;
  }
  expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
  expect(pages[0]?.[0]).toBe(16);
  expect(pages.toReversed().flat()).toEqual(ROWS.map(({ seq }) => seq));
});

it.each([
  ['limit=0', 'query, limit: got 0, expected how many rows: a whole number from 1 to 500'],
  ['limit=501', 'query, limit: got 501, expected how many rows: a whole number from 1 to 500'],
  ['limit=ten', 'query, limit: got "ten", expected how many rows: a whole number from 1 to 500'],
  ['limit=-1', 'query, limit: got "-1", expected how many rows: a whole number from 1 to 500'],
  ['limit=5&limit=6', 'query: "limit" is given twice'],
  ['since=5', 'query: unknown key "since"'],
])('?%s is refused with a sentence', async (query, message) => {
  expect(await get(`/api/v1/liquidations?${query}`)).toEqual({
    status: 400,
    body: { code: 'malformed', message },
  });
});

it('says that the run is being opened, and what there is', async () => {
  for (const path of ['/api/v1/marks', '/api/v1/instruments', '/api/v1/run'])
    expect(await get(path)).toMatchObject({ status: 503, body: { code: 'not-now' } });
  expect(await get('/api/v1')).toMatchObject({
    body: { paths: expect.arrayContaining(['/api/v1/accounts/{id}/health', '/api/v1/marks']) },
  });
  expect(await get('/api/v1/accounts/%ff')).toMatchObject({ status: 400 });
  expect(await get('/api/v1/accounts/A/x/y')).toMatchObject({ status: 404 });
});
