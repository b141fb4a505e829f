/** Noise that returns to its mean (Ornstein-Uhlenbeck), exact for any step: the basis of a perpetual, the error of a venue's quote. */
import { cell, type Memory } from './memory.ts';
import { createStream } from './random.ts';

export interface NoiseSettings {
  readonly seed: string;
  readonly asset: string;
  readonly purpose: string;
  /** How many independent values it keeps. */
  readonly count: number;
  readonly mean: number;
  readonly standardDeviation: number;
  readonly halfLifeMs: number;
}

export interface Noise {
  readonly values: Float64Array;
  /** One normal for each value, always in the same order. */
  advance(): void;
}

/** Starts in its own long-run spread, so that the first minute looks like any other. */
export function createNoise(settings: NoiseSettings, stepMs: number, memory: Memory): Noise {
  const { mean, standardDeviation } = settings;
  const stream = createStream(memory, settings);
  const values = memory.numbers(`noise ${settings.asset} ${settings.purpose}`, settings.count);
  const keep = 2 ** (-stepMs / settings.halfLifeMs);
  const fresh = standardDeviation * Math.sqrt(1 - keep ** 2);
  for (let index = 0; index < values.length; index += 1) {
    values[index] = mean + standardDeviation * stream.normal();
  }
  return {
    values,
    advance() {
      for (let index = 0; index < values.length; index += 1) {
        values[index] = mean + (cell(values, index) - mean) * keep + fresh * stream.normal();
      }
    },
  };
}
