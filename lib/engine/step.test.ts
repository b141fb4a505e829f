import { describe, expect, it } from 'vitest';
import { accountId, poolId, type AccountId } from '../units/ids.ts';
import { money, quantity, rate } from '../units/money.ts';
import { lots, rateUnits } from '../units/scaled.ts';
import { conservationOf } from './conservation.ts';
import { engine } from './engine.ts';
import { type EngineEvent } from './event.ts';
import { linearContract, LINEAR } from './example-book.ts';
import {
  at,
  bodiesOf,
  depositEvent,
  ETHER,
  exampleRun,
  liquidations,
  longOfOne,
  markOf,
  openEvent,
  take,
  tradeEvent,
  traderId,
} from './example-run.ts';
import { EMPTY_CHAIN } from './journal.ts';
import { poolRowOf } from './ledger.ts';
import { type EngineState } from './state.ts';

const ONE = traderId(1);
const CROSS = poolId('A0001/cross:USDT');
const SAFE = 60_000;
/** E 70 under MM 230.5. */
const FAR_GONE = 56_100;

function phaseOf(state: EngineState): string | undefined {
  return poolRowOf(state, CROSS)?.phase.kind;
}

describe('a step', () => {
  it('[ST1] numbers its rows, chains them, and says first what the run is', () => {
    const state = exampleRun({ fund: 10 });
    const rows = take(state, 1, [openEvent(ONE), depositEvent(ONE, 5)]).flat();
    expect(rows.map(({ seq, body }) => [seq, body.kind])).toEqual([
      [1, 'run-started'],
      [2, 'account-opened'],
      [3, 'transfer'],
    ]);
    expect(rows[0]?.body).toMatchObject({
      seed: 'example',
      fund: [{ asset: 'USDT', amount: '10' }],
    });
    expect(new Set([EMPTY_CHAIN, ...rows.map(({ hash }) => hash)]).size).toBe(4);
    expect(state.head).toEqual({ seq: 3, hash: rows[2]?.hash });
    const other = take(exampleRun({ fund: 10, seed: 'other' }), 1, [
      openEvent(ONE),
      depositEvent(ONE, 5),
    ]).flat();
    expect(other[2]?.body).toEqual(rows[2]?.body);
    expect(other[2]?.hash).not.toBe(rows[2]?.hash);
  });

  it('[ST1] chains its rows by the hash that it is given, from then on', () => {
    const state = exampleRun();
    const asked: string[] = [];
    const hash = (text: string): string => `h${asked.push(text)}`;
    const input = { step: 1, time: at(1), events: [openEvent(ONE)] };
    const rows = [...engine.takeStep(state, input, hash)].flat();
    const later = take(state, 2, [depositEvent(ONE, 5)]).flat();
    expect([...rows, ...later].map((row) => row.hash)).toEqual(['h1', 'h2', 'h3']);
    expect(asked.map((text) => text.slice(0, 2))).toEqual(['00', 'h1', 'h2']);
  });

  it('[ST2] gives the plan away before the ledger changes', () => {
    const state = longOfOne();
    const step = engine.takeStep(state, {
      step: 2,
      time: at(2),
      events: [markOf(LINEAR, FAR_GONE, { second: 2 })],
    });
    const before = JSON.stringify(ledgerOf(state));
    const planned = step.next();
    expect(planned.value?.at(-1)?.body.kind).toBe('liquidation-planned');
    expect(JSON.stringify(ledgerOf(state))).toBe(before);
    expect(phaseOf(state)).toBe('liquidating');
    const done = step.next();
    expect(done.value?.map(({ body }) => body.kind)).toEqual([
      'liquidation-step',
      'liquidation-settled',
      'transition',
    ]);
    // [ST6] The end of the alert is told: Critical to Liquidated.
    expect(done.value?.at(-1)?.body).toMatchObject({ to: 'liquidated', by: 'liquidation' });
    expect(phaseOf(state)).toBe('liquidated');
    expect(step.next().done).toBe(true);
  });
});

