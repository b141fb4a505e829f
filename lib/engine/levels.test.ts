import { expect, it } from 'vitest';
import { type Reading } from './alert-row.ts';
import { DEFAULT_LEVELS, readingOf, type PoolMeasures } from './levels.ts';

type Told = Partial<Omit<PoolMeasures, 'ways'>> & { readonly z?: number };

/** What the default levels say of a pool with one position and one way to liquidation, unless told otherwise. */
function read({ z, ...told }: Told): Reading {
  const none = { ratio: undefined, probability: undefined, positions: 1 };
  const ways = z === undefined ? [] : [{ base: undefined, z, share: 0.5 }];
  return readingOf({ ...none, ...told, ways }, DEFAULT_LEVELS);
}

it.each([
  // z enters strictly below and leaves strictly above
  ['z 2.31', { z: 2.31 }, 'healthy', 'healthy'],
  ['z 2.3', { z: 2.3 }, 'healthy', 'watch'],
  ['z 2', { z: 2 }, 'healthy', 'watch'],
  ['z 1.99', { z: 1.99 }, 'watch', 'watch'],
  ['z 1.15', { z: 1.15 }, 'watch', 'warning'],
  ['z 1', { z: 1 }, 'watch', 'warning'],
  ['z 0.99', { z: 0.99 }, 'warning', 'warning'],
  ['z 0.45', { z: 0.45 }, 'warning', 'critical'],
  ['z 0.35', { z: 0.35 }, 'warning', 'critical'],
  ['z 0.34', { z: 0.34 }, 'critical', 'critical'],
  // the ratio enters at its level and leaves below, and speaks only for several positions
  ['ratio 0.5', { ratio: 0.5, positions: 2 }, 'watch', 'watch'],
  ['ratio 0.4999', { ratio: 0.4999, positions: 2 }, 'healthy', 'watch'],
  ['ratio 0.4499', { ratio: 0.4499, positions: 2 }, 'healthy', 'healthy'],
  ['ratio 0.7', { ratio: 0.7, positions: 2 }, 'warning', 'warning'],
  ['ratio 0.6499', { ratio: 0.6499, positions: 2 }, 'watch', 'watch'],
  ['ratio 0.85', { ratio: 0.85, positions: 2 }, 'critical', 'critical'],
  ['ratio 0.7999', { ratio: 0.7999, positions: 2 }, 'warning', 'warning'],
  ['ratio 0.85 of one position', { ratio: 0.85, positions: 1 }, 'healthy', 'healthy'],
  ['equity gone', { ratio: Number.POSITIVE_INFINITY, positions: 2 }, 'critical', 'critical'],
  // the probability knows Critical only
  ['probability 25 %', { probability: 0.25 }, 'critical', 'critical'],
  ['probability 24.9 %', { probability: 0.249 }, 'healthy', 'critical'],
  ['probability 19.9 %', { probability: 0.199 }, 'healthy', 'healthy'],
] as const)('%s', (_case, measures, worstEnter, worstStay) => {
  expect(read(measures)).toMatchObject({ worstEnter, worstStay });
});

it.each([
  [
    'the worst decides',
    { z: 1.5, ratio: 0.72, positions: 2 },
    { by: 'ratio', value: 0.72, level: 0.7 },
  ],
  [
    'the distance when both are as bad',
    { z: 0.9, ratio: 0.72, positions: 2 },
    { by: 'distance', value: 0.9, level: 1 },
  ],
  [
    'the probability when z is not there yet',
    { z: 0.4, probability: 0.3 },
    { by: 'probability', level: 0.25 },
  ],
  ['while healthy: the next level', { z: 4 }, { by: 'distance', value: 4, level: 2 }],
  [
    'the one that holds the state, when none enters',
    { z: 4, ratio: 0.47, positions: 2 },
    { by: 'ratio', level: 0.5 },
  ],
  ['nothing can liquidate', {}, { by: 'distance', value: undefined, worstEnter: 'healthy' }],
] as const)('says which measure decided: %s', (_case, measures, expected) => {
  expect(read(measures)).toMatchObject(expected);
});

it('Critical is left only when z and probability both allow it', () => {
  expect(read({ z: 0.5, probability: 0.2 }).worstStay).toBe('critical');
  expect(read({ z: 0.45, probability: 0.1 }).worstStay).toBe('critical');
  expect(read({ z: 0.46, probability: 0.199 }).worstStay).toBe('warning');
});
