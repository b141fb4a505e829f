import { expect, it } from 'vitest';
import { accountExample, frameExample, poolExample } from '#components/live/example-facts.ts';
import { type PoolText, type ScreenState } from '#lib/wire/protocol.ts';
import { lookAgain, NOT_YET, type AccountWatch } from './account-watch.ts';
import { type LastSeen } from './catch-up.ts';

const SEEN = { trust: 'live', hidden: false } as const;
const HIDDEN = { trust: 'live', hidden: true } as const;
const LOST = { trust: 'lost', hidden: false } as const;
const CROSS = 'A0007/cross:USDT';

function seen(
  state: ScreenState,
  changes: Partial<LastSeen> = {},
  pool: Partial<PoolText> = {},
): LastSeen {
  const account = accountExample({ pools: [poolExample(CROSS, { screenState: state, ...pool })] });
  const { totals } = frameExample(1, []);
  return { runId: 'run-1', wallTime: 1_000, runTime: 60_000, account, totals, ...changes };
}
function watching(state: ScreenState): AccountWatch {
  return lookAgain(NOT_YET, SEEN, seen(state)).watch;
}

it('tells a change once, and nothing at the first look', () => {
  const first = lookAgain(NOT_YET, SEEN, seen('watch'));
  expect(first.news).toEqual([]);
  const second = lookAgain(first.watch, SEEN, seen('warning', {}, { since: 77 }));
  expect(second.news).toEqual([
    { accountId: 'A0007', poolId: CROSS, from: 'watch', to: 'warning', at: 77 },
  ]);
  expect(lookAgain(second.watch, SEEN, seen('warning')).news).toEqual([]);
});

it('is silent about another account, about a pool that is new, and about one that was liquidated', () => {
  const other = accountExample({ accountId: 'B1', pools: [poolExample('B1/cross:USDT')] });
  expect(lookAgain(watching('watch'), SEEN, seen('watch', { account: other })).news).toEqual([]);
  const opened = accountExample({
    pools: [poolExample(CROSS), poolExample('A0007/multi', { screenState: 'critical' })],
  });
  expect(lookAgain(watching('healthy'), SEEN, seen('watch', { account: opened })).news).toEqual([]);
  expect(lookAgain(watching('liquidated'), SEEN, seen('watch')).news).toEqual([]);
});

it('sums up a break in one piece, once the facts of after it have come', () => {
  const before = seen('watch');
  const { watch } = lookAgain(NOT_YET, SEEN, before);
  const lost = lookAgain(watch, LOST, before).watch;
  const early = lookAgain(lost, { trust: 'catching-up', hidden: false }, before);
  expect(early.absence).toBeUndefined();

  const { totals } = before;
  const after = seen('critical', {
    wallTime: 8_000,
    runTime: 5_700_000,
    totals: { ...totals, byState: { ...totals.byState, critical: 3, watch: 1 }, liquidations: 2 },
  });
  const back = lookAgain(early.watch, SEEN, after);
  expect(back.absence).toMatchObject({
    wallMs: 7_000,
    runMs: 5_640_000,
    pools: [{ poolId: CROSS, before: 'watch', now: 'critical' }],
    book: [
      { state: 'critical', accounts: 3 },
      { state: 'watch', accounts: 1 },
    ],
    liquidations: 2,
  });
  expect(lookAgain(back.watch, SEEN, after).absence).toBeUndefined();
});

it('[UX6] sums up what happened behind a hidden tab, when that was long, and tells it outside meanwhile', () => {
  const hidden = lookAgain(watching('watch'), HIDDEN, seen('watch', { wallTime: 2_000 })).watch;
  const change = lookAgain(hidden, HIDDEN, seen('critical', { wallTime: 9_000 }));
  expect(change.news).toHaveLength(1);
  const back = (wallTime: number) =>
    lookAgain(change.watch, SEEN, seen('critical', { wallTime })).absence?.pools[0];
  expect(back(31_000)).toMatchObject({ before: 'watch', now: 'critical' });
  expect(back(30_999)).toBeUndefined();
});

it('tells of a pool that got well meanwhile, and not of one that was well all the time', () => {
  const back = (from: ScreenState) => {
    const lost = lookAgain(watching(from), LOST, undefined).watch;
    return lookAgain(lost, SEEN, seen('healthy')).absence?.pools.length;
  };
  expect(back('watch')).toBe(1);
  expect(back('healthy')).toBe(0);
});

it('compares nothing across runs, and takes the silence of a standing link for no break', () => {
  const lost = lookAgain(watching('watch'), LOST, undefined).watch;
  expect(lookAgain(lost, SEEN, seen('critical', { runId: 'run-2' })).absence).toBeUndefined();
  const silent = lookAgain(watching('watch'), { trust: 'silent', hidden: false }, undefined).watch;
  expect(lookAgain(silent, SEEN, seen('critical'))).toMatchObject({
    news: [{ to: 'critical' }],
    absence: undefined,
  });
});

it('[UX16] tells a Critical again that nobody has answered, once for each time', () => {
  const asking = (told: number) => seen('critical', {}, { asking: { since: 60_000, told } });
  const first = lookAgain(watching('critical'), SEEN, asking(0));
  expect(first.news).toEqual([]);
  const second = lookAgain(first.watch, SEEN, asking(1));
  expect(second.news).toMatchObject([
    { from: 'critical', to: 'critical', at: 180_000, unansweredMs: 120_000 },
  ]);
  expect(lookAgain(second.watch, SEEN, asking(1)).news).toEqual([]);
});
