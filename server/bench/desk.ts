/**
 * What the desk costs the risk loop: what a step adds, a window in any order, a search, a pass over the book in the background. The
 * baseline is the plain way: every account's figures in floats, put in order, for one window.
 */
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { forgetAllFacts } from '#lib/engine/notes.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { openAccounts } from '#lib/engine/account-store.ts';
import { type EngineState, type LedgerAccount, type PoolRow } from '#lib/engine/state.ts';
import { accountId, poolId, type AccountId } from '#lib/units/ids.ts';
import { NO_DESK_FILTER, type DeskQuery } from '#lib/wire/protocol.ts';
import { answerDesk } from '../desk/desk.ts';
import { ledgerAccounts, type DeskAccounts } from '../desk/desk-accounts.ts';
import { createDeskBook, type DeskBook } from '../desk/desk-book.ts';
import { select } from '../desk/desk-selection.ts';
import { summarize } from '../desk/desk-summary.ts';
import { quickAccountOf, quickMarketOf, ratioOfPool } from '../desk/quick-figures.ts';
import { tradersOf } from '../desk/screen-rank.ts';
import { createRunSource } from '../run-source.ts';
import { deskLive } from './desk-live.ts';
import { type Bench, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';

const SEED = '1';
const SCENARIO = 'busy';
const MODELS = 200;
const STEPS = 1_200;
const SIZES = [200, 2_000, 10_000, 100_000];
/** Of the server that is asked while it takes steps. */
const LIVE_SIZE = 20_000;
const ROUNDS = 40;
/** Accounts that something happens to in one step of a crash. */
const CHANGED = 50;
const MEGABYTE = 2 ** 20;

/** The default demo some minutes into its run. */
function modelState(): EngineState {
  const source = createRunSource({
    input: { kind: 'scenario', scenario: SCENARIO },
    seed: SEED,
    accounts: MODELS,
  });
  assert(source.ok, 'the scenario exists');
  const state = engine.openRun({ ...source.value.identity, runId: 'desk' });
  for (let step = 1; step <= STEPS; step += 1) {
    const next = source.value.next(state);
    assert(next !== undefined, 'the tape goes on');
    for (const group of engine.takeStep(state, { step, ...next })) void group;
  }
  return state;
}

/** Copies of the traders of the demo, until there are so many: each with its own pools in the same states. */
function multiply(model: EngineState, accounts: number): EngineState {
  const state: EngineState = { ...model, accounts: openAccounts(model.accounts.save()) };
  const traders = tradersOf(model);
  for (let nth = traders.length; nth < accounts; nth += 1) {
    const trader = traders[nth % traders.length];
    assert(trader !== undefined, 'there are traders');
    copyTrader(state, trader, accountId(`A${String(nth + 1).padStart(7, '0')}`));
  }
  forgetAllFacts(state, false);
  return state;
}

function copyTrader(state: EngineState, trader: LedgerAccount, id: AccountId): void {
  const rows = [...trader.rows.values()].map((row): PoolRow => {
    const own = row.poolId.slice(trader.accountId.length);
    return { ...row, accountId: id, poolId: poolId(id + own) };
  });
  const byPool = new Map(rows.map((row) => [row.poolId, row]));
  state.accounts.set(id, { ...trader, accountId: id, rows: byPool });
  state.accounts.rest(id);
}

interface Scene {
  readonly state: EngineState;
  readonly accounts: DeskAccounts;
  readonly book: DeskBook;
}

interface Timed {
  readonly name: string;
  readonly samples: readonly number[];
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function run<Value>(task: Generator<void, Value, void>): Value {
  for (;;) {
    const next = task.next();
    if (next.done === true) return next.value;
  }
}

/** Times of single slices: how long a decision may wait behind one. */
function slices(task: Generator<void, unknown, void>): readonly number[] {
  const samples: number[] = [];
  for (let isOver = false; !isOver;) {
    samples.push(timed(() => void (isOver = task.next().done === true)));
  }
  return samples;
}

function rounds(work: (round: number) => void, count = ROUNDS): readonly number[] {
  return Array.from({ length: count }, (_, round) => timed(() => work(round)));
}

function queryOf(changes: Partial<DeskQuery>): DeskQuery {
  return {
    sort: 'state',
    descending: true,
    ...NO_DESK_FILTER,
    offset: 0,
    limit: 80,
    ...changes,
  };
}

/** The plain way to the ids of one window. */
function plainWindow(state: EngineState): readonly string[] {
  const market = quickMarketOf(engine.marketOf(state));
  const keyed = tradersOf(state).map((account) => {
    const { pools } = quickAccountOf(account, market);
    return { id: account.accountId, ratio: Math.max(0, ...pools.map(ratioOfPool)) };
  });
  return keyed
    .toSorted((left, right) => right.ratio - left.ratio)
    .slice(0, 80)
    .map(({ id }) => id);
}

function changedRows({ book }: Scene, round: number): readonly JournalRow[] {
  return Array.from({ length: CHANGED }, (_, nth) => ({
    seq: nth,
    step: round,
    time: 0 as JournalRow['time'],
    accountId: book.idOf((round * CHANGED + nth * 7) % book.size),
    body: { kind: 'refused', what: 'nothing', why: 'bench' },
    hash: '',
  }));
}

function casesOf(scene: Scene): readonly Timed[] {
  const { state, book } = scene;
  const window = (changes: Partial<DeskQuery>) => () => run(select(book, queryOf(changes)));
  const deep = Math.floor(book.size / 2);
  const words = ['0012', 'a0000', '77', 'hedge', 'a0001', '9'];
  const pass = slices(book.pass());
  return [
    {
      name: `step: ${CHANGED} changed accounts and totals`,
      samples: rounds((round) => {
        book.note(changedRows(scene, round));
        void book.cells();
      }),
    },
    { name: 'window: worst state first', samples: rounds(window({})) },
    {
      name: 'window: by ratio, from the middle',
      samples: rounds(window({ sort: 'marginRatio', offset: deep })),
    },
    {
      name: 'window: Critical, by loss at -10 %',
      samples: rounds(window({ sort: 'ifDown', descending: false, states: ['critical'] })),
    },
    {
      name: 'window: BTC and Healthy, by size',
      samples: rounds(window({ sort: 'notional', coin: 'BTC', states: ['healthy'] })),
    },
    {
      name: 'search, new words each',
      samples: words.map((text) => timed(window({ text, sort: 'account' }))),
    },
    {
      name: 'exact rows of a window of 80',
      samples: rounds(() => {
        run(answerDesk({ ...scene, query: queryOf({}), answer: () => {} }));
      }, 8),
    },
    { name: 'summary', samples: rounds(() => run(summarize({ ...scene, tell: () => {} })), 10) },
    { name: 'background: one slice of a pass', samples: pass },
    { name: 'background: a whole pass', samples: [pass.reduce((sum, ms) => sum + ms, 0)] },
    { name: 'plain: one window by a pass over all', samples: rounds(() => plainWindow(state), 5) },
  ];
}

function resultsFor(model: EngineState, size: number): readonly BenchResult[] {
  const state = multiply(model, size);
  const accounts = ledgerAccounts(engine, state);
  let made: DeskBook | undefined;
  const opening = timed(() => {
    made = createDeskBook({ state, accounts, now: () => performance.now() });
  });
  assert(made !== undefined, 'the book is made');
  const cases = [
    { name: 'start: book of all accounts', samples: [opening] },
    ...casesOf({ state, accounts, book: made }),
  ];
  const plain = percentile(cases.at(-1)?.samples ?? [], 0.5);
  return cases.map(({ name, samples }) => ({
    bench: 'desk',
    case: `${size}: ${name}`,
    ...percentilesOf(samples),
    peakMb: process.memoryUsage().rss / MEGABYTE,
    ratio: percentile(samples, 0.5) / plain,
    baseline: `plain way, p50 ${plain.toFixed(2)} ms`,
    seed: SEED,
    input: `copies of the ${MODELS} accounts of ${SCENARIO} after ${STEPS} steps`,
  }));
}

export const desk: Bench = {
  question: 'what do the desk, its orders, filters and search cost the risk loop?',
  sizes: ['accounts'],
  run: async ({ accounts }) => {
    const model = modelState();
    const sizes = accounts === undefined ? SIZES : [accounts];
    const costs = sizes.flatMap((size) => resultsFor(model, size));
    return [...costs, ...(await deskLive(accounts ?? LIVE_SIZE))];
  },
};
