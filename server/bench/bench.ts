/**
 * `npm run bench` (`-- --help` lists what may follow): each benchmark with its question, input, seed and machine, and the ratio to a
 * baseline timed in the same run. A table for people on standard error; with --json one line of JSON a result on standard output.
 */
import { cpus, totalmem } from 'node:os';
import { checkpoint } from './checkpoint.ts';
import { desk } from './desk.ts';
import { book } from './book.ts';
import { fanout } from './fanout.ts';
import { latency } from './latency.ts';
import { restart } from './restart.ts';
import { search } from './search.ts';
import { soak } from './soak.ts';
import { table } from './table.ts';
import { venues } from './venues.ts';
import { benchHelp, readCommandLine } from './command-line.ts';
import { runGrowth } from './growth.ts';
import { jsonLine, type Bench, type BenchOptions, type BenchResult } from './result.ts';

const BENCHES: ReadonlyMap<string, Bench> = new Map([
  ['book', book],
  ['latency', latency],
  ['desk', desk],
  ['search', search],
  ['fanout', fanout],
  ['restart', restart],
  ['checkpoint', checkpoint],
  ['soak', soak],
  ['table', table],
  ['venues', venues],
]);
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

/** Ends with 2: it was not understood. */
function refuse(sentences: readonly string[]): never {
  for (const sentence of sentences) process.stderr.write(`bench: ${sentence}\n`);
  process.exit(2);
}

/** From now on standard output has results alone: what a library prints goes to people. */
function takeStandardOutput(): (line: string) => void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return (line) => void write(line);
}

function sayLeftOut(result: BenchResult): void {
  process.stderr.write(`  PROBLEM: nothing was measured for "${result.case}"\n`);
  process.exitCode = 1;
}

interface Way {
  readonly options: BenchOptions;
  readonly isGrowth: boolean;
  readonly print: (line: string) => void;
}

async function runBench(
  name: string,
  bench: Bench,
  { options, isGrowth, print }: Way,
): Promise<void> {
  process.stderr.write(`\n${name}: ${bench.question}\n`);
  const { growth } = bench;
  if (isGrowth && growth !== undefined) {
    const run = (at: BenchOptions): ReturnType<Bench['run']> => runOnce(bench, at, print);
    await runGrowth({ growth, run }, { options, machine: machine() });
  } else await runOnce(bench, options, print);
}

async function runOnce(
  bench: Bench,
  options: BenchOptions,
  print: (line: string) => void,
): Promise<readonly BenchResult[]> {
  const results = await bench.run(options);
  const [first] = results;
  process.stderr.write(`  seed ${first?.seed ?? ''}, ${first?.input ?? ''}\n`);
  process.stderr.write(`${' '.repeat(46)}   p50 ms   p99 ms   max ms peak MB   ratio\n`);
  for (const result of results) {
    process.stderr.write(`${line(result)}\n`);
    const words = jsonLine(result);
    if (words === undefined) sayLeftOut(result);
    else print(`${words}\n`);
  }
  return results;
}

async function main(args: readonly string[]): Promise<void> {
  const asked = readCommandLine(args, BENCHES);
  if (!asked.ok) return refuse(asked.error);
  const { isHelp, names, isJson, isGrowth, options } = asked.value;
  if (isHelp) {
    process.stdout.write(benchHelp(BENCHES));
    return;
  }
  const toResults = takeStandardOutput();
  const print = isJson ? toResults : (): void => undefined;
  process.stderr.write(`${machine()}\n`);
  for (const [name, bench] of BENCHES) {
    const isUsual = bench.isNamedOnly !== true && (!isGrowth || bench.growth !== undefined);
    const isMeant = names.length === 0 ? isUsual : names.includes(name);
    if (isMeant) await runBench(name, bench, { options, isGrowth, print });
  }
}

await main(process.argv.slice(2));
