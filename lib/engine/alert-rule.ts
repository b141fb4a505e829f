/** Alert levels that people choose, per account and coin (rulings B1): what a rule is, and which of them hold for a pool. */
import { fail, ok, type Result } from '../contract.ts';
import { type AccountId, type AssetId } from '../units/ids.ts';
import {
  DEFAULT_LEVELS,
  type AlertLevel,
  type Alarm,
  type MeasureLevels,
  type PoolLevels,
} from './levels.ts';

/** `z`: daily volatilities to liquidation. `percent`: share of the mark to liquidation. `ratio`: margin ratio. */
export type RuleMeasure = 'z' | 'percent' | 'ratio';

export interface RuleLevel {
  readonly enter: number;
  /** Looser than `enter`. */
  readonly leave: number;
}

/** What a rule is about: at most one rule stands for one target. null means any. */
export interface RuleTarget {
  readonly account: AccountId | null;
  /** A coin. */
  readonly base: AssetId | null;
  readonly measure: RuleMeasure;
}

export interface AlertRule extends RuleTarget {
  readonly levels: Readonly<Record<Alarm, RuleLevel>>;
}

export type AlertRules = ReadonlyMap<string, AlertRule>;

const ALARMS = ['watch', 'warning', 'critical'] as const;

/** z and percent are two ways to measure one thing: a rule in one replaces the rule in the other. */
export function ruleKey({ account, base, measure }: RuleTarget): string {
  return `${account ?? '*'}|${base ?? '*'}|${measure === 'ratio' ? 'ratio' : 'distance'}`;
}

/** Largest level that makes sense. Levels lie above 0 and up to this. */
export const LEVEL_MAX: Readonly<Record<RuleMeasure, number>> = { z: 100, percent: 0.95, ratio: 1 };

/**
 * The rule, or the sentence that says which level is wrong.
 * @param say writes a level the way its reader does.
 */
export function checkAlertRule(
  rule: AlertRule,
  say: (level: number) => string = String,
): Result<AlertRule> {
  const { levels, measure } = rule;
  const max = LEVEL_MAX[measure];
  for (const state of ALARMS) {
    const { enter, leave } = levels[state];
    const wide = (['enter', 'leave'] as const).find((side) => !isWithin(levels[state][side], max));
    if (wide !== undefined)
      return fail(
        `${state}: ${wide} ${say(levels[state][wide])}; expected a level above 0 and up to ${say(max)}`,
      );
    if (!isWorseThan(measure, enter, leave))
      return fail(`${state}: leave ${say(leave)} must be looser than enter ${say(enter)}`);
  }
  return (
    checkOrder(rule, 'watch', 'warning', say) ??
    checkOrder(rule, 'warning', 'critical', say) ??
    ok(rule)
  );
}

function isWithin(level: number, max: number): boolean {
  return level > 0 && level <= max;
}

/** Whether `level` is nearer to liquidation than `than`. */
function isWorseThan(measure: RuleMeasure, level: number, than: number): boolean {
  return measure === 'ratio' ? level > than : level < than;
}

/** undefined when the worse state comes after the milder one, in entering and in leaving. */
function checkOrder(
  { levels, measure }: AlertRule,
  mild: Alarm,
  bad: Alarm,
  say: (level: number) => string,
): Result<never> | undefined {
  for (const side of ['enter', 'leave'] as const) {
    const [first, second] = [levels[mild][side], levels[bad][side]];
    if (!isWorseThan(measure, second, first))
      return fail(
        `${bad}: ${side} ${say(second)} must be nearer to liquidation than ${mild} ${say(first)}`,
      );
  }
  return undefined;
}

/** Whose pool it is, and the coins of its contracts. */
interface RuledPool {
  readonly account: AccountId;
  readonly bases: ReadonlySet<AssetId>;
}

/** The most specific rule of each measure: account and coin, account, coin, any; else the default. */
export function levelsFor(rules: AlertRules, pool: RuledPool): PoolLevels {
  if (rules.size === 0) return DEFAULT_LEVELS;
  const { account, bases } = pool;
  const only = bases.size === 1 ? ([...bases][0] ?? null) : null;
  const distance = mostSpecific(rules, { account, base: only, measure: 'z' });
  const ratio = mostSpecific(rules, { account, base: only, measure: 'ratio' });
  return {
    byCoin: only === null ? levelsByCoin(rules, pool, distance) : DEFAULT_LEVELS.byCoin,
    distance: distance === undefined ? DEFAULT_LEVELS.distance : measureLevelsOf(distance),
    ratio: ratio === undefined ? DEFAULT_LEVELS.ratio : measureLevelsOf(ratio),
    ratioFromPositions: ratio === undefined ? DEFAULT_LEVELS.ratioFromPositions : 1,
  };
}

/** Of the coins of a pool with several: where one's rule is not the one that holds for the whole pool anyway. */
function levelsByCoin(
  rules: AlertRules,
  { account, bases }: RuledPool,
  general: AlertRule | undefined,
): PoolLevels['byCoin'] {
  const byCoin = new Map<AssetId, MeasureLevels>();
  for (const base of bases) {
    const rule = mostSpecific(rules, { account, base, measure: 'z' });
    if (rule !== undefined && rule !== general) byCoin.set(base, measureLevelsOf(rule));
  }
  return byCoin;
}

/** Whether a pool with these levels is judged by the rule. */
export function isJudgedBy({ byCoin, distance, ratio }: PoolLevels, rule: AlertRule): boolean {
  return [...byCoin.values(), distance, ratio].includes(measureLevelsOf(rule));
}

function mostSpecific(
  rules: AlertRules,
  { account, base, measure }: RuleTarget,
): AlertRule | undefined {
  const find = (of: AccountId | null, coin: AssetId | null): AlertRule | undefined =>
    rules.get(ruleKey({ account: of, base: coin, measure }));
  return find(account, base) ?? find(account, null) ?? find(null, base) ?? find(null, null);
}

const measureLevels = new WeakMap<AlertRule, MeasureLevels>();

function measureLevelsOf(rule: AlertRule): MeasureLevels {
  const kept = measureLevels.get(rule);
  if (kept !== undefined) return kept;
  const levels = ALARMS.map((state): AlertLevel => ({ state, ...rule.levels[state] }));
  const danger = rule.measure === 'ratio' ? 'high' : 'low';
  const made: MeasureLevels = {
    measure: rule.measure === 'z' ? 'distance' : rule.measure,
    danger,
    levels,
  };
  measureLevels.set(rule, made);
  return made;
}
