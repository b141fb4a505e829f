/**
 * A pool of which nothing is remembered (a state was loaded, its account was touched), but whose row is Healthy and at rest. If
 * the screen proves that no measure has reached a first level, the exact engine would leave the row as it is.
 */
import { levelsFor } from './alert-rule.ts';
import { readingOf, type PoolLevels } from './levels.ts';
import { noteBracket, type NotedReading, type Scene } from './notes.ts';
import { basesOf, type OwnedPool } from './pool-reading.ts';
import { isQuiet } from './screen.ts';
import { type PoolRow } from './state.ts';

/** The note that an exact look would have made, or undefined where only that look can tell. */
export function calmNote(
  scene: Scene,
  { facts, account }: OwnedPool,
  { alert, bounded }: PoolRow,
): NotedReading | undefined {
  if (scene.notes.isDistrustful || alert.state !== 'healthy' || bounded) return undefined;
  const bases = basesOf(facts, scene.market);
  const levels = levelsFor(scene.state.alertRules, { account, bases });
  const { worsensBelow } = alert;
  noteBracket(scene, { facts, ...NOTHING_NEAR, ...calmReading(levels), worsensBelow });
  const { brackets } = scene.notes;
  const noted = brackets.get(facts.id);
  if (noted !== undefined && isQuiet(noted.bracket, scene.floats)) return noted;
  brackets.delete(facts.id);
  return undefined;
}

const NOTHING_NEAR = { near: { ways: [], probability: 0 }, ratio: 0, state: 'healthy' } as const;

function calmReading(levels: PoolLevels) {
  const nothing = { ways: [], ratio: undefined, probability: undefined, positions: 0 };
  return { levels, reading: readingOf(nothing, levels) };
}
