/** What alert rules would do, worked out over the whole book in the time that decisions leave. Bounded. */
import { type AlertRule } from '#lib/engine/alert-rule.ts';
import { severityOf } from '#lib/engine/alerts.ts';
import { previewAlertRule, type PreviewedPool } from '#lib/engine/level-questions.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { type RulePreview } from '#lib/wire/protocol.ts';
import { type Background, type Task } from './background.ts';
import { screenStateOfRow } from './desk/screen-rank.ts';
import { refuse } from './refusal.ts';
import { type AnswerTo } from './worker-messages.ts';

type Answered = AnswerTo<'preview-alert-rule'>;

export interface RulePreviews {
  ask(rule: AlertRule): Promise<Answered>;
  /** The run is closed: whoever waits is told. */
  drop(): void;
}

/** Previews under way at one time: each goes through every account. */
const WAITING_MAX = 8;
const MATCHES_MAX = 200;

export function createRulePreviews(state: EngineState, background: Background): RulePreviews {
  const waiting = new Map<number, (answer: Answered) => void>();
  let lastId = 0;

  function* work(id: number, rule: AlertRule): Task {
    const found = yield* previewAlertRule(state, rule);
    waiting.get(id)?.({ ok: true, preview: previewOf(found) });
    waiting.delete(id);
  }

  return {
    ask: (rule) => {
      if (waiting.size >= WAITING_MAX)
        return Promise.resolve(refuse('overrun', 'other previews are under way; try again'));
      lastId += 1;
      const id = lastId;
      background.ask(`preview ${id}`, () => work(id, rule));
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    drop: () => {
      for (const settle of waiting.values()) settle(refuse('not-now', 'the run was replaced'));
      waiting.clear();
    },
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
