/** Reads one pool exactly: its figures, what its measures say, and whether that is bounded rather than known. */
import { assessPool } from '../margin/health.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { type PoolFacts } from '../margin/pool.ts';
import { houseRules } from '../margin/venues/house.ts';
import { type AlertState, type Reading } from './alerts.ts';
import { plausibleMarkets } from './bounded.ts';
import { distanceReadingOf, type DistanceReading } from './distance-reading.ts';
import { readingOf, type PoolMeasures } from './levels.ts';
import { noteBracket, ratioOf, watchCounts, type Scene } from './notes.ts';

export interface Read {
  readonly health: PoolHealth;
  readonly reading: Reading | 'unknown';
  readonly bounded: boolean;
}

/** @param state what the pool's row is in; undefined for a row that begins with this reading. */
export function readPool(scene: Scene, facts: PoolFacts, state: AlertState | undefined): Read {
  watchCounts.assessed += 1;
  const health = assessPool(facts, scene.market, houseRules);
  scene.notes.brackets.delete(facts.id);
  if (health.status !== 'unknown')
    return { health, reading: readingFor(scene, facts, { health, state }), bounded: false };
  const reading = boundedReading(scene, facts, health) ?? 'unknown';
  return { health, reading, bounded: reading !== 'unknown' };
}

/** Rulings C3: what the pool's level is at every plausible price of its silent coins, the worst of them; undefined if they differ. */
function boundedReading(scene: Scene, facts: PoolFacts, health: PoolHealth): Reading | undefined {
  const { time: now } = scene.state;
  const markets = plausibleMarkets(scene.market, health, { now, daily: scene.volatility.daily });
  let worst: { readonly z: number; readonly reading: Reading } | undefined;
  for (const market of markets ?? []) {
    const there = assessPool(facts, market, houseRules);
    if (there.status !== 'healthy') return undefined;
    const near = distanceReadingOf(there, scene.volatility);
    const reading = readingOf(measuresOf(facts, there, near));
    const differs =
      worst !== undefined &&
      (worst.reading.worstEnter !== reading.worstEnter ||
        worst.reading.worstStay !== reading.worstStay);
    if (differs) return undefined;
    const z = near.z ?? Infinity;
    if (worst === undefined || z < worst.z) worst = { z, reading };
  }
  return worst?.reading;
}

function measuresOf(facts: PoolFacts, health: PoolHealth, near: DistanceReading): PoolMeasures {
  return {
    z: near.z,
    ratio: ratioOf(health),
    probability: near.probability,
    positions: facts.positions.length,
  };
}

function readingFor(
  scene: Scene,
  facts: PoolFacts,
  p: { readonly health: PoolHealth; readonly state: AlertState | undefined },
): Reading {
  const { health } = p;
  const near = distanceReadingOf(health, scene.volatility);
  const reading = readingOf(measuresOf(facts, health, near));
  noteBracket(scene, { facts, health, near, reading, state: p.state ?? reading.worstEnter });
  return reading;
}
