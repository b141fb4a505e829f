/** Reads one pool exactly: its figures, what its measures say, and whether that is bounded rather than known. */
import { type Market } from '../margin/account.ts';
import { assessPool } from '../margin/health.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { type PoolFacts } from '../margin/pool.ts';
import { houseRules } from '../margin/venues/house.ts';
import { nearestFloat } from '../units/decimal.ts';
import { type AccountId, type AssetId } from '../units/ids.ts';
import { type TimestampMs } from '../units/time.ts';
import { levelsFor, type AlertRules } from './alert-rule.ts';
import { type AlertRow, type Reading } from './alert-row.ts';
import { plausibleMarkets } from './bounded.ts';
import { distanceReadingOf, type DistanceReading, type Volatilities } from './distance-reading.ts';
import { readingOf, type PoolLevels, type PoolMeasures } from './levels.ts';
import { watchCounts, type Scene } from './notes.ts';

/** A pool and whose it is. */
export interface OwnedPool {
  readonly facts: PoolFacts;
  readonly account: AccountId;
}

/** What a pool is read against. */
export interface Surroundings {
  readonly market: Market;
  readonly volatility: Volatilities;
  readonly rules: AlertRules;
  readonly now: TimestampMs;
}

export interface Read {
  readonly health: PoolHealth;
  readonly reading: Reading | 'unknown';
  readonly bounded: boolean;
}

/**
 * Reads a pool, and keeps the reading for as long as the book can tell that it would be read so again. What has become unknown stays
 * so until its prices are back: it would come and go with every move of the coins that speak.
 *
 * @param alert of the pool's row; undefined for a row that begins with this reading.
 */
export function readPool(
  scene: Scene,
  { slot, ...owned }: OwnedPool & { readonly slot: number },
  alert: AlertRow | undefined,
): Read {
  watchCounts.assessed += 1;
  const surroundings = { ...scene, rules: scene.state.alertRules, now: scene.state.time };
  const bounds = alert?.unknownSince === undefined;
  const { health, reading, bounded, known } = readExactly(surroundings, owned, bounds);
  const { readings } = scene.notes;
  if (known === undefined || reading === 'unknown') readings.delete(slot);
  else readings.set(slot, reading);
  return { health, reading, bounded };
}

interface ExactRead extends Read {
  readonly levels: PoolLevels;
  /** undefined while the pool is unknown or bounded. */
  readonly known: { readonly near: DistanceReading; readonly measures: PoolMeasures } | undefined;
}

/** The same without any memory of it. `bounds`: a pool with silent coins may be read by what is plausible of them. */
export function readExactly(
  surroundings: Surroundings,
  { facts, account }: OwnedPool,
  bounds: boolean,
): ExactRead {
  const { market, volatility, rules } = surroundings;
  const health = assessPool(facts, market, houseRules);
  const levels = levelsFor(rules, { account, bases: basesOf(facts, market) });
  if (health.status === 'unknown') {
    const bounded = bounds ? boundedReading(surroundings, { facts, health, levels }) : undefined;
    const reading = bounded ?? 'unknown';
    return { health, reading, bounded: reading !== 'unknown', levels, known: undefined };
  }
  const near = distanceReadingOf(health, volatility);
  const measures = measuresOf(facts, health, near);
  const reading = readingOf(measures, levels);
  return { health, reading, bounded: false, levels, known: { near, measures } };
}

/** The coins that the pool has contracts on. */
export function basesOf({ positions }: PoolFacts, market: Market): ReadonlySet<AssetId> {
  return new Set(
    positions.flatMap(({ instrumentId }) => {
      const base = market.instruments.get(instrumentId)?.base;
      return base === undefined ? [] : [base];
    }),
  );
}

/** Rulings C3: what the pool's level is at every plausible price of its silent coins, the worst of them; undefined if they differ. */
function boundedReading(
  { market: present, volatility, now }: Surroundings,
  p: { readonly facts: PoolFacts; readonly health: PoolHealth; readonly levels: PoolLevels },
): Reading | undefined {
  const { facts, health, levels } = p;
  const markets = plausibleMarkets(present, health, { now, daily: volatility.daily });
  let worst: { readonly z: number; readonly reading: Reading } | undefined;
  for (const market of markets ?? []) {
    const there = assessPool(facts, market, houseRules);
    if (there.status !== 'healthy') return undefined;
    const near = distanceReadingOf(there, volatility);
    const reading = readingOf(measuresOf(facts, there, near), levels);
    const differs =
      worst !== undefined &&
      (worst.reading.worstEnter !== reading.worstEnter ||
        worst.reading.worstStay !== reading.worstStay);
    if (differs) return undefined;
    const z = near.ways[0]?.z ?? Infinity;
    if (worst === undefined || z < worst.z) worst = { z, reading };
  }
  return worst === undefined ? undefined : { ...worst.reading, z: undefined };
}

function measuresOf(facts: PoolFacts, health: PoolHealth, near: DistanceReading): PoolMeasures {
  return {
    ways: near.ways,
    get ratio() {
      return ratioOf(health);
    },
    probability: near.probability,
    positions: facts.positions.length,
  };
}

/** Infinity once equity is gone: worse than every level. */
function ratioOf(health: PoolHealth): number {
  if (!health.marginRatio.known) return 0;
  const ratio = health.marginRatio.value;
  return ratio.kind === 'ratio' ? nearestFloat(ratio.value) : Infinity;
}
