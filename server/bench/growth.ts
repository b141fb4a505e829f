/** How a benchmark grows with its input: run at each of its sizes, and drawn as a chart of the docs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { drawGrowth, type GrowthPoint } from './growth-chart.ts';
import { say, type Bench, type BenchOptions, type BenchResult, type Growth } from './result.ts';

/** @param machine in words. */
export async function runGrowth(
  { growth, run }: { readonly growth: Growth; readonly run: Bench['run'] },
  p: { readonly options: BenchOptions; readonly machine: string },
): Promise<void> {
  const results: BenchResult[] = [];
  for (const options of runsOf(growth, p.options)) {
    results.push(...(await run(options)));
    // After each: whatever ends it, what was measured is there.
    draw(growth, { results, machine: p.machine });
  }
  say(`drawn: ${growth.chart}`);
}

function draw(
  growth: Growth,
  { results, machine }: { readonly results: readonly BenchResult[]; readonly machine: string },
): void {
  const load = loadavg()[0]?.toFixed(1) ?? 'unknown';
  const foot = `seed ${results[0]?.seed ?? ''}; ${machine}; load of the machine ${load}`;
  const { chart, title, across, lines } = growth;
  const points = results.flatMap((result) => pointsOf(growth, result));
  const names = lines.map(({ name }) => name).filter((name) => isIn(points, name));
  const path = join(import.meta.dirname, '../..', chart);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, drawGrowth({ title, across, lines: names, points, foot }));
}

function isIn(points: readonly GrowthPoint[], name: string): boolean {
  return points.some(({ line }) => line === name);
}

/** Up to the size that was asked for; a benchmark that runs at all of its sizes by itself is run once. */
function runsOf({ across, sizes }: Growth, options: BenchOptions): readonly BenchOptions[] {
  if (sizes.length === 0) return [options];
  const most = options[across] ?? Infinity;
  return sizes.filter((size) => size <= most).map((size) => ({ ...options, [across]: size }));
}

/** A result says of its size in its case or input: "10000 accounts". */
function pointsOf({ across, lines }: Growth, result: BenchResult): readonly GrowthPoint[] {
  const words = `${result.case}; ${result.input}`;
  const size = Number(new RegExp(`(\\d+) ${across}`).exec(words)?.[1]);
  return lines.flatMap(({ name, of }) => {
    const ms = of(result);
    return ms !== undefined && ms > 0 && size > 0 ? [{ line: name, size, ms }] : [];
  });
}

/** p50 of the cases that begin so. */
export function p50Of(begins: string): (result: BenchResult) => number | undefined {
  return (result) => (result.case.startsWith(begins) ? result.p50Ms : undefined);
}

export function p99Of(begins: string): (result: BenchResult) => number | undefined {
  return (result) => (result.case.startsWith(begins) ? result.p99Ms : undefined);
}
