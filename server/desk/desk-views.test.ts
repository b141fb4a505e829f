import { beforeEach, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { NO_DESK_FILTER, type AccountsPage, type DeskQuery } from '#lib/wire/protocol.ts';
import { createBackground, type Background } from '../background.ts';
import { createExampleSource } from '../example-run.ts';
import { ledgerAccounts } from './desk-accounts.ts';
import { createDeskBook } from './desk-book.ts';
import { createDeskViews, type DeskViews } from './desk-views.ts';

const ACCOUNTS = 90;
const QUERY: DeskQuery = {
  sort: 'state',
  descending: true,
  ...NO_DESK_FILTER,
  offset: 0,
  limit: 80,
};

let clock = 0;
let background: Background;
let views: DeskViews;
let takeSteps: (count: number) => void;
/** `viewer queryId rows`, as they were told. */
let told: string[] = [];

beforeEach(() => {
  clock = 0;
  told = [];
  const source = createExampleSource('views', ACCOUNTS);
  const state = engine.openRun({ ...source.identity, runId: 'views' });
  let lastStep = 0;
  takeSteps = (count) => {
    for (let taken = 0; taken < count; taken += 1) {
      const next = source.next(state);
      assert(next !== undefined, 'the tape goes on');
      lastStep += 1;
      for (const group of engine.takeStep(state, { step: lastStep, ...next })) void group;
    }
  };
  takeSteps(1);
  const accounts = ledgerAccounts(engine, state);
  background = createBackground(() => (clock += 0.01));
  views = createDeskViews({
    state,
    accounts,
    book: createDeskBook({ state, accounts, now: () => clock }),
    background,
    now: () => clock,
    tell: (viewers, { rows }) => {
      for (const { viewer, queryId } of viewers) told.push(`${viewer} ${queryId} ${rows.length}`);
    },
    tellSummary: () => {},
    tellCalls: () => {},
    tellColumns: () => {},
  });
});

function workUntil(isOver: () => boolean): void {
  for (let turn = 0; turn < 10_000 && !isOver(); turn += 1) background.work(0);
}

it('answers a new question before all that is renewed by itself, with the rows in sight', () => {
  background.ask('endless', function* () {
    for (;;) {
      clock += 1;
      yield;
    }
  });
  views.set({ viewer: 'v', queryId: 1, query: QUERY });
  views.askDue();
  const began = clock;
  workUntil(() => told.length > 0);
  expect(told).toEqual(['v 1 40']);
  expect(clock - began).toBeLessThan(20);
  workUntil(() => told.length > 1);
  expect(told.at(-1)).toBe('v 1 80');
});

it('gives a window further down whole: nobody knows which of its rows are in sight', () => {
  views.set({ viewer: 'v', queryId: 1, query: { ...QUERY, offset: 20, limit: 60 } });
  workUntil(() => told.length > 0);
  expect(told).toEqual(['v 1 60']);
});

it('gives up a question that was replaced, and answers equal ones once', () => {
  views.set({ viewer: 'typing', queryId: 1, query: { ...QUERY, text: 'a' } });
  views.set({ viewer: 'typing', queryId: 2, query: { ...QUERY, text: 'a0' } });
  views.set({ viewer: 'other', queryId: 7, query: { ...QUERY, text: 'a0' } });
  workUntil(() => background.isIdle());
  expect(told).toEqual(['typing 2 40', 'other 7 40']);
});

it('exports everybody who passed at one step, once each, whatever moves between the pages', async () => {
  const pages: AccountsPage[] = [];
  async function page(offset: number, selection: number | null): Promise<AccountsPage> {
    const asked = views.askPage({
      query: { ...QUERY, sort: 'distance', offset, limit: 20 },
      selection,
    });
    workUntil(() => background.isIdle());
    const answer = await asked;
    assert(answer.ok, 'it is answered');
    return answer.page;
  }
  pages.push(await page(0, null));
  for (let offset = 20; offset < ACCOUNTS; offset += 20) {
    takeSteps(5);
    pages.push(await page(offset, pages[0]?.selection ?? null));
  }
  const ids = pages.flatMap(({ rows }) => rows.map(({ row }) => row.accountId));
  expect(ids).toHaveLength(ACCOUNTS);
  expect(new Set(ids).size).toBe(ACCOUNTS);
  expect(new Set(pages.map(({ selectedAt, total }) => `${selectedAt} ${total}`)).size).toBe(1);
  expect(new Set(pages.flatMap(({ rows }) => rows.map(({ at }) => at))).size).toBe(pages.length);
  expect(await views.askPage({ query: QUERY, selection: 99 })).toMatchObject({ ok: false });
});