it('[ST2] carries out many plans in groups, and none before every plan of its bunch is durable', () => {
  const state = exampleRun({ fund: 1_000_000 });
  const ids = Array.from({ length: 400 }, (_, index) => accountId(`A${1_000 + index}`));
  const own = (id: AccountId) => [openEvent(id), depositEvent(id, 4_000)];
  const long = (of: AccountId) => tradeEvent({ of, in: LINEAR, lots: 1_000, price: SAFE });
  take(state, 1, [
    markOf(LINEAR, SAFE, { second: 1 }),
    ...ids.flatMap((id) => [...own(id), long(id)]),
  ]);
  const groups = take(state, 2, [markOf(LINEAR, FAR_GONE, { second: 2 })]);
  const kinds = groups.map((rows) => new Set(rows.map(({ body }) => body.kind)));
  const planned = kinds.map((kind) => kind.has('liquidation-planned'));
  const done = kinds.map((kind) => kind.has('liquidation-step'));
  expect(bodiesOf(groups, 'liquidation-planned').length).toBe(400);
  expect(liquidations(groups)).toBe(400);
  expect(done.indexOf(true)).toBeGreaterThan(planned.lastIndexOf(true));
  // 1,200 rows of 400 liquidations are two groups, what is between is empty.
  expect(done.filter(Boolean).length).toBe(2);
  expect(groups.some((rows) => rows.length === 0)).toBe(true);
  expect(Math.max(...groups.map((rows) => rows.length))).toBeLessThan(1_100);
});

function ledgerOf(state: EngineState): unknown {
  return [...state.accounts.values()].map(({ accountId, wallets, positions, orders }) => [
    accountId,
    [...wallets].map(String),
    [...positions.values()].map((position) => Object.values(position).map(String)),
    [...orders.keys()],
  ]);
}

