/** Floats of a line: they draw and decide nothing. A null breaks the line. */
export interface PicturePoint {
  readonly time: number;
  readonly value: number | null;
}

/** A pause this many times longer than usual was not recorded: no line may pretend otherwise. */
const GAP_FACTOR = 8;

/** Puts a break into every pause that is far longer than the usual one. */
export function withGaps(points: readonly PicturePoint[]): readonly PicturePoint[] {
  const usual = medianPause(points);
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const isGap =
      before !== undefined && usual > 0 && point.time - before.time > usual * GAP_FACTOR;
    return isGap ? [{ time: before.time + usual, value: null }, point] : [point];
  });
}

function medianPause(points: readonly PicturePoint[]): number {
  const pauses = points
    .slice(1)
    .map((point, index) => point.time - (points[index]?.time ?? point.time));
  return pauses.toSorted((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? 0;
}
