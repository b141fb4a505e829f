/** Pools that a screen may take for quiet although they are not: each was one, or is an obvious next. See screen.fuzz.ts for the search. */
import { expect, it } from 'vitest';
import { poolId } from '../units/ids.ts';
import { type EngineEvent } from './event.ts';
import { LINEAR } from './example-book.ts';
import {
  at,
  depositEvent,
  ETHER,
  exampleRun,
  longOfOne,
  markOf,
  openEvent,
  take,
  tradeEvent,
  traderId,
} from './example-run.ts';
import { type EngineState } from './state.ts';
import { allPoolRows, poolRowOf } from './ledger.ts';
import { forgetAllFacts, watchCounts } from './notes.ts';

const ONE = traderId(1);
const CROSS = poolId('A0001/cross:USDT');

/** How much a telling remembers from step to step. */
type Memory = 'screened' | 'forgetful' | 'brute';

/** The same story with and without the screen, from second 2 on; what the pools say after each step. */
function told(
  open: () => EngineState,
  steps: readonly (readonly EngineEvent[])[],
  memory: Memory,
): readonly string[] {
  const state = open();
  return steps.map((events, index) => {
    if (memory !== 'screened') forgetAllFacts(state, memory === 'brute');
    take(state, index + 2, events);
    return `${index + 2} ${JSON.stringify(allPoolRows(state))} ${state.head.hash}`;
  });
}

/** The telling that remembers, and the one that looks at everything, for a comparison; the forgetful one is held against the latter. */
function bothTold(
  open: () => EngineState,
  steps: readonly (readonly EngineEvent[])[],
): readonly (readonly string[])[] {
  const brute = told(open, steps, 'brute');
  expect(told(open, steps, 'forgetful')).toEqual(brute);
  return [told(open, steps, 'screened'), brute];
}

function assessedIn(state: EngineState, second: number, events: readonly EngineEvent[]): number {
  watchCounts.assessed = 0;
  take(state, second, events);
  return watchCounts.assessed;
}

it('[SC1] a pool is assessed when a level is crossed, and left alone while none is', () => {
  const state = longOfOne({ deposit: 5_000 });
  // Liquidatable at 55,256.28: z = 2.3, which a healthy pool does not leave, at 59,203.3 and 2 at 58,673.1.
  const counts = [59_990, 59_000, 58_674, 58_672].map((price, index) =>
    assessedIn(state, 2 + index, [markOf(LINEAR, price, { second: 2 + index })]),
  );
  // The hold to become Watch begins without figures; its end is told with them.
  expect(counts).toEqual([0, 0, 0, 0]);
  expect(assessedIn(state, 7, [markOf(LINEAR, 58_672, { second: 7 })])).toBe(1);
  expect(poolRowOf(state, CROSS)?.alert.state).toBe('watch');
  expect(
    [8, 9].map((second) => assessedIn(state, second, [markOf(LINEAR, 58_600, { second })])),
  ).toEqual([0, 0]);
});

it('[SC1, SC5] of a state that was just loaded only what is told with figures is assessed', () => {
  const state = longOfOne({ deposit: 5_000 });
  forgetAllFacts(state, true);
  expect(assessedIn(state, 1, [markOf(LINEAR, 59_995, { second: 1 })])).toBe(1);
  const counts = [59_990, 58_674, 58_672, 58_672].map((price, index) => {
    forgetAllFacts(state, false);
    return assessedIn(state, 2 + index, [markOf(LINEAR, price, { second: 2 + index })]);
  });
  expect(counts).toEqual([0, 0, 0, 0]);
  forgetAllFacts(state, true);
  expect(assessedIn(state, 6, [markOf(LINEAR, 59_990, { second: 6 })])).toBe(1);
});

it('[SC5] a mark that is waited for, and a Critical told again, are no reason for figures', () => {
  const state = longOfOne();
  const counts = [56_600, 56_261.3, 56_600].map((price, index) =>
    assessedIn(state, 2 + index, [markOf(LINEAR, price, { second: 2 + index })]),
  );
  // Critical is told, the breach waits for its second mark, the recovery ends that.
  expect(counts).toEqual([1, 0, 0]);
  for (let second = 5; second < 122; second += 1)
    expect(assessedIn(state, second, [markOf(LINEAR, 56_600, { second })])).toBe(0);
  const again = take(state, 122, [markOf(LINEAR, 56_600, { second: 122 })]).flat();
  expect(again.map(({ body }) => body.kind)).toEqual(['escalated']);
});

