/**
 * Many clients with an account each, ten frames a second, some of which never read: how old is the newest mark when it arrives, and
 * what does the server's memory do? The clients are a process of their own and read next to nothing of what they get.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { assert } from '#lib/contract.ts';
import { PROTOCOL_VERSION, type ClientToServer, type ServerToClient } from '#lib/wire/protocol.ts';
import { type FanoutLoad, type FanoutSeen } from './fanout-messages.ts';
import { startLiveServer, type LiveServer } from './live-server.ts';
import { growthOf, growthText, isFlat, someOf } from './memory.ts';
import { say, type Bench, type BenchOptions, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';

const SEED = '1';
const SCENARIO = 'busy';
/** A step every 20 ms: a frame that is due finds a fresh mark. */
const SPEED = 50;
const CLIENTS = 1_000;
const CROWDS = [10, 30, 100, 300];
const DEAF_SHARE = 0.05;
const WARM_UP_MS = 5_000;
const MEASURE_MS = 20_000;
/**
 * The largest crowd is watched for longer: a heap takes its size in the first minute of a crowd, a leak would go on after it. What is
 * left after each cleaning is the same from then on.
 */
const MEASURE_LARGEST_MS = 120_000;
const COMPARED_LOOKS = 30;
const LOOK_MS = 1_000;
const SECOND_MS = 1_000;

interface Round {
  readonly clients: number;
  readonly deaf: number;
  readonly seen: FanoutSeen;
  readonly memoryMb: readonly number[];
}

export const fanout: Bench = {
  question: 'how fast do many clients hear, some of which never read, and what does it cost?',
  sizes: ['clients'],
  growth: {
    chart: 'server/bench/charts/fanout.svg',
    title: 'Age of the newest mark when it arrives, by socket clients (ten frames a second each)',
    across: 'clients',
    sizes: [],
    lines: [
      { name: 'the 99th of a hundred', of: ({ p99Ms }) => p99Ms },
      { name: 'the median', of: ({ p50Ms }) => p50Ms },
    ],
  },
  run,
};

async function run({ clients = CLIENTS }: BenchOptions): Promise<readonly BenchResult[]> {
  const server = await startLiveServer('headless', {
    SEED,
    SCENARIO,
    ACCOUNTS: String(clients),
    SPEED: String(SPEED),
    SOCKETS_PER_ADDRESS: String(clients * 2),
    LOG_LEVEL: 'error',
  });
  const accountIds = await accountIdsOf(server.port);
  const sizes = [...new Set([...CROWDS, clients])].filter((size) => size <= clients);
  const rounds: Round[] = [];
  for (const size of sizes) {
    const measureMs = size === clients ? MEASURE_LARGEST_MS : MEASURE_MS;
    rounds.push(await roundOf(server, accountIds.slice(0, size), measureMs));
  }
  judgeMemory(rounds.at(-1)?.memoryMb ?? []);
  const peakMb = server.peakMb();
  await server.stop();
  const [smallest] = rounds;
  return smallest === undefined ? [] : rounds.map((round) => resultOf(round, smallest, peakMb));
}

async function accountIdsOf(port: number): Promise<readonly string[]> {
  const client: Socket<ServerToClient, ClientToServer> = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
  });
  const answer = await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  client.disconnect();
  assert(answer.ok, 'hello is answered');
  return answer.welcome.accountIds;
}

async function roundOf(
  server: LiveServer,
  accountIds: readonly string[],
  measureMs: number,
): Promise<Round> {
  const clients = accountIds.length;
  const deaf = Math.floor(clients * DEAF_SHARE);
  const memoryMb: number[] = [];
  const processor: number[] = [];
  const look = setInterval(() => {
    memoryMb.push(server.residentMb());
    processor.push(server.processorSeconds());
  }, LOOK_MS);
  const { port } = server;
  const seen = await load({ port, accountIds, deaf, warmUpMs: WARM_UP_MS, measureMs });
  clearInterval(look);
  const looks = Math.round(measureMs / LOOK_MS);
  sayRound({ clients, deaf, seen, memoryMb }, measureMs / SECOND_MS, processor.slice(-looks));
  return { clients, deaf, seen, memoryMb };
}

/** @param processor seconds of processor time that the server had spent, second by second. */
function sayRound(round: Round, seconds: number, processor: readonly number[]): void {
  const { clients, deaf, seen, memoryMb } = round;
  const reading = clients - deaf;
  const frames = seen.frames / reading / seconds;
  const kilobytes = seen.bytes / reading / seconds / 1_024;
  const spent = (processor.at(-1) ?? Number.NaN) - (processor[0] ?? Number.NaN);
  const serverShare = spent / Math.max(1, processor.length - 1);
  say(
    `${clients} clients, ${deaf} never read: ${frames.toFixed(1)} frames and ${kilobytes.toFixed(0)} KB a second each, ${seen.closed} lost`,
  );
  say(
    `  processor: server ${serverShare.toFixed(2)}, clients ${(seen.processorSeconds / seconds).toFixed(2)} of a core; memory MB ${someOf(memoryMb)}`,
  );
}

/** Of the largest crowd: its last half minute against the one before. */
function judgeMemory(memoryMb: readonly number[]): void {
  const before = memoryMb.slice(-2 * COMPARED_LOOKS, -COMPARED_LOOKS);
  const growth = growthOf(before, memoryMb.slice(-COMPARED_LOOKS));
  say(`memory ${growthText(growth)}`);
  if (!isFlat(growth)) process.exitCode = 1;
}

function load(asked: FanoutLoad): Promise<FanoutSeen> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'fanout-load.ts'), JSON.stringify(asked)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(said) as FanoutSeen);
      else reject(new Error(`the load ended with ${code ?? 'a signal'}`));
    });
  });
}

function resultOf(round: Round, smallest: Round, peakMb: number): BenchResult {
  const { clients, deaf, seen } = round;
  const percentiles = percentilesOf(seen.ageMs);
  const baseMs = percentile(smallest.seen.ageMs, 0.5);
  return {
    bench: 'fanout',
    case: `${clients} clients, ${deaf} never read (${seen.ageMs.length})`,
    ...percentiles,
    peakMb,
    ratio: percentiles.p50Ms / baseMs,
    baseline: `${smallest.clients} clients, p50 ${baseMs.toFixed(1)} ms`,
    seed: SEED,
    input: `an account each, scenario ${SCENARIO}, ${SPEED}x`,
  };
}
