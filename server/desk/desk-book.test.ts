import { beforeAll, describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { type AlertState } from '#lib/engine/alert-row.ts';
import { type EngineState, type PoolRow } from '#lib/engine/state.ts';
import { type Market } from '#lib/margin/account.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { poolsOf } from '#lib/margin/pool.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { liquidationOf } from '#lib/margin/ways-out.ts';
import { valueOf } from '#lib/market/instrument.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { poolId } from '#lib/units/ids.ts';
import { quantityFromLots } from '#lib/units/scaled.ts';
import {
  DESK_SHOCKS,
  NO_DESK_FILTER,
  OPEN_STATES,
  type DeskQuery,
  type DeskRow,
} from '#lib/wire/protocol.ts';
import { createExampleSource } from '../example-run.ts';
import { bookValueUsd } from './book-value.ts';
import { bandOf } from './cells.ts';
import { createDeskBook, type DeskBook } from './desk-book.ts';
import { answerDesk } from './desk.ts';
import { ledgerAccounts, type DeskAccounts } from './desk-accounts.ts';
import { firstInOrder, select } from './desk-selection.ts';
import { quickAccountOf, quickMarketOf } from './quick-figures.ts';
import { sampleOf } from './samples.ts';
import { addAccount, marketMovedBy, noShockSum, sceneOf } from './shock.ts';
import { screenStateOfRow, tradersOf, worstStateOf } from './screen-rank.ts';

const STEPS = 60;
const ACCOUNTS = 80;
let state: EngineState;
let accounts: DeskAccounts;
let book: DeskBook;
/** Steps after which the book's own count of open alerts was not what a pass over all gives. */
const wrongAlerts: number[] = [];
/** Steps after which the book's own count of states was not what a pass over all gives. */
const wrongSteps: number[] = [];

function resultOf<Value>(task: Generator<void, Value, void>): Value {
  for (;;) {
    const next = task.next();
    if (next.done === true) return next.value;
  }
}

function statesByPass(): readonly string[] {
  return tradersOf(state)
    .map(({ rows }) => worstStateOf([...rows.values()]))
    .toSorted();
}

function statesInBook(): readonly string[] {
  return book
    .cells()
    .flatMap((cell) => Array.from({ length: cell.accounts }, () => String(cell.state)))
    .toSorted();
}

/** Pools by state, those without an answer, and margin calls by whether they are answered. */
function alertsByPass(): readonly number[] {
  const rows = tradersOf(state).flatMap(({ rows }) => [...rows.values()]);
  const open = OPEN_STATES.map((one) => rows.filter((row) => screenStateOfRow(row) === one));
  const unanswered = (of: readonly PoolRow[]): number =>
    of.filter(({ alert }) => alert.acknowledged === undefined).length;
  const calls = rows.filter((row) => ['critical', 'liquidating'].includes(screenStateOfRow(row)));
  return [...open.map(({ length }) => length), unanswered(calls), calls.length - unanswered(calls)];
}

function alertsInBook(): readonly number[] {
  const { open, calls } = book.alerts(state.time);
  const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);
  return [...OPEN_STATES.map((one) => open[one]), sum(calls.open), sum(calls.acknowledged)];
}

beforeAll(() => {
  const source = createExampleSource('book', ACCOUNTS);
  state = engine.openRun({ ...source.identity, runId: 'book' });
  for (let step = 1; step <= STEPS; step += 1) {
    const next = source.next(state);
    assert(next !== undefined, 'the tape goes on');
    const rows = [...engine.takeStep(state, { step, ...next })].flat();
    if (step === 1) {
      accounts = ledgerAccounts(engine, state);
      book = createDeskBook({ state, accounts, now: () => 0 });
    } else book.note(rows);
    if (JSON.stringify(alertsByPass()) !== JSON.stringify(alertsInBook())) wrongAlerts.push(step);
    if (statesByPass().join() !== statesInBook().join()) wrongSteps.push(step);
  }
});