it('[SC1] a hold to get better starts in the step after a doubt has ended', () => {
  const prices = [57_900, 57_900, ...Array.from({ length: 30 }, () => 59_000)];
  const steps = prices.map((price, index) => {
    const second = index + 2;
    return second > 3 && second < 16 ? [] : [markOf(LINEAR, price, { second })];
  });
  const [screened, brute] = bothTold(longOfOne, steps);
  expect(screened).toEqual(brute);
});

it('[SC1, AL5] a pool that opens again after its liquidation tells of the next step too', () => {
  const again = [
    depositEvent(ONE, 1_600),
    tradeEvent({ of: ONE, in: LINEAR, lots: 1000, price: 50_000, leverage: 50 }),
  ];
  const falling = Array.from({ length: 40 }, (_, index) => 50_000 - 25 * index);
  const steps = [50_000, 50_000, ...falling].map((price, index) => {
    const second = index + 2;
    return [markOf(LINEAR, price, { second }), ...(index === 2 ? again : [])];
  });
  const [screened, brute] = bothTold(longOfOne, steps);
  expect(screened).toEqual(brute);
});

it('[SC1] coins move against the pool by what they cost it, collateral in them included', () => {
  // Short 0.2 BTC against 2 BTC of collateral, which a fall hurts, and long 200 ETH.
  const open = (): EngineState => {
    const state = exampleRun();
    take(state, 1, [
      markOf(LINEAR, 60_000, { second: 1 }),
      markOf(ETHER, 2_500, { second: 1 }),
      openEvent(ONE, { multi: true }),
      depositEvent(ONE, 2, 'BTC'),
      depositEvent(ONE, 1_000),
      tradeEvent({ of: ONE, in: LINEAR, lots: -200, price: 60_000, leverage: 10 }),
      tradeEvent({ of: ONE, in: ETHER, lots: 200_000, price: 2_500, leverage: 10 }),
    ]);
    return state;
  };
  const steps = Array.from({ length: 60 }, (_, index) => {
    const second = index + 2;
    const fall = 1 - index * 0.003;
    return [markOf(LINEAR, 60_000 * fall, { second }), markOf(ETHER, 2_500 * fall, { second })];
  });
  const [screened, brute] = bothTold(open, steps);
  expect(screened).toEqual(brute);
});

it('[SC2] a pool that outgrows the last tier is unknown at once', () => {
  const open = (): EngineState => {
    const state = exampleRun();
    take(state, 1, [
      markOf(LINEAR, 60_000, { second: 1 }),
      openEvent(ONE),
      depositEvent(ONE, 9_000_000),
      tradeEvent({ of: ONE, in: LINEAR, lots: 160_000, price: 60_000 }),
    ]);
    return state;
  };
  const steps = [62_400, 62_600].map((price, index) => [
    markOf(LINEAR, price, { second: index + 2 }),
  ]);
  const [screened, brute] = bothTold(open, steps);
  expect(screened).toEqual(brute);
  const state = open();
  take(state, 2, steps[0] ?? []);
  expect(poolRowOf(state, CROSS)?.alert.unknownSince).toBeUndefined();
  take(state, 3, steps[1] ?? []);
  expect(poolRowOf(state, CROSS)?.alert.unknownSince).toBe(at(3));
});

it('[SC2, SC5] a breach by the last unit is seen', () => {
  // 56,261.4 is the last safe tick; the pool is Critical long before, and nothing waits.
  const prices = [56_400, 56_400, 56_400, 56_261.5, 56_261.4, 56_261.3, 56_261.3];
  const steps = prices.map((price, index) => [markOf(LINEAR, price, { second: index + 2 })]);
  const [screened, brute] = bothTold(longOfOne, steps);
  expect(screened).toEqual(brute);
  const phases = prices.map((_, count) => {
    const state = longOfOne();
    steps.slice(0, count + 1).forEach((events, index) => void take(state, index + 2, events));
    return poolRowOf(state, CROSS)?.phase.kind;
  });
  expect(phases).toEqual(['none', 'none', 'none', 'none', 'none', 'confirming', 'liquidated']);
});

