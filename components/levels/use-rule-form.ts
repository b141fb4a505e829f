'use client';
/** The fields of a rule that is being typed. */
import { useState } from 'react';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { useNumberField, type NumberField } from '#components/primitives/use-number-field.ts';
import { type RuleMeasure } from '#lib/engine/alert-rule.ts';
import { type Alarm } from '#lib/engine/levels.ts';
import { ALARMS } from '#lib/display/level-words.ts';
import { numberInputText } from '#lib/display/number-input.ts';
import { type AlertRuleText } from '#lib/wire/protocol.ts';
import { shownLevel, type RuleDraft } from './rule-draft.ts';
import { START_LEVELS } from './start-levels.ts';

export interface LevelFields {
  readonly enter: NumberField;
  readonly leave: NumberField;
}

export interface RuleForm {
  readonly draft: RuleDraft;
  readonly fields: Readonly<Record<Alarm, LevelFields>>;
  readonly setAccount: (account: string) => void;
  readonly setBase: (base: string) => void;
  /** Fills in what another measure starts with. */
  readonly setMeasure: (measure: RuleMeasure) => void;
}

/** @param rule the one that is edited; undefined for a new one. */
export function useRuleForm(rule: AlertRuleText | undefined): RuleForm {
  const [account, setAccount] = useState(rule?.account ?? '');
  const [base, setBase] = useState(rule?.base ?? '');
  const [measure, setMeasure] = useState<RuleMeasure>(rule?.measure ?? 'percent');
  const levels = rule?.levels ?? START_LEVELS[measure];
  const fields = {
    watch: useLevelFields(measure, levels.watch),
    warning: useLevelFields(measure, levels.warning),
    critical: useLevelFields(measure, levels.critical),
  };
  return {
    draft: {
      account: account.trim(),
      base,
      measure,
      levels: {
        watch: valuesOf(fields.watch),
        warning: valuesOf(fields.warning),
        critical: valuesOf(fields.critical),
      },
    },
    fields,
    setAccount,
    setBase,
    setMeasure: (next) => {
      setMeasure(next);
      for (const state of ALARMS) {
        fields[state].enter.setValue(shownLevel(next, START_LEVELS[next][state].enter));
        fields[state].leave.setValue(shownLevel(next, START_LEVELS[next][state].leave));
      }
    },
  };
}

function useLevelFields(
  measure: RuleMeasure,
  level: { readonly enter: number; readonly leave: number },
): LevelFields {
  const { style } = useFormat();
  const text = (value: number): string => numberInputText(shownLevel(measure, value), style);
  return {
    enter: useNumberField(text(level.enter)),
    leave: useNumberField(text(level.leave)),
  };
}

function valuesOf({ enter, leave }: LevelFields): RuleDraft['levels'][Alarm] {
  return { enter: enter.value, leave: leave.value };
}
