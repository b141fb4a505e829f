'use client';
/** The deciding measure: how many daily moves of the coin away liquidation is, with the alert levels ticked (rulings B1). */
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Meter, type MeterLevel } from '#components/primitives/meter.tsx';
import { type PoolView } from './pool-view.ts';
import { type DailyMoves } from './daily-moves.ts';

/** The bar runs from far (left) to liquidation (right), so that danger grows the same way as in the margin ratio. */
const FAR = 3;
const LEVELS: readonly MeterLevel[] = [
  { at: at(2), state: 'watch', label: '2' },
  { at: at(1), state: 'warning', label: '1' },
  { at: at(0.35), state: 'critical', label: '0.35' },
];

export function DistanceMeter({
  pool,
  moves,
}: {
  readonly pool: PoolView;
  readonly moves: DailyMoves | undefined;
}) {
  const format = useFormat();
  const text = moves === undefined ? 'unknown' : format.measure(moves.value, 2);
  return (
    <Meter
      fill={moves === undefined ? undefined : at(moves.value)}
      label="Distance in daily moves"
      levels={LEVELS}
      state={pool.state}
      valueText={`${text} daily moves from liquidation, Watch below 2, Warning below 1, Critical below 0.35`}
    />
  );
}

function at(moves: number): number {
  return Math.min(1, Math.max(0, 1 - moves / FAR));
}
