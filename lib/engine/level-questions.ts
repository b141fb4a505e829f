/** Questions about levels that change nothing: why a pool is in its state, and where a rule would put every pool. */
import { type Market } from '../margin/account.ts';
import { poolsOf, type PoolFacts } from '../margin/pool.ts';
import { type PoolId } from '../units/ids.ts';
import { isJudgedBy, levelsFor, ruleKey, type AlertRule } from './alert-rule.ts';
import { severityOf, type AlertState, type Reading } from './alert-row.ts';
import { volatilityNow } from './distance-reading.ts';
import { accountFacts, marketOf } from './facts.ts';
import { isSystemAccount } from './ledger.ts';
import { reasonIn, type Alarm, type LevelReason } from './levels.ts';
import { basesOf, readExactly, type Surroundings } from './pool-reading.ts';
import { type ShownState, type LedgerAccount, type PoolRow } from './state.ts';

/**
 * Of an account's pools that are in an alert state, and whose figures are known; works them out exactly.
 * @param rows the account's.
 */
export function levelReasonsOf(
  state: ShownState,
  account: LedgerAccount,
  rows: readonly PoolRow[],
): ReadonlyMap<PoolId, LevelReason> {
  const reasons = new Map<PoolId, LevelReason>();
  const alarms = alarmsOf(rows);
  if (alarms.size === 0) return reasons;
  const surroundings = surroundingsOf(state);
  for (const facts of poolsHeld(state, account, surroundings.market)) {
    const alarm = alarms.get(facts.id);
    if (alarm === undefined) continue;
    const owned = { facts, account: account.accountId };
    const { known, levels } = readExactly(surroundings, owned, false);
    const reason = known === undefined ? undefined : reasonIn(alarm, known.measures, levels);
    if (reason !== undefined) reasons.set(facts.id, reason);
  }
  return reasons;
}

function alarmsOf(rows: readonly PoolRow[]): ReadonlyMap<PoolId, Alarm> {
  const alarms = new Map<PoolId, Alarm>();
  for (const { poolId, alert, phase } of rows) {
    if (phase.kind === 'liquidated') continue;
    if (alert.state !== 'healthy') alarms.set(poolId, alert.state);
  }
  return alarms;
}

function surroundingsOf(state: ShownState): Surroundings {
  return {
    market: marketOf(state),
    volatility: volatilityNow(state),
    rules: state.alertRules,
    now: state.time,
  };
}

/** The account's pools that hold positions. */
export function poolsHeld(
  state: ShownState,
  account: LedgerAccount,
  market: Market,
): readonly PoolFacts[] {
  return poolsOf(accountFacts(state, account), market).filter(
    ({ positions }) => positions.length > 0,
  );
}

interface InTurn {
  readonly account: LedgerAccount;
  readonly surroundings: Surroundings;
}

/** Every trader with surroundings of its own moment: steps may be taken while the asker pauses between two of them. */
export function* tradersInTurn(state: ShownState): Generator<InTurn, void, void> {
  let step = state.step;
  let surroundings = surroundingsOf(state);
  for (const account of state.accounts.values()) {
    if (isSystemAccount(account.accountId)) continue;
    if (state.step !== step) {
      step = state.step;
      surroundings = surroundingsOf(state);
    }
    yield { account, surroundings };
  }
}

/** What a rule would do to one pool. */
export interface PreviewedPool {
  readonly row: PoolRow;
  /** Where its levels would put it, holds passed. */
  readonly to: AlertState;
}

/**
 * The pools that a rule would decide for, with what each would be in if it were set. Pauses after every account, so that the run
 * may go on between two of them.
 */
export function* previewAlertRule(
  state: ShownState,
  rule: AlertRule,
): Generator<void, readonly PreviewedPool[], void> {
  const found: PreviewedPool[] = [];
  const rules = new Map(state.alertRules).set(ruleKey(rule), rule);
  for (const { account, surroundings } of tradersInTurn(state)) {
    if (!mayConcern(rule, account)) continue;
    const asked = { rule, surroundings: { ...surroundings, rules } };
    found.push(...previewAccount(state, account, asked));
    yield;
  }
  return found;
}

function mayConcern(rule: AlertRule, { accountId, positions }: LedgerAccount): boolean {
  return (rule.account === null || rule.account === accountId) && positions.size > 0;
}

function previewAccount(
  state: ShownState,
  account: LedgerAccount,
  p: { readonly rule: AlertRule; readonly surroundings: Surroundings },
): readonly PreviewedPool[] {
  const { rule, surroundings } = p;
  const { accountId } = account;
  return poolsHeld(state, account, surroundings.market).flatMap((facts) => {
    const row = account.rows.get(facts.id);
    const bases = basesOf(facts, surroundings.market);
    const levels = levelsFor(surroundings.rules, { account: accountId, bases });
    if (row === undefined || !isJudgedBy(levels, rule)) return [];
    const bounds = row.alert.unknownSince === undefined;
    const { reading } = readExactly(surroundings, { facts, account: accountId }, bounds);
    return [{ row, to: stateUnder(reading, row.alert.state) }];
  });
}

function stateUnder(reading: Reading | 'unknown', state: AlertState): AlertState {
  if (reading === 'unknown') return state;
  if (severityOf(reading.worstEnter) > severityOf(state)) return reading.worstEnter;
  return severityOf(reading.worstStay) < severityOf(state) ? reading.worstStay : state;
}
