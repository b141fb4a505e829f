/** What the watch remembers between steps, and under which limits it may leave a pool alone. */
import { type Market } from '../margin/account.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { legOf, poolAssetsOf, type PoolFacts } from '../margin/pool.ts';
import { type AccountId, type PoolId } from '../units/ids.ts';
import { type AlertState, type Reading } from './alerts.ts';
import { hourDistanceOf } from '../market/first-passage.ts';
import {
  volatilityNow,
  type DistanceReading,
  type DistanceWay,
  type Volatilities,
} from './distance-reading.ts';
import { marketOf } from './facts.ts';
import {
  levelsOfWay,
  limitsAround,
  limitsIn,
  PROBABILITY_LEVELS,
  valueOfWay,
  type MeasureLevels,
  type PoolLevels,
} from './levels.ts';
import { type Breach } from './phase.ts';
import { type JournalRow } from './row.ts';
import { floatPoolOf, type FloatMarket } from './float-pool.ts';
import { type Bracket, type DistanceLimit, type FloatScene } from './screen.ts';
import { type EngineState, type PoolRow } from './state.ts';

export interface NotedReading {
  readonly bracket: Bracket;
  /** What the pool's measures said; while the bracket is quiet they say nothing that a row in `state` would take otherwise. */
  readonly reading: Reading;
  readonly state: AlertState;
  /** The step that the bracket keeps clear of. A row in another state, or before another step, needs a new look. */
  readonly worsensBelow: number | undefined;
}

/**
 * What the watch remembers between steps. It is derived, never a fact: a state that was just loaded starts without it and takes
 * the same decisions (the screen only skips assessments that would change nothing).
 */
export interface Notes {
  readonly pools: Map<AccountId, readonly PoolFacts[]>;
  /** Rows in `EngineState.pools` by account, in their order: who looks for an account's rows need not pass over all. */
  readonly rowsOf: Map<AccountId, Set<PoolId>>;
  readonly brackets: Map<PoolId, NotedReading>;
  /** By coin, barrier and level: they change once a minute, with the last hour's volatility. */
  readonly hourDistances: Map<string, { readonly volatility: number; readonly distance: number }>;
  /** Every pool is looked at exactly at the next watch. */
  readonly isDistrustful: boolean;
}
const notesOf = new WeakMap<EngineState, Notes>();

function notesFor(state: EngineState): Notes {
  return notesOf.get(state) ?? freshNotes(state, false);
}

function freshNotes(state: EngineState, isDistrustful: boolean): Notes {
  const fresh: Notes = {
    pools: new Map(),
    rowsOf: new Map(),
    brackets: new Map(),
    hourDistances: new Map(),
    isDistrustful,
  };
  for (const row of state.pools.values()) noteRow(fresh, row);
  notesOf.set(state, fresh);
  return fresh;
}

/** A row was added to the state. */
export function noteRow(notes: Notes, { accountId, poolId }: PoolRow): void {
  const rows = notes.rowsOf.get(accountId);
  if (rows === undefined) notes.rowsOf.set(accountId, new Set([poolId]));
  else rows.add(poolId);
}

/** An account's rows, without a pass over all. */
export function poolRowsOf(state: EngineState, account: AccountId): readonly PoolRow[] {
  return [...(notesFor(state).rowsOf.get(account) ?? [])].flatMap(
    (id) => state.pools.get(id) ?? [],
  );
}

/** An account's facts changed: its pools are read anew at the next watch. */
export function forgetFacts(state: EngineState, account: AccountId): void {
  const notes = notesFor(state);
  for (const pool of notes.pools.get(account) ?? []) notes.brackets.delete(pool.id);
  notes.pools.delete(account);
}

/** Nothing is remembered, as of a state that was just loaded. `isDistrustful`: every pool is looked at exactly at the next watch. */
export function forgetAllFacts(state: EngineState, isDistrustful: boolean): void {
  freshNotes(state, isDistrustful);
}

/** Counts of what one watch did: for /metrics and for the bench. */
interface WatchCounts {
  pools: number;
  assessed: number;
}
export const watchCounts: WatchCounts = { pools: 0, assessed: 0 };

/** One watch: the state, the market of the moment, and what it finds. */
export interface Scene {
  readonly state: EngineState;
  readonly notes: Notes;
  readonly market: Market;
  readonly floats: FloatScene;
  readonly volatility: Volatilities;
  readonly stale: ReadonlySet<string>;
  readonly rows: JournalRow[];
  readonly breached: Breach[];
}

/** The scene of one watch, with nothing found yet. */
export function sceneOf(state: EngineState): Scene {
  const market = marketOf(state);
  const notes = notesFor(state);
  const volatility = volatilityNow(state);
  return {
    state,
    notes,
    market,
    floats: {
      market: floatMarketOf(market),
      daily: volatility.daily,
      hourDistance: hourDistances(notes, volatility),
    },
    volatility,
    stale: new Set(
      [...market.marks].filter(([, mark]) => mark.status === 'stale').map(([id]) => id),
    ),
    rows: [],
    breached: [],
  };
}

function floatMarketOf(market: Market): FloatMarket {
  return {
    marks: new Map([...market.marks].map(([id, mark]) => [id as string, mark.price.toNumber()])),
    assetPrices: new Map(
      [...market.assetPrices].map(([asset, own]) => [asset as string, own.index.toNumber()]),
    ),
  };
}

