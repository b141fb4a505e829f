'use client';
/** Margin ratio of a pool, large, with its levels ticked on a bar. */
import { AbsenceText, NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Meter, type MeterLevel } from '#components/primitives/meter.tsx';
import { stateColour } from '#components/primitives/state-shape.tsx';
import { stateWord, type ShownState } from '#lib/display/words.ts';
import { type MarginRatio, type PoolHealth } from '#lib/margin/figures.ts';
import { type PoolView } from './pool-view.ts';

/** Levels on the ratio count for pools of several positions; single ones are judged by distance (rulings B1). */
const RATIO_LEVELS: readonly MeterLevel[] = [
  { at: 0.5, state: 'watch', label: '50' },
  { at: 0.7, state: 'warning', label: '70' },
  { at: 0.85, state: 'critical', label: '85' },
];

export function RatioMeter({ pool }: { readonly pool: PoolView }) {
  const format = useFormat();
  const { marginRatio, positions } = pool.health;
  const text = marginRatio.known ? format.marginRatio(marginRatio.value).text : 'unknown';
  const levels = positions.length > 1 ? RATIO_LEVELS : [];
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <span className={`text-hero font-semibold tracking-tight ${stateColour(pool.state)}`}>
          {marginRatio.known ? (
            <NumberText shown={format.marginRatio(marginRatio.value)} />
          ) : (
            <AbsenceText className="text-lead" full why={marginRatio.why} />
          )}
        </span>
        <span className="text-right text-small text-ink-3">
          <span className="font-medium text-ink-2">Margin ratio (maintenance)</span>
          <br />
          liquidation at 100{'\u202f'}%
        </span>
      </div>
      <Meter
        fill={marginRatio.known ? ratioFill(marginRatio.value) : undefined}
        label="Margin ratio (maintenance)"
        levels={levels}
        state={pool.state}
        valueText={readOut(text, pool.state, pool.health)}
      />
    </div>
  );
}

/** Draws only: beyond one the bar is full. */
export function ratioFill(ratio: MarginRatio): number {
  return ratio.kind === 'ratio' ? ratio.value.toNumber() : 1;
}

function readOut(text: string, state: ShownState, pool: PoolHealth): string {
  const levels =
    pool.positions.length > 1 ? ', Watch from 50, Warning from 70, Critical from 85 percent' : '';
  return `${text} of margin used by maintenance, ${stateWord(state)}${levels}`;
}
