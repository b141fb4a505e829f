'use client';
/** The levels in force: what people set per account and coin, and the default ones in words. */
import { useState } from 'react';
import { readerName } from '#components/alerts/reader-name.ts';
import { Refusal } from '#components/alerts/form-field.tsx';
import { useLive, useRows, useSession, useTrust } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { ruleKey, type AlertRule, type RuleMeasure } from '#lib/engine/alert-rule.ts';
import { PROBABILITY_LEVELS } from '#lib/engine/levels.ts';
import {
  ALARMS,
  enterText,
  jumpSentence,
  leaveText,
  levelText,
  measureWords,
  scopeText,
} from '#lib/display/level-words.ts';
import { clockText } from '#lib/display/time.ts';
import { accountId, assetId } from '#lib/units/ids.ts';
import { type AlertRuleText } from '#lib/wire/protocol.ts';
import { RuleEditor } from './rule-editor.tsx';
import { lastSpoken, type RuleScope } from './last-spoken.ts';
import { START_LEVELS } from './start-levels.ts';

/** What the editor holds: a rule, a new one, or nothing. */
type Editing = { readonly rule: AlertRuleText | undefined } | undefined;

export function LevelsPanel() {
  const rules = useLive((state) => state.alertRules);
  const [editing, setEditing] = useState<Editing>();
  return (
    <div className="grid gap-3">
      {editing === undefined ? null : (
        <Panel title={editing.rule === undefined ? 'New levels' : 'Edit levels'}>
          <RuleEditor
            key={editing.rule === undefined ? 'new' : keyOf(editing.rule)}
            onDone={() => setEditing(undefined)}
            rule={editing.rule}
          />
        </Panel>
      )}
      <Panel
        aside={
          <Button onClick={() => setEditing({ rule: undefined })} size="small">
            Add levels
          </Button>
        }
        title="Levels that people set"
      >
        {rules.length === 0 ? (
          <Notice head="Everything runs on the default levels">
            Levels of your own hold for an account, a coin, or both; the most specific one decides.
          </Notice>
        ) : (
          <ul>
            {rules.map((rule) => (
              <RuleRow key={keyOf(rule)} onEdit={() => setEditing({ rule })} rule={rule} />
            ))}
          </ul>
        )}
      </Panel>
      <DefaultLevels />
    </div>
  );
}

function keyOf({ account, base, measure }: AlertRuleText): string {
  return ruleKey({
    account: account === null ? null : accountId(account),
    base: base === null ? null : assetId(base),
    measure,
  });
}

/** Who removes levels and never said a name. */
const NOBODY = 'a viewer without a name';

function RuleRow({ rule, onEdit }: { readonly rule: AlertRuleText; readonly onEdit: () => void }) {
  const session = useSession();
  const trust = useTrust();
  const [refusal, setRefusal] = useState<string>();
  const name = `${scopeText(rule)}: ${measureWords(rule.measure)}`;
  const { account, base, measure } = rule;
  async function remove(): Promise<void> {
    const answer = await session?.removeAlertRule({
      target: { account, base, measure },
      by: readerName() || NOBODY,
    });
    if (answer?.ok !== true) setRefusal(answer?.message ?? 'The page is not connected');
  }
  return (
    <li className="grid items-start gap-x-4 gap-y-2 border-b border-line px-3 py-2 last:border-b-0 lg:grid-cols-[14rem_1fr_auto]">
      <Name head={scopeText(rule)} measure={measure} />
      <div>
        <LevelCells levels={rule.levels} measure={measure} />
        <Limits levels={rule.levels} measure={measure} scope={rule} />
      </div>
      <div className="flex gap-1.5">
        <Button aria-label={`Edit ${name}`} onClick={onEdit} size="small">
          Edit
        </Button>
        <Button
          aria-label={`Remove ${name}`}
          disabled={trust !== 'live'}
          onClick={() => void remove()}
          size="small"
          tone="bare"
        >
          Remove
        </Button>
      </div>
      <Refusal text={refusal} />
    </li>
  );
}

function Name({ head, measure }: { readonly head: string; readonly measure: RuleMeasure }) {
  const { convention } = useFormat();
  return (
    <p className="min-w-0">
      <span className="block font-medium first-letter:uppercase">{head}</span>
      <span className="block text-small text-ink-3">
        {measure === 'ratio' ? convention.heading : measureWords(measure)}
      </span>
    </p>
  );
}

function LevelCells({
  levels,
  measure,
}: {
  readonly levels: AlertRule['levels'];
  readonly measure: RuleMeasure;
}) {
  const format = useFormat();
  return (
    <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-3">
      {ALARMS.map((state) => (
        <div key={state}>
          <dt>
            <StateTag past state={state} />
          </dt>
          <dd>{enterText(measure, levels[state].enter, format)}</dd>
          <dd className="text-small text-ink-3">
            {leaveText(measure, levels[state].leave, format)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const ANYTHING = { account: null, base: null };

/** What a rule cannot see, and when it spoke last. */
function Limits({
  measure,
  levels,
  scope,
}: {
  readonly measure: RuleMeasure;
  readonly levels: AlertRule['levels'];
  readonly scope: RuleScope;
}) {
  const format = useFormat();
  const zone = useZone();
  const rows = useRows('alerts');
  const instruments = useLive((state) => state.run?.instruments);
  const marks = useLive((state) => state.marks);
  const own = instruments?.find(({ base }) => base === scope.base);
  const volatility = own === undefined ? undefined : marks.get(own.id)?.volatility;
  const spoken =
    rows === undefined ? undefined : lastSpoken(rows, measure, scope, instruments ?? []);
  return (
    <p className="mt-1.5 text-small text-ink-3">
      {jumpSentence({ measure, levels }, volatility, format)}{' '}
      {rows === undefined
        ? null
        : spoken === undefined
          ? 'It has not spoken in this run.'
          : `It spoke last at ${clockText(spoken, zone)}.`}
    </p>
  );
}

const DEFAULTS = [
  { measure: 'z', head: 'Every pool' },
  { measure: 'ratio', head: 'Pools of several positions' },
] as const;

function DefaultLevels() {
  const format = useFormat();
  const chance = PROBABILITY_LEVELS.levels[0];
  return (
    <Panel title="Default levels">
      <ul>
        {DEFAULTS.map(({ measure, head }) => (
          <li
            className="grid gap-x-4 gap-y-2 border-b border-line px-3 py-2 lg:grid-cols-[14rem_1fr]"
            key={measure}
          >
            <Name head={head} measure={measure} />
            <div>
              <LevelCells levels={START_LEVELS[measure]} measure={measure} />
              <Limits levels={START_LEVELS[measure]} measure={measure} scope={ANYTHING} />
            </div>
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-1 px-3 py-2 text-small text-ink-2">
        {chance === undefined ? null : (
          <p>
            Critical also from a chance of {levelText('percent', chance.enter, format)} to be
            liquidated within the hour, until under {levelText('percent', chance.leave, format)}.
          </p>
        )}
        <p>
          The worst measure decides, and every alert says which. A daily move is the coin&apos;s own
          daily volatility, so one level fits a calm coin and a wild one.
        </p>
        <p>
          Watch begins after 2 s, worse states at once. Watch and Warning end 30 s after their leave
          level, Critical after 10 s.
        </p>
      </div>
    </Panel>
  );
}