function hourDistances(notes: Notes, { wildest }: Volatilities): FloatScene['hourDistance'] {
  return (base, level, barrier) => {
    const volatility = wildest.get(base) ?? NaN;
    const key = `${base} ${barrier} ${level}`;
    const kept = notes.hourDistances.get(key);
    if (kept?.volatility === volatility) return kept.distance;
    const distance = hourDistanceOf(level, barrier, volatility);
    notes.hourDistances.set(key, { volatility, distance });
    return distance;
  };
}

/** An assessment that is worth remembering. */
interface Noted {
  readonly facts: PoolFacts;
  readonly ratio: number;
  readonly near: DistanceReading;
  readonly levels: PoolLevels;
  readonly reading: Reading;
  readonly state: AlertState;
  readonly worsensBelow: number | undefined;
}

/** Keeps the limits inside which the exact engine would say the same again of a pool that is not liquidatable. */
export function noteBracket(scene: Scene, p: Noted): void {
  const { facts } = p;
  const legs = facts.positions.flatMap((position) => {
    const leg = legOf(position, scene.market);
    return leg.known ? [leg.value] : [];
  });
  const assets = poolAssetsOf(facts, legs, scene.market);
  if (!assets.known) return;
  const pool = floatPoolOf(assets.value, facts.scope.kind === 'multi-asset');
  const limits = limitsOfRow(p);
  if (limits === undefined || (limits.likelyBelow > 0 && pool.bases.length > 1)) return;
  const bracket = { pool, ...limits };
  const { reading, state, worsensBelow } = p;
  scene.notes.brackets.set(facts.id, { bracket, reading, state, worsensBelow });
}

const NOWHERE = { below: 0, above: Infinity };

/** Between which values of its measures nothing happens to the row; undefined exactly at the edge. */
function limitsOfRow(p: Noted): Omit<Bracket, 'pool'> | undefined {
  const { facts, ratio: at, near, levels, state } = p;
  const distance = distanceLimits(p);
  if (distance === undefined) return undefined;
  // Critical by its distance alone: what else says so does not matter.
  const isSure = state === 'critical' && distance.above.value < Infinity;
  const likely = isSure
    ? NOWHERE
    : limitsAround(limitsIn(state, PROBABILITY_LEVELS), near.probability ?? 0);
  const countsRatio = facts.positions.length >= levels.ratioFromPositions && !isSure;
  const ratio = countsRatio ? limitsAround(limitsIn(state, levels.ratio), at) : NOWHERE;
  return {
    ...distance,
    stepBelow: p.worsensBelow ?? 0,
    ratioBelow: ratio.below,
    ratioAbove: ratio.above,
    likelyBelow: likely.below,
    likelyAbove: likely.above,
  };
}

/**
 * Limits of every measure of distance say the same in the same order, so a way's rank among its own compares with any other's. The
 * worst rank decides: no way may fall below it, and one that has it must stay.
 */
function distanceLimits({
  near,
  levels,
  state,
}: Noted): Pick<Bracket, 'below' | 'belowByCoin' | 'above' | 'nearest'> | undefined {
  let rank = limitsIn(state, levels.distance).length;
  let decisive: DistanceWay | undefined;
  for (const way of near.ways) {
    const of = levelsOfWay(levels, way);
    const value = valueOfWay(way, of);
    const limits = limitsIn(state, of);
    if (limits.includes(value)) return undefined;
    const own = limits.filter((limit) => limit < value).length;
    if (own < rank) [rank, decisive] = [own, way];
  }
  const of = decisive === undefined ? levels.distance : levelsOfWay(levels, decisive);
  return {
    below: limitAt(levels.distance, state, rank - 1) ?? NO_LOWER_LIMIT,
    belowByCoin: lowerLimitsByCoin(levels, state, rank),
    above: limitAt(of, state, rank) ?? NO_UPPER_LIMIT,
    nearest: decisive?.distance,
  };
}

const NO_LOWER_LIMIT: DistanceLimit = { measure: 'z', value: 0 };
const NO_UPPER_LIMIT: DistanceLimit = { measure: 'z', value: Infinity };

function limitAt(of: MeasureLevels, state: AlertState, index: number): DistanceLimit | undefined {
  const value = limitsIn(state, of)[index];
  return value === undefined
    ? undefined
    : { measure: of.measure === 'percent' ? 'share' : 'z', value };
}

const SAME_FOR_ALL: Bracket['belowByCoin'] = new Map();

function lowerLimitsByCoin(
  { byCoin }: PoolLevels,
  state: AlertState,
  rank: number,
): Bracket['belowByCoin'] {
  if (byCoin.size === 0) return SAME_FOR_ALL;
  return new Map(
    [...byCoin].map(([base, of]) => [base, limitAt(of, state, rank - 1) ?? NO_LOWER_LIMIT]),
  );
}

/** Infinity once equity is gone: worse than every level. */
export function ratioOf(health: PoolHealth): number {
  if (!health.marginRatio.known) return 0;
  const ratio = health.marginRatio.value;
  return ratio.kind === 'ratio' ? ratio.value.toNumber() : Infinity;
}
