/**
 * `npm run bench [-- name…] [--json]`: each benchmark with its question, input, seed and machine, and the ratio to a baseline timed in
 * the same run. A table for people on standard error; with --json one line of JSON a result on standard output.
 */
import { cpus, totalmem } from 'node:os';
import { latency } from './latency.ts';
import { type Bench, type BenchResult } from './result.ts';

const BENCHES: ReadonlyMap<string, Bench> = new Map([['latency', latency]]);

const GIGABYTE = 2 ** 30;

function machine(): string {
  const [first] = cpus();
  const memory = (totalmem() / GIGABYTE).toFixed(0);
  return `${cpus().length} x ${first?.model ?? 'unknown processor'}, ${memory} GB, Node ${process.version}`;
}

function line(result: BenchResult): string {
  const digits = (ms: number): string => ms.toFixed(2).padStart(9);
  return `  ${result.case.padEnd(44)}${digits(result.p50Ms)}${digits(result.p99Ms)}${digits(result.maxMs)}${result.peakMb.toFixed(0).padStart(8)}${result.ratio.toFixed(1).padStart(8)}x  ${result.baseline}`;
}

async function main(words: readonly string[]): Promise<void> {
  const names = words.filter((word) => !word.startsWith('--'));
  const unknown = names.filter((name) => !BENCHES.has(name));
  if (unknown.length > 0) {
    process.stderr.write(
      `bench: ${unknown.join(', ')} is unknown; expected ${[...BENCHES.keys()].join(', ')}\n`,
    );
    process.exit(1);
  }
  process.stderr.write(`${machine()}\n`);
  for (const [name, bench] of BENCHES) {
    if (names.length > 0 && !names.includes(name)) continue;
    process.stderr.write(`\n${name}: ${bench.question}\n`);
    const results = await bench.run();
    const [first] = results;
    process.stderr.write(`  seed ${first?.seed ?? ''}, ${first?.input ?? ''}\n`);
    process.stderr.write(`${' '.repeat(46)}   p50 ms   p99 ms   max ms peak MB   ratio\n`);
    for (const result of results) {
      process.stderr.write(`${line(result)}\n`);
      if (words.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`);
    }
  }
}

await main(process.argv.slice(2));
