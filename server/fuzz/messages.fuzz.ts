import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { type RandomStream } from '#lib/sim/random.ts';
import { MESSAGE_SCHEMAS, type MessageName, parseMessage } from '#lib/wire/messages.ts';
import { PROTOCOL_VERSION } from '#lib/wire/protocol.ts';
import { openExampleGateway, type ExampleGateway } from '../gateway/example-gateway.ts';
import { below, fuzz, pick, wrong } from './budget.ts';
import { anyJson, fieldOf, pathsIn, replaced } from './mutation.ts';

const LEVELS = {
  watch: { enter: 2, leave: 2.3 },
  warning: { enter: 1, leave: 1.15 },
  critical: { enter: 0.35, leave: 0.45 },
};
const TARGET = { account: 'A0001', base: 'BTC', measure: 'z' };
const QUERY = {
  sort: 'state',
  descending: true,
  states: ['watch'],
  text: '',
  coin: 'BTC',
  band: 3,
  shock: '-0.1',
  offset: 0,
  limit: 9,
};

/** A valid message of every name and form. */
const EXAMPLES: readonly [readonly [MessageName, object], ...(readonly [MessageName, object])[]] = [
  ['hello', { protocol: PROTOCOL_VERSION }],
  ['open', { accountId: 'A0001' }],
  ['close', { accountId: 'A0001' }],
  ['follow', { topic: 'alerts', limit: 5 }],
  ['unfollow', { topic: 'liquidations' }],
  ['older-rows', { topic: 'alerts', beforeSeq: 900, limit: 5 }],
  ['desk', { queryId: 1, query: QUERY }],
  ['export-accounts', { query: QUERY, selection: null }],
  ['acknowledge', { accountId: 'A0001', poolId: 'A0001/cross:USDT', by: 'me', note: 'seen' }],
  ['undo-acknowledge', { accountId: 'A0001', poolId: 'A0001/cross:USDT', by: 'me' }],
  ['set-alert-rule', { rule: { ...TARGET, levels: LEVELS }, by: 'me' }],
  ['remove-alert-rule', { target: TARGET, by: 'me' }],
  ['preview-alert-rule', { rule: { ...TARGET, levels: LEVELS } }],
  ['status', {}],
  ['control', { kind: 'pause' }],
  ['control', { kind: 'speed', speed: 60 }],
  ['control', { kind: 'start-run', seed: '1', scenario: 'calm' }],
  ['control', { kind: 'seek', runTime: 1_700_000_000_000 }],
  ['control', { kind: 'accept-price-jump', instrument: 'BTCUSDT' }],
  ['control', { kind: 'drill', drill: 'freeze', instrument: 'BTCUSDT', durationMs: 9_000 }],
];

interface Fuzzed {
  readonly name: MessageName;
  readonly raw: unknown;
  /** True: must be taken. A text: must be refused with a sentence that holds it. Undefined: either, but in order. */
  readonly verdict: true | string | undefined;
}

function fuzzedMessage(chance: RandomStream): Fuzzed {
  const [name, example] = pick(chance, EXAMPLES);
  const paths = pathsIn(example);
  const path = paths[below(chance, paths.length)];
  const kind = below(chance, 6);
  if (kind === 0 || path === undefined) return { name, raw: example, verdict: true };
  // No field takes an object with this key, and none may be missing.
  if (kind === 1) {
    return { name, raw: replaced(example, path, { odd: 1 }), verdict: fieldOf(path) };
  }
  if (kind === 2 && !/^\d+$/.test(path.at(-1) ?? '')) {
    return { name, raw: replaced(example, path, undefined), verdict: fieldOf(path) };
  }
  if (kind === 3) return { name, raw: { ...example, oddity: 1 }, verdict: 'oddity' };
  if (kind === 4)
    return { name, raw: replaced(example, path, anyJson(chance)), verdict: undefined };
  return { name, raw: anyJson(chance), verdict: undefined };
}

