/**
 * The demo for an hour, with a crash every five minutes: 26 % down within minutes of run time, on the same book. Readers come and
 * go, some never read, one derives every digest anew. Memory, complaints and the sum of all money are watched all along. Memory
 * is judged by what is held: after each crash the readers leave, and all garbage is collected. Resident memory is told beside it,
 * for much of it is heap that the runtime keeps for itself.
 */
import { io, type Socket } from 'socket.io-client';
import { assert } from '#lib/contract.ts';
import { PROTOCOL_VERSION, type ClientToServer, type ServerToClient } from '#lib/wire/protocol.ts';
import { startLiveServer, type LiveServer } from './live-server.ts';
import { connectPlain, type PlainSocket } from './plain-socket.ts';
import { growthOf, growthText, isFlat, someOf, type HeldMb } from './memory.ts';
import { say, type Bench, type BenchOptions, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';
import { watchDigests, type DigestWatch } from './watch-digests.ts';

type Client = Socket<ServerToClient, ClientToServer>;

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
/** Run time from one crash to the next. */
const CYCLE_MS = 2 * 60 * MINUTE_MS;
/** The first cycle warms up; two more are needed to compare. */
const CYCLES_MIN = 3;
/** The server hears that its readers have left. */
const LEAVE_MS = 1_000;
/** Whatever takes longer will never come. */
const PATIENCE_MS = 30_000;

/** A server without readers, between two crashes. */
interface Weight extends HeldMb {
  readonly resident: number;
}

interface Seen {
  readonly residentMb: number[];
  /** At the end of each crash cycle. */
  readonly weights: Weight[];
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
  const env = { SEED, SCENARIO, ACCOUNTS: String(accounts), SPEED: String(speed) };
  const server = await startLiveServer('headless', env, 'weighed');
  const seen: Seen = {
    residentMb: [],
    weights: [],
    frameMs: [],
    echoMs: [],
    problems: [],
    transitions: 0,
    liquidations: 0,
  };
  const digests = await watchDigests(server.port);
  await noting(seen, () =>
    live(server, seen, { forMs: minutes * MINUTE_MS, cycleMs: CYCLE_MS / speed }),
  );
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

/** People come and go until the time is over; now and then the server is looked at, and weighed after each crash. */
async function live(
  server: LiveServer,
  seen: Seen,
  { forMs, cycleMs }: { readonly forMs: number; readonly cycleMs: number },
): Promise<void> {
  const began = performance.now();
  const until = began + forMs;
  const client = await greet(server.port);
  client.on('market', ({ acceptedAt }) => seen.frameMs.push(Date.now() - acceptedAt));
  let crowd: readonly PlainSocket[] = [];
  let turnOverAt = 0;
  let tellAt = began + TELL_EVERY_MS;
  while (performance.now() < until && !server.hasEnded()) {
    if (performance.now() >= turnOverAt) {
      leave(crowd);
      crowd = await newCrowd(server.port);
      turnOverAt = performance.now() + TURN_OVER_MS;
    }
    await look(server, client, seen);
    if (performance.now() >= tellAt) {
      tellAt += TELL_EVERY_MS;
      sayWhere(seen, until - performance.now());
    }
    const cycleEndsAt = began + (seen.weights.length + 1) * cycleMs;
    await pause(Math.min(LOOK_MS, Math.max(0, cycleEndsAt - performance.now())));
    if (performance.now() < cycleEndsAt) continue;
    leave(crowd);
    turnOverAt = 0;
    await weigh(server, seen);
  }
  leave(crowd);
  client.disconnect();
  if (server.hasEnded()) seen.problems.push('the server ended by itself');
}

function leave(crowd: readonly PlainSocket[]): void {
  for (const reader of crowd) reader.close();
}

async function look(server: LiveServer, client: Client, seen: Seen): Promise<void> {
  const began = performance.now();
  await client.timeout(PATIENCE_MS).emitWithAck('open', { accountId: '' });
  seen.echoMs.push(performance.now() - began);
  await audit(server, seen);
  seen.residentMb.push(server.residentMb());
}

async function weigh(server: LiveServer, { weights }: Seen): Promise<void> {
  await pause(LEAVE_MS);
  const resident = server.residentMb();
  weights.push({ ...(await server.heldMb()), resident });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Nobody sits in front of it for an hour: its output tells how it went on. */
function sayWhere(
  { residentMb, weights, transitions, liquidations, problems }: Seen,
  leftMs: number,
): void {
  const memory = residentMb.at(-1)?.toFixed(0) ?? '';
  const held = weights.slice(-1).map(heldMb);
  say(
    `${Math.round(leftMs / MINUTE_MS)} min left: ${someOf(held, 1)} MB held, ${memory} MB resident, ${transitions} changes of state, ${liquidations} liquidations, ${problems.length} problems`,
  );
}

async function greet(port: number): Promise<Client> {
  const client: Client = io(`http://127.0.0.1:${port}`, {
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
  const growth = growthOver(seen.weights.map(heldMb));
  const memory = growth === undefined ? 'not judged: three crashes are needed' : growthText(growth);
  sayMemory(seen);
  say(`${seen.transitions} changes of state, ${seen.liquidations} liquidations`);
  say(`${digests.compared} digests derived anew and compared, ${digests.problems.length} differ`);
  say(`memory held ${memory}`);
  for (const problem of seen.problems.slice(0, 20)) say(`PROBLEM: ${problem}`);
  const hasGrown = growth !== undefined && !isFlat(growth);
  if (seen.problems.length > 0 || hasGrown) process.exitCode = 1;
  const echo = percentile(seen.echoMs, 0.5);
  return {
    bench: 'soak',
    case: `age of the newest mark, ${p.minutes} min, ${seen.problems.length} problems, memory held ${memory}`,
    ...percentilesOf(seen.frameMs),
    peakMb: p.peakMb,
    ratio: percentile(seen.frameMs, 0.5) / echo,
    baseline: `echo over the same socket, p50 ${echo.toFixed(2)} ms`,
    seed: SEED,
    input: `${p.accounts} accounts, scenario ${SCENARIO}, ${p.speed}x, ${READERS} readers, ${DEAF} that never read`,
  };
}

function heldMb({ main, engine }: HeldMb): number {
  return main + engine;
}

function sayMemory({ residentMb, weights }: Seen): void {
  const afterEach = (of: (weight: Weight) => number): string => someOf(weights.map(of), 1);
  say('memory MB after each crash, without readers:');
  say(`  held by the main thread: ${afterEach(({ main }) => main)}`);
  say(`  held by the engine's thread: ${afterEach(({ engine }) => engine)}`);
  say(`  resident, before the collection: ${afterEach(({ resident }) => resident)}`);
  say(`resident memory MB, start to end: ${someOf(residentMb)}`);
}

/** How much more the last cycle holds than the second, for the first warms up; undefined when it was too short to tell. */
function growthOver(heldMbs: readonly number[]): number | undefined {
  if (heldMbs.length < CYCLES_MIN) return undefined;
  return growthOf(heldMbs.slice(1, 2), heldMbs.slice(-1));
}
