/**
 * How soon a search finds an account, while prices are calm and through a crash, and how soon its figures follow. The server runs
 * as any user's: what is timed goes over a socket, and what was found is compared with what was sought.
 */
import { io, type Socket } from 'socket.io-client';
import { assert } from '#lib/contract.ts';
import {
  NO_DESK_FILTER,
  PROTOCOL_VERSION,
  type ClientToServer,
  type DeskFrame,
  type DeskQuery,
  type ServerToClient,
} from '#lib/wire/protocol.ts';
import { startLiveServer, type LiveServer } from './live-server.ts';
import { type Bench, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';

type Client = Socket<ServerToClient, ClientToServer>;

const SEED = '1';
/** Ten minutes of run time after its start BTC begins to fall, by a quarter within six. */
const SCENARIO = 'flash-crash';
const CRASH_AFTER_MS = 10.2 * 60_000;
const CALM_SPEED = 4;
const CRASH_SPEED = 60;
const SIZES = [200, 20_000, 200_000];
const ROUNDS = 40;
/** A person looks for a moment before asking again: whatever the server does by itself falls anywhere in it. */
const PAUSE_MS = 90;
const SETTLE_MS = 3_000;
/** Odd, so that ids come from everywhere in the book. */
const STRIDE = 7_919;

const TEMPERS = ['careful', 'steady', 'bold', 'reckless'];

const SOUGHT: Readonly<Record<string, (nth: number, ids: number) => string>> = {
  'a whole id': (nth, ids) => idOf((nth * STRIDE) % ids),
  'a part of an id': (nth, ids) => idOf((nth * STRIDE) % ids).slice(2),
  'the first letter': () => 'a',
  'a label': (nth) => TEMPERS[nth % TEMPERS.length] ?? '',
};
const SORTS = ['state', 'distance', 'notional'] as const;

interface Times {
  readonly found: number[];
  readonly figures: number[];
}

function idOf(place: number): string {
  return `A${String(place + 1).padStart(4, '0')}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function textsIn({ rows, found = [] }: DeskFrame): readonly string[] {
  return [...rows, ...found].map(({ accountId, label }) => `${accountId} ${label}`.toLowerCase());
}

/** From the question to the first answer, and to the first with figures. */
async function timesOf(client: Client, queryId: number, text: string): Promise<readonly number[]> {
  const query: DeskQuery = {
    sort: SORTS[queryId % SORTS.length] ?? 'state',
    descending: true,
    ...NO_DESK_FILTER,
    text,
    offset: 0,
    limit: 80,
  };
  const began = performance.now();
  const { promise, resolve } = Promise.withResolvers<readonly number[]>();
  let foundMs: number | undefined;
  function hear(frame: DeskFrame): void {
    if (frame.queryId !== queryId) return;
    foundMs ??= performance.now() - began;
    const texts = textsIn(frame);
    assert(texts.length > 0 && texts.every((one) => one.includes(text.toLowerCase())), text);
    if (frame.found === undefined) resolve([foundMs, performance.now() - began]);
  }
  client.on('desk', hear);
  client.emit('desk', { queryId, query }, () => {});
  const times = await promise;
  client.off('desk', hear);
  return times;
}

async function echoMs(client: Client): Promise<number> {
  const began = performance.now();
  await client.emitWithAck('open', { accountId: '' });
  return performance.now() - began;
}

interface Asking {
  readonly client: Client;
  readonly accounts: number;
  queryId: number;
}

async function askAll(asking: Asking, echoes: number[]): Promise<ReadonlyMap<string, Times>> {
  const { client, accounts } = asking;
  const times = new Map<string, Times>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, textOf] of Object.entries(SOUGHT)) {
      asking.queryId += 1;
      const text = textOf(round, accounts);
      const [found = 0, figures = 0] = await timesOf(client, asking.queryId, text);
      const here = times.get(name) ?? { found: [], figures: [] };
      here.found.push(found);
      here.figures.push(figures);
      times.set(name, here);
      echoes.push(await echoMs(client));
      await pause(PAUSE_MS + (asking.queryId % 7) * 10);
    }
  }
  return times;
}

async function measure(
  asking: Asking,
  p: { readonly server: LiveServer; readonly when: string },
): Promise<readonly BenchResult[]> {
  const echoes: number[] = [];
  const times = await askAll(asking, echoes);
  const [echo, slowEcho] = [percentile(echoes, 0.5), percentile(echoes, 0.99)];
  const resultOf = (what: string, samples: readonly number[]): BenchResult => ({
    bench: 'search',
    case: `${asking.accounts}, ${p.when}: ${what}`,
    ...percentilesOf(samples),
    peakMb: p.server.peakMb(),
    ratio: percentile(samples, 0.5) / echo,
    baseline: `echo over the same socket, p50 ${echo.toFixed(2)}, p99 ${slowEcho.toFixed(1)} ms`,
    seed: SEED,
    input: `a server of its own, ${SCENARIO}, ${asking.accounts} accounts, ${ROUNDS} searches of each kind`,
  });
  return [...times].flatMap(([name, { found, figures }]) => [
    resultOf(`${name}, found`, found),
    resultOf(`${name}, figures`, figures),
  ]);
}

/** Until run time is so far. */
function reached(client: Client, runTime: number): Promise<void> {
  return new Promise((resolve) => {
    function hear(frame: { readonly runTime: number }): void {
      if (frame.runTime < runTime) return;
      client.off('market', hear);
      resolve();
    }
    client.on('market', hear);
  });
}

async function run(accounts: number): Promise<readonly BenchResult[]> {
  const server = await startLiveServer('headless', {
    SEED,
    SCENARIO,
    ACCOUNTS: String(accounts),
    SPEED: String(CALM_SPEED),
  });
  const client: Client = io(`http://127.0.0.1:${server.port}`, { transports: ['websocket'] });
  const hello = await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  assert(hello.ok, 'the run is open');
  await pause(SETTLE_MS);
  const asking: Asking = { client, accounts, queryId: 0 };
  const calm = await measure(asking, { server, when: `calm, ${CALM_SPEED}x` });
  await client.emitWithAck('control', { kind: 'speed', speed: CRASH_SPEED });
  await reached(client, hello.welcome.run.tape.startTime + CRASH_AFTER_MS);
  const crash = await measure(asking, { server, when: `crash, ${CRASH_SPEED}x` });
  client.disconnect();
  await server.stop();
  return [...calm, ...crash];
}

export const search: Bench = {
  question: 'how soon does a search find an account, calm and in a crash?',
  sizes: ['accounts'],
  run: async ({ accounts }) => {
    const results: BenchResult[] = [];
    for (const size of accounts === undefined ? SIZES : [accounts])
      results.push(...(await run(size)));
    return results;
  },
};
