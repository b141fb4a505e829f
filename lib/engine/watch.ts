/** Watches every margin pool at every step: reads its level, moves its alert row, and finds the ones to liquidate. */
import { assert } from '../contract.ts';
import { type Market } from '../margin/account.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { assessPool } from '../margin/health.ts';
import { type PoolFacts } from '../margin/pool.ts';
import { houseRules } from '../margin/venues/house.ts';
import { type InstrumentId, type PoolId } from '../units/ids.ts';
import { type TimestampMs } from '../units/time.ts';
import { type AlertRow, type AlertTransition } from './alert-row.ts';
import { lapses, openAlertRow, stepAlert } from './alerts.ts';
import { changedOf, notePools, visitsOf, type Which } from './attention.ts';
import { poolFactsOf } from './facts.ts';
import { isSystemAccount } from './ledger.ts';
import { forgetFacts, poolIdAt, sceneOf, slotsOf, watchCounts, type Scene } from './notes.ts';
import { advancePhase, type Breach } from './phase.ts';
import { readPool } from './pool-reading.ts';
import { keepWatch, NOTHING_NEAR, tellAgain, watchQuickly } from './quick-watch.ts';
import { type JournalRow } from './row.ts';
import { type EngineState, type LedgerAccount, type PoolRow } from './state.ts';
import { lapsedRow, transitionRow } from './transition.ts';

export interface Seen {
  readonly rows: readonly JournalRow[];
  /** Pools to liquidate now, in any order. */
  readonly breached: readonly Breach[];
}

/** So many accounts are visited between two looks of the caller. */
const ACCOUNTS_AT_ONCE = 50;

/** Yields an empty group now and then: nothing has to be durable, but a watch of everything may tell that it goes on. */
export function* watchPools(state: EngineState): Generator<readonly JournalRow[], Seen, void> {
  const scene = sceneOf(state);
  const { accounts, which } = yield* visitsOf(scene);
  let place = 0;
  for (const number of accounts) {
    if (place % ACCOUNTS_AT_ONCE === ACCOUNTS_AT_ONCE - 1) {
      scene.notes.progress = { what: 'accounts', done: place, of: accounts.length };
      yield [];
    }
    place += 1;
    visit(scene, number, which.get(number) ?? 'all');
  }
  watchCounts.pools += scene.notes.owners.open;
  return { rows: scene.rows, breached: scene.breached };
}

/**
 * Reads who changed before their step is through: a beginning brings more accounts than are noted at once. Who is breached is left to
 * the step's own watch. Gives the rows.
 */
export function watchChanged(state: EngineState): readonly JournalRow[] {
  const scene = sceneOf(state);
  const breached = changedOf(scene).filter((number) => visit(scene, number, 'all') === 'breached');
  for (const number of breached) forgetFacts(state, state.accounts.idAt(number));
  return scene.rows;
}

/** One account is unpacked, read and packed away again; one with a pool to liquidate stays at hand. */
function visit(scene: Scene, number: number, which: Which): 'rests' | 'breached' {
  const { accounts } = scene.state;
  const id = accounts.idAt(number);
  if (isSystemAccount(id)) return 'rests';
  const account = accounts.get(id);
  assert(account !== undefined, 'an account that is visited is there');
  const breachedBefore = scene.breached.length;
  watchAccount(scene, account, { number, which });
  if (scene.breached.length > breachedBefore) return 'breached';
  accounts.rest(id);
  return 'rests';
}

function watchAccount(
  scene: Scene,
  account: LedgerAccount,
  { number, which }: { readonly number: number; readonly which: Which },
): void {
  const { owners } = scene.notes;
  if (which === 'all') notePools(scene, account);
  const slots = slotsOf(owners, number);
  const idOf = (slot: number): PoolId => poolIdAt(owners, slot, account.accountId);
  if (which === 'all') closeRows(scene, account, new Set(slots.map(idOf)));
  for (const slot of slots) {
    if (which !== 'all' && !which.includes(slot)) continue;
    const id = idOf(slot);
    if (watchQuickly(scene, { id, slot, account })) continue;
    const facts = poolFactsOf(scene.state, account, { id, market: scene.market });
    assert(facts !== undefined, 'a pool of the book is one of its account');
    watchPool(scene, { facts, slot }, account);
  }
}

