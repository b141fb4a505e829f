import { describe, expect, it } from 'vitest';
import { Decimal } from '../units/decimal.ts';
import { poolId } from '../units/ids.ts';
import { lots, ticks } from '../units/scaled.ts';
import { engine } from './engine.ts';
import { LINEAR } from './example-book.ts';
import {
  depositEvent,
  ETHER,
  exampleRun,
  markOf,
  openEvent,
  take,
  tradeEvent,
  traderId,
} from './example-run.ts';
import { digestOf, loadState, saveState } from './memory.ts';
import { type AccountStore, type EngineState } from './state.ts';

const ONE = traderId(1);
const TWO = traderId(2);
const THREE = traderId(3);

/** A state with something of everything: marks, volatility, orders, an acknowledged alert, faults, a liquidation behind it. */
function fullState(seed = 'example'): EngineState {
  const state = exampleRun({ fund: 500, seed });
  take(state, 1, [
    markOf(LINEAR, 60_000, { second: 1 }),
    markOf(ETHER, 2_500, { second: 1 }),
    openEvent(ONE),
    openEvent(TWO, { multi: true }),
    openEvent(THREE),
    depositEvent(ONE, 4_000),
    depositEvent(TWO, 0.2, 'BTC'),
    depositEvent(TWO, 3_000),
    tradeEvent({ of: ONE, in: LINEAR, lots: 1000, price: 60_000 }),
    tradeEvent({ of: TWO, in: ETHER, lots: 20_000, price: 2_500 }),
    depositEvent(THREE, 900),
    tradeEvent({ of: THREE, in: LINEAR, lots: 100, price: 60_000, leverage: 10, isolated: true }),
    {
      kind: 'order-placed',
      accountId: TWO,
      orderId: 'O1',
      instrumentId: ETHER,
      positionSide: 'both',
      lots: lots(100n),
      priceTicks: ticks(20_000n),
      reduceOnly: true,
    },
  ]);
  take(state, 2, [markOf(LINEAR, 57_900, { second: 2 }), markOf(ETHER, 1_893, { second: 2 })]);
  const poolOfTwo = poolId('A0002/multi');
  take(state, 3, [
    markOf(LINEAR, 0, { second: 3 }),
    { kind: 'acknowledged', accountId: TWO, poolId: poolOfTwo, by: 'Ida', note: 'called' },
  ]);
  take(state, 70, [markOf(LINEAR, 55_000, { second: 70 }), markOf(ETHER, 2_200, { second: 70 })]);
  return state;
}

/** Everything in a value that can be changed by one unit: how to reach it, and the change. */
interface Leaf {
  readonly path: string;
  readonly change: () => void;
}

function changed(value: unknown): unknown {
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value === 'number') return nextAfter(value);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `${value}!`;
  if (value instanceof Decimal) return value.plus('1e-30');
  return 'something';
}

/** The next number that a float can be. */
function nextAfter(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + 1n);
  return bits.getFloat64(0);
}

function isAccounts(value: unknown): value is AccountStore {
  return typeof value === 'object' && value !== null && 'numberOf' in value;
}

/** The digest once one fact is changed; undefined where it cannot even be kept: a row of another account, a side that there is not. */
function digestAfter(state: EngineState, leaf: Leaf | undefined): string | undefined {
  try {
    leaf?.change();
    return digestOf(state);
  } catch {
    return undefined;
  }
}

function leavesOf(value: unknown, path: string, set: (next: unknown) => void): readonly Leaf[] {
  if (value instanceof Map) {
    return [...value].flatMap(([key, item]) =>
      leavesOf(item, `${path}/${String(key)}`, (next) => void value.set(key, next)).concat({
        path: `${path}/${String(key)} missing`,
        change: () => void value.delete(key),
      }),
    );
  }
  if (isAccounts(value)) {
    return [...value.keys()].flatMap((id) => leavesOf(value.get(id), `${path}/${id}`, set));
  }
  if (typeof value === 'object' && value !== null && !(value instanceof Decimal)) {
    return Object.entries(value).flatMap(([key, item]) =>
      leavesOf(item, `${path}/${key}`, (next) => void Reflect.set(value, key, next)),
    );
  }
  return [{ path, change: () => set(changed(value)) }];
}

describe('the state as text', () => {
  it('[DG1] comes back as it went, and goes on as if it had never stopped', () => {
    const state = fullState();
    const saved = saveState(state);
    const again = loadState(saved);
    expect(saveState(again)).toEqual(saved);
    const next = [markOf(LINEAR, 57_000, { second: 71 }), markOf(ETHER, 1_500, { second: 71 })];
    expect(take(again, 71, next)).toEqual(take(state, 71, next));
    expect(digestOf(again)).toBe(digestOf(state));
  });

  it('[DG1] gives back what the facts are: integers, decimals, maps, what is missing', () => {
    const state = fullState();
    const again = loadState(saveState(state));
    expect(again.accounts.get(ONE)?.wallets).toEqual(state.accounts.get(ONE)?.wallets);
    expect(again.instruments.get(LINEAR)?.tickSize).toBeInstanceOf(Decimal);
    expect(again.instruments.get(LINEAR)).toEqual(state.instruments.get(LINEAR));
    expect(again.marks.get(ETHER)?.fact.fundingRate).toBeUndefined();
  });
});

describe('the digest', () => {
  it('[DG2] changes with any one fact, by however little', () => {
    const state = fullState();
    const saved = saveState(state);
    const before = digestOf(loadState(saved));
    const count = leavesOf(loadState(saved), '', () => undefined).length;
    expect(count).toBeGreaterThan(300);
    const unnoticed: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const copy = loadState(saved);
      const leaf = leavesOf(copy, '', () => undefined)[index];
      if (digestAfter(copy, leaf) === before) unnoticed.push(leaf?.path ?? 'none');
    }
    expect(unnoticed).toEqual([]);
  });

  it('[DG2] covers accounts, orders, alert rows, marks, plans and the head of the journal', () => {
    const paths = leavesOf(fullState(), '', () => undefined).map(({ path }) => path);
    for (const expected of [
      '/accounts/A0002/wallets/BTC',
      '/accounts/A0003/positions/BTCUSDT|both/isolatedWallet',
      '/accounts/A0002/orders/O1/lots',
      '/accounts/BAD-DEBT/wallets/USDT',
      '/accounts/A0002/rows/A0002/multi/alert/acknowledged/note',
      '/accounts/A0001/rows/A0001/cross:USDT/phase/planId',
      '/marks/BTCUSDT/fact/markTicks',
      '/volatility/BTC/hourSquares',
      '/faults/price-not-positive',
      '/nextPlanNumber',
      '/head/hash',
    ]) {
      expect(paths).toContain(expected);
    }
  });

  it('[DG3] is the same for the same events, another for another seed', () => {
    expect(engine.digestOf(fullState())).toBe(engine.digestOf(fullState()));
    expect(engine.digestOf(fullState('other'))).not.toBe(engine.digestOf(fullState()));
  });
});
