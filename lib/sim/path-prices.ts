/** Fair prices that never end: a random path, times a script that repeats on the UTC clock. */
import { type Instrument } from '../market/instrument.ts';
import { MINUTE_MS, type TimestampMs } from '../units/time.ts';
import { traitsOf } from './coins.ts';
import { cell, type Memory } from './memory.ts';
import { createPricePath, type PathSettings } from './price-path.ts';
import { type FairPrices } from './simulated-feed.ts';

/** Log move of BTC over the minutes of a period, straight between its points; every other coin moves it times its beta. */
export interface PriceScript {
  readonly periodMinutes: number;
  /** From minute 0 to the period's end, ascending; first and last value equal, so that it can repeat. */
  readonly points: readonly (readonly [minute: number, logMove: number])[];
}

export const NO_SCRIPT: PriceScript = {
  periodMinutes: 1,
  points: [
    [0, 0],
    [1, 0],
  ],
};

function scriptAt(script: PriceScript, time: number): number {
  const minute = (time / MINUTE_MS) % script.periodMinutes;
  for (const [index, [end, value]] of script.points.entries()) {
    const before = script.points[index - 1];
    if (before === undefined || minute > end) continue;
    const [start, from] = before;
    return from + ((value - from) * (minute - start)) / (end - start);
  }
  return script.points[0]?.[1] ?? 0;
}

export interface PathPricesSettings extends PathSettings {
  readonly script: PriceScript;
  readonly startTime: TimestampMs;
}

function openingLogs(instruments: readonly Instrument[]): readonly number[] {
  return instruments.map(({ base }) => Math.log(traitsOf(base).openingPrice));
}

export function createPathPrices(settings: PathPricesSettings, memory: Memory): FairPrices {
  const { instruments, script, startTime } = settings;
  const path = createPricePath(settings, memory);
  const betas = instruments.map(({ base }) => traitsOf(base).beta);
  const returns = new Float64Array(instruments.length);
  const walk = memory.numbers('walk', instruments.length);
  walk.set(openingLogs(instruments));
  const prices = memory.numbers('fair price', instruments.length);
  /** The script starts at the usual price, wherever in its period that is. */
  const scriptOpening = scriptAt(script, startTime);
  const publish = (time: number): void => {
    const move = scriptAt(script, time) - scriptOpening;
    for (const [index, beta] of betas.entries())
      prices[index] = Math.exp(cell(walk, index) + beta * move);
  };
  publish(startTime);
  return {
    prices,
    modelled: instruments.map(() => false),
    advance(time) {
      path.advance(returns);
      for (let index = 0; index < walk.length; index += 1)
        walk[index] = cell(walk, index) + cell(returns, index);
      publish(time);
    },
  };
}
