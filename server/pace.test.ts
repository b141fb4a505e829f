import { describe, expect, it } from 'vitest';
import { createPace, earn, mayStep, measure, spend, waitMs } from './pace.ts';

const STEP_MS = 1_000;

describe('pace', () => {
  it('earns run time at the asked speed: at 60x a step of one second every 16.7 ms', () => {
    const pace = createPace(60, 0, 0);
    earn(pace, 16, STEP_MS);
    expect(mayStep(pace, 0, STEP_MS)).toBe(false); // 960 ms earned
    expect(waitMs(pace, STEP_MS)).toBeCloseTo(40 / 60);
    earn(pace, 17, STEP_MS);
    expect(mayStep(pace, 0, STEP_MS)).toBe(true); // 1,020 ms earned
    spend(pace, STEP_MS, STEP_MS);
    expect(pace.earnedMs).toBeCloseTo(20);
  });

  it('forgets what a long stall would have earned', () => {
    const pace = createPace(10, 0, 0);
    earn(pace, 60_000, STEP_MS);
    expect(pace.earnedMs).toBe(2_500); // 250 ms of wall time, no more
  });

  it.each([1, 0.5, 3])(
    'takes a step of one second at %sx, which is longer in the earning than what is kept',
    (speed) => {
      const pace = createPace(speed, 0, 0);
      let steps = 0;
      for (let wallMs = 50; wallMs <= 12_000; wallMs += 50) {
        earn(pace, wallMs, STEP_MS);
        if (!mayStep(pace, 0, STEP_MS)) continue;
        spend(pace, 0, STEP_MS);
        steps += 1;
      }
      expect(steps).toBeGreaterThanOrEqual(12 * speed * 0.9);
      expect(steps).toBeLessThanOrEqual(12 * speed);
    },
  );

  it('earns nothing while paused and waits for no timer', () => {
    const pace = createPace(60, 0, 0);
    pace.paused = true;
    earn(pace, 5_000, STEP_MS);
    expect(mayStep(pace, 0, STEP_MS)).toBe(false);
    expect(waitMs(pace, STEP_MS)).toBeUndefined();
  });

  it('takes exactly the single steps that were asked for while paused', () => {
    const pace = createPace(60, 0, 0);
    pace.paused = true;
    pace.stepsAsked = 2;
    for (const runMs of [1_000, 2_000]) {
      expect(mayStep(pace, runMs - STEP_MS, STEP_MS)).toBe(true);
      spend(pace, runMs, STEP_MS);
    }
    expect(mayStep(pace, 2_000, STEP_MS)).toBe(false);
  });

  it('runs to a seek target at full speed, paused or not, then keeps to its speed again', () => {
    const pace = createPace(1, 0, 0);
    pace.paused = true;
    pace.seekTarget = 1_500;
    expect(mayStep(pace, 1_000, STEP_MS)).toBe(true);
    spend(pace, 2_000, STEP_MS);
    expect(pace.seekTarget).toBeUndefined();
    expect(mayStep(pace, 2_000, STEP_MS)).toBe(false);
  });

  it('measures the speed that it reached', () => {
    const pace = createPace(600, 0, 0);
    measure(pace, 500, 70_000);
    expect(pace.reached).toBe(0); // too early to say
    measure(pace, 1_000, 140_000);
    expect(pace.reached).toBe(140);
  });
});