it.each([
  // Critical long before, so that nothing but the breach is waited for.
  [
    'is liquidated',
    { deposit: 3_970, lots: 1_000, prices: [56_400, 56_400, 56_400, 56_300, 56_250, 56_250] },
  ],
  ['outgrows the last tier', { deposit: 9_000_000, lots: 160_000, prices: [62_400, 62_600] }],
])('[SC2] a pool of two coins that %s is seen too', (_what, { deposit, lots: size, prices }) => {
  const open = (): EngineState => {
    const state = exampleRun();
    take(state, 1, [
      markOf(LINEAR, 60_000, { second: 1 }),
      markOf(ETHER, 2_500, { second: 1 }),
      openEvent(ONE),
      depositEvent(ONE, deposit),
      tradeEvent({ of: ONE, in: LINEAR, lots: size, price: 60_000 }),
      tradeEvent({ of: ONE, in: ETHER, lots: 1, price: 2_500 }),
    ]);
    return state;
  };
  const steps = prices.map((price, index) => [
    markOf(LINEAR, price, { second: index + 2 }),
    markOf(ETHER, 2_500, { second: index + 2 }),
  ]);
  const [screened, brute] = bothTold(open, steps);
  expect(screened).toEqual(brute);
});

it('[AL5, SC1] a step of z inside a state is not slept through', () => {
  const prices = [60_000, 59_900, 59_500, 59_200, 58_900, 58_700, 58_600, 58_500];
  const steps = prices.map((price, index) => [markOf(LINEAR, price, { second: 2 + index })]);
  const [screened, brute] = bothTold(() => longOfOne({ deposit: 3_500 }), steps);
  expect(screened).toEqual(brute);
  const counted = screened?.map(
    (line) => /"state":"watch".*"worsensBelow":([\d.]+)/.exec(line)?.[1],
  );
  expect(new Set(counted).size).toBe(2);
});

/** Bitcoin at one price a second, from second 2 on. */
function still(prices: readonly number[]): readonly (readonly EngineEvent[])[] {
  return prices.map((price, index) => [markOf(LINEAR, price, { second: index + 2 })]);
}

function times(count: number, price: number): readonly number[] {
  return Array.from({ length: count }, () => price);
}

it('[SC1] a hold to get better ends while no price moves', () => {
  const steps = still([...times(3, 58_600), ...times(33, 59_900)]);
  const [screened, brute] = bothTold(() => longOfOne({ deposit: 5_000 }), steps);
  expect(screened).toEqual(brute);
  expect(screened?.at(-1)).toContain('"state":"healthy"');
});

it('[SC1, AL6] a Critical that nobody answers is told again while no price moves', () => {
  const steps = still([56_600, ...times(121, 56_600)]);
  const [screened, brute] = bothTold(longOfOne, steps);
  expect(screened).toEqual(brute);
  expect(screened?.at(-1)).toContain('"told":1');
});

it('[SC1] an acknowledged Critical asks again after half an hour in which no price moves', () => {
  const answered: EngineEvent = {
    kind: 'acknowledged',
    accountId: ONE,
    poolId: CROSS,
    by: 'Ida',
    note: '',
  };
  // In steps of a second: an older mark would be stale.
  const steps = still(times(1_805, 56_290)).map((events, index) =>
    index === 1 ? [...events, answered] : events,
  );
  const state = longOfOne();
  const kinds = steps.flatMap((events, index) =>
    take(state, index + 2, events).flatMap((group) => group.map(({ body }) => body.kind)),
  );
  expect(kinds).toContain('acknowledgement-lapsed');
});

it('[SC1] what was unknown is known again once its price is back', () => {
  const state = longOfOne({ deposit: 5_000 });
  for (const second of [2, 20, 21])
    take(state, second, second === 2 ? [markOf(LINEAR, 60_000, { second })] : []);
  expect(poolRowOf(state, CROSS)?.alert.unknownSince).toBe(at(20));
  for (let second = 22; second < 29; second += 1)
    take(state, second, [markOf(LINEAR, 60_000, { second })]);
  expect(poolRowOf(state, CROSS)?.alert.unknownSince).toBeUndefined();
});
