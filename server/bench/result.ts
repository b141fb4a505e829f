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

export interface Bench {
  readonly question: string;
  run(): Promise<readonly BenchResult[]>;
}