/** What is wrong with the way a message was judged; undefined when nothing is. */
function faultOf({ name, raw, verdict }: Fuzzed): string | undefined {
  const parsed = parseMessage(name, raw);
  if (parsed.ok) {
    if (typeof verdict === 'string') return 'was taken';
    return parseMessage(name, JSON.parse(JSON.stringify(parsed.value))).ok
      ? undefined
      : 'is refused when it comes again';
  }
  if (verdict === true) return `was refused: ${parsed.error}`;
  if (!/^message "[a-z-]+".*: (got .*, expected |unknown key )/s.test(parsed.error))
    return `was refused without a sentence: ${parsed.error}`;
  return verdict === undefined || parsed.error.includes(verdict)
    ? undefined
    : `was refused without naming ${verdict}: ${parsed.error}`;
}

describe('any message', () => {
  it('has a valid example for each name', () => {
    const names = new Set(EXAMPLES.map(([name]) => name));
    expect([...names].toSorted()).toEqual(Object.keys(MESSAGE_SCHEMAS).toSorted());
    for (const [name, raw] of EXAMPLES) expect(parseMessage(name, raw)).toMatchObject({ ok: true });
  });

  it('is taken, or refused with a sentence that names the field', async () => {
    const memory = await fuzz({ name: 'messages', quickCount: 4_000 }, (chance) => {
      const message = fuzzedMessage(chance);
      const fault = faultOf(message);
      if (fault !== undefined) wrong(`${JSON.stringify(message)} ${fault}`);
    });
    expect(memory.grownMb).toBeLessThan(memory.grownMbMax);
  });
});

describe('a gateway', () => {
  let example: ExampleGateway;
  let client: Socket;
  const unlimited = { burst: Infinity, refillPerSecond: 1 };

  beforeAll(async () => {
    example = await openExampleGateway({
      requests: unlimited,
      addressRequests: unlimited,
      packets: unlimited,
    });
    client = await greeted();
  });
  afterAll(async () => {
    client.disconnect();
    await example.close();
  });

  async function greeted(): Promise<Socket> {
    const socket = io(`http://127.0.0.1:${example.port}`, {
      transports: ['websocket'],
      forceNew: true,
    });
    const answer: unknown = await socket.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
    assert(isAnswer(answer), 'hello is answered');
    return socket;
  }
  function isAnswer(
    answer: unknown,
  ): answer is { readonly ok: boolean; readonly code?: string; readonly message?: string } {
    return typeof answer === 'object' && answer !== null && 'ok' in answer;
  }

  it('answers whatever arrives on a socket, and goes on', async () => {
    const memory = await fuzz({ name: 'sockets', quickCount: 1_500 }, async (chance) => {
      const message = fuzzedMessage(chance);
      const name = chance.uniform() < 0.1 ? `odd ${String(anyJson(chance, 0))}` : message.name;
      const answer: unknown = await client.timeout(5_000).emitWithAck(name, message.raw);
      const words = `${name} ${JSON.stringify(message)}: ${JSON.stringify(answer)}`;
      if (!isAnswer(answer)) wrong(words);
      if (answer.message === 'the server could not answer') wrong(words);
      // A bound on what one connection may have is an answer too.
      const isRefused = !answer.ok && answer.code !== 'overrun';
      if (message.name === name && message.verdict === true && isRefused) wrong(words);
      if (typeof message.verdict === 'string' && answer.ok) wrong(words);
    });
    expect(memory.grownMb).toBeLessThan(memory.grownMbMax);
    expect(client.connected).toBe(true);
  });

  it('outlives packets that are none', async () => {
    await fuzz({ name: 'packets', quickCount: 100 }, async (chance) => {
      const raw = new WebSocket(
        `ws://127.0.0.1:${example.port}/socket.io/?EIO=4&transport=websocket`,
      );
      await new Promise((resolve) => raw.addEventListener('open', resolve));
      const gone = new Promise((resolve) => raw.addEventListener('close', resolve));
      const openings = ['40', '42', '4', '451-', '42["hello",', '43', '9', '', '40/odd,'] as const;
      for (let packets = 0; packets < 5; packets += 1) {
        raw.send(`${pick(chance, [...openings])}${JSON.stringify(anyJson(chance)) ?? ''}`);
      }
      raw.close();
      await gone;
    });
    expect(await client.timeout(5_000).emitWithAck('status', {})).toMatchObject({ ok: true });
  });
});
