'use client';
/** A rule to be set: for whom, in which measure, six levels, what it would do now, and who sets it. */
import { useState, type FormEvent } from 'react';
import { FormField, Refusal } from '#components/alerts/form-field.tsx';
import { keepReaderName, NAME_CHARACTERS_MAX, readerName } from '#components/alerts/reader-name.ts';
import { useLive, useSession, useTrust } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { NumberInput } from '#components/primitives/number-input.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { Told } from '#components/shell/told.tsx';
import { type RuleMeasure } from '#lib/engine/alert-rule.ts';
import { ALARMS, measureWords } from '#lib/display/level-words.ts';
import { stateWord } from '#lib/display/words.ts';
import { type AlertRuleText } from '#lib/wire/protocol.ts';
import { levelProblem, ruleOf, type DraftLevel } from './rule-draft.ts';
import { RulePreviewList } from './rule-preview.tsx';
import { useRuleForm, type RuleForm } from './use-rule-form.ts';
import { useRulePreview } from './use-rule-preview.ts';

interface RuleEditorProps {
  /** Undefined: a new one. */
  readonly rule: AlertRuleText | undefined;
  readonly onDone: () => void;
}

export function RuleEditor({ rule, onDone }: RuleEditorProps) {
  const session = useSession();
  const trust = useTrust();
  const format = useFormat();
  const form = useRuleForm(rule);
  const accountIds = useLive((state) => state.accountIds);
  const [by, setBy] = useState(readerName);
  const [refusal, setRefusal] = useState<string>();
  const read = ruleOf(form.draft, accountIds, format);
  const preview = useRulePreview(read.ok ? read.value : undefined);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!read.ok) return;
    keepReaderName(by);
    const answer = await session?.setAlertRule({ rule: read.value, by });
    if (answer?.ok === true) onDone();
    else setRefusal(answer?.message ?? 'The page is not connected');
  }
  return (
    <form
      aria-label={rule === undefined ? 'New levels' : 'Edit levels'}
      className="grid gap-x-8 gap-y-4 p-3 lg:grid-cols-2"
      onSubmit={(event) => void save(event)}
    >
      <div className="flex min-w-0 flex-col gap-3">
        <Target form={form} />
        <Levels form={form} />
        <div className="min-h-5 text-small font-medium">
          {read.ok ? null : <Told>{read.error}</Told>}
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <section
          aria-label="Preview"
          className="min-h-32 rounded-panel border border-line bg-raised p-3"
        >
          <RulePreviewList state={preview} />
        </section>
        <div className="max-w-64">
          <FormField
            label="Your name"
            maxLength={NAME_CHARACTERS_MAX}
            onChange={(event) => setBy(event.target.value)}
            required
            value={by}
          />
        </div>
        <Refusal text={refusal} />
        <div className="flex items-center gap-2">
          <Button disabled={!read.ok || trust !== 'live'} tone="strong" type="submit">
            Save levels
          </Button>
          <Button onClick={onDone} tone="bare">
            Cancel
          </Button>
          <span className="text-small text-ink-3">acts for every viewer</span>
        </div>
      </div>
    </form>
  );
}

const CHOICE =
  'mt-1 h-7 w-full rounded-control border border-line-strong bg-panel px-2 text-base text-ink pointer-coarse:h-11';
const MEASURES: readonly RuleMeasure[] = ['percent', 'z', 'ratio'];

function Target({ form }: { readonly form: RuleForm }) {
  const { draft } = form;
  const accountIds = useLive((state) => state.accountIds);
  const bases = useLive((state) => [
    ...new Set(state.run?.instruments.map(({ base }) => base) ?? []),
  ]);
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <label className="text-small text-ink-3">
        Account
        <input
          autoComplete="off"
          className={CHOICE}
          list="rule-accounts"
          onChange={(event) => form.setAccount(event.target.value)}
          placeholder="every account"
          value={draft.account}
        />
        <datalist id="rule-accounts">
          {accountIds.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </datalist>
      </label>
      <label className="text-small text-ink-3">
        Coin
        <select
          className={CHOICE}
          onChange={(event) => form.setBase(event.target.value)}
          value={draft.base}
        >
          <option value="">every coin</option>
          {bases.map((base) => (
            <option key={base}>{base}</option>
          ))}
        </select>
      </label>
      <label className="text-small text-ink-3">
        Measure
        <select
          className={CHOICE}
          onChange={({ target }) =>
            form.setMeasure(MEASURES.find((measure) => measure === target.value) ?? draft.measure)
          }
          value={draft.measure}
        >
          {MEASURES.map((measure) => (
            <option key={measure} value={measure}>
              {measureWords(measure)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Levels({ form }: { readonly form: RuleForm }) {
  const format = useFormat();
  const { measure } = form.draft;
  const unit = measure === 'z' ? 'moves' : '%';
  const below = measure !== 'ratio';
  return (
    <div className="flex flex-col gap-1">
      {ALARMS.map((state) => (
        <fieldset
          className="grid grid-cols-2 items-start gap-x-3 sm:grid-cols-[7rem_1fr_1fr]"
          key={state}
        >
          <legend className="sr-only">{stateWord(state)}</legend>
          <span className="col-span-2 sm:col-span-1 sm:pt-5">
            <StateTag past state={state} />
            <ToldOtherwise measure={measure} typed={form.draft.levels[state]} />
          </span>
          <NumberInput
            field={form.fields[state].enter}
            label={below ? `${stateWord(state)} under` : `${stateWord(state)} from`}
            problem={levelProblem(measure, form.fields[state].enter.value, format)}
            unit={unit}
          />
          <NumberInput
            field={form.fields[state].leave}
            label={below ? 'left above' : 'left under'}
            problem={levelProblem(measure, form.fields[state].leave.value, format)}
            unit={unit}
          />
        </fieldset>
      ))}
    </div>
  );
}

/** Levels are set as margin ratio; who reads another convention is told what they mean there. */
function ToldOtherwise({
  measure,
  typed,
}: {
  readonly measure: RuleMeasure;
  readonly typed: DraftLevel;
}) {
  const { convention } = useFormat();
  const { enter, leave } = typed;
  const isToldOtherwise = measure === 'ratio' && convention.name !== 'ratio';
  if (!isToldOtherwise || enter?.gt(0) !== true || leave?.gt(0) !== true) return null;
  return (
    <span className="block text-small text-ink-3">
      {convention.word} {convention.from(enter.div(100))}, until above{' '}
      {convention.level(leave.div(100))}
    </span>
  );
}
