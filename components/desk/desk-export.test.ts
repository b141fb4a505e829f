import { expect, it } from 'vitest';
import { type AccountsPage, type Answer } from '#lib/wire/protocol.ts';
import { accountsCsv, exportSentence, readAccounts } from './desk-export.ts';
import { WORST_ACCOUNTS_FIRST } from './desk-query.ts';
import { EXAMPLE_DESK_ROW } from './example-desk-row.ts';

const ACCOUNTS = 2_750;
type PageAnswer = Answer<{ readonly page: AccountsPage }>;

/** A server of so many accounts that gives up, or has no time, before the pages of these numbers. */
function server(p: { readonly failsAt?: number; readonly busyAt?: number } = {}) {
  const asked: (number | null)[] = [];
  let busy = p.busyAt;
  const ask = (request: {
    readonly query: { readonly offset: number; readonly limit: number };
    readonly selection: number | null;
  }): Promise<PageAnswer> => {
    const { offset, limit } = request.query;
    if (offset / limit === p.failsAt)
      return Promise.resolve({ ok: false, code: 'not-now', message: 'the run was replaced' });
    if (offset / limit === busy) {
      busy = undefined;
      return Promise.resolve({ ok: false, code: 'overrun', message: 'slow down' });
    }
    asked.push(request.selection);
    const rows = Array.from({ length: Math.min(limit, ACCOUNTS - offset) }, (_, nth) => ({
      at: 1_000 + offset,
      row: { ...EXAMPLE_DESK_ROW, accountId: `A${offset + nth}` },
    }));
    const page: AccountsPage = { selection: 7, selectedAt: 1_000, total: ACCOUNTS, rows };
    return Promise.resolve({ ok: true, page });
  };
  return { ask, asked };
}

function read(fake: ReturnType<typeof server>, isStopped = () => false) {
  const told: number[] = [];
  const reading = readAccounts({
    view: WORST_ACCOUNTS_FIRST,
    ask: fake.ask,
    wait: () => Promise.resolve(),
    tell: ({ done }) => told.push(done),
    isStopped: () => isStopped(),
  });
  return { reading, told };
}

it('takes every account that matched once, of one selection, and says how far it is', async () => {
  const fake = server({ busyAt: 3 });
  const { reading, told } = read(fake);
  const accounts = await reading;
  expect(fake.asked).toEqual([null, ...Array.from({ length: 13 }, () => 7)]);
  expect(told.slice(0, 2)).toEqual([200, 400]);
  expect(exportSentence(accounts)).toBe(`All ${ACCOUNTS} accounts exported.`);
  const view = WORST_ACCOUNTS_FIRST;
  const file = accountsCsv({ runId: 'r', exportedAt: 0, view, accounts }).join('');
  const rows = file.split('\r\n').filter((line) => /^\d{4}-/.test(line));
  expect(new Set(rows.map((line) => line.split(',')[6])).size).toBe(ACCOUNTS);
  expect(rows[200]).toMatch(/^1970-01-01T00:00:01\.200Z,Critical,/);
  expect(rows[0]).toContain('past it');
});

it('says in the file and in a sentence that it ended short, and why', async () => {
  const accounts = await read(server({ failsAt: 2 })).reading;
  const sentence = '400 of 2750 accounts exported: the run was replaced.';
  expect(exportSentence(accounts)).toBe(sentence);
  const view = WORST_ACCOUNTS_FIRST;
  expect(accountsCsv({ runId: 'r', exportedAt: 0, view, accounts })[0]).toContain(sentence);
  expect(exportSentence(await read(server({ failsAt: 0 })).reading)).toBe(
    'Nothing was exported: the run was replaced.',
  );
});

it('stops where the reader says so', async () => {
  let looks = 0;
  const accounts = await read(server(), () => (looks += 1) > 2).reading;
  expect(exportSentence(accounts)).toBe('400 of 2750 accounts exported: it was stopped.');
});
