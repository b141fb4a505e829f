/** What an empty form proposes, and the default levels as rows (rulings B1). */
import { type AlertRule, type RuleMeasure } from '#lib/engine/alert-rule.ts';
import { DEFAULT_LEVELS, type Alarm, type MeasureLevels } from '#lib/engine/levels.ts';

type Levels = AlertRule['levels'];

/** Fixed percentages of a screen that knows no volatility (ux.md 3). */
const PERCENT: Levels = {
  watch: { enter: 0.2, leave: 0.22 },
  warning: { enter: 0.1, leave: 0.12 },
  critical: { enter: 0.05, leave: 0.06 },
};

export const START_LEVELS: Readonly<Record<RuleMeasure, Levels>> = {
  z: levelsOf(DEFAULT_LEVELS.distance, PERCENT),
  percent: PERCENT,
  ratio: levelsOf(DEFAULT_LEVELS.ratio, PERCENT),
};

function levelsOf({ levels }: MeasureLevels, otherwise: Levels): Levels {
  const find = (state: Alarm): Levels[Alarm] =>
    levels.find((level) => level.state === state) ?? otherwise[state];
  return { watch: find('watch'), warning: find('warning'), critical: find('critical') };
}
