'use client';
/** The deciding measure: how many daily moves of the coin away liquidation is, with the alert levels ticked (rulings B1). */
import { useLive } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Meter, type MeterLevel } from '#components/primitives/meter.tsx';
import { type PoolView } from './pool-view.ts';
import { dailyMovesOf } from './daily-moves.ts';

/** The bar runs from far (left) to liquidation (right), so that danger grows the same way as in the margin ratio. */
const FAR = 3;
const LEVELS: readonly MeterLevel[] = [
  { at: at(2), label: '2 Watch' },
  { at: at(1), label: '1 Warn' },
  { at: at(0.35), label: '0.35 Crit' },
];

export function DistanceMeter({ pool }: { readonly pool: PoolView }) {
  const format = useFormat();
  const marks = useLive((state) => state.marks);
  const instruments = useLive((state) => state.market?.instruments);
  const moves = instruments === undefined ? undefined : dailyMovesOf(pool.health, marks, instruments);
  const text = moves === undefined ? 'unknown' : format.measure(moves.value, 2);
  return (
    <div className="mt-2 grid grid-cols-[1fr_auto] items-start gap-3">
      <Meter
        className="mt-1"
        fill={moves === undefined ? undefined : at(moves.value)}
        label="Distance in daily moves"
        levels={LEVELS}
        state={pool.state}
        valueText={`${text} daily moves from liquidation, Watch below 2, Warning below 1, Critical below 0.35`}
      />
      <span
        className="min-w-[13ch] text-right text-small text-ink-2"
        data-figure
        title={moves === undefined ? undefined : `measured volatility ${format.measure(moves.volatility * 100, 1)} % a day`}
      >
        {text} daily moves
      </span>
    </div>
  );
}

function at(moves: number): number {
  return Math.min(1, Math.max(0, 1 - moves / FAR));
}
