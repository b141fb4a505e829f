/** H1 to H5 of liquidation.md 1.4 with the numbers of rulings B1, searched over random readings. fast-check prints the seed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SECOND_MS, timestampMs } from '../units/time.ts';
import { ALERT_STATES, severityOf, type AlertRow, type AlertTransition } from './alert-row.ts';
import { openAlertRow, stepAlert } from './alerts.ts';
import { DEFAULT_LEVELS, readingOf } from './levels.ts';

interface Tick {
  readonly afterMs: number;
  readonly z: number | undefined;
}

const tick: fc.Arbitrary<Tick> = fc.record({
  afterMs: fc.integer({ min: 1, max: 20_000 }),
  z: fc.option(fc.double({ min: 0, max: 3, noNaN: true }), { nil: undefined, freq: 8 }),
});

interface Run {
  readonly row: AlertRow;
  readonly transitions: readonly (AlertTransition & { readonly at: number; readonly z: number })[];
  readonly totalMs: number;
}

function play(ticks: readonly Tick[]): Run {
  let now = 0;
  let row = openAlertRow(readingAt(9), timestampMs(0));
  const transitions = [];
  for (const { afterMs, z } of ticks) {
    now += afterMs;
    const step = stepAlert(row, z === undefined ? 'unknown' : readingAt(z), timestampMs(now));
    row = step.row;
    if (step.transition?.kind === 'state' && z !== undefined) {
      transitions.push({ ...step.transition, at: now, z });
    }
  }
  return { row, transitions, totalMs: now };
}

function readingAt(z: number): ReturnType<typeof readingOf> {
  return readingOf(
    {
      ways: [{ base: undefined, z, share: 0.5 }],
      ratio: undefined,
      probability: undefined,
      positions: 1,
    },
    DEFAULT_LEVELS,
  );
}

it('H1: inside one dead band there is one alert at most', () => {
  const band = fc.constantFrom([2.001, 2.3], [1.001, 1.15], [0.351, 0.45]);
  const shares = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.double({ min: 0, max: 1, noNaN: true })),
  );
  fc.assert(
    fc.property(band, shares, ([low = 0, high = 0], wander) => {
      const enter = { afterMs: 3000, z: low - 0.01 };
      const inside = wander.map(([afterMs, share]) => ({ afterMs, z: low + share * (high - low) }));
      const { transitions } = play([enter, enter, ...inside]);
      expect(transitions).toHaveLength(1);
    }),
  );
});

it('H2: leaving takes its hold, so transitions are bounded by the time that passes', () => {
  const shortestHoldMs = 10 * SECOND_MS;
  fc.assert(
    fc.property(fc.array(tick, { maxLength: 200, size: 'max' }), (ticks) => {
      const { transitions, totalMs } = play(ticks);
      const better = transitions.filter(({ from, to }) => severityOf(to) < severityOf(from));
      expect(better.length).toBeLessThanOrEqual(totalMs / shortestHoldMs);
      // Between two recoveries a state can get worse once a level.
      expect(transitions.length).toBeLessThanOrEqual((better.length + 1) * ALERT_STATES.length);
    }),
  );
});

it('H3: from Warning up the state is never better than a known reading', () => {
  fc.assert(
    fc.property(fc.array(tick, { minLength: 1, maxLength: 100, size: 'max' }), (ticks) => {
      const { row } = play(ticks);
      const z = ticks.at(-1)?.z;
      const least = z === undefined ? 'healthy' : z < 1 ? readingAt(z).worstEnter : 'healthy';
      expect(severityOf(row.state)).toBeGreaterThanOrEqual(severityOf(least));
    }),
  );
});

it('each transition goes the way its own reading says', () => {
  fc.assert(
    fc.property(fc.array(tick, { maxLength: 200, size: 'max' }), (ticks) => {
      for (const { from, to, z } of play(ticks).transitions) {
        const { worstEnter, worstStay } = readingAt(z);
        expect(to).toBe(severityOf(to) > severityOf(from) ? worstEnter : worstStay);
        expect(to).not.toBe(from);
      }
    }),
  );
});

it('H5: the same readings give the same rows', () => {
  fc.assert(
    fc.property(fc.array(tick, { maxLength: 100, size: 'max' }), (ticks) => {
      expect(play(ticks)).toEqual(play(structuredClone(ticks)));
    }),
  );
});