/** A pool of the book with its facts. */
interface WatchedPool {
  readonly facts: PoolFacts;
  readonly slot: number;
}

function watchPool(scene: Scene, pool: WatchedPool, account: LedgerAccount): void {
  const row = account.rows.get(pool.facts.id);
  if (row === undefined) openRow(scene, pool, account);
  else assess(scene, pool, { account, row });
}

/** A pool that holds nothing any more has no level: it recovers, and its row goes, unless it tells of a liquidation. */
function closeRows(scene: Scene, account: LedgerAccount, open: ReadonlySet<PoolId>): void {
  for (const [id, row] of account.rows) {
    if (open.has(id) || row.phase.kind === 'liquidated') continue;
    if (row.alert.state !== 'healthy') {
      const change = recoveryByClosing(row.alert, scene.state.time);
      scene.rows.push(
        transitionRow(scene.state, { row, change, health: undefined, first: undefined }),
      );
    }
    account.rows.delete(id);
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

/** Rulings B2: a pool is shown in the state it was opened in, without an alert; alerts tell of worsening from there. */
function openRow(scene: Scene, pool: WatchedPool, account: LedgerAccount): void {
  const { accountId } = account;
  const { health, reading, bounded } = readPool(scene, { ...pool, account: accountId }, undefined);
  const row: PoolRow = {
    poolId: pool.facts.id,
    accountId,
    alert: openAlertRow(reading, scene.state.time),
    phase: { kind: 'none' },
    bounded,
  };
  account.rows.set(row.poolId, row);
  checkPhase(scene, { row, account, health, own: contractsOf(pool.facts) });
  keepWatch(scene, pool.slot, row);
}

function assess(
  scene: Scene,
  pool: WatchedPool,
  p: { readonly account: LedgerAccount; readonly row: PoolRow },
): void {
  const { account, row } = p;
  const { health, reading, bounded } = readPool(
    scene,
    { ...pool, account: account.accountId },
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
  const own = contractsOf(pool.facts);
  if (transition !== undefined)
    scene.rows.push(transitionRow(scene.state, { row, change: transition, health, first: own[0] }));
  tellAgain(scene, row);
  checkPhase(scene, { row, account, health, own });
  keepWatch(scene, pool.slot, row);
}

/** The contracts of a pool, without its figures of each position: those are not asked for here. */
function contractsOf({ positions }: PoolFacts): readonly InstrumentId[] {
  return positions.map(({ instrumentId }) => instrumentId);
}

function checkPhase(
  scene: Scene,
  p: {
    readonly row: PoolRow;
    readonly account: LedgerAccount;
    readonly health: PoolHealth;
    readonly own: readonly InstrumentId[];
  },
): void {
  // No plausible price breaches it: whatever was being confirmed is over.
  if (p.row.bounded) p.row.phase = { kind: 'none' };
  const breach = advancePhase(scene.state, { ...p, market: scene.market });
  if (breach !== undefined) scene.breached.push(breach);
}

/** The breach as it stands after something happened to its account in this step; undefined when the pool is safe again. */
export function assessAgain(
  state: EngineState,
  market: Market,
  { row, account }: Breach,
): Breach | undefined {
  const facts = poolFactsOf(state, account, { id: row.poolId, market });
  if (facts === undefined) return undefined;
  return advancePhase(state, {
    row,
    account,
    health: assessPool(facts, market, houseRules),
    own: contractsOf(facts),
    market,
  });
}

/** After a liquidation the pool holds nothing: its alert is over, its row tells what happened. */
export function endAlert(row: PoolRow, now: TimestampMs): void {
  row.alert = openAlertRow(NOTHING_NEAR, now);
}
