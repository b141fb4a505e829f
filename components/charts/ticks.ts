/** Round numbers along an axis. Floats: they draw and decide nothing. */

const STEPS = [1, 2, 2.5, 5, 10];
const WANTED = 5;

/** About five multiples of a round step inside the range, both ends included where they are multiples. */
export function roundTicks(low: number, high: number): readonly number[] {
  const raw = (high - low) / WANTED;
  if (!(raw > 0) || !Number.isFinite(raw)) return [];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (STEPS.find((one) => one * power >= raw) ?? 10);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_none, index) => (first + index) * step,
  );
}
