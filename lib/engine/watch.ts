/** Watches every margin pool at every step: reads its level, moves its alert row, and finds the ones to liquidate. */
import { type Market } from '../margin/account.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { assessPool } from '../margin/health.ts';
import { legOf, poolAssetsOf, poolsOf, type PoolFacts } from '../margin/pool.ts';
import { houseRules } from '../margin/venues/house.ts';
import { type AccountId, type PoolId } from '../units/ids.ts';
import { type TimestampMs } from '../units/time.ts';
import { openAlertRow, stepAlert, type AlertRow, type AlertState, type AlertTransition, type Reading } from './alerts.ts';
import {
  distanceReadingOf,
  hourDistanceOf,
  volatilityNow,
  type DistanceReading,
  type Volatilities,
} from './distance-reading.ts';
import { accountFacts, marketOf } from './facts.ts';
import { isSystemAccount } from './ledger.ts';
import { plausibleMarkets } from './bounded.ts';
import { limitsAround, limitsIn, readingOf, type PoolMeasures } from './levels.ts';
import { advancePhase, type Breach } from './phase.ts';
import { type JournalRow } from './row.ts';
import { floatPoolOf, isQuiet, type Bracket, type FloatMarket, type FloatScene } from './screen.ts';
import { type EngineState, type LedgerAccount, type PoolRow } from './state.ts';
import { transitionRow } from './transition.ts';

export interface Seen {
  readonly rows: readonly JournalRow[];
  /** Pools to liquidate now, worst first. */
  readonly breached: readonly Breach[];
}

interface NotedReading {
  readonly bracket: Bracket;
  /** What the pool's measures said; while the bracket is quiet they say nothing that a row in `state` would take otherwise. */
  readonly reading: Reading;
  readonly state: AlertState;
}

/**
 * What the watch remembers between steps. It is derived, never a fact: a state that was just loaded starts without it and takes
 * the same decisions (the screen only skips assessments that would change nothing).
 */
interface Notes {
  readonly pools: Map<AccountId, readonly PoolFacts[]>;
  readonly brackets: Map<PoolId, NotedReading>;
  /** By coin, barrier and level: they change once a minute, with the last hour's volatility. */
  readonly hourDistances: Map<string, { readonly volatility: number; readonly distance: number }>;
}
const notesOf = new WeakMap<EngineState, Notes>();

function notesFor(state: EngineState): Notes {
  const kept = notesOf.get(state);
  if (kept !== undefined) return kept;
  const fresh: Notes = { pools: new Map(), brackets: new Map(), hourDistances: new Map() };
  notesOf.set(state, fresh);
  return fresh;
}

/** An account's facts changed: its pools are read anew at the next watch. */
export function forgetFacts(state: EngineState, account: AccountId): void {
  const notes = notesFor(state);
  for (const pool of notes.pools.get(account) ?? []) notes.brackets.delete(pool.id);
  notes.pools.delete(account);
}

/** Everything is read anew at the next watch: what a contract's terms say has changed, or nothing may be taken on trust. */
export function forgetAllFacts(state: EngineState): void {
  notesOf.delete(state);
}

/** Counts of what one watch did: for /metrics and for the bench. */
export interface WatchCounts {
  pools: number;
  assessed: number;
}
export const watchCounts: WatchCounts = { pools: 0, assessed: 0 };

interface Scene {
  readonly state: EngineState;
  readonly notes: Notes;
  readonly market: Market;
  readonly floats: FloatScene;
  readonly volatility: Volatilities;
  readonly stale: ReadonlySet<string>;
  readonly rows: JournalRow[];
  readonly breached: Breach[];
}

export function watchPools(state: EngineState): Seen {
  const market = marketOf(state);
  const notes = notesFor(state);
  const volatility = volatilityNow(state);
  const scene: Scene = {
    state,
    notes,
    market,
    floats: { market: floatMarketOf(market), daily: volatility.daily, hourDistance: hourDistances(notes, volatility) },
    volatility,
    stale: new Set([...market.marks].filter(([, mark]) => mark.status === 'stale').map(([id]) => id)),
    rows: [],
    breached: [],
  };
  for (const account of state.accounts.values()) {
    if (!isSystemAccount(account.accountId)) watchAccount(scene, account);
  }
  return { rows: scene.rows, breached: scene.breached.toSorted(worstFirst) };
}

/** Rulings E5: below zero the largest deficit first, above it the lowest health; ties by id. */
function worstFirst(left: Breach, right: Breach): number {
  const byEquity = Number(right.equity.isNegative()) - Number(left.equity.isNegative());
  if (byEquity !== 0) return byEquity;
  const order = left.equity.isNegative()
    ? left.equity.comparedTo(right.equity)
    : left.equity.times(right.maintenance).comparedTo(right.equity.times(left.maintenance));
  return order === 0 ? (left.row.poolId < right.row.poolId ? -1 : 1) : order;
}

