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
  run(options: BenchOptions): Promise<readonly BenchResult[]>;
}

/** A statement beside the figures, for people. */
export function say(words: string): void {
  process.stderr.write(`  ${words}\n`);
}
