import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type EngineEvent, type MarkFact } from '../engine/event.ts';
import { CATALOGUE } from '../market/catalogue.ts';
import { bandOf } from './mark.ts';
import { createScenarioTape, type Scenario, scenarioById, SCENARIOS } from './scenario.ts';
import { type Tape, type TapeStep } from './tape.ts';

function scenarioNamed(id: string): Scenario {
  const found = scenarioById(id);
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

function tapeOf(id: string, seed = 'demo-1', instruments = CATALOGUE): Tape {
  return createScenarioTape({ scenario: scenarioNamed(id), seed, instruments });
}

function steps(tape: Tape, count: number): TapeStep[] {
  return Array.from({ length: count }, () => tape.next()).filter((step) => step !== undefined);
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? part.toString() : part,
  );
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(text(value)).digest('hex').slice(0, 16);
}

function marksIn(events: readonly EngineEvent[]): readonly MarkFact[] {
  return events.flatMap((event) => (event.kind === 'mark-updated' ? [event.mark] : []));
}

function markOf(step: TapeStep | undefined, id: string): MarkFact | undefined {
  return marksIn(step?.events ?? []).find(({ instrumentId }) => instrumentId === id);
}

describe('scenario list', () => {
  it('has the demo days and the five crash days, the default first', () => {
    expect(SCENARIOS.map(({ id }) => id)).toEqual([
      'busy',
      'calm',
      'trend',
      'flash-crash',
      'funding-squeeze',
      'silent-feed',
      '2020-03-12',
      '2021-05-19',
      '2022-11-08',
      '2024-08-05',
      '2025-10-10',
    ]);
  });

  it('answers an unknown name with the names that there are', () => {
    const found = scenarioById('moon');
    expect(found).toEqual({
      ok: false,
      error: expect.stringContaining('scenario "moon" is unknown; expected one of busy, calm'),
    });
  });

  it('sums each up in one sentence', () => {
    for (const { title, summary } of SCENARIOS) {
      expect(title.length).toBeGreaterThan(3);
      expect(summary).toMatch(/^[A-Z0-9][^]*\.$/);
    }
  });
});

describe.each(SCENARIOS.map(({ id }) => id))('tape of %s', (id) => {
  it('opens with a mark for each instrument and counts from step 1', () => {
    const tape = tapeOf(id);
    expect(marksIn(tape.openingEvents).map(({ instrumentId }) => instrumentId)).toEqual(
      CATALOGUE.map((one) => one.id),
    );
    const first = tape.next();
    expect(first?.step).toBe(1);
    expect(first?.time).toBe(tape.startTime + tape.stepMs);
    expect(first?.events[0]).toEqual({ kind: 'clock-advanced', time: first?.time });
  });

  it('[G1] is the same for the same seed and another for another', () => {
    const run = (seed: string): string => hashOf(steps(tapeOf(id, seed), 150));
    expect(run('demo-1')).toBe(run('demo-1'));
    expect(run('demo-2')).not.toBe(run('demo-1'));
  });

  it('goes on exactly where it was saved', () => {
    const tape = tapeOf(id);
    steps(tape, 231);
    const saved = tape.save();
    const expected = hashOf(steps(tape, 300));
    const other = tapeOf(id);
    steps(other, 17);
    other.load(saved);
    expect(hashOf(steps(other, 300))).toBe(expected);
  });
});

describe('marks of every scenario', () => {
  it.each(SCENARIOS.map(({ id }) => id))(
    '[G3] [K2] %s: positive, whole, within the band, never from the future',
    (id) => {
      const bands = new Map(CATALOGUE.map((one) => [one.id, bandOf(one.base)]));
      const isSound = (mark: MarkFact, time: number): boolean => {
        const reach = Number(mark.indexTicks) * (bands.get(mark.instrumentId) ?? 0) + 1;
        return (
          mark.markTicks > 0n &&
          mark.indexTicks > 0n &&
          mark.lastTicks > 0n &&
          Math.abs(Number(mark.markTicks) - Number(mark.indexTicks)) <= reach &&
          mark.venueTime <= mark.receivedTime &&
          mark.receivedTime === time
        );
      };
      const unsound = steps(tapeOf(id), 1_500).flatMap(({ time, events }) =>
        marksIn(events).filter((mark) => !isSound(mark, time)),
      );
      expect(unsound).toEqual([]);
    },
  );
});

describe('golden path', () => {
  it('busy, demo-1: the thousandth step is what it was when this was written', () => {
    const played = steps(tapeOf('busy'), 1_000);
    expect(marksIn(played.at(-1)?.events ?? []).map(({ markTicks }) => Number(markTicks)))
      .toMatchInlineSnapshot(`
      [
        1214856,
        432805,
        221924,
        126472,
        27648,
        24401,
        8059,
        27698,
        22136,
        4159,
        25486,
        3883,
      ]
    `);
    expect(hashOf(played)).toMatchInlineSnapshot(`"8d97c003824092b8"`);
  });
});

