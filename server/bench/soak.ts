/**
 * The demo for an hour, with a crash every five minutes: 26 % down within minutes of run time, on the same book. Readers come and
 * go, some never read, one derives every digest anew. Memory, complaints and the sum of all money are watched all along.
 */
import { io, type Socket } from 'socket.io-client';
import { assert } from '#lib/contract.ts';
import { PROTOCOL_VERSION, type ClientToServer, type ServerToClient } from '#lib/wire/protocol.ts';
import { startLiveServer, type LiveServer } from './live-server.ts';
import { connectPlain, type PlainSocket } from './plain-socket.ts';
import { growthOf, growthText, isFlat, someOf } from './memory.ts';
import { say, type Bench, type BenchOptions, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';
import { watchDigests, type DigestWatch } from './watch-digests.ts';

const SEED = '1';
const ACCOUNTS = 200;
const SCENARIO = 'flash-crash';
/** The scenario crashes every two hours of run time: 24 times as fast is every five minutes. */
const SPEED = 24;
/** Shorter ones run faster: three crashes come in any case. */
const MINUTES_AT_SPEED = 15;
const SPEED_MAX = 240;
const MINUTES = 60;
const MINUTE_MS = 60_000;
const READERS = 20;
const DEAF = 5;
/** Readers leave and others come this often. */
const TURN_OVER_MS = 60_000;
const LOOK_MS = 5_000;
const TELL_EVERY_MS = 5 * MINUTE_MS;
/** From one crash to the next. A heap takes its size from the crash: only whole cycles are compared. */
const CYCLE_MS = 2 * 60 * MINUTE_MS;
/** The first cycle warms up; two more are needed to compare. */
const CYCLES_MIN = 3;
/** Whatever takes longer will never come. */
const PATIENCE_MS = 30_000;

interface Seen {
  readonly memoryMb: number[];
  readonly frameMs: number[];
  readonly echoMs: number[];
  readonly problems: string[];
  transitions: number;
  liquidations: number;
}

export const soak: Bench = {
  question: 'does anything grow, break or get lost when it runs for long through crashes?',
  sizes: ['minutes', 'accounts'],
  isNamedOnly: true,
  run: async (options) => [await run(options)],
};

async function run({ minutes = MINUTES, accounts = ACCOUNTS }: BenchOptions): Promise<BenchResult> {
  const speed = Math.min(SPEED_MAX, Math.max(SPEED, (SPEED * MINUTES_AT_SPEED) / minutes));
  const server = await startLiveServer('headless', {
    SEED,
    SCENARIO,
    ACCOUNTS: String(accounts),
    SPEED: String(speed),
  });
  const seen: Seen = {
    memoryMb: [],
    frameMs: [],
    echoMs: [],
    problems: [],
    transitions: 0,
    liquidations: 0,
  };
  const digests = await watchDigests(server.port);
  await noting(seen, () => live(server, seen, minutes * MINUTE_MS));
  digests.stop();
  await noting(seen, () => audit(server, seen));
  const peakMb = server.peakMb();
  const code = await server.stop();
  if (code !== 0) seen.problems.push(`the server ended with ${code}`);
  seen.problems.push(...server.complaints.filter(isError), ...digests.problems);
  return verdict({ seen, digests, minutes, accounts, speed, peakMb });
}

/** Whoever gets no answer is a problem, and no reason to lose what was seen. */
async function noting({ problems }: Seen, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
}

/** People come and go until the time is over; now and then the server is looked at. */
async function live(server: LiveServer, seen: Seen, forMs: number): Promise<void> {
  const until = performance.now() + forMs;
  const client = await greet(server.port);
  client.on('market', ({ acceptedAt }) => seen.frameMs.push(Date.now() - acceptedAt));
  let crowd: readonly PlainSocket[] = [];
  let turnOverAt = 0;
  let tellAt = performance.now() + TELL_EVERY_MS;
  while (performance.now() < until && !server.hasEnded()) {
    if (performance.now() >= turnOverAt) {
      for (const reader of crowd) reader.close();
      crowd = await newCrowd(server.port);
      turnOverAt = performance.now() + TURN_OVER_MS;
    }
    const began = performance.now();
    await client.timeout(PATIENCE_MS).emitWithAck('open', { accountId: '' });
    seen.echoMs.push(performance.now() - began);
    await audit(server, seen);
    seen.memoryMb.push(server.residentMb());
    if (performance.now() >= tellAt) {
      tellAt += TELL_EVERY_MS;
      sayWhere(seen, until - performance.now());
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  for (const reader of crowd) reader.close();
  client.disconnect();
  if (server.hasEnded()) seen.problems.push('the server ended by itself');
}

/** Nobody sits in front of it for an hour: its output tells how it went on. */
function sayWhere({ memoryMb, transitions, liquidations, problems }: Seen, leftMs: number): void {
  const memory = memoryMb.at(-1)?.toFixed(0) ?? '';
  say(
    `${Math.round(leftMs / MINUTE_MS)} min left: ${memory} MB, ${transitions} changes of state, ${liquidations} liquidations, ${problems.length} problems`,
  );
}

async function greet(port: number): Promise<Socket<ServerToClient, ClientToServer>> {
  const client: Socket<ServerToClient, ClientToServer> = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
  });
  const answer = await client
    .timeout(PATIENCE_MS)
    .emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  assert(answer.ok, 'hello is answered');
  return client;
}

async function newCrowd(port: number): Promise<readonly PlainSocket[]> {
  const crowd: PlainSocket[] = [];
  for (let at = 0; at < READERS + DEAF; at += 1) {
    const reader = await connectPlain(port, () => undefined);
    reader.open(`A${String(at + 1).padStart(4, '0')}`);
    if (at >= READERS) reader.pause();
    crowd.push(reader);
  }
  return crowd;
}

/** Warnings are expected: those who never read are cut off. */
function isError(line: string): boolean {
  return !line.startsWith('{"level":40,');
}

/** What the server says of itself: money and lots sum to zero, to the last unit. */
async function audit(server: LiveServer, seen: Seen): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${server.port}/metrics`, {
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  if (numberIn(text, 'plimsoll_conservation_holds') !== 1) seen.problems.push('money was lost');
  seen.liquidations = numberIn(text, 'plimsoll_liquidations_total');
  seen.transitions = [...text.matchAll(/^plimsoll_alert_transitions_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}

function numberIn(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}

function verdict(p: {
  readonly seen: Seen;
  readonly digests: DigestWatch;
  readonly minutes: number;
  readonly accounts: number;
  readonly speed: number;
  readonly peakMb: number;
}): BenchResult {
  const { seen, digests } = p;
  const growth = growthOver(seen.memoryMb, CYCLE_MS / p.speed / LOOK_MS);
  const memory = growth === undefined ? 'not judged: three crashes are needed' : growthText(growth);
  say(`memory MB, start to end: ${someOf(seen.memoryMb)}`);
  say(`${seen.transitions} changes of state, ${seen.liquidations} liquidations`);
  say(`${digests.compared} digests derived anew and compared, ${digests.problems.length} differ`);
  say(`memory ${memory}`);
  for (const problem of seen.problems.slice(0, 20)) say(`PROBLEM: ${problem}`);
  const hasGrown = growth !== undefined && !isFlat(growth);
  if (seen.problems.length > 0 || hasGrown) process.exitCode = 1;
  const echo = percentile(seen.echoMs, 0.5);
  return {
    bench: 'soak',
    case: `age of the newest mark, ${p.minutes} min, ${seen.problems.length} problems, memory ${memory}`,
    ...percentilesOf(seen.frameMs),
    peakMb: p.peakMb,
    ratio: percentile(seen.frameMs, 0.5) / echo,
    baseline: `echo over the same socket, p50 ${echo.toFixed(2)} ms`,
    seed: SEED,
    input: `${p.accounts} accounts, scenario ${SCENARIO}, ${p.speed}x, ${READERS} readers, ${DEAF} that never read`,
  };
}

/** How much more the last cycle holds than the second; undefined when it was too short to tell. */
function growthOver(memoryMb: readonly number[], looksACycle: number): number | undefined {
  // Looks take a moment themselves: a cycle may miss one or two.
  if (Math.round(memoryMb.length / looksACycle) < CYCLES_MIN) return undefined;
  const looks = Math.floor(looksACycle);
  return growthOf(memoryMb.slice(looks, looks * 2), memoryMb.slice(-looks));
}
