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
  /** How it grows with its input. */
  readonly growth?: Growth;
  run(options: BenchOptions): Promise<readonly BenchResult[]>;
}

/** A chart of the docs: one run at each size, a line for each thing that is timed. */
export interface Growth {
  /** The chart's file, from the root of the project. */
  readonly chart: string;
  readonly title: string;
  readonly across: 'accounts' | 'rows' | 'clients';
  /** Empty: one run has all of its sizes. */
  readonly sizes: readonly number[];
  /** In the order of the legend; undefined where a result is no point of the line. */
  readonly lines: readonly {
    readonly name: string;
    readonly of: (result: BenchResult) => number | undefined;
  }[];
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
