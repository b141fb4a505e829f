import { expect, it } from 'vitest';
import { type ConventionName } from '#lib/display/convention.ts';
import { axisDomain, onAxis } from './ratio-axis.ts';

const NAMES: readonly ConventionName[] = ['ratio', 'coverage', 'health'];

it.each([
  ['ratio', 0.5, 50],
  ['coverage', 0.5, 200],
  ['coverage', 0, 1_000],
  ['health', 0.7, 30],
  ['health', 1.2, -20],
] as const)('%s of %d stands at %d', (name, ratio, place) => {
  expect(onAxis(name, ratio)).toBeCloseTo(place);
});

it.each(NAMES)('keeps liquidation inside the picture of %s, however calm or bad it was', (name) => {
  for (const ratio of [0, 0.01, 0.5, 0.99, 1, 5, 400]) {
    const [low, high] = axisDomain(name, [onAxis(name, ratio)]);
    expect(low).toBeLessThanOrEqual(onAxis(name, 1));
    expect(high).toBeGreaterThan(onAxis(name, 1));
  }
});
