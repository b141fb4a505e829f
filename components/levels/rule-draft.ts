/** A rule while it is being typed: six levels in the units of the screen, read into a rule or a sentence. Pure. */
import {
  checkAlertRule,
  LEVEL_MAX,
  type AlertRule,
  type RuleMeasure,
} from '#lib/engine/alert-rule.ts';
import { type Alarm } from '#lib/engine/levels.ts';
import { fail, type Result } from '#lib/contract.ts';
import { type Format } from '#lib/display/format.ts';
import { levelText, ruleProblem } from '#lib/display/level-words.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { accountId, assetId } from '#lib/units/ids.ts';

export interface DraftLevel {
  readonly enter: Decimal | undefined;
  readonly leave: Decimal | undefined;
}

export interface RuleDraft {
  /** Empty: every account. */
  readonly account: string;
  /** Empty: every coin. */
  readonly base: string;
  readonly measure: RuleMeasure;
  /** In daily moves or percent. */
  readonly levels: Readonly<Record<Alarm, DraftLevel>>;
}

/** How a level of a rule stands in a field: shares as percent. */
export function shownLevel(measure: RuleMeasure, level: number): Decimal {
  return new Decimal(level).times(scaleOf(measure));
}

/** Why a number in a field is no level; undefined while it is one, or nothing is typed. */
export function levelProblem(
  measure: RuleMeasure,
  typed: Decimal | undefined,
  format: Format,
): string | undefined {
  const max = LEVEL_MAX[measure];
  if (typed === undefined || (typed.gt(0) && typed.lte(shownLevel(measure, max)))) return undefined;
  return `Above 0 and up to ${levelText(measure, max, format)}.`;
}

function scaleOf(measure: RuleMeasure): number {
  return measure === 'z' ? 1 : 100;
}

/** The rule, or what is missing or wrong. @param accountIds those that exist. */
export function ruleOf(
  draft: RuleDraft,
  accountIds: readonly string[],
  format: Format,
): Result<AlertRule> {
  const { account, base, measure } = draft;
  if (account !== '' && !accountIds.includes(account))
    return fail(`There is no account ${account}.`);
  const levels = levelsOf(draft);
  if (levels === undefined) return fail('Each state needs a level to enter and one to leave.');
  const checked = checkAlertRule(
    {
      account: account === '' ? null : accountId(account),
      base: base === '' ? null : assetId(base),
      measure,
      levels,
    },
    (level) => levelText(measure, level, format),
  );
  return checked.ok ? checked : fail(ruleProblem(checked.error));
}

function levelsOf({ measure, levels }: RuleDraft): AlertRule['levels'] | undefined {
  const watch = levelOf(levels.watch, measure);
  const warning = levelOf(levels.warning, measure);
  const critical = levelOf(levels.critical, measure);
  if (watch === undefined || warning === undefined || critical === undefined) return undefined;
  return { watch, warning, critical };
}

function levelOf(
  { enter, leave }: DraftLevel,
  measure: RuleMeasure,
): AlertRule['levels'][Alarm] | undefined {
  if (enter === undefined || leave === undefined) return undefined;
  const scale = scaleOf(measure);
  return {
    enter: enter.dividedBy(scale).toNumber(),
    leave: leave.dividedBy(scale).toNumber(),
  };
}
