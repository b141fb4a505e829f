/**
 * `npm run bench [-- name…] [--json] [--minutes N] [--accounts N] [--rows N] [--clients N]`: each benchmark with its question, input, seed and machine, and the ratio to a baseline timed in
 * the same run. A table for people on standard error; with --json one line of JSON a result on standard output.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { checkpoint } from './checkpoint.ts';
import { desk } from './desk.ts';
import { book } from './book.ts';
import { fanout } from './fanout.ts';
import { latency } from './latency.ts';

import { restart } from './restart.ts';
import { soak } from './soak.ts';
import { table } from './table.ts';
import { venues } from './venues.ts';
import { type Bench, type BenchResult } from './result.ts';

const BENCHES: ReadonlyMap<string, Bench> = new Map([
  ['book', book],
  ['latency', latency],
  ['desk', desk],
  ['fanout', fanout],

  ['restart', restart],
  ['checkpoint', checkpoint],
  ['soak', soak],
  ['table', table],
  ['venues', venues],
]);
/** Takes an hour: only when it is named. */
const NAMED_ONLY: ReadonlySet<string> = new Set(['soak']);

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

function refuse(sentence: string): never {
  process.stderr.write(`bench: ${sentence}\n`);
  process.exit(1);
}

function sizeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const size = Number(text);
  if (!(size > 0)) refuse(`--${name} is "${text}", expected a number above 0`);
  return size;
}

const OPTION = { type: 'string' } as const;

function readWords(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        minutes: OPTION,
        accounts: OPTION,
        rows: OPTION,
        clients: OPTION,
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

async function main(args: readonly string[]): Promise<void> {
  const { positionals: names, values } = readWords(args);
  const unknown = names.filter((name) => !BENCHES.has(name));
  if (unknown.length > 0) {
    refuse(`${unknown.join(', ')} is unknown; expected ${[...BENCHES.keys()].join(', ')}`);
  }
  const options = {
    minutes: sizeOf('minutes', values.minutes),
    accounts: sizeOf('accounts', values.accounts),
    rows: sizeOf('rows', values.rows),
    clients: sizeOf('clients', values.clients),
  };
  process.stderr.write(`${machine()}\n`);
  for (const [name, bench] of BENCHES) {
    if (names.length === 0 ? NAMED_ONLY.has(name) : !names.includes(name)) continue;
    process.stderr.write(`\n${name}: ${bench.question}\n`);
    const results = await bench.run(options);
    const [first] = results;
    process.stderr.write(`  seed ${first?.seed ?? ''}, ${first?.input ?? ''}\n`);
    process.stderr.write(`${' '.repeat(46)}   p50 ms   p99 ms   max ms peak MB   ratio\n`);
    for (const result of results) {
      process.stderr.write(`${line(result)}\n`);
      if (values.json === true) process.stdout.write(`${JSON.stringify(result)}\n`);
    }
  }
}

await main(process.argv.slice(2));
