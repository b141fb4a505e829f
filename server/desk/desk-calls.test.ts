import { beforeAll, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { type EngineEvent } from '#lib/engine/event.ts';
import { type EngineState, type PoolRow } from '#lib/engine/state.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { accountId } from '#lib/units/ids.ts';
import { type DeskCalls } from '#lib/wire/protocol.ts';
import { createExampleSource } from '../example-run.ts';
import { type RunSource } from '../run-source.ts';
import { ledgerAccounts, type DeskAccounts } from './desk-accounts.ts';
import { createDeskBook, type DeskBook } from './desk-book.ts';
import { answerCalls } from './desk-calls.ts';
import { screenStateOfRow, tradersOf } from './screen-rank.ts';

const ACCOUNTS = 300;
let source: RunSource;
let state: EngineState;
let accounts: DeskAccounts;
let book: DeskBook;
let step = 0;

function take(events?: readonly EngineEvent[]): void {
  const next = events === undefined ? source.next(state) : { events, time: state.time };
  assert(next !== undefined, 'the tape goes on');
  step += 1;
  const rows = [...engine.takeStep(state, { step, ...next })].flat();
  if (step > 1) book.note(rows);
}

beforeAll(() => {
  source = createExampleSource('calls', ACCOUNTS);
  state = engine.openRun({ ...source.identity, runId: 'calls' });
  accounts = ledgerAccounts(engine, state);
  take();
  book = createDeskBook({ state, accounts, now: () => 0 });
});

function told(): DeskCalls['calls'] {
  let found: DeskCalls | undefined;
  const tell = (calls: DeskCalls): void => void (found = calls);
  for (const _ of book.readWorst());
  for (const _ of answerCalls({ state, accounts, book, tell }));
  assert(found !== undefined, 'it answers');
  return found.calls;
}

function isCall(row: PoolRow): boolean {
  const shown = screenStateOfRow(row);
  return shown === 'critical' || shown === 'liquidating';
}

/** By a pass over all accounts: id and distance of every pool that waits, past it as -1, nearest first. */
function byPass(): readonly (readonly [pool: string, distance: number])[] {
  const market = engine.marketOf(state);
  return tradersOf(state)
    .flatMap(({ accountId, rows }) => {
      const account = engine.accountOf(state, accountId);
      assert(account !== undefined, 'a trader has an account');
      const { pools } = assessAccount({ account, market, rules: houseRules });
      return [...rows.values()]
        .filter((row) => isCall(row) && row.alert.acknowledged === undefined)
        .map((row): readonly [string, number] => {
          const way = pools.find(({ id }) => id === row.poolId)?.decidingDistance();
          return [row.poolId, way?.known === true ? way.value.share.toNumber() : -1];
        });
    })
    .toSorted(([, left], [, right]) => left - right);
}

const NEAREST = 10;
/** Floats put some of them the wrong way round. */
const NEIGHBOURS = 3;
const EVERY = 8;

it('finds the worst pools that nobody has acknowledged while prices fall, without a pass over all accounts', () => {
  let most = 0;
  for (let nth = 1; nth <= 80; nth += 1) {
    take();
    if (nth % EVERY !== 0) continue;
    const all = byPass();
    const calls = told();
    most = Math.max(most, all.length);
    expect(calls.length).toBe(Math.min(20, all.length));
    const chosen = book.worstCalls(NEAREST + NEIGHBOURS).map((slot) => book.idOf(slot));
    for (const [pool] of all.slice(0, NEAREST)) expect(chosen).toContain(pool.split('/')[0]);
    const ways = calls.map(({ distanceShare: way }) => (way === 'past' ? -1 : Number(way)));
    expect(ways).toEqual(ways.toSorted((left, right) => left - right));
  }
  expect(most).toBeGreaterThan(20);
});

it('lets go of a pool that is acknowledged, and takes it up again when that is undone', () => {
  const [worst] = told();
  assert(worst !== undefined, 'somebody is critical');
  const pool = accounts
    .rowsOf(accountId(worst.accountId))
    .find(({ poolId }) => poolId === worst.poolId);
  assert(pool !== undefined, 'it has a row');
  const { poolId } = pool;
  const of = { accountId: pool.accountId, poolId, by: 'Mara' };
  const pools = (): readonly string[] => told().map((call) => call.poolId);
  take([{ kind: 'acknowledged', ...of, note: '' }]);
  expect(pools()).not.toContain(poolId);
  take([{ kind: 'acknowledgement-undone', ...of }]);
  expect(pools()[0]).toBe(poolId);
});
