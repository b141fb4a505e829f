/** What alert rules would do, worked out over the whole book in the time that decisions leave. Bounded. */
import { type AlertRule } from '#lib/engine/alert-rule.ts';
import { severityOf } from '#lib/engine/alert-row.ts';
import { previewAlertRule, type PreviewedPool } from '#lib/engine/level-questions.ts';
import { type ShownState } from '#lib/engine/state.ts';
import { type RulePreview } from '#lib/wire/protocol.ts';
import { type Background, type Task } from './background.ts';
import { screenStateOfRow } from './desk/screen-rank.ts';
import { createLaterAnswers } from './later-answers.ts';
import { type AnswerTo } from './worker-messages.ts';

export interface RulePreviews {
  ask(rule: AlertRule): Promise<AnswerTo<'preview-alert-rule'>>;
  /** The run is closed: whoever waits is told. */
  drop(): void;
}

/** Previews under way at one time: each goes through every account. */
const WAITING_MAX = 8;
const MATCHES_MAX = 200;

export function createRulePreviews(state: ShownState, background: Background): RulePreviews {
  const answers = createLaterAnswers<{ readonly preview: RulePreview }>(background, {
    name: 'preview',
    waitingMax: WAITING_MAX,
  });

  function* work(rule: AlertRule, answer: (value: { preview: RulePreview }) => void): Task {
    answer({ preview: previewOf(yield* previewAlertRule(state, rule)) });
  }

  return {
    ask: (rule) => answers.ask((answer) => work(rule, answer)),
    drop: () => answers.drop(),
  };
}

function previewOf(found: readonly PreviewedPool[]): RulePreview {
  const told = found
    .filter(({ row, to }) => to !== 'healthy' || row.alert.state !== to)
    .toSorted((left, right) => severityOf(right.to) - severityOf(left.to));
  return {
    applies: found.length,
    total: told.length,
    matches: told.slice(0, MATCHES_MAX).map(({ row, to }) => ({
      accountId: row.accountId,
      poolId: row.poolId,
      from: screenStateOfRow(row),
      to,
    })),
  };
}
