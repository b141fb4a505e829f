import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../units/time.ts';
import {
  advanceVolatility,
  DAILY_VOLATILITY_MIN,
  dailyVolatilityOf,
  wildestVolatilityOf,
  type VolatilityState,
} from './volatility.ts';

/** A minute's move of a coin with that daily volatility, up and down by turns. */
function run(p: {
  readonly minutes: number;
  readonly daily: number;
  readonly from?: VolatilityState | undefined;
}): VolatilityState {
  const move = p.daily / Math.sqrt(DAY_MS / MINUTE_MS);
  let state = p.from;
  for (let minute = 0; minute < p.minutes; minute += 1) {
    const logReturn = minute % 2 === 0 ? move : -move;
    state = advanceVolatility(state, { logReturn, elapsedMs: MINUTE_MS });
  }
  if (state === undefined) throw new Error('at least one minute');
  return state;
}

describe('daily volatility', () => {
  it('is the table value before the first mark, and hands over to the measure by degrees', () => {
    expect(dailyVolatilityOf(undefined, 0.03)).toBe(0.03);
    // After one half-life table and measure weigh the same, after two the table weighs a quarter.
    const day = run({ minutes: 1440, daily: 0.05 });
    expect(dailyVolatilityOf(day, 0.03)).toBeCloseTo(Math.sqrt((0.05 ** 2 + 0.03 ** 2) / 2), 5);
    const twoDays = run({ minutes: 2 * 1440, daily: 0.05 });
    expect(dailyVolatilityOf(twoDays, 0.03)).toBeCloseTo(
      Math.sqrt((3 * 0.05 ** 2 + 0.03 ** 2) / 4),
      5,
    );
    expect(dailyVolatilityOf(run({ minutes: 60 * 1440, daily: 0.05 }), 0.03)).toBeCloseTo(0.05, 6);
  });

  it('never falls below 20 % a year, whoever says so', () => {
    expect(DAILY_VOLATILITY_MIN).toBeCloseTo(0.010468, 6);
    expect(dailyVolatilityOf(run({ minutes: 10 * 1440, daily: 0.001 }), 0.03)).toBe(
      DAILY_VOLATILITY_MIN,
    );
    expect(dailyVolatilityOf(undefined, 0.001)).toBe(DAILY_VOLATILITY_MIN);
  });

  it('has a half-life of a day: a day after a change of pace both days weigh as they must', () => {
    const quiet = run({ minutes: 30 * 1440, daily: 0.02 });
    const wild = run({ minutes: 1440, daily: 0.06, from: quiet });
    expect(dailyVolatilityOf(wild, 0.03)).toBeCloseTo(Math.sqrt((0.02 ** 2 + 0.06 ** 2) / 2), 4);
  });
});

describe('the wildest of day and hour', () => {
  it('feels an hour of storm at half its weight, where the day hardly does', () => {
    const storm = run({ minutes: 60, daily: 0.2, from: run({ minutes: 3 * 1440, daily: 0.02 }) });
    expect(wildestVolatilityOf(storm, 0.03)).toBeCloseTo(Math.sqrt((0.02 ** 2 + 0.2 ** 2) / 2), 3);
    expect(dailyVolatilityOf(storm, 0.03)).toBeLessThan(0.05);
  });

  it('is never below the day, and needs a quarter of an hour', () => {
    const calm = run({ minutes: 240, daily: 0.011, from: run({ minutes: 1440, daily: 0.05 }) });
    expect(wildestVolatilityOf(calm, 0.03)).toBe(dailyVolatilityOf(calm, 0.03));
    const fewMinutes = run({ minutes: 14, daily: 0.5 });
    expect(wildestVolatilityOf(fewMinutes, 0.03)).toBe(dailyVolatilityOf(fewMinutes, 0.03));
    expect(wildestVolatilityOf(run({ minutes: 20, daily: 0.5 }), 0.03)).toBeCloseTo(0.5, 10);
  });
});

describe('taking moves', () => {
  it('squares whole minutes: a price that bounces within one has not moved', () => {
    let state = advanceVolatility(undefined, { logReturn: 0.01, elapsedMs: MINUTE_MS / 2 });
    state = advanceVolatility(state, { logReturn: -0.01, elapsedMs: MINUTE_MS / 2 });
    expect(state).toMatchObject({
      weightedSquares: 0,
      weightedDays: MINUTE_MS / DAY_MS,
      pendingMs: 0,
    });
  });

  it('a long silence counts with its whole length', () => {
    const state = advanceVolatility(undefined, { logReturn: 0.03, elapsedMs: 9 * HOUR_MS });
    // 9 h of 0.03² a 9/24 day beside 1/ln 2 - 9/24 days at the table value.
    const days = 1 / Math.LN2;
    const expected = Math.sqrt((0.03 ** 2 + 0.02 ** 2 * (days - 9 / 24)) / days);
    expect(dailyVolatilityOf(state, 0.02)).toBeCloseTo(expected, 10);
  });

  it.each([
    ['time that stands still', { logReturn: 1, elapsedMs: 0 }],
    ['time that goes backwards', { logReturn: 1, elapsedMs: -5 }],
    ['a move that is no number', { logReturn: Number.NaN, elapsedMs: MINUTE_MS }],
    ['a move without end', { logReturn: Number.POSITIVE_INFINITY, elapsedMs: MINUTE_MS }],
  ])('%s changes nothing', (_case, step) => {
    const before = run({ minutes: 10, daily: 0.05 });
    expect(advanceVolatility(before, step)).toEqual(before);
  });
});