describe('the book', () => {
  it('knows the state of every account after every step, without a pass', () => {
    expect(wrongSteps).toEqual([]);
    expect(new Set(statesInBook()).size).toBeGreaterThan(3);
  });

  it('counts the open alerts of every account after every step, without a pass', () => {
    expect(wrongAlerts).toEqual([]);
    expect(alertsInBook().filter((count) => count > 0).length).toBeGreaterThan(3);
  });

  it('reads whom a large step concerned some at a time, and says how many are left', () => {
    const source = createExampleSource('large', 400);
    const large = engine.openRun({ ...source.identity, runId: 'large' });
    let clock = 0;
    const next = source.next(large);
    assert(next !== undefined, 'the tape goes on');
    for (const group of engine.takeStep(large, { step: 1, ...next })) void group;
    const ids = [...large.accounts.keys()].filter((id) => id.startsWith('A'));
    const readers = ledgerAccounts(engine, large);
    const big = createDeskBook({ state: large, accounts: readers, now: () => (clock += 1) });
    const row = { seq: 1, step: 2, time: large.time, body: { kind: 'never' }, hash: '' };
    big.note(ids.map((accountId) => ({ ...row, accountId }) as never));
    const count = ids.length;
    expect(big.catchingUp).toEqual({ done: 0, of: count });
    expect(big.size).toBe(count);
    big.catchUp(clock + 10);
    expect(big.catchingUp).toEqual({ done: 10, of: count });
    while (big.catchingUp !== undefined) big.catchUp(clock + 10);
    expect(big.cells().reduce((sum, cell) => sum + cell.accounts, 0)).toBe(count);
  });

  it('adds up what every contract is held in, long and short apart', () => {
    for (const [id, held] of book.instruments.totals()) {
      const legs = tradersOf(state).flatMap(({ accountId, positions }) =>
        [...positions.values()]
          .filter(({ instrumentId }) => instrumentId === id)
          .map(({ lots }) => ({ accountId, lots })),
      );
      const sum = (of: readonly { readonly lots: bigint }[]): bigint =>
        of.reduce((total, { lots }) => total + lots, 0n);
      expect(held).toEqual({
        long: sum(legs.filter(({ lots }) => lots > 0n)),
        short: sum(legs.filter(({ lots }) => lots < 0n)),
        accounts: new Set(legs.map(({ accountId }) => accountId)).size,
      });
    }
    expect(book.instruments.totals().size).toBeGreaterThan(3);
  });

  it('knows what all accounts are worth from what the house holds, to the last digit', () => {
    const market = engine.marketOf(state);
    let worth = bookValueUsd(state, market);
    for (const { wallets, positions } of tradersOf(state)) {
      for (const [asset, units] of wallets) {
        const usd = market.assetPrices.get(asset)?.index;
        assert(usd !== undefined, 'every asset has a price');
        worth = worth?.minus(usd.times(String(units)).times('1e-8'));
      }
      for (const { instrumentId, lots, openValue, isolatedWallet } of positions.values()) {
        const instrument = state.instruments.get(instrumentId);
        const mark = market.marks.get(instrumentId);
        assert(instrument !== undefined && mark !== undefined, 'every contract has a mark');
        const size = quantityFromLots(lots, instrument.lotSize);
        const cost = new Decimal(String(openValue - isolatedWallet)).times('1e-8');
        worth = worth?.minus(valueOf(instrument, size, mark.price)).plus(cost);
      }
    }
    expect(worth?.toFixed()).toBe('0');
  });
});

/** The plain way: every account assessed at the moved market. */
function plainShock(market: Market, there: Market) {
  const sum = { accounts: 0, pools: 0, deficit: 0, fee: 0 };
  for (const { accountId } of tradersOf(state)) {
    const account = engine.accountOf(state, accountId);
    assert(account !== undefined, 'a trader has an account');
    const health = assessAccount({ account, market: there, rules: houseRules });
    const gone = health.pools.filter(
      ({ status, positions }) =>
        positions.length > 0 && (status === 'liquidatable' || status === 'bankrupt'),
    );
    sum.pools += gone.length;
    sum.accounts += Math.min(1, gone.length);
    for (const { id } of gone) {
      const pool = poolsOf(account, market).find((one) => one.id === id);
      assert(pool !== undefined, 'the pool is there');
      const out = liquidationOf({ pool, market, there, rules: houseRules });
      assert(out.known, 'every price is known');
      sum.deficit += out.value.deficit.toNumber();
      sum.fee += out.value.fee.toNumber();
    }
  }
  return sum;
}

describe('a shock', () => {
  it('liquidates whom the engine would liquidate, and costs what the engine would book', () => {
    resultOf(book.pass());
    const market = engine.marketOf(state);
    for (const [at, share] of DESK_SHOCKS.entries()) {
      const sum = book.newestPass?.sums[at];
      const plain = plainShock(market, marketMovedBy(market, share));
      expect(sum).toMatchObject({ accounts: plain.accounts, pools: plain.pools, estimated: 0 });
      expect(sum?.deficit.toNumber()).toBeCloseTo(plain.deficit, 6);
      expect(sum?.fee.toNumber()).toBeCloseTo(plain.fee, 6);
      const found = slotsOf({ shock: share });
      expect(found.total).toBe(plain.accounts);
    }
    expect(book.newestPass?.sums[2]?.deficit.gt(0)).toBe(true);
  });

  it('is wrong by no more than it says where it is estimated', () => {
    const market = engine.marketOf(state);
    const scene = resultOf(sceneOf(market));
    const sums = DESK_SHOCKS.map(noShockSum);
    for (const { accountId: id } of tradersOf(state))
      addAccount(sums, scene, { accounts, id, exactPools: 0 });
    for (const [at, sum] of sums.entries()) {
      const exact = book.newestPass?.sums[at];
      assert(exact !== undefined, 'the pass is over');
      expect(sum).toMatchObject({ pools: exact.pools, estimated: exact.pools });
      const errors = [
        sum.estimatedDeficit - exact.deficit.toNumber(),
        sum.estimatedFee - exact.fee.toNumber(),
      ];
      for (const error of errors) expect(Math.abs(error)).toBeLessThanOrEqual(sum.bound);
    }
  });
});