function floatMarketOf(market: Market): FloatMarket {
  return {
    marks: new Map([...market.marks].map(([id, mark]) => [id as string, mark.price.toNumber()])),
    assetPrices: new Map([...market.assetPrices].map(([asset, own]) => [asset as string, own.index.toNumber()])),
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

function watchAccount(scene: Scene, account: LedgerAccount): void {
  for (const facts of poolsWithPositions(scene, account)) {
    watchCounts.pools += 1;
    const row = scene.state.pools.get(facts.id);
    if (row === undefined) openRow(scene, facts, account);
    else if (!canSkip(scene, facts, row)) assess(scene, facts, { account, row });
  }
}

function poolsWithPositions(scene: Scene, account: LedgerAccount): readonly PoolFacts[] {
  const kept = scene.notes.pools.get(account.accountId);
  if (kept !== undefined) return kept;
  const pools = poolsOf(accountFacts(scene.state, account), scene.market).filter(
    (pool) => pool.positions.length > 0,
  );
  scene.notes.pools.set(account.accountId, pools);
  closeRows(scene, account, new Set(pools.map((pool) => pool.id)));
  return pools;
}

/** A pool that holds nothing any more has no level: it recovers, and its row goes, unless it tells of a liquidation. */
function closeRows(scene: Scene, account: LedgerAccount, open: ReadonlySet<PoolId>): void {
  for (const row of scene.state.pools.values()) {
    if (row.accountId !== account.accountId || open.has(row.poolId)) continue;
    if (row.phase.kind === 'liquidated') continue;
    if (row.alert.state !== 'healthy') {
      const change = recoveryByClosing(row.alert, scene.state.time);
      scene.rows.push(transitionRow(scene.state, { row, change, health: undefined }));
    }
    scene.state.pools.delete(row.poolId);
  }
}

function recoveryByClosing(alert: AlertRow, now: TimestampMs): AlertTransition {
  return {
    kind: 'state',
    from: alert.state,
    to: 'healthy',
    by: 'distance',
    value: undefined,
    level: Number.NaN,
    lastedMs: now - alert.since,
    returns: alert.returns.length,
    pinnedUntil: undefined,
  };
}

/** True when nothing has to be worked out anew; what time alone changes in the row has then been stepped. */
function canSkip(scene: Scene, facts: PoolFacts, row: PoolRow): boolean {
  const noted = scene.notes.brackets.get(facts.id);
  if (noted === undefined || row.phase.kind !== 'none' || noted.state !== row.alert.state) return false;
  if (restsOnStale(scene, facts) || !isQuiet(noted.bracket, scene.floats)) return false;
  if (!isWaiting(row.alert)) return true;
  // The same reading once more. A change of state is told with figures of the moment: those are worked out.
  const { row: alert, transition } = stepAlert(row.alert, noted.reading, scene.state.time);
  if (transition !== undefined) return false;
  row.alert = alert;
  return true;
}

function restsOnStale(scene: Scene, facts: PoolFacts): boolean {
  if (facts.positions.some((position) => scene.stale.has(position.instrumentId))) return true;
  if (facts.scope.kind !== 'multi-asset') return false;
  for (const asset of facts.wallets.keys()) {
    if (scene.market.assetPrices.get(asset)?.staleMark !== undefined) return true;
  }
  return false;
}

/** Something of the row changes by time alone: it is stepped at every step. */
function isWaiting(alert: AlertRow): boolean {
  const { worseSince, betterSince, unknownSince, freshSince, acknowledged } = alert;
  const timers = [worseSince, betterSince, unknownSince, freshSince];
  return timers.some((timer) => timer !== undefined) || (acknowledged !== undefined && alert.state === 'critical');
}

/** Rulings B2: a pool is shown in the state it was opened in, without an alert; alerts tell of worsening from there. */
function openRow(scene: Scene, facts: PoolFacts, account: LedgerAccount): void {
  const { health, reading, bounded } = read(scene, facts, undefined);
  const row: PoolRow = {
    poolId: facts.id,
    accountId: account.accountId,
    alert: openAlertRow(reading, scene.state.time),
    phase: { kind: 'none' },
    bounded,
  };
  scene.state.pools.set(facts.id, row);
  checkPhase(scene, { row, account, health });
}

function assess(scene: Scene, facts: PoolFacts, p: { readonly account: LedgerAccount; readonly row: PoolRow }): void {
  const { account, row } = p;
  const { health, reading, bounded } = read(scene, facts, row.phase.kind === 'liquidated' ? undefined : row.alert.state);
  row.bounded = bounded;
  if (row.phase.kind === 'liquidated') {
    // New positions in a pool that was liquidated: its story begins again.
    row.phase = { kind: 'none' };
    row.alert = openAlertRow(reading, scene.state.time);
  }
  const { row: alert, transition } = stepAlert(row.alert, reading, scene.state.time);
  row.alert = alert;
  if (transition !== undefined) {
    scene.rows.push(transitionRow(scene.state, { row, change: transition, health }));
    // The same reading may now start a hold that this change left for the next step.
    scene.notes.brackets.delete(facts.id);
  }
  checkPhase(scene, { row, account, health });
}

function checkPhase(
  scene: Scene,
  p: { readonly row: PoolRow; readonly account: LedgerAccount; readonly health: PoolHealth },
): void {
  // No plausible price breaches it: whatever was being confirmed is over.
  if (p.row.bounded) p.row.phase = { kind: 'none' };
  const breach = advancePhase(scene.state, { ...p, market: scene.market });
  if (breach !== undefined) scene.breached.push(breach);
}

interface Read {
  readonly health: PoolHealth;
  readonly reading: Reading | 'unknown';
  readonly bounded: boolean;
}

/** @param state what the pool's row is in; undefined for a row that begins with this reading. */
function read(scene: Scene, facts: PoolFacts, state: AlertState | undefined): Read {
  watchCounts.assessed += 1;
  const health = assessPool(facts, scene.market, houseRules);
  scene.notes.brackets.delete(facts.id);
  if (health.status !== 'unknown') return { health, reading: readingFor(scene, facts, { health, state }), bounded: false };
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
      (worst.reading.worstEnter !== reading.worstEnter || worst.reading.worstStay !== reading.worstStay);
    if (differs) return undefined;
    const z = near.z ?? Infinity;
    if (worst === undefined || z < worst.z) worst = { z, reading };
  }
  return worst?.reading;
}

function measuresOf(facts: PoolFacts, health: PoolHealth, near: DistanceReading): PoolMeasures {
  return { z: near.z, ratio: ratioOf(health), probability: near.probability, positions: facts.positions.length };
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

/** Infinity once equity is gone: worse than every level. */
function ratioOf(health: PoolHealth): number {
  if (!health.marginRatio.known) return 0;
  const ratio = health.marginRatio.value;
  return ratio.kind === 'ratio' ? ratio.value.toNumber() : Infinity;
}

interface Noted {
  readonly facts: PoolFacts;
  readonly health: PoolHealth;
  readonly near: DistanceReading;
  readonly reading: Reading;
  readonly state: AlertState;
}

/** Keeps the limits inside which the exact engine would say the same again. */
function noteBracket(scene: Scene, p: Noted): void {
  const { facts } = p;
  if (p.health.status !== 'healthy') return;
  const legs = facts.positions.flatMap((position) => {
    const leg = legOf(position, scene.market);
    return leg.known ? [leg.value] : [];
  });
  const assets = poolAssetsOf(facts, legs, scene.market);
  if (!assets.known) return;
  const pool = floatPoolOf(assets.value, facts.scope.kind === 'multi-asset');
  const limits = limitsOfRow(p);
  if (limits === undefined || (limits.likelyBelow > 0 && pool.bases.length > 1)) return;
  const bracket = { pool, nearest: p.near.nearest, ...limits };
  scene.notes.brackets.set(facts.id, { bracket, reading: p.reading, state: p.state });
}

const NOWHERE = { below: 0, above: Infinity };

/** Between which values of its measures nothing happens to the row; undefined exactly at the edge. */
function limitsOfRow({ facts, health, near, state }: Noted): Omit<Bracket, 'pool' | 'nearest'> | undefined {
  const distances = limitsIn(state, 'distance');
  const z = near.z ?? Infinity;
  if (distances.includes(z)) return undefined;
  const distance = limitsAround(distances, z);
  // Critical by its distance alone: what else says so does not matter.
  const isSure = state === 'critical' && distance.above < Infinity;
  const likely = isSure ? NOWHERE : limitsAround(limitsIn(state, 'probability'), near.probability ?? 0);
  const countsRatio = facts.positions.length > 1 && !isSure;
  const ratio = countsRatio ? limitsAround(limitsIn(state, 'ratio'), ratioOf(health)) : NOWHERE;
  return {
    zBelow: distance.below,
    zAbove: distance.above,
    ratioBelow: ratio.below,
    ratioAbove: ratio.above,
    likelyBelow: likely.below,
    likelyAbove: likely.above,
  };
}

/** The breach as it stands after something happened to its account in this step; undefined when the pool is safe again. */
export function assessAgain(state: EngineState, { row, account }: Breach): Breach | undefined {
  const market = marketOf(state);
  const facts = poolsOf(accountFacts(state, account), market).find(({ id }) => id === row.poolId);
  if (facts === undefined) return undefined;
  return advancePhase(state, { row, account, health: assessPool(facts, market, houseRules), market });
}

/** After a liquidation the pool holds nothing: its alert is over, its row tells what happened. */
export function endAlert(row: PoolRow, now: TimestampMs): void {
  row.alert = openAlertRow(readingOf({ z: undefined, ratio: undefined, probability: undefined, positions: 0 }), now);
}
