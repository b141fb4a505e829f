/** How long who looks at the desk of a server that takes steps waits for another search, filter or order. */
import { io, type Socket } from 'socket.io-client';
import {
  NO_DESK_FILTER,
  PROTOCOL_VERSION,
  type ClientToServer,
  type DeskQuery,
  type ServerToClient,
} from '#lib/wire/protocol.ts';
import { startLiveServer } from './live-server.ts';
import { type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';

type Client = Socket<ServerToClient, ClientToServer>;

const SEED = '1';
const SCENARIO = 'busy';
const ROUNDS = 60;
/** A person looks for a moment before asking again: the periodic work of the desk falls anywhere in it. */
const PAUSE_MS = 130;
const SETTLE_MS = 3_000;

const WORST_FIRST: DeskQuery = {
  sort: 'state',
  descending: true,
  ...NO_DESK_FILTER,
  offset: 0,
  limit: 80,
};

/** Each asks for something that was not asked for before. */
const ASKED: Readonly<Record<string, (round: number) => Partial<DeskQuery>>> = {
  'search by id': (round) => ({ text: `a${String(round * 97 + 1).padStart(4, '0')}` }),
  'search by label': (round) => ({
    text: ['careful', 'steady', 'bold', 'reckless', 'hedge'][round % 5] ?? '',
    sort: (['state', 'distance', 'notional'] as const)[round % 3] ?? 'state',
  }),
  'another order': (round) => ({
    sort: (['distance', 'notional', 'marginRatio', 'ifDown', 'since'] as const)[round % 5] ?? 'z',
    descending: round % 2 === 0,
  }),
  'filter by state and coin': (round) => ({
    states: round % 2 === 0 ? ['critical', 'warning'] : ['healthy'],
    coin: round % 3 === 0 ? 'BTC' : null,
  }),
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** From the question to the first answer that bears its number. */
async function answered(client: Client, queryId: number, query: DeskQuery): Promise<number> {
  const began = performance.now();
  const { promise, resolve } = Promise.withResolvers<number>();
  function hear(frame: { readonly queryId: number }): void {
    if (frame.queryId === queryId) resolve(performance.now() - began);
  }
  client.on('desk', hear);
  client.emit('desk', { queryId, query }, () => {});
  const ms = await promise;
  client.off('desk', hear);
  return ms;
}

async function echo(client: Client): Promise<number> {
  const began = performance.now();
  await client.emitWithAck('open', { accountId: '' });
  return performance.now() - began;
}

export async function deskLive(accounts: number): Promise<readonly BenchResult[]> {
  const server = await startLiveServer('headless', { SEED, SCENARIO, ACCOUNTS: String(accounts) });
  const client: Client = io(`http://127.0.0.1:${server.port}`, { transports: ['websocket'] });
  await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  let queryId = 1;
  await answered(client, queryId, WORST_FIRST);
  await pause(SETTLE_MS);
  const echoes: number[] = [];
  const found: BenchResult[] = [];
  for (const [name, changes] of Object.entries(ASKED)) {
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      queryId += 1;
      samples.push(await answered(client, queryId, { ...WORST_FIRST, ...changes(round) }));
      echoes.push(await echo(client));
      await pause(PAUSE_MS + (round % 7) * 10);
    }
    found.push({
      bench: 'desk',
      case: `${accounts}, live: ${name} (${ROUNDS})`,
      ...percentilesOf(samples),
      peakMb: server.peakMb(),
      ratio: percentile(samples, 0.5) / percentile(echoes, 0.5),
      baseline: `echo over the same socket, p50 ${percentile(echoes, 0.5).toFixed(2)} ms`,
      seed: SEED,
      input: `a server of its own, ${SCENARIO}, ${accounts} accounts`,
    });
  }
  client.disconnect();
  await server.stop();
  return found;
}
