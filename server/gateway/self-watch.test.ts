import { expect, it } from 'vitest';
import { type MarketFrame } from '#lib/wire/protocol.ts';
import { createSelfWatch, quantilesOf } from './self-watch.ts';

function frame(runTime: number, markTime: number): MarketFrame {
  const mark = { id: 'BTCUSDT', mark: '1', index: '1', last: '1', time: markTime } as const;
  const nothing = { status: 'fresh', sources: 5, rejected: [], fundingRate: null } as const;
  return {
    seq: 1,
    step: 1,
    runTime,
    acceptedAt: 0,
    paused: false,
    ended: false,
    speedAsked: 1,
    speedReached: 1,
    seekTarget: null,
    marks: [{ ...mark, ...nothing, nextFundingTime: null, volatility: 0.03, modelled: false }],
    assetPrices: [],
    fund: [],
    totals: {
      accounts: 0,
      byState: {
        healthy: 0,
        watch: 0,
        warning: 0,
        critical: 0,
        liquidating: 0,
        liquidated: 0,
        unknown: 0,
      },
      alerts: {
        open: { watch: 0, warning: 0, critical: 0, liquidating: 0, unknown: 0 },
        unanswered: { watch: 0, warning: 0, critical: 0, liquidating: 0, unknown: 0 },
        calls: { acknowledged: [0, 0, 0, 0, 0], open: [0, 0, 0, 0, 0] },
      },
      liquidations: 0,
    },
    faults: {},
    drills: [],
  };
}

it('reads the age of a price in the last minute, and forgets what is older', async () => {
  const watch = createSelfWatch();
  watch.hear({ kind: 'market', frame: frame(90_000, 0) });
  // A minute of frames: 570 a second old, 30 four seconds old. The first one is out of it.
  for (let index = 0; index < 600; index += 1)
    watch.hear({ kind: 'market', frame: frame(index < 570 ? 1_000 : 4_000, 0) });
  const { feeds } = await watch.status({ wallTime: 0, clients: 1 });
  expect(feeds).toEqual([{ id: 'BTCUSDT', p95AgeMs: 1_000, longestAgeMs: 4_000 }]);
});

it('claims nothing before the loop has said anything', async () => {
  const status = await createSelfWatch().status({ wallTime: 5, clients: 2 });
  expect(status).toMatchObject({
    wallTime: 5,
    clients: 2,
    journalSeq: null,
    conservationHolds: null,
    decisionMs: null,
    storedBytes: null,
    feeds: [],
  });
});

it('takes the nearest rank', () => {
  const values = Array.from({ length: 20 }, (_none, index) => index + 1);
  expect(quantilesOf(values)).toEqual({ p50: 10, p95: 19, samples: 20 });
});
