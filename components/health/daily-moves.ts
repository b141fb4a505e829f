/** z of the nearest way to liquidation (rulings B1) from the volatilities on the wire. Shown, never deciding. */
import { logDistanceOf, sigmaOf } from '#lib/margin/daily-moves.ts';
import { type PoolDistance, type PoolHealth } from '#lib/margin/figures.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { type MarkWire } from '#lib/wire/protocol.ts';

export interface DailyMoves {
  readonly value: number;
  /** Daily volatility that it is counted in, a fraction. */
  readonly volatility: number;
  readonly distance: PoolDistance;
}

/** Every way to liquidation that has a volatility, the smallest z first. */
export function dailyMovesOf(
  pool: PoolHealth,
  marks: ReadonlyMap<string, MarkWire>,
  instruments: ReadonlyMap<string, Instrument>,
): readonly DailyMoves[] {
  const byCoin = new Map<string, number>();
  for (const mark of marks.values()) {
    const base = instruments.get(mark.id)?.base;
    if (base !== undefined) byCoin.set(base, mark.volatility);
  }
  return pool
    .distances()
    .map((distance) => movesOf(distance, byCoin))
    .filter(({ value }) => Number.isFinite(value))
    .toSorted((a, b) => a.value - b.value);
}

function movesOf(distance: PoolDistance, byCoin: ReadonlyMap<string, number>): DailyMoves {
  const volatility = sigmaOf(distance, byCoin);
  return { value: logDistanceOf(distance) / volatility, volatility, distance };
}
