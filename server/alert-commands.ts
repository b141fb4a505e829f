/** What people do about alerts: acknowledge and take it back, set levels of their own, ask what those would do. */
import { checkAlertRule, ruleKey } from '#lib/engine/alert-rule.ts';
import { isSystemAccount } from '#lib/engine/ledger.ts';
import { type PoolRow } from '#lib/engine/state.ts';
import { accountId, poolId } from '#lib/units/ids.ts';
import { alertRuleFrom, ruleTargetFrom } from '#lib/wire/codec.ts';
import { type AlertRuleText, type Refusal, type RuleTargetText } from '#lib/wire/protocol.ts';
import { command, DONE, unknownAccount } from './command-step.ts';
import { refuse } from './refusal.ts';
import { type RunSession } from './run-session.ts';
import { type Ask, type AnswerTo } from './worker-messages.ts';

/** Rules of one run: every viewer holds them all. */
const RULES_MAX = 200;

export async function acknowledge(
  session: RunSession,
  ask: Ask<'acknowledge'>,
  wallTime: () => number,
): Promise<AnswerTo<'acknowledge'>> {
  const found = poolAsked(session, ask);
  if (!found.ok) return found;
  const { by, note } = ask;
  return command(session, { kind: 'acknowledged', ...found.ids, by, note }, wallTime);
}

export async function undoAcknowledge(
  session: RunSession,
  ask: Ask<'undo-acknowledge'>,
  wallTime: () => number,
): Promise<AnswerTo<'undo-acknowledge'>> {
  const found = poolAsked(session, ask);
  if (!found.ok) return found;
  if (found.pool.alert.acknowledged === undefined)
    return refuse('not-now', `${ask.poolId} is not acknowledged: nothing to undo`);
  const event = { kind: 'acknowledgement-undone', ...found.ids, by: ask.by } as const;
  return command(session, event, wallTime);
}

interface PoolAsked {
  readonly ok: true;
  readonly pool: PoolRow;
  readonly ids: Pick<PoolRow, 'accountId' | 'poolId'>;
}

function poolAsked(
  { loop: { state } }: RunSession,
  ask: { readonly accountId: string; readonly poolId: string },
): PoolAsked | Refusal {
  const pool = state.accounts.read(accountId(ask.accountId))?.rows.get(poolId(ask.poolId));
  if (!state.accounts.has(accountId(ask.accountId))) return unknownAccount(ask.accountId);
  if (pool === undefined) {
    return refuse('unknown-pool', `account ${ask.accountId} has no margin pool "${ask.poolId}"`);
  }
  return { ok: true, pool, ids: { accountId: pool.accountId, poolId: pool.poolId } };
}

export async function setAlertRule(
  session: RunSession,
  { rule, by }: Ask<'set-alert-rule'>,
  wallTime: () => number,
): Promise<AnswerTo<'set-alert-rule'>> {
  const refusal = problemOf(session, rule);
  if (refusal !== undefined) return refusal;
  const { alertRules } = session.loop.state;
  const made = alertRuleFrom(rule);
  if (!alertRules.has(ruleKey(made)) && alertRules.size >= RULES_MAX)
    return refuse('overrun', `${RULES_MAX} alert rules stand; remove one first`);
  const set = { kind: 'set-alert-rule', rule: made } as const;
  await command(session, { kind: 'operator-command', command: set, by }, wallTime);
  session.tellAlertRules();
  return DONE;
}

/**
 * Sets the rules of a run that ended in the one that took its place: a person's levels do not go because prices start over. Those of
 * one account only where it is the same account. A rule that cannot stand there stays behind.
 */
export async function carryAlertRules(
  rules: readonly AlertRuleText[],
  to: RunSession,
  p: { readonly sameAccounts: boolean; readonly wallTime: () => number },
): Promise<void> {
  for (const rule of rules) {
    if (rule.account !== null && !p.sameAccounts) continue;
    await setAlertRule(to, { rule, by: CARRIED }, p.wallTime);
  }
}

const CARRIED = 'carried over from the run before';

export async function removeAlertRule(
  session: RunSession,
  ask: Ask<'remove-alert-rule'>,
  wallTime: () => number,
): Promise<AnswerTo<'remove-alert-rule'>> {
  const target = ruleTargetFrom(ask.target);
  const standing = session.loop.state.alertRules.get(ruleKey(target));
  if (standing?.measure !== target.measure)
    return refuse('not-now', 'no alert rule of this account, coin and measure stands');
  const remove = { kind: 'remove-alert-rule', target } as const;
  await command(session, { kind: 'operator-command', command: remove, by: ask.by }, wallTime);
  session.tellAlertRules();
  return DONE;
}

export async function previewRule(
  session: RunSession,
  { rule }: Ask<'preview-alert-rule'>,
): Promise<AnswerTo<'preview-alert-rule'>> {
  return problemOf(session, rule) ?? session.previews.ask(alertRuleFrom(rule));
}

/** Why a rule cannot stand in this run; undefined when it can. */
function problemOf(session: RunSession, text: AlertRuleText): Refusal | undefined {
  const checked = checkAlertRule(alertRuleFrom(text));
  return checked.ok ? strangerIn(session, text) : refuse('malformed', checked.error);
}

function strangerIn(
  { loop: { shown: state } }: RunSession,
  { account, base }: RuleTargetText,
): Refusal | undefined {
  const owner = account === null ? undefined : state.accounts.read(accountId(account));
  if (account !== null && (owner === undefined || isSystemAccount(owner.accountId)))
    return unknownAccount(account);
  const coins = [...state.instruments.values()].map((instrument) => String(instrument.base));
  if (base === null || coins.includes(base)) return undefined;
  return refuse('malformed', `coin "${base}" has no contract in this run`);
}
