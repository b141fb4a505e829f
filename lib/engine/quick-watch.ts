/**
 * Visits without exact figures: what the book knows of a pool beyond doubt is enough wherever the journal tells none of the moment.
 * Everything here is the same step of a pool's row as watch.ts takes from a full reading (SPEC SC5).
 */
import { arm } from '../book/book.ts';
import { CRITICAL, LIQUIDATABLE } from '../book/standing.ts';
import { instrumentOf } from '../book/market-columns.ts';
import { recordOf } from '../book/pool-columns.ts';
import { judgeQuickly, type QuicklyJudged } from '../book/settle.ts';
import { type PoolId } from '../units/ids.ts';
import { ALERT_STATES, type Reading } from './alert-row.ts';
import { lapses, openAlertRow, stepAlert } from './alerts.ts';
import { holdsFor, isQuiet, isWaiting, noteWake, staysUnknown, wantsStep } from './attention.ts';
import { escalationOf } from './escalation.ts';
import { DEFAULT_LEVELS, readingOf } from './levels.ts';
import { type Scene } from './notes.ts';
import { AT_ONCE_RATIO, phaseOfBreach } from './phase.ts';
import { type LedgerAccount, type LiquidationPhase, type PoolRow } from './state.ts';
import { escalatedRow } from './transition.ts';

/** A pool by its slot in the book. */
interface Visited {
  readonly id: PoolId;
  readonly slot: number;
  readonly account: LedgerAccount;
}

/** True when the pool's row has been stepped, or needs no step; false leaves everything as it was for a full reading. */
export function watchQuickly(scene: Scene, visited: Visited): boolean {
  if (scene.notes.isDistrustful) return false;
  const { slot, account } = visited;
  const row = account.rows.get(visited.id);
  if (row === undefined) return openQuickly(scene, visited);
  return canSkip(scene, slot, row) || stepQuickly(scene, { slot, row, account });
}

/** Healthy beyond doubt: the row of such a pool says nothing of its figures. */
function openQuickly({ notes, state }: Scene, { id, slot, account }: Visited): boolean {
  if (judgeQuickly(notes.book, slot)?.enter !== 0) return false;
  const alert = openAlertRow(NOTHING_NEAR, state.time);
  const { accountId } = account;
  account.rows.set(id, { poolId: id, accountId, alert, phase: { kind: 'none' }, bounded: false });
  notes.book.state[slot] = 0;
  arm(notes.book, slot);
  return true;
}

/** True when nothing has to be worked out anew; what time alone changes in the row has then been stepped. */
function canSkip(scene: Scene, slot: number, row: PoolRow): boolean {
  const { time } = scene.state;
  if (escalationOf(row.alert, time) !== undefined || row.phase.kind === 'liquidated') return false;
  if (staysUnknown(scene, slot, row)) return true;
  if (row.phase.kind !== 'none' || row.bounded || wantsStep(row.alert)) return false;
  if (scene.stirred.has(slot) || !isQuiet(scene, slot, row)) return false;
  if (!isWaiting(row.alert)) {
    // A state that was just loaded finds its Criticals here: they may have to be told again.
    noteWake(scene, slot, row);
    return true;
  }
  const noted = scene.notes.readings.get(slot);
  if (noted === undefined || !holdsFor(noted, row.alert)) return false;
  if (lapses(row.alert, noted, time)) return false;
  // The same reading once more. A change of state is told with figures of the moment: those are worked out.
  const { row: alert, transition } = stepAlert(row.alert, noted, time);
  if (transition !== undefined) return false;
  row.alert = alert;
  noteWake(scene, slot, row);
  return true;
}

/** Holds that begin, go on or end, marks that are waited for, a Critical told again: none of them needs a figure. */
function stepQuickly(
  scene: Scene,
  p: { readonly slot: number; readonly row: PoolRow; readonly account: LedgerAccount },
): boolean {
  const { state, notes } = scene;
  const { slot, row } = p;
  const { alert } = row;
  if (row.bounded || row.phase.kind === 'liquidated') return false;
  if (alert.unknownSince !== undefined || wantsStep(alert)) return false;
  const judged = judgeQuickly(notes.book, slot, alert.worsensBelow);
  // [AL5] Somebody may have to be told that it is worse by a step.
  if (judged === undefined || !judged.isBeforeStep) return false;
  const reading = unfigured(judged);
  const stepped = stepAlert(alert, reading, state.time);
  if (stepped.transition !== undefined || lapses(alert, reading, state.time)) return false;
  const phase = phaseQuickly(scene, { ...p, judged });
  if (phase === undefined) return false;
  row.alert = stepped.row;
  row.phase = phase;
  notes.readings.set(slot, reading);
  tellAgain(scene, row);
  keepWatch(scene, slot, row);
  return true;
}

/** Which state it is in, without the figures that say so: whoever needs them reads the pool. */
function unfigured({ enter, stay }: QuicklyJudged): Reading {
  const stateOf = (state: number): Reading['worstEnter'] =>
    ALERT_STATES[Math.min(state, CRITICAL)] ?? 'critical';
  return { ...NOTHING_NEAR, worstEnter: stateOf(enter), worstStay: stateOf(stay) };
}

/** [PH1, PH4] The phase that it is in by now; undefined where it is to be liquidated, or that is in doubt. */
function phaseQuickly(
  { state, notes: { book }, market }: Scene,
  p: {
    readonly slot: number;
    readonly row: PoolRow;
    readonly account: LedgerAccount;
    readonly judged: QuicklyJudged;
  },
): LiquidationPhase | undefined {
  const { slot, row, account, judged } = p;
  if (judged.enter < LIQUIDATABLE) return { kind: 'none' };
  const { multi, positions } = recordOf(book.pools, slot);
  const { phase, isDue } = phaseOfBreach(state, market, {
    phase: row.phase,
    own: positions.map(({ instrument }) => instrumentOf(book.market, instrument).id),
    coinsOf: multi ? account : undefined,
    isSevere: !(judged.ratioMost < AT_ONCE_RATIO.toNumber()),
  });
  if (isDue) return undefined;
  return phase;
}

/** When it is visited next: as its row stands now. */
export function keepWatch(scene: Scene, slot: number, row: PoolRow): void {
  noteWake(scene, slot, row);
  isQuiet(scene, slot, row);
}

/** [AL6] */
export function tellAgain(scene: Scene, row: PoolRow): void {
  const asking = escalationOf(row.alert, scene.state.time);
  if (asking === undefined) return;
  row.alert = { ...row.alert, asking };
  scene.rows.push(escalatedRow(scene.state, row, asking));
}

export const NOTHING_NEAR: Reading = readingOf(
  { ways: [], ratio: undefined, probability: undefined, positions: 0 },
  DEFAULT_LEVELS,
);
