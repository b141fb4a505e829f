'use client';
/** How close a pool is to liquidation, large, with its levels ticked on a bar that fills toward it in every convention. */
import { AbsenceText, NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Meter, type MeterLevel } from '#components/primitives/meter.tsx';
import { stateColour } from '#components/primitives/state-shape.tsx';
import { type RatioConvention } from '#lib/display/convention.ts';
import { stateWord } from '#lib/display/words.ts';
import { type MarginRatio } from '#lib/margin/figures.ts';
import { type PoolView } from './pool-view.ts';

/** Levels on the ratio count for pools of several positions; single ones are judged by distance (rulings B1). */
const RATIO_LEVELS = [
  { at: 0.5, state: 'watch' },
  { at: 0.7, state: 'warning' },
  { at: 0.85, state: 'critical' },
] as const;

export function RatioMeter({ pool }: { readonly pool: PoolView }) {
  const format = useFormat();
  const { marginRatio, positions } = pool.health;
  const text = marginRatio.known ? format.marginRatio(marginRatio.value).text : 'unknown';
  const levels = positions.length > 1 ? levelsIn(format.convention) : [];
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
          <span className="font-medium text-ink-2">{format.convention.title}</span>
          <br />
          liquidation at {format.convention.level(1)}
        </span>
      </div>
      <Meter
        fill={marginRatio.known ? ratioFill(marginRatio.value) : undefined}
        label={format.convention.title}
        levels={levels}
        state={pool.state}
        valueText={readOut(text, pool, format.convention)}
      />
    </div>
  );
}

/** Draws only: beyond one the bar is full. */
export function ratioFill(ratio: MarginRatio): number {
  return ratio.kind === 'ratio' ? ratio.value.toNumber() : 1;
}

function levelsIn(convention: RatioConvention): readonly MeterLevel[] {
  return RATIO_LEVELS.map((level) => ({ ...level, label: convention.tick(level.at) }));
}

function readOut(text: string, pool: PoolView, convention: RatioConvention): string {
  const levels = RATIO_LEVELS.map(({ at, state }) => `${stateWord(state)} ${convention.from(at)}`);
  return [
    `${convention.word} ${text}`,
    stateWord(pool.state),
    ...(pool.health.positions.length > 1 ? levels : []),
  ].join(', ');
}