function queryOf(filter: Partial<DeskQuery>): DeskQuery {
  return {
    sort: 'state',
    descending: true,
    ...NO_DESK_FILTER,
    offset: 0,
    limit: 200,
    ...filter,
  };
}

function slotsOf(filter: Partial<DeskQuery>) {
  return resultOf(select(book, queryOf(filter)));
}

describe('a window of the book', () => {
  it('holds everybody once, page by page, in any order', () => {
    const keys = ['state', 'marginRatio', 'z', 'ifDown', 'coin', 'since', 'account'] as const;
    for (const sort of keys) {
      for (const descending of [true, false]) {
        const whole = slotsOf({ sort, descending });
        const paged = Array.from({ length: 9 }, (_, page) =>
          slotsOf({ sort, descending, offset: page * 13, limit: 13 }),
        ).flatMap(({ slots }) => slots);
        expect(paged).toEqual(whole.slots);
        expect(new Set(paged).size).toBe(book.size);
      }
    }
  });

  it('puts the longest time in a state first where it falls', () => {
    const sinceOf = (slot: number): number => accounts.standingOf(book.idOf(slot)).since;
    const falling = slotsOf({ sort: 'since', descending: true }).slots.map(sinceOf);
    expect(new Set(falling).size).toBeGreaterThan(1);
    expect(falling).toEqual(falling.toSorted((left, right) => left - right));
  });

  it('lets through whom all filters let through', () => {
    const cells = book.cells().filter(({ coin }) => coin !== null);
    for (const { coin, state: shown, band, accounts: count } of cells)
      expect(slotsOf({ states: [shown], coin, band, text: 'a00' }).total).toBe(count);
    expect(slotsOf({ text: 'nobody' }).total).toBe(0);
  });

  it('finds the same by walking the whole order as by putting few in order', () => {
    const filters = [
      { states: ['watch', 'healthy'] },
      { states: ['healthy'], text: 'a00' },
      { shock: '-0.2', text: '1' },
      { coin: 'BTC', offset: 1, limit: 3 },
    ] as const;
    for (const filter of filters) {
      for (const sort of ['state', 'notional', 'account'] as const) {
        const query = queryOf({ ...filter, sort });
        const walked = resultOf(select(book, query, 0));
        expect(walked).toEqual(slotsOf({ ...filter, sort }));
        expect(walked.total).toBeGreaterThan(0);
      }
    }
  });

  it('picks the first of thousands as an order of all of them begins', () => {
    const byPlace = (left: number, right: number): number =>
      ((left * 7_919) % 9_973) - ((right * 7_919) % 9_973);
    const found = Array.from({ length: 9_000 }, (_, slot) => slot);
    for (const count of [1, 40, 80, 6_000, 20_000])
      expect(resultOf(firstInOrder(found, count, byPlace))).toEqual(
        found.toSorted(byPlace).slice(0, count),
      );
  });

  it('sorts accounts by the coin of the largest position that their rows show', () => {
    const rows: DeskRow[] = [];
    for (const { coin } of book.cells()) {
      if (coin === null) continue;
      const query = queryOf({ coin });
      resultOf(
        answerDesk({ state, accounts, book, query, answer: (found) => rows.push(...found.rows) }),
      );
      expect(rows.every(({ biggest }) => biggest?.startsWith(coin))).toBe(true);
      rows.length = 0;
    }
  });

  it('orders an account by the pool that its row shows: the one in the worst state, whatever its ratio', () => {
    const market = quickMarketOf(engine.marketOf(state));
    const account = tradersOf(state).find(
      ({ rows, positions }) => rows.size > 0 && positions.size > 0,
    );
    assert(account !== undefined, 'somebody trades');
    const [pool] = quickAccountOf(account, market).pools.filter(
      ({ maintenance }) => maintenance > 0,
    );
    const [row] = account.rows.values();
    assert(pool !== undefined && row !== undefined, 'what is held has a row');
    const nearer = { ...pool, poolId: poolId('other'), maintenance: 2 * pool.maintenance };
    const rowIn = (worst: AlertState): PoolRow => ({
      ...row,
      alert: { ...row.alert, state: worst },
    });
    const rows = new Map([
      [pool.poolId, rowIn('critical')],
      [nearer.poolId, rowIn('watch')],
    ]);
    const sample = sampleOf({ account: { ...account, rows }, pools: [nearer, pool] }, new Map());
    expect(sample.maintenanceMargin).toBe(pool.maintenance);
  });

  it('counts a distance to the band that begins at it', () => {
    expect([-1, 0.0099, 0.01, 0.5, 9, Infinity, Number.NaN].map(bandOf)).toEqual([
      0, 0, 1, 10, 10, 11, 12,
    ]);
  });
});
