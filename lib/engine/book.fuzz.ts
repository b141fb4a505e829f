/**
 * The book against plain exact reading: every pool's state, read by lib/margin at every step, changes as the book says it does, in
 * the same order. Random books on contracts of every kind, own levels, prices that walk, jump and stand still a tick beside what
 * they were, trades and cash in between.
 */
import { expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { advance, change, enter, leave, openBook, type Book } from '../book/book.ts';
import { settleNamed, stateAfter, type Judged } from '../book/settle.ts';
import { poolsOf } from '../margin/pool.ts';
import { type PoolId } from '../units/ids.ts';
import { levelsFor } from './alert-rule.ts';
import { severityOf } from './alert-row.ts';
import { levelsNumber, recordsOf, syncMarket } from './book-sync.ts';
import { volatilityNow } from './distance-reading.ts';
import { engine } from './engine.ts';
import { accountFacts } from './facts.ts';
import { isSystemAccount } from './ledger.ts';
import { basesOf, readExactly, type OwnedPool } from './pool-reading.ts';
import { openRandomRun, randomStep } from './random-book.ts';
import { type EngineState } from './state.ts';

const DEEP = process.env.PLIMSOLL_DEEP === '1';
const RUNS = Number(process.env.RUNS ?? (DEEP ? 150 : 8));
const STEPS = DEEP ? 300 : 120;

interface Shadow {
  readonly book: Book;
  readonly slotOf: Map<PoolId, number>;
  readonly poolAt: Map<number, OwnedPool>;
  /** What the facts were when they were put, as text. */
  readonly textOf: Map<PoolId, string>;
  readonly stateOf: Map<number, number>;
}

function judgedBy(state: EngineState, owned: OwnedPool): Judged | undefined {
  const market = engine.marketOf(state);
  const volatility = volatilityNow(state);
  const surroundings = { market, volatility, rules: state.alertRules, now: state.time };
  const { health, reading, bounded } = readExactly(surroundings, owned, true);
  if (bounded || reading === 'unknown') return undefined;
  if (health.status === 'liquidatable' || health.status === 'bankrupt')
    return { enter: 4, stay: 4 };
  return { enter: severityOf(reading.worstEnter), stay: severityOf(reading.worstStay) };
}

function syncPools({ book, slotOf, poolAt, textOf, stateOf }: Shadow, state: EngineState): void {
  const market = engine.marketOf(state);
  const seen = new Set<PoolId>();
  for (const account of state.accounts.values()) {
    if (isSystemAccount(account.accountId)) continue;
    const records = new Map(
      recordsOf(book, account, market).map(({ kind, record }) => [
        account.accountId + kind,
        record,
      ]),
    );
    for (const facts of poolsOf(accountFacts(state, account), market)) {
      if (facts.positions.length === 0) continue;
      seen.add(facts.id);
      const owned = { facts, account: account.accountId };
      const bases = basesOf(facts, market);
      const levels = levelsNumber(
        book,
        levelsFor(state.alertRules, { account: account.accountId, bases }),
      );
      const record = records.get(facts.id);
      assert(record !== undefined, 'the ledger gives every pool that holds positions');
      const text = JSON.stringify([record, levels], (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      const slot = slotOf.get(facts.id);
      if (slot !== undefined && textOf.get(facts.id) !== text) {
        book.levelSet[slot] = levels;
        change(book, slot, record);
      }
      if (slot === undefined) {
        const entered = enter(book, record, { state: 0, levels });
        if (!entered.ok) throw new Error(entered.error);
        slotOf.set(facts.id, entered.value);
        stateOf.set(entered.value, 0);
      }
      textOf.set(facts.id, text);
      poolAt.set(slotOf.get(facts.id) ?? -1, owned);
    }
  }
  for (const [id, slot] of slotOf) {
    if (seen.has(id)) continue;
    leave(book, slot);
    slotOf.delete(id);
    poolAt.delete(slot);
    stateOf.delete(slot);
    textOf.delete(id);
  }
}

function plainChanges({ poolAt, stateOf }: Shadow, state: EngineState): string[] {
  const changes: string[] = [];
  for (const slot of [...poolAt.keys()].toSorted((a, b) => a - b)) {
    const owned = poolAt.get(slot);
    const judged = owned === undefined ? undefined : judgedBy(state, owned);
    if (judged === undefined) continue;
    const from = stateOf.get(slot) ?? 0;
    const to = stateAfter(from, judged);
    stateOf.set(slot, to);
    if (to !== from) changes.push(`${owned?.facts.id ?? ''} ${from}-${to}`);
  }
  return changes;
}

it('[BO2] the book names every pool whose state changes, and says the same of it as lib/margin, in the same order', () => {
  const first = Number(process.env.FUZZ_SEED ?? 1);
  let changed = 0;
  let looked = 0;
  let pools = 0;
  const counts = { named: 0, quiet: 0, byFloat: 0, byInteger: 0, byDecimal: 0 };
  for (let seed = first; seed < first + RUNS; seed += 1) {
    const drawn = openRandomRun(seed);
    const { state } = drawn;
    const shadow: Shadow = {
      book: openBook({ pools: 4, positions: 4 }),
      slotOf: new Map(),
      poolAt: new Map(),
      textOf: new Map(),
      stateOf: new Map(),
    };
    const { book } = shadow;
    for (let step = 0; step <= STEPS; step += 1) {
      const input = randomStep(drawn, step, seed % 2 === 0);
      for (const group of engine.takeStep(state, input)) void group;
      syncMarket(book, engine.marketOf(state), volatilityNow(state));
      syncPools(shadow, state);
      advance(book);
      const told: string[] = [];
      settleNamed(book, {
        exactly: (slot) => {
          const owned = shadow.poolAt.get(slot);
          return owned === undefined ? undefined : judgedBy(state, owned);
        },
        onChange: (slot, from, to) =>
          told.push(`${shadow.poolAt.get(slot)?.facts.id ?? ''} ${from}-${to}`),
      });
      const plain = plainChanges(shadow, state);
      expect(told, `seed ${seed}, step ${step}`).toEqual(plain);
      changed += plain.length;
      pools += shadow.poolAt.size;
    }
    looked += book.counts.named;
    for (const key of ['named', 'quiet', 'byFloat', 'byInteger', 'byDecimal'] as const)
      counts[key] += book.counts[key];
  }
  if (process.env.FUZZ_SHOW !== undefined) console.log({ changed, pools, ...counts });
  expect(changed).toBeGreaterThan(100);
  expect(looked, 'most pools are left alone').toBeLessThan(pools);
});
