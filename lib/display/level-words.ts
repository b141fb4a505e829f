/** Alert levels in words (rulings B1): whom a rule is about, and where each state begins and ends. */
import { type AlertRule, type RuleMeasure } from '../engine/alert-rule.ts';
import { type Alarm } from '../engine/levels.ts';
import { Decimal } from '../units/decimal.ts';
import { type Format } from './format.ts';
import { stateWord } from './words.ts';

/** Worst last, as the levels come one after the other. */
export const ALARMS: readonly Alarm[] = ['watch', 'warning', 'critical'];

const MEASURE_WORDS: Readonly<Record<RuleMeasure, string>> = {
  z: 'Distance in daily moves',
  percent: 'Distance in percent',
  ratio: 'Margin ratio',
};

export function measureWords(measure: RuleMeasure): string {
  return MEASURE_WORDS[measure];
}

/** `A0007, BTC`, `every account, BTC`. */
export function scopeText({
  account,
  base,
}: {
  readonly account: string | null;
  readonly base: string | null;
}): string {
  return `${account ?? 'every account'}, ${base ?? 'every coin'}`;
}

/** `0.35 daily moves`, `5 %`, `85 %`: uncut, as it was chosen. */
export function levelText(measure: RuleMeasure, level: number, format: Format): string {
  if (measure === 'z')
    return `${format.exact(new Decimal(level)).text} ${level === 1 ? 'daily move' : 'daily moves'}`;
  return `${format.exact(new Decimal(level).times(100)).text}\u202f%`;
}

/** `under 0.35 daily moves` for a distance, `from 85 %` for the ratio, `from 117.7 % down` where coverage tells it. */
export function enterText(measure: RuleMeasure, level: number, format: Format): string {
  if (isToldOtherwise(measure, format)) return format.convention.from(level);
  return `${measure === 'ratio' ? 'from' : 'under'} ${levelText(measure, level, format)}`;
}

/** `until above 0.45 daily moves`, `until under 80 %`, `until above 125 %` where coverage tells it. */
export function leaveText(measure: RuleMeasure, level: number, format: Format): string {
  if (isToldOtherwise(measure, format)) return `until above ${format.convention.level(level)}`;
  return `until ${measure === 'ratio' ? 'under' : 'above'} ${levelText(measure, level, format)}`;
}

/** The reader's convention turns the ratio round: its levels are reached from above. */
function isToldOtherwise(measure: RuleMeasure, { convention }: Format): boolean {
  return measure === 'ratio' && !convention.risesToDanger;
}

/** `Would now be: 3 Critical, 5 Warning.` @param counts pools by state. */
export function previewSentence(counts: ReadonlyMap<Alarm, number>, applies: number): string {
  if (applies === 0) return 'There is no pool that this rule would decide for.';
  const judged = `${applies === 1 ? '1 pool is' : `${applies} pools are`} judged by it.`;
  const parts = ALARMS.toReversed().flatMap((state) => {
    const count = counts.get(state) ?? 0;
    return count === 0 ? [] : [`${count} ${stateWord(state)}`];
  });
  return `${judged} Would now be: ${parts.length === 0 ? 'all Healthy' : parts.join(', ')}.`;
}

/**
 * How far one jump may go before it passes a rule unsaid (ux.md 4.15): a position just outside a level is liquidated by a move of
 * that level. @param dailyVolatility of the rule's coin; undefined where it is about several.
 */
export function jumpSentence(
  { measure, levels }: Pick<AlertRule, 'measure' | 'levels'>,
  dailyVolatility: number | undefined,
  format: Format,
): string {
  if (measure === 'ratio')
    return 'How large a jump passes it unsaid depends on the positions and their leverage.';
  const move = (level: number): string => {
    const text = levelText(measure, level, format);
    if (measure === 'percent' || dailyVolatility === undefined) return text;
    const share = (1 - Math.exp(-level * dailyVolatility)) * 100;
    return `${text} (a fall of ${format.measure(share, 1)}\u202f%)`;
  };
  return `One jump of more than ${move(levels.critical.enter)} passes Critical unsaid, of more than ${move(levels.watch.enter)} all three.`;
}

/** What is wrong with a rule, in the reader's figures: a sentence that begins with a capital. */
export function ruleProblem(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
