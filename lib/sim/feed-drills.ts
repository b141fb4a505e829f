/**
 * Drills: what a feed may do wrong, done on purpose to the prices of one instrument on their way to the engine. The market
 * itself goes on undisturbed, save for a gap, which everybody trades at. Pure, on run time, saved with the tape.
 */
import { type EngineEvent, type FeedDrill, type MarkFact } from '../engine/event.ts';
import { instrumentId } from '../units/ids.ts';
import { type Ticks, ticks } from '../units/scaled.ts';
import { type TimestampMs, timestampMs } from '../units/time.ts';

/** A fall at once, back to the tape's own price when the drill is over. */
const GAP_PERCENT_LEFT = 92n;
const BAD_VALUE_FACTOR = 100n;
/** What a late mark would have said: told apart from the present one, should somebody take it. */
const LATE_PERCENT = 99n;
const LATE_MS = 1_000;
const CLOCK_AHEAD_MS = 5_000;
const HUNDRED = 100n;

interface ActiveDrill extends FeedDrill {
  /** Last run time that is disturbed. */
  readonly until: TimestampMs;
}

export interface FeedDrills {
  /** From the step after `now` on. */
  begin(drill: FeedDrill, now: TimestampMs): void;
  /** What the market does: traders see it too. */
  moveMarket(events: readonly EngineEvent[], time: TimestampMs): readonly EngineEvent[];
  /** What the wire does to it: only the engine sees that. */
  disturbFeed(events: readonly EngineEvent[], time: TimestampMs): readonly EngineEvent[];
  save(): string;
  load(text: string): void;
}

export function createFeedDrills(): FeedDrills {
  let active: readonly ActiveDrill[] = [];

  function on(mark: MarkFact, time: TimestampMs): readonly ActiveDrill[] {
    return active.filter((one) => one.instrumentId === mark.instrumentId && time <= one.until);
  }

  function through(
    events: readonly EngineEvent[],
    time: TimestampMs,
    change: (mark: MarkFact, drill: ActiveDrill) => readonly MarkFact[],
  ): readonly EngineEvent[] {
    if (active.length === 0) return events;
    active = active.filter(({ until }) => time <= until);
    return events.flatMap((event) => {
      if (event.kind !== 'mark-updated') return [event];
      const marks = on(event.mark, time).reduce<readonly MarkFact[]>(
        (passed, drill) => passed.flatMap((mark) => change(mark, drill)),
        [event.mark],
      );
      return marks.map((mark): EngineEvent => ({ kind: 'mark-updated', mark }));
    });
  }

  return {
    begin: (drill, now) => {
      active = [...active, { ...drill, until: timestampMs(now + drill.durationMs) }];
    },
    moveMarket: (events, time) => through(events, time, gapped),
    disturbFeed: (events, time) => through(events, time, disturbed),
    save: () => JSON.stringify(active),
    load: (text) => {
      // Written by `save` above.
      const saved = JSON.parse(text) as readonly ActiveDrill[];
      active = saved.map((one) => ({
        ...one,
        instrumentId: instrumentId(one.instrumentId),
        until: timestampMs(one.until),
      }));
    },
  };
}

function gapped(mark: MarkFact, { drill }: ActiveDrill): readonly MarkFact[] {
  return [drill === 'gap' ? scaled(mark, GAP_PERCENT_LEFT, HUNDRED) : mark];
}

function disturbed(mark: MarkFact, { drill }: ActiveDrill): readonly MarkFact[] {
  switch (drill) {
    case 'freeze':
      return [];
    case 'bad-value':
      return [scaled(mark, BAD_VALUE_FACTOR, 1n)];
    case 'duplicate':
      return [mark, mark];
    case 'reorder':
      return [mark, later(scaled(mark, LATE_PERCENT, HUNDRED), -LATE_MS)];
    case 'clock-skew':
      return [later(mark, CLOCK_AHEAD_MS)];
    case 'gap':
      return [mark];
  }
}

function later(mark: MarkFact, byMs: number): MarkFact {
  return { ...mark, venueTime: timestampMs(mark.venueTime + byMs) };
}

function scaled(mark: MarkFact, times: bigint, over: bigint): MarkFact {
  const part = (price: Ticks): Ticks => {
    const moved = (price * times) / over;
    return ticks(moved > 0n ? moved : 1n);
  };
  return {
    ...mark,
    markTicks: part(mark.markTicks),
    indexTicks: part(mark.indexTicks),
    lastTicks: part(mark.lastTicks),
  };
}