describe('busy', () => {
  it('has nothing scripted', () => {
    const { source, faults } = scenarioNamed('busy');
    expect(source.kind === 'path' && source.script.points.every(([, move]) => move === 0)).toBe(
      true,
    );
    expect(faults).toEqual([]);
  });
});

describe('flash crash', () => {
  it('takes a quarter off BTC within minutes, while an outlier is refused', () => {
    const tape = tapeOf('flash-crash');
    const played = steps(tape, 3_600);
    const prices = played.map((step) => Number(markOf(step, 'BTCUSDT')?.markTicks ?? 0n));
    const opening = Number(marksIn(tape.openingEvents)[0]?.markTicks);
    const lowest = Math.min(...prices);
    expect(lowest / opening).toBeLessThan(0.8);
    expect(lowest / opening).toBeGreaterThan(0.65);
    expect(
      played.some((step) => markOf(step, 'BTCUSDT')?.rejected.includes('sim-d') ?? false),
    ).toBe(true);
    // The venue that hangs keeps its price while BTC falls away from it: out, at the bottom.
    expect(
      played.some((step) => markOf(step, 'BTCUSDT')?.rejected.includes('sim-e') ?? false),
    ).toBe(true);
    const faults = played.flatMap(({ events }) =>
      events.filter((event) => event.kind === 'feed-fault'),
    );
    expect(faults.map(({ fault, instrumentId }) => `${fault} ${instrumentId}`)).toContain(
      'price-not-positive DOGEUSDT',
    );
  });
});

describe('funding squeeze', () => {
  it('reaches a stamp at the capped rate and settles each instrument once', () => {
    const played = steps(tapeOf('funding-squeeze'), 3_600);
    const stamps = played.flatMap(({ time, events }) =>
      events.flatMap((event) => (event.kind === 'funding-settled' ? [{ time, ...event }] : [])),
    );
    expect(stamps).toHaveLength(CATALOGUE.length);
    expect(new Set(stamps.map(({ time }) => time))).toEqual(
      new Set([Date.parse('2026-01-14T08:00:00Z')]),
    );
    expect(stamps.find(({ instrumentId }) => instrumentId === 'BTCUSDT')?.rate).toBe(
      3_000_000_000n,
    ); // 0.3 %, the cap
    const after = markOf(played.at(-1), 'BTCUSDT');
    expect(after?.nextFundingTime).toBe(Date.parse('2026-01-14T16:00:00Z'));
  });
});

describe('silent feed', () => {
  const played = steps(tapeOf('silent-feed'), 1_800);

  it('gives no mark for a coin whose venues are all silent, and tells each venue once', () => {
    // Minute 3 to 4:30 of each quarter: SOL is silent; quotes live ten seconds more.
    const silent = played
      .filter((step) => markOf(step, 'SOLUSDT') === undefined)
      .map(({ step }) => step);
    expect(silent.length).toBeGreaterThan(60);
    expect(silent[0]).toBe(190); // the last quote of second 179 is 10 s old at 189
    const faults = played
      .slice(0, 260)
      .flatMap(({ events }) =>
        events.filter((event) => event.kind === 'feed-fault' && event.instrumentId === 'SOLUSDT'),
      );
    expect(faults).toHaveLength(8); // three venues from the first minutes, then all five
  });

  it('counts the sources that are left and lets the age of a mark grow', () => {
    expect(markOf(played[60], 'BTCUSDT')?.sources).toBe(2); // three of five are silent
    const late = markOf(played[185], 'SOLUSDT');
    expect((late?.receivedTime ?? 0) - (late?.venueTime ?? 0)).toBe(7_000);
  });
});

describe('crash days', () => {
  it.each([
    ['2020-03-12', 'BTCUSDT', 35_960],
    ['2021-05-19', 'BTCUSDT', 300_000],
    ['2022-11-08', 'SOLUSDT', 12_370],
    ['2024-08-05', 'BTCUSDT', 490_000],
    ['2025-10-10', 'BTCUSDT', 1_015_165],
  ])('%s takes %s to its recorded low and ends', (id, instrument, lowTicks) => {
    const needed = CATALOGUE.filter((one) => one.base === 'BTC' || one.id === instrument);
    const tape = tapeOf(id, 'demo-1', needed);
    let lowest = Number.POSITIVE_INFINITY;
    let last: TapeStep | undefined;
    for (let step = tape.next(); step !== undefined; step = tape.next()) {
      last = step;
      const mark = markOf(step, instrument);
      if (mark !== undefined) lowest = Math.min(lowest, Number(mark.indexTicks));
    }
    expect(Math.abs(lowest / lowTicks - 1)).toBeLessThan(0.01);
    expect(last?.time).toBe(tape.endTime);
    expect(tape.next()).toBeUndefined();
  });

  it('say which coins are modelled', () => {
    const modelled = marksIn(tapeOf('2020-03-12').openingEvents).filter((mark) => mark.modelled);
    expect(modelled.map(({ instrumentId }) => instrumentId)).not.toContain('BTCUSDT');
    expect(modelled).toHaveLength(CATALOGUE.length - 2); // BTC and ETH are on record
  });
});