describe('alerts of a pool', () => {
  it('[ST6] tell nothing of a pool opened at a level, and of what is worse than that', () => {
    const state = longOfOne({ deposit: 3_700 });
    // Liquidatable at 56,562.8: z = ln(60,000 / 56,562.8) / 3 % = 1.97.
    expect(poolRowOf(state, CROSS)?.alert.state).toBe('watch');
    const quiet = [2, 3, 4, 5].map((second) =>
      take(state, second, [markOf(LINEAR, SAFE, { second })]),
    );
    expect(quiet.flat()).toEqual([]);
    const groups = take(state, 6, [markOf(LINEAR, 58_200, { second: 6 })]);
    expect(bodiesOf(groups, 'transition')).toMatchObject([
      { from: 'watch', to: 'warning', by: 'distance' },
    ]);
  });

  it('[ST6] end when its positions are closed', () => {
    const state = longOfOne();
    take(state, 2, [markOf(LINEAR, 57_500, { second: 2 })]);
    const groups = take(state, 3, [
      markOf(LINEAR, 57_500, { second: 3 }),
      tradeEvent({ of: ONE, in: LINEAR, lots: -1000, price: 57_500 }),
    ]);
    expect(bodiesOf(groups, 'transition')).toMatchObject([{ from: 'warning', to: 'healthy' }]);
    expect(poolRowOf(state, CROSS) !== undefined).toBe(false);
  });

  it('[ST4] are acknowledged with name and note; the next worsening takes it back', () => {
    const state = longOfOne();
    take(state, 2, [markOf(LINEAR, 57_900, { second: 2 })]);
    const said: EngineEvent = {
      kind: 'acknowledged',
      accountId: ONE,
      poolId: CROSS,
      by: 'Ida',
      note: 'called',
    };
    const groups = take(state, 3, [markOf(LINEAR, 57_900, { second: 3 }), said]);
    expect(bodiesOf(groups, 'acknowledged')).toEqual([
      { kind: 'acknowledged', poolId: CROSS, by: 'Ida', note: 'called', state: 'warning' },
    ]);
    expect(poolRowOf(state, CROSS)?.alert.acknowledged).toEqual({
      by: 'Ida',
      note: 'called',
      at: at(3),
    });
    take(state, 4, [markOf(LINEAR, 56_500, { second: 4 })]);
    expect(poolRowOf(state, CROSS)?.alert.acknowledged).toBeUndefined();
  });

  it('[UX16] [ST4] ask again after half an hour in Critical, and a row says so', () => {
    const state = longOfOne();
    // A little better afterwards: nothing is a step worse and takes it back.
    const mark = (second: number) => markOf(LINEAR, second < 4 ? 56_500 : 56_700, { second });
    take(state, 2, [mark(2)]);
    const seen: EngineEvent = {
      kind: 'acknowledged',
      accountId: ONE,
      poolId: CROSS,
      by: 'Ida',
      note: '',
    };
    take(state, 3, [mark(3), seen]);
    expect(bodiesOf(take(state, 1_802, [mark(1_802)]), 'acknowledgement-lapsed')).toEqual([]);
    const groups = take(state, 1_803, [mark(1_803)]);
    expect(bodiesOf(groups, 'acknowledgement-lapsed')).toEqual([
      { kind: 'acknowledgement-lapsed', poolId: CROSS, state: 'critical' },
    ]);
    expect(poolRowOf(state, CROSS)?.alert.acknowledged).toBeUndefined();
    expect(bodiesOf(take(state, 1_804, [mark(1_804)]), 'acknowledgement-lapsed')).toEqual([]);
  });

  it('[UX16] [AL6] are asked for again after 2, 5 and 10 minutes, until somebody answers', () => {
    const state = longOfOne();
    const mark = (second: number) => markOf(LINEAR, second < 4 ? 56_500 : 56_700, { second });
    const told: number[] = [];
    const go = (second: number, ...events: readonly EngineEvent[]): void => {
      const groups = take(state, second, [mark(second), ...events]);
      for (const { attempt } of bodiesOf(groups, 'escalated')) told.push(second, attempt);
    };
    go(2);
    for (const second of [121, 122, 123, 301, 302, 303, 601, 602, 603, 1_500]) go(second);
    expect(told).toEqual([122, 1, 302, 2, 602, 3]);
    const pool = { accountId: ONE, poolId: CROSS, by: 'Ida' };
    go(1_501, { kind: 'acknowledged', ...pool, note: '' });
    go(1_700);
    go(1_701, { kind: 'acknowledgement-undone', ...pool });
    for (const second of [1_820, 1_821]) go(second);
    expect(told.slice(6)).toEqual([1_821, 1]);
  });

  it('[AL6] are asked for again by a state that was saved and loaded meanwhile', () => {
    const before = longOfOne();
    const mark = (second: number) => markOf(LINEAR, second < 4 ? 56_500 : 56_700, { second });
    for (const second of [2, 5]) take(before, second, [mark(second)]);
    const identity = {
      runId: before.runId,
      seed: before.seed,
      scenario: before.scenario,
      startTime: at(1),
      instruments: [...before.instruments.values()],
      fundSeeds: [],
    };
    const loaded = engine.loadState(identity, engine.saveState(before));
    for (const state of [before, loaded]) {
      const told: number[] = [];
      for (const second of [6, 121, 122, 302]) {
        const groups = take(state, second, [mark(second)]);
        for (const { attempt } of bodiesOf(groups, 'escalated')) told.push(second, attempt);
      }
      expect(told).toEqual([122, 1, 302, 2]);
    }
    expect(engine.digestOf(loaded)).toBe(engine.digestOf(before));
  });

  it('[AL6] are not asked for again once they were given', () => {
    const state = longOfOne();
    const mark = (second: number) => markOf(LINEAR, second < 4 ? 56_500 : 56_700, { second });
    take(state, 2, [mark(2)]);
    const seen = {
      kind: 'acknowledged',
      accountId: ONE,
      poolId: CROSS,
      by: 'Ida',
      note: '',
    } as const;
    take(state, 3, [mark(3), seen]);
    expect(bodiesOf(take(state, 900, [mark(900)]), 'escalated')).toEqual([]);
  });

  it('[ST4] are taken back by whoever says so, once', () => {
    const state = longOfOne();
    take(state, 2, [markOf(LINEAR, 57_900, { second: 2 })]);
    const pool = { accountId: ONE, poolId: CROSS };
    const back: EngineEvent = { kind: 'acknowledgement-undone', ...pool, by: 'Per' };
    const groups = take(state, 3, [
      markOf(LINEAR, 57_900, { second: 3 }),
      { kind: 'acknowledged', ...pool, by: 'Ida', note: '' },
      { ...back, accountId: traderId(2) },
      back,
      back,
    ]);
    expect(bodiesOf(groups, 'acknowledgement-undone')).toEqual([
      { kind: 'acknowledgement-undone', poolId: CROSS, by: 'Per', state: 'warning' },
    ]);
    expect(poolRowOf(state, CROSS)?.alert.acknowledged).toBeUndefined();
    const why = `${CROSS} is not acknowledged: nothing to undo`;
    const what = 'acknowledgement-undone';
    expect(bodiesOf(groups, 'refused')).toEqual([
      { kind: 'refused', what, why },
      { kind: 'refused', what, why },
    ]);
  });
});

