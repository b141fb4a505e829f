'use client';
/** The deciding measure: how many daily moves of the coin away liquidation is, with the alert levels ticked (rulings B1). */
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Meter, type MeterLevel } from '#components/primitives/meter.tsx';
import { type PoolView } from './pool-view.ts';
import { type DailyMoves } from './daily-moves.ts';

/** The bar runs from far (left) to liquidation (right), so that danger grows the same way as in the margin ratio. */
const FAR = 3;
const LEVELS = [
  { moves: 2, decimals: 0, state: 'watch' },
  { moves: 1, decimals: 0, state: 'warning' },
  { moves: 0.35, decimals: 2, state: 'critical' },
] as const;

export function DistanceMeter({
  pool,
  moves,
}: {
  readonly pool: PoolView;
  readonly moves: DailyMoves | undefined;
}) {
  const format = useFormat();
  const levels: readonly MeterLevel[] = LEVELS.map(({ moves: level, decimals, state }) => ({
    at: at(level),
    state,
    label: format.measure(level, decimals),
  }));
  const text = moves === undefined ? 'unknown' : format.measure(moves.value, 2);
  return (
    <Meter
      fill={moves === undefined ? undefined : at(moves.value)}
      label="Distance in daily moves"
      levels={levels}
      state={pool.state}
      valueText={`${text} daily moves from liquidation, Watch below 2, Warning below 1, Critical below ${format.measure(0.35, 2)}`}
    />
  );
}

function at(moves: number): number {
  return Math.min(1, Math.max(0, 1 - moves / FAR));
}
