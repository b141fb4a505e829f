/** What people put into a run: acknowledgements, alert rules, a price jump let through. */
import { assertNever } from '../contract.ts';
import { checkAlertRule, ruleKey, type AlertRule, type RuleTarget } from './alert-rule.ts';
import {
  acknowledge as acknowledgeAlert,
  undoAcknowledgement as undoAlertAcknowledgement,
} from './alerts.ts';
import { one, refused, type Applied, type EventOf } from './applied.ts';
import { type OperatorCommand } from './event.ts';
import { rowOf } from './journal.ts';
import { traderOf } from './ledger.ts';
import { type RowBody } from './row.ts';
import { type EngineState } from './state.ts';

export function acknowledge(state: EngineState, event: EventOf<'acknowledged'>): Applied {
  const { accountId, poolId, by, note } = event;
  const row = traderOf(state, accountId)?.rows.get(poolId);
  if (row === undefined) {
    return refused(state, event, accountId, `account ${accountId} has no pool ${poolId}`);
  }
  if (row.alert.state === 'healthy')
    return refused(state, event, accountId, `${poolId} is healthy: nothing to acknowledge`);
  row.alert = acknowledgeAlert(row.alert, { by, note, at: state.time });
  return one(state, { kind: 'acknowledged', poolId, by, note, state: row.alert.state }, accountId);
}

export function undoAcknowledgement(
  state: EngineState,
  event: EventOf<'acknowledgement-undone'>,
): Applied {
  const { accountId, poolId, by } = event;
  const row = traderOf(state, accountId)?.rows.get(poolId);
  if (row?.alert.acknowledged === undefined)
    return refused(state, event, accountId, `${poolId} is not acknowledged: nothing to undo`);
  row.alert = undoAlertAcknowledgement(row.alert, state.time);
  const { state: shown } = row.alert;
  return one(state, { kind: 'acknowledgement-undone', poolId, by, state: shown }, accountId);
}

export function command(state: EngineState, event: EventOf<'operator-command'>): Applied {
  const { command: asked } = event;
  switch (asked.kind) {
    case 'accept-price-jump':
    case 'feed-drill':
      return feedCommand(state, event, asked);
    case 'set-alert-rule':
      return setAlertRule(state, event, asked.rule);
    case 'remove-alert-rule':
      return removeAlertRule(state, event, asked.target);
    default:
      return assertNever(asked);
  }
}

type FeedCommand = Extract<OperatorCommand, { readonly kind: 'accept-price-jump' | 'feed-drill' }>;

function feedCommand(
  state: EngineState,
  event: EventOf<'operator-command'>,
  asked: FeedCommand,
): Applied {
  const mark = state.marks.get(asked.instrumentId);
  if (mark === undefined)
    return refused(state, event, null, `no ${asked.instrumentId} mark has been accepted yet`);
  if (asked.kind === 'accept-price-jump') mark.operatorAcceptsJump = true;
  const words = commandWords(asked);
  return one(state, { kind: 'operator-command', command: words, by: event.by }, null);
}

function commandWords(given: FeedCommand): string {
  return given.kind === 'accept-price-jump'
    ? `${given.kind} ${given.instrumentId}`
    : `${given.kind} ${given.drill} ${given.instrumentId} ${given.durationMs} ms`;
}

function setAlertRule(
  state: EngineState,
  event: EventOf<'operator-command'>,
  rule: AlertRule,
): Applied {
  const checked = checkAlertRule(rule);
  if (!checked.ok) return refused(state, event, null, checked.error);
  state.alertRules.set(ruleKey(rule), rule);
  return ruleChange(state, rule, { kind: 'alert-rule-set', rule, by: event.by });
}

function removeAlertRule(
  state: EngineState,
  event: EventOf<'operator-command'>,
  target: RuleTarget,
): Applied {
  if (state.alertRules.get(ruleKey(target))?.measure !== target.measure)
    return refused(state, event, null, 'no such alert rule stands');
  state.alertRules.delete(ruleKey(target));
  return ruleChange(state, target, { kind: 'alert-rule-removed', target, by: event.by });
}

/** The levels of these accounts' pools may be others now: they are read anew in this very step. */
function ruleChange(state: EngineState, { account }: RuleTarget, body: RowBody): Applied {
  const touched = account === null ? [...state.accounts.keys()] : [account];
  return { rows: [rowOf(state, body, account)], touched };
}
