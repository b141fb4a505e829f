/** What a benchmark is and what it gives: the line of JSON that `--json` prints has these keys. */
export interface BenchResult {
  readonly bench: string;
  readonly case: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly peakMb: number;
  /** p50 against the baseline's p50. */
  readonly ratio: number;
  readonly baseline: string;
  readonly seed: string;
  readonly input: string;
}

/** What may be said on the command line, as `--minutes 3`; undefined: the benchmark's own size. */
export interface BenchOptions {
  readonly minutes: number | undefined;
  readonly accounts: number | undefined;
  readonly rows: number | undefined;
  readonly clients: number | undefined;
}

export interface Bench {
  readonly question: string;
  /** What of `BenchOptions` it heeds. */
  readonly sizes: readonly (keyof BenchOptions)[];
  /** Takes so long that it is run only when it is named. */
  readonly isNamedOnly?: boolean;
  run(options: BenchOptions): Promise<readonly BenchResult[]>;
}

/** A result as `--json` prints it; undefined where one of its figures was never measured. */
export function jsonLine(result: BenchResult): string | undefined {
  const { bench, case: name, p50Ms, p99Ms, maxMs, peakMb, ratio, baseline, seed, input } = result;
  if (![p50Ms, p99Ms, maxMs, peakMb, ratio].every(Number.isFinite)) return undefined;
  const figures = { p50Ms, p99Ms, maxMs, peakMb, ratio };
  return JSON.stringify({ bench, case: name, ...figures, baseline, seed, input });
}

/** A statement beside the figures, for people. */
export function say(words: string): void {
  process.stderr.write(`  ${words}\n`);
}
