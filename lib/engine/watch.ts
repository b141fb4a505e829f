/** Watches every margin pool at every step: reads its level, moves its alert row, and finds the ones to liquidate. */
import { type PoolHealth } from '../margin/figures.ts';
import { assessPool } from '../margin/health.ts';
import { poolsOf, type PoolFacts } from '../margin/pool.ts';
import { houseRules } from '../margin/venues/house.ts';
import { type PoolId } from '../units/ids.ts';
import { type TimestampMs } from '../units/time.ts';
import { lapses, openAlertRow, stepAlert, type AlertRow, type AlertTransition } from './alerts.ts';
import {
  holdsFor,
  isQuiet,
  isWaiting,
  notePools,
  noteRest,
  visitsOf,
  wantsStep,
} from './attention.ts';
import { escalationOf } from './escalation.ts';
import { accountFacts, marketOf } from './facts.ts';
import { isSystemAccount } from './ledger.ts';
import { DEFAULT_LEVELS, readingOf } from './levels.ts';
import { noteRow, sceneOf, watchCounts, type Scene } from './notes.ts';
import { advancePhase, type Breach } from './phase.ts';
import { readPool } from './pool-reading.ts';
import { type JournalRow } from './row.ts';
import { type EngineState, type LedgerAccount, type PoolRow } from './state.ts';
import { escalatedRow, lapsedRow, transitionRow } from './transition.ts';

export interface Seen {
  readonly rows: readonly JournalRow[];
  /** Pools to liquidate now, worst first. */
  readonly breached: readonly Breach[];
}

export function watchPools(state: EngineState): Seen {
  const scene = sceneOf(state);
  watchCounts.pools += scene.notes.slotOf.size;
  for (const [id, which] of visitsOf(scene)) {
    const account = state.accounts.get(id);
    if (account !== undefined && !isSystemAccount(id)) watchAccount(scene, account, which);
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

function watchAccount(
  scene: Scene,
  account: LedgerAccount,
  which: 'all' | ReadonlySet<PoolId>,
): void {
  if (which === 'all') readAccount(scene, account);
  for (const facts of scene.notes.pools.get(account.accountId) ?? []) {
    if (which === 'all' || which.has(facts.id)) watchPool(scene, facts, account);
  }
}

function watchPool(scene: Scene, facts: PoolFacts, account: LedgerAccount): void {
  const row = scene.state.pools.get(facts.id);
  if (row === undefined) openRow(scene, facts, account);
  else if (!canSkip(scene, facts, row)) assess(scene, facts, { account, row });
}

/** The account's facts as they are now. */
function readAccount(scene: Scene, account: LedgerAccount): void {
  const pools = poolsOf(accountFacts(scene.state, account), scene.market).filter(
    (pool) => pool.positions.length > 0,
  );
  notePools(scene, account.accountId, pools);
  closeRows(scene, account, new Set(pools.map((pool) => pool.id)));
}

/** A pool that holds nothing any more has no level: it recovers, and its row goes, unless it tells of a liquidation. */
function closeRows(scene: Scene, account: LedgerAccount, open: ReadonlySet<PoolId>): void {
  const rows = scene.notes.rowsOf.get(account.accountId);
  for (const id of rows ?? []) {
    const row = scene.state.pools.get(id);
    if (row === undefined || open.has(id) || row.phase.kind === 'liquidated') continue;
    if (row.alert.state !== 'healthy') {
      const change = recoveryByClosing(row.alert, scene.state.time);
      scene.rows.push(transitionRow(scene.state, { row, change, health: undefined }));
    }
    scene.state.pools.delete(id);
    rows?.delete(id);
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
  if (row.phase.kind !== 'none' || row.bounded || wantsStep(row.alert)) return false;
  if (!isQuiet(scene, facts.id, row)) return false;
  if (escalationOf(row.alert, scene.state.time) !== undefined) return false;
  if (!isWaiting(row.alert)) {
    // A state that was just loaded finds its Criticals here: they may have to be told again.
    noteRest(scene, facts, row);
    return true;
  }
  const noted = scene.notes.readings.get(facts.id);
  if (noted === undefined || !holdsFor(noted, row.alert)) return false;
  if (lapses(row.alert, noted, scene.state.time)) return false;
  // The same reading once more. A change of state is told with figures of the moment: those are worked out.
  const { row: alert, transition } = stepAlert(row.alert, noted, scene.state.time);
  if (transition !== undefined) return false;
  row.alert = alert;
  noteRest(scene, facts, row);
  return true;
}

/** Rulings B2: a pool is shown in the state it was opened in, without an alert; alerts tell of worsening from there. */
function openRow(scene: Scene, facts: PoolFacts, account: LedgerAccount): void {
  const { health, reading, bounded } = readPool(
    scene,
    { facts, account: account.accountId },
    undefined,
  );
  const row: PoolRow = {
    poolId: facts.id,
    accountId: account.accountId,
    alert: openAlertRow(reading, scene.state.time),
    phase: { kind: 'none' },
    bounded,
  };
  scene.state.pools.set(facts.id, row);
  noteRow(scene.notes, row);
  checkPhase(scene, { row, account, health });
  keepWatch(scene, facts, row);
}

function assess(
  scene: Scene,
  facts: PoolFacts,
  p: { readonly account: LedgerAccount; readonly row: PoolRow },
): void {
  const { account, row } = p;
  const { health, reading, bounded } = readPool(
    scene,
    { facts, account: account.accountId },
    row.phase.kind === 'liquidated' ? undefined : row.alert,
  );
  row.bounded = bounded;
  if (row.phase.kind === 'liquidated') {
    // New positions in a pool that was liquidated: its story begins again.
    row.phase = { kind: 'none' };
    row.alert = openAlertRow(reading, scene.state.time);
  }
  if (lapses(row.alert, reading, scene.state.time)) scene.rows.push(lapsedRow(scene.state, row));
  const { row: alert, transition } = stepAlert(row.alert, reading, scene.state.time);
  row.alert = alert;
  if (transition !== undefined)
    scene.rows.push(transitionRow(scene.state, { row, change: transition, health }));
  tellAgain(scene, row);
  checkPhase(scene, { row, account, health });
  keepWatch(scene, facts, row);
}

/** When it is visited next: as its row stands now. */
function keepWatch(scene: Scene, facts: PoolFacts, row: PoolRow): void {
  noteRest(scene, facts, row);
  isQuiet(scene, facts.id, row);
}

function tellAgain(scene: Scene, row: PoolRow): void {
  const asking = escalationOf(row.alert, scene.state.time);
  if (asking === undefined) return;
  row.alert = { ...row.alert, asking };
  scene.rows.push(escalatedRow(scene.state, row, asking));
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

/** The breach as it stands after something happened to its account in this step; undefined when the pool is safe again. */
export function assessAgain(state: EngineState, { row, account }: Breach): Breach | undefined {
  const market = marketOf(state);
  const facts = poolsOf(accountFacts(state, account), market).find(({ id }) => id === row.poolId);
  if (facts === undefined) return undefined;
  return advancePhase(state, {
    row,
    account,
    health: assessPool(facts, market, houseRules),
    market,
  });
}

/** After a liquidation the pool holds nothing: its alert is over, its row tells what happened. */
export function endAlert(row: PoolRow, now: TimestampMs): void {
  row.alert = openAlertRow(
    readingOf({ ways: [], ratio: undefined, probability: undefined, positions: 0 }, DEFAULT_LEVELS),
    now,
  );
}
