import { describe, expect, it } from 'vitest';
import { type EngineEvent, type FeedDrillKind, type MarkFact } from '../engine/event.ts';
import { instrumentId } from '../units/ids.ts';
import { ticks } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { createFeedDrills, type FeedDrills } from './feed-drills.ts';

const BITCOIN = instrumentId('BTCUSDT');
const ETHER = instrumentId('ETHUSDT');
const START = timestampMs(1_000_000);

function markOf(id: typeof BITCOIN, time: number, price = 60_000n): MarkFact {
  return {
    instrumentId: id,
    markTicks: ticks(price),
    indexTicks: ticks(price),
    lastTicks: ticks(price),
    venueTime: timestampMs(time),
    receivedTime: timestampMs(time),
    sources: 5,
    rejected: [],
    fundingRate: undefined,
    nextFundingTime: undefined,
    modelled: false,
  };
}

function stepAt(time: number): readonly EngineEvent[] {
  return [
    { kind: 'clock-advanced', time: timestampMs(time) },
    { kind: 'mark-updated', mark: markOf(BITCOIN, time) },
    { kind: 'mark-updated', mark: markOf(ETHER, time, 3_000n) },
  ];
}

function drilled(drill: FeedDrillKind, durationMs = 2_000): FeedDrills {
  const drills = createFeedDrills();
  drills.begin({ drill, instrumentId: BITCOIN, durationMs }, START);
  return drills;
}

/** Prices and ages of a coin's marks as the engine hears them: `60000 +0` is on time. */
function heard(drills: FeedDrills, time: number, id = BITCOIN): readonly string[] {
  const at = timestampMs(time);
  return drills
    .disturbFeed(drills.moveMarket(stepAt(time), at), at)
    .flatMap((event) => (event.kind === 'mark-updated' ? [event.mark] : []))
    .filter((mark) => mark.instrumentId === id)
    .map(({ markTicks, venueTime }) => `${markTicks} ${venueTime - time}`);
}

describe('a drill on one feed', () => {
  it.each<readonly [FeedDrillKind, readonly string[]]>([
    ['freeze', []],
    ['gap', ['55200 0']],
    ['bad-value', ['6000000 0']],
    ['duplicate', ['60000 0', '60000 0']],
    ['reorder', ['60000 0', '59400 -1000']],
    ['clock-skew', ['60000 5000']],
  ])('%s: the engine hears %j', (drill, expected) => {
    expect(heard(drilled(drill), START + 1_000)).toEqual(expected);
  });

  it('leaves other instruments alone, and its own once it is over', () => {
    const drills = drilled('freeze', 2_000);
    expect(heard(drills, START + 1_000, ETHER)).toEqual(['3000 0']);
    expect(heard(drills, START + 2_000)).toEqual([]);
    expect(heard(drills, START + 3_000)).toEqual(['60000 0']);
  });

  it('moves the market only where the market moves: traders do not see what the wire spoils', () => {
    const time = timestampMs(START + 1_000);
    const seen = (drill: FeedDrillKind) => drilled(drill).moveMarket(stepAt(time), time);
    expect(seen('bad-value')).toEqual(stepAt(time));
    expect(seen('freeze')).toEqual(stepAt(time));
    expect(seen('gap')).not.toEqual(stepAt(time));
  });

  it('two at once: each does its own', () => {
    const drills = drilled('gap');
    drills.begin({ drill: 'duplicate', instrumentId: BITCOIN, durationMs: 2_000 }, START);
    expect(heard(drills, START + 1_000)).toEqual(['55200 0', '55200 0']);
  });

  it('goes on where it was saved', () => {
    const drills = createFeedDrills();
    drills.load(drilled('freeze', 2_000).save());
    expect(heard(drills, START + 2_000)).toEqual([]);
    expect(heard(drills, START + 3_000)).toEqual(['60000 0']);
  });
});
