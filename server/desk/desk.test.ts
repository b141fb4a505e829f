import { beforeAll, describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { type AlertState } from '#lib/engine/alert-row.ts';
import { type EngineState, type PoolRow } from '#lib/engine/state.ts';
import { NO_DESK_FILTER, type DeskQuery } from '#lib/wire/protocol.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { type PoolHealth } from '#lib/margin/figures.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { assetId } from '#lib/units/ids.ts';
import { moneyUnits } from '#lib/units/scaled.ts';
import { timestampMs } from '#lib/units/time.ts';
import { createExampleSource } from '../example-run.ts';
import { createWatchList } from '../watch-list.ts';
import { answerDesk, type DeskAnswer } from './desk.ts';
import { ledgerAccounts, type DeskAccounts } from './desk-accounts.ts';
import { createDeskBook, type DeskBook } from './desk-book.ts';
import {
  distanceOfPool,
  marginBalanceOf,
  quickAccountOf,
  quickMarketOf,
  ratioOfPool,
  type QuickPool,
} from './quick-figures.ts';
import { allPoolRows } from '#lib/engine/ledger.ts';
import { SCREEN_RANK, shownSinceOf, standingOf, tradersOf } from './screen-rank.ts';

const STEPS = 40;
const ACCOUNTS = 60;
let state: EngineState;
let accounts: DeskAccounts;
let book: DeskBook;

/** A state some way into a falling market: traders of every kind, some of them in trouble. */
beforeAll(() => {
  const source = createExampleSource('desk', ACCOUNTS);
  state = engine.openRun({ ...source.identity, runId: 'desk' });
  for (let step = 1; step <= STEPS; step += 1) {
    const next = source.next(state);
    assert(next !== undefined, 'the tape goes on');
    for (const group of engine.takeStep(state, { step, ...next })) void group;
  }
  accounts = ledgerAccounts(engine, state);
  book = createDeskBook({ state, accounts, now: () => 0 });
});

function numberOf(figure: PoolHealth['marginBalance']): number {
  assert(figure.known, 'every figure is known here');
  return figure.value.toNumber();
}

interface Pair {
  readonly exact: PoolHealth;
  readonly cheap: QuickPool;
}

/** Every pool of every trader, seen both ways. */
function pairs(): readonly Pair[] {
  const market = engine.marketOf(state);
  const quick = quickMarketOf(market);
  return tradersOf(state).flatMap((ledger) => {
    const account = engine.accountOf(state, ledger.accountId);
    assert(account !== undefined, 'a trader has an account');
    const pools = new Map(quickAccountOf(ledger, quick).pools.map((pool) => [pool.poolId, pool]));
    return assessAccount({ account, market, rules: houseRules }).pools.map((exact) => {
      const cheap = pools.get(exact.id);
      assert(cheap !== undefined, `pool ${exact.id} is found`);
      return { exact, cheap };
    });
  });
}

it('counts Unknown from the doubt, and a kept Critical from its alert state', () => {
  const [row] = allPoolRows(state);
  assert(row !== undefined, 'the run has a pool');
  const since = timestampMs(1_000);
  const shown = (alertState: AlertState, unknownSince: number | undefined) => {
    const doubt = unknownSince === undefined ? undefined : timestampMs(unknownSince);
    const alert = { ...row.alert, state: alertState, since, unknownSince: doubt };
    return shownSinceOf({ ...row, alert, phase: { kind: 'none' } });
  };
  expect(shown('healthy', undefined)).toBe(1_000);
  expect(shown('healthy', 9_000)).toBe(9_000);
  expect(shown('critical', 9_000)).toBe(1_000);
});

it('an account is in its state since the first of its pools that are in it now', () => {
  const [row] = allPoolRows(state);
  assert(row !== undefined, 'the run has a pool');
  const pool = (alertState: AlertState, since: number): PoolRow => {
    const alert = { ...row.alert, state: alertState, since: timestampMs(since) };
    return { ...row, alert: { ...alert, unknownSince: undefined }, phase: { kind: 'none' } };
  };
  const rows = [pool('healthy', 0), pool('critical', 9_000), pool('critical', 7_000)];
  expect(standingOf(rows, 0)).toEqual({ state: 'critical', since: 7_000 });
  expect(standingOf([], 5)).toEqual({ state: 'healthy', since: 5 });
});

describe('quick figures', () => {
  it('agree with the exact ones to a billionth of the amounts involved', () => {
    const errors = pairs().flatMap(({ exact, cheap }) => {
      const balance = numberOf(exact.marginBalance);
      const size = Math.max(1, Math.abs(balance), cheap.notional);
      return [
        Math.abs(marginBalanceOf(cheap) - balance) / size,
        Math.abs(cheap.maintenance - numberOf(exact.maintenanceMargin)) / size,
      ];
    });
    expect(errors.length).toBeGreaterThan(2 * ACCOUNTS);
    expect(Math.max(...errors)).toBeLessThan(1e-9);
  });

  it('give the same margin ratio', () => {
    const errors = pairs().flatMap(({ exact, cheap }) =>
      exact.marginRatio.known && exact.marginRatio.value.kind === 'ratio'
        ? [Math.abs(ratioOfPool(cheap) - exact.marginRatio.value.value.toNumber())]
        : [],
    );
    expect(Math.max(...errors)).toBeLessThan(1e-6);
  });

  it('give a distance that is near enough to say who is near: tiers and collateral change on the way', () => {
    const errors = pairs().flatMap(({ exact, cheap }) => {
      const distance = exact.decidingDistance();
      if (!distance.known) return [];
      const share = distance.value.share.toNumber();
      return [Math.abs(distanceOfPool(cheap) - share) / (0.1 + Math.abs(share))];
    });
    expect(errors.length).toBeGreaterThan(ACCOUNTS / 2);
    expect(Math.max(...errors)).toBeLessThan(0.15);
  });
});

function ask(query: Partial<DeskQuery>): DeskAnswer {
  let answer: DeskAnswer | undefined;
  const whole: DeskQuery = {
    sort: 'marginRatio',
    descending: true,
    ...NO_DESK_FILTER,
    offset: 0,
    limit: 200,
    ...query,
  };
  const task = answerDesk({
    state,
    accounts,
    book,
    query: whole,
    answer: (found) => (answer = found),
  });
  while (task.next().done !== true);
  assert(answer !== undefined, 'a desk is answered');
  return answer;
}

function valuesOf(
  answer: DeskAnswer,
  key: 'marginRatio' | 'excess' | 'notionalUsd',
): readonly number[] {
  return answer.rows
    .map((row) => Number(row[key] ?? Number.NaN))
    .filter((value) => !Number.isNaN(value));
}

describe('answerDesk', () => {
  it('orders by the exact figure, either way', () => {
    const worst = valuesOf(ask({ sort: 'marginRatio', descending: true }), 'marginRatio');
    expect(worst.length).toBeGreaterThan(20);
    expect(worst).toEqual(worst.toSorted((a, b) => b - a));
    const shares = ask({ sort: 'distance', descending: false }).rows.map(
      (row) => row.distanceShare,
    );
    const known = shares.filter((share) => share !== null).map(Number);
    expect(known).toEqual(known.toSorted((a, b) => a - b));
    const notional = valuesOf(ask({ sort: 'notional', descending: false }), 'notionalUsd');
    expect(notional).toEqual(notional.toSorted((a, b) => a - b));
  });

  it('puts the worst state first when asked for states', () => {
    const ranks = ask({ sort: 'state', descending: true }).rows.map(
      (row) => SCREEN_RANK[row.state],
    );
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    expect(new Set(ranks).size).toBeGreaterThan(2);
  });

  it('pages without losing or repeating anybody', () => {
    const whole = ask({ sort: 'account', descending: false });
    const paged = [0, 7, 14].flatMap(
      (offset) => ask({ sort: 'account', descending: false, offset, limit: 7 }).rows,
    );
    expect(paged).toEqual(whole.rows.slice(0, 21));
    expect(whole.total).toBe(tradersOf(state).length);
  });

  it('filters by state and by text', () => {
    const healthy = ask({ states: ['healthy'] });
    expect(healthy.rows.every((row) => row.state === 'healthy')).toBe(true);
    expect(healthy.total).toBeLessThan(ask({}).total);
    expect(ask({ text: 'a0003' }).rows.map((row) => row.accountId)).toEqual(['A0003']);
    expect(ask({ text: 'nobody' })).toMatchObject({ total: 0, rows: [] });
  });
});

describe('the watch list', () => {
  it('reports a watched account when its facts changed, and only then', () => {
    const source = createExampleSource('watch', 10);
    const run = engine.openRun({ ...source.identity, runId: 'watch' });
    const watchList = createWatchList();
    const opened = source.next(run);
    assert(opened !== undefined, 'the tape begins');
    for (const group of engine.takeStep(run, { step: 1, ...opened })) void group;
    expect(watchList.watch(run, 'nobody')).toBeUndefined();
    expect(watchList.watch(run, 'FUND')).toBeUndefined();
    const ids = tradersOf(run).map(({ accountId }) => accountId);
    const facts = new Map(ids.map((id) => [String(id), JSON.stringify(watchList.watch(run, id))]));
    for (let step = 2; step <= 80; step += 1) {
      const next = source.next(run);
      assert(next !== undefined, 'the tape goes on');
      const rows = [...engine.takeStep(run, { step, ...next })].flat();
      for (const changed of watchList.changedBy(run, rows)) {
        const words = JSON.stringify(changed);
        expect(words).not.toBe(facts.get(changed.accountId));
        facts.set(changed.accountId, words);
      }
    }
    for (const changed of watchList.changedAmong(run, ids)) {
      // Nothing but a phase or a doubt may change without a row.
      const before = JSON.parse(facts.get(changed.accountId) ?? '{}') as typeof changed;
      expect({ ...changed, pools: [] }).toEqual({ ...before, pools: [] });
    }
    expect(watchList.changedAmong(run, ids)).toEqual([]);
    watchList.unwatch(ids[0] ?? '');
    expect(watchList.accountIds).not.toContain(ids[0]);
  });

  it('does not swallow a change when somebody else begins to look at the account', () => {
    const source = createExampleSource('twice', 10);
    const run = engine.openRun({ ...source.identity, runId: 'twice' });
    const opened = source.next(run);
    assert(opened !== undefined, 'the tape begins');
    for (const group of engine.takeStep(run, { step: 1, ...opened })) void group;
    const account = tradersOf(run)[0];
    assert(account !== undefined, 'there is a trader');
    const watchList = createWatchList();
    watchList.watch(run, account.accountId);
    const asset = [...account.wallets.keys()][0] ?? assetId('USDT');
    account.wallets.set(asset, moneyUnits((account.wallets.get(asset) ?? 0n) + 1n));
    run.accounts.put(account);
    expect(watchList.watch(run, account.accountId)?.accountId).toBe(account.accountId);
    expect(watchList.changedAmong(run, [account.accountId]).length).toBe(1);
  });
});