describe('events that are refused', () => {
  const strangers: readonly (readonly [string, EngineEvent])[] = [
    ['an account that is open', openEvent(ONE)],
    [
      'an account that nobody opened',
      {
        kind: 'transfer',
        accountId: traderId(9),
        assetId: linearContract.settle,
        amount: depositUnits(1),
      },
    ],
    ['a deposit of what nothing settles in', depositEvent(ONE, 1, 'XYZ')],
    ['a withdrawal beyond what is free', depositEvent(ONE, -3_000)],
    ['a trade beyond the margin', tradeEvent({ of: ONE, in: LINEAR, lots: 100_000, price: SAFE })],
    ['a trade of no lots', tradeEvent({ of: ONE, in: LINEAR, lots: 0, price: SAFE })],
    ['a cancellation of nothing', { kind: 'order-cancelled', accountId: ONE, orderId: 'none' }],
    [
      'an acknowledgement of no pool',
      { kind: 'acknowledged', accountId: ONE, poolId: poolId('A0009/multi'), by: '', note: '' },
    ],
    [
      'funding without a mark',
      { kind: 'funding-settled', instrumentId: ETHER, rate: rateUnits(1n) },
    ],
    [
      'a command about an unknown mark',
      {
        kind: 'operator-command',
        command: { kind: 'accept-price-jump', instrumentId: ETHER },
        by: 'Ida',
      },
    ],
    [
      'a contract with another lot',
      { kind: 'instrument-changed', instrument: { ...linearContract, lotSize: quantity('0.1') } },
    ],
    [
      'a contract without tiers',
      { kind: 'instrument-changed', instrument: { ...linearContract, tiers: [] } },
    ],
  ];
  it.each(strangers)('[ST3] %s leave a row and nothing else', (_what, event) => {
    const refused = longOfOne();
    const groups = take(refused, 2, [event]);
    expect(bodiesOf(groups, 'refused')).toMatchObject([{ what: event.kind }]);
    const untouched = longOfOne();
    take(untouched, 2, []);
    const withoutHead = (state: EngineState): string =>
      engine.textOf({ ...state, head: { seq: 0, hash: '' } });
    expect(withoutHead(refused)).toBe(withoutHead(untouched));
  });

  it('[ST3] a deposit that would blank a multi-asset pool, and so keep it from liquidation', () => {
    const state = exampleRun();
    const groups = take(state, 1, [openEvent(ONE, { multi: true }), depositEvent(ONE, 1, 'XYZ')]);
    expect(bodiesOf(groups, 'refused')).toMatchObject([
      { why: 'XYZ is no collateral of a multi-asset account' },
    ]);
    expect(state.accounts.get(ONE)?.wallets.size).toBe(0);
  });

  it("[ST3] an acknowledgement of somebody else's pool", () => {
    const state = longOfOne({ deposit: 3_700 });
    const groups = take(state, 2, [
      { kind: 'acknowledged', accountId: traderId(9), poolId: CROSS, by: 'Ida', note: '' },
    ]);
    expect(bodiesOf(groups, 'refused')).toHaveLength(1);
    expect(poolRowOf(state, CROSS)?.alert).toMatchObject({
      state: 'watch',
      acknowledged: undefined,
    });
  });
});

function depositUnits(amount: number): Extract<EngineEvent, { kind: 'transfer' }>['amount'] {
  const event = depositEvent(ONE, amount);
  if (event.kind !== 'transfer') throw new Error('a deposit is a transfer');
  return event.amount;
}

describe('contracts and stamps', () => {
  it('[ST5] new tiers hold from the step they come in, for pools that no price has moved', () => {
    const state = longOfOne({ deposit: 5_000 });
    take(state, 2, [markOf(LINEAR, SAFE, { second: 2 })]);
    const [first] = linearContract.tiers;
    if (first === undefined) throw new Error('the contract has a tier');
    // A single tier at 10 %: MM = 6,000 over E = 4,970.
    const harsh = {
      ...linearContract,
      tiers: [{ ...first, notionalCap: money('1000000'), maintenanceMarginRate: rate('0.1') }],
    };
    const groups = take(state, 3, [
      markOf(LINEAR, SAFE, { second: 3 }),
      { kind: 'instrument-changed', instrument: harsh },
    ]);
    expect(liquidations(groups)).toBe(1);
  });

  it('[ST7] funding settles both sides and leaves one row', () => {
    const state = longOfOne();
    const groups = take(state, 2, [
      markOf(LINEAR, SAFE, { second: 2 }),
      { kind: 'funding-settled', instrumentId: LINEAR, rate: rateUnits(100_000_000n) },
    ]);
    // 0.01 % of 60,000, paid by the long to the outside market.
    expect(bodiesOf(groups, 'funding-settled')).toEqual([
      { kind: 'funding-settled', instrument: 'BTCUSDT', rate: '0.0001', payments: 2, residue: '0' },
    ]);
    expect(state.accounts.get(ONE)?.positions.get('BTCUSDT|both')?.fundingReceived).toBe(
      depositUnits(-6),
    );
    expect(conservationOf(state).holds).toBe(true);
    expect(state.accounts.get(ONE)?.positions.get('BTCUSDT|both')?.lots).toBe(lots(1000n));
  });
});
