import { request as ask } from 'node:http';
import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import {
  type AccountPatch,
  type ClientToServer,
  type DeskFrame,
  type Farewell,
  NO_DESK_FILTER,
  PROTOCOL_VERSION,
  type Refusal,
  type RowsPatch,
  type ServerToClient,
} from '#lib/wire/protocol.ts';
import { timestampMs } from '#lib/units/time.ts';
import { exampleColumns } from '../desk/example-columns.ts';
import { exampleAccountText, openExampleGateway, type ExampleGateway } from './example-gateway.ts';
import { type Limits } from './limits.ts';

type Client = Socket<ServerToClient & Farewell, ClientToServer>;

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function opened(changed: Partial<Limits> = {}): Promise<ExampleGateway> {
  const example = await openExampleGateway(changed);
  ends.push(() => example.close());
  return example;
}

function connect({ port }: ExampleGateway, headers: Record<string, string> = {}): Client {
  const client: Client = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  });
  ends.push(() => void client.disconnect());
  return client;
}

async function greeted(example: ExampleGateway): Promise<Client> {
  const client = connect(example);
  const answer = await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  assert(answer.ok, 'hello is answered');
  return client;
}

/** Names and payloads that no client of ours would send. */
function send(client: Client, name: string, ...payload: unknown[]): Promise<unknown> {
  const untyped: Pick<Socket, 'emitWithAck'> = client;
  return untyped.emitWithAck(name, ...payload);
}

function cutOf(client: Client): Promise<Refusal['code']> {
  return new Promise((resolve) => client.once('cut-off', ({ code }) => resolve(code)));
}

function goneOf(client: Client): Promise<void> {
  return new Promise((resolve) => client.once('disconnect', () => resolve()));
}

/** Stops taking bytes from the network, as a program that hangs does. */
function pause(client: Client): () => void {
  const ws: unknown = Reflect.get(client.io.engine.transport, 'ws');
  assert(typeof ws === 'object' && ws !== null, 'a WebSocket');
  const call = (name: string): void => {
    const method: unknown = Reflect.get(ws, name);
    assert(typeof method === 'function', `a WebSocket can ${name}`);
    Reflect.apply(method, ws, []);
  };
  call('pause');
  return () => call('resume');
}

function totalOf({ gateway }: ExampleGateway, code: string): number {
  return gateway.tally.totals.find((each) => each.code === code)?.total ?? 0;
}

const account = exampleAccountText;

describe('who may open a socket', () => {
  function handshake(
    { port }: ExampleGateway,
    headers: Record<string, string>,
  ): Promise<{ readonly status: number; readonly body: string }> {
    return new Promise((resolve, reject) => {
      const path = '/socket.io/?EIO=4&transport=polling';
      const asked = ask({ port, host: '127.0.0.1', path, headers }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  it.each([
    ['a page of another server', { origin: 'http://evil.example' }, 'unknown-origin'],
    ['a page without an origin of its own', { origin: 'null' }, 'unknown-origin'],
    ['a name pointed at this machine', { host: 'rebound.example.com' }, 'unknown-host'],
    [
      'the same with its own origin',
      { host: 'rebound.example.com', origin: 'http://rebound.example.com' },
      'unknown-host',
    ],
  ])('not %s', async (_what, headers, code) => {
    const example = await opened();
    const { status, body } = await handshake(example, headers);
    expect(status).toBe(403);
    expect(body).toContain(`"message":"${code}: `);
    expect(totalOf(example, code)).toBe(1);
    const client = connect(example, headers);
    await new Promise<void>((resolve) => client.once('connect_error', () => resolve()));
    expect(example.gateway.clients).toBe(0);
  });

  it('our own page, one that the operator named, and programs', async () => {
    const example = await opened();
    for (const origin of [`http://127.0.0.1:${example.port}`, 'https://risk.example.com']) {
      expect((await handshake(example, { origin })).status).toBe(200);
    }
    expect((await handshake(example, {})).status).toBe(200);
  });

  it('only so many of one address, and more when some have left', async () => {
    const example = await opened({ socketsPerAddress: 2 });
    const [first] = [await greeted(example), await greeted(example)];
    const third = connect(example);
    await new Promise<void>((resolve) => third.once('connect_error', () => resolve()));
    expect(totalOf(example, 'too-many-sockets')).toBe(1);
    first.disconnect();
    await expect.poll(() => example.gateway.clients).toBe(1);
    await greeted(example);
  });
});

describe('what a client says', () => {
  it('begins with its version: another one is told so whatever else it says', async () => {
    const client = connect(await opened());
    expect(await send(client, 'hello', { protocol: 999, dialect: 'new' })).toMatchObject({
      code: 'protocol-mismatch',
    });
    expect(await send(client, 'hello', 'good day')).toMatchObject({ code: 'malformed' });
  });

  it('is hello within some seconds, or nothing more', async () => {
    const example = await opened({ helloWithinMs: 60 });
    const client = connect(example);
    expect(await cutOf(client)).toBe('no-hello');
    await expect.poll(() => example.gateway.clients).toBe(0);
    const talker = await greeted(example);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(talker.connected).toBe(true);
  });

  it.each(['gossip', 'constructor', '__proto__', 'x'.repeat(500)])(
    'under an unknown name (%s) is answered and counted',
    async (name) => {
      const example = await opened();
      const client = await greeted(example);
      expect(await send(client, name, {})).toMatchObject({
        ok: false,
        code: 'unknown-message',
        message: expect.stringContaining('expected one of hello, open'),
      });
      expect(totalOf(example, 'unknown-message')).toBe(1);
      expect(client.connected).toBe(true);
    },
  );

  it.each([[[]], [[null]], [[1, 2, 3]], [[{ protocol: '1' }]], [[[[[]]]]], [['__proto__']]])(
    'in whatever form (%j) is refused with a sentence',
    async (payload) => {
      const client = await greeted(await opened());
      expect(await send(client, 'open', ...payload)).toMatchObject({
        code: 'malformed',
        message: expect.stringMatching(/^message "open".*: (got|unknown)/),
      });
    },
  );

  it('too often is refused, by the socket and by the address; dear requests count for more', async () => {
    const example = await opened({
      requests: { burst: 30, refillPerSecond: 0 },
      addressRequests: { burst: 40, refillPerSecond: 0 },
    });
    const client = await greeted(example);
    const rewind = { kind: 'start-run', seed: '1', scenario: 'calm' } as const;
    const answers = [
      await send(client, 'control', rewind),
      await send(client, 'control', rewind),
      await send(client, 'control', { kind: 'constructor' }),
    ];
    expect(answers).toMatchObject([{ ok: true }, { code: 'overrun' }, { code: 'malformed' }]);
    const other = await greeted(example);
    const asks = Array.from({ length: 15 }, () => send(other, 'close', { accountId: 'A' }));
    const refusals = (await Promise.all(asks)).filter((answer) => 'code' in Object(answer));
    expect(refusals.length).toBe(3);
  });

  it('in a flood of packets ends the connection', async () => {
    const example = await opened({ packets: { burst: 50, refillPerSecond: 0 } });
    const client = await greeted(example);
    const cut = cutOf(client);
    for (let count = 0; count < 100; count += 1) void client.emit('leave-desk');
    expect(await cut).toBe('overrun');
    await expect.poll(() => example.gateway.clients).toBe(0);
  });

  it('in more bytes than a message may have ends the connection', async () => {
    const example = await opened();
    const client = await greeted(example);
    const gone = goneOf(client);
    void send(client, 'open', { accountId: 'x'.repeat(20_000) }).catch(() => undefined);
    await gone;
    await expect.poll(() => example.gateway.clients).toBe(0);
  });

  it('in binary ends the connection', async () => {
    const example = await opened();
    const client = await greeted(example);
    const cut = cutOf(client);
    void send(client, 'open', { accountId: Buffer.from([1, 2, 3]) }).catch(() => undefined);
    expect(await cut).toBe('malformed');
  });
});

it('tells each viewer the desk under its own number, however many look at the same', async () => {
  const example = await opened();
  const clients = [await greeted(example), await greeted(example), await greeted(example)];
  const heard: DeskFrame[][] = clients.map(() => []);
  clients.forEach((client, at) => client.on('desk', (frame) => heard[at]?.push(frame)));
  const viewers = clients.map(({ id = '' }, at) => ({ viewer: id, queryId: at === 2 ? 7 : 1 }));
  const frame: Omit<DeskFrame, 'seq' | 'queryId'> = { runTime: 0, total: 0, offset: 0, rows: [] };
  example.gateway.hear({ kind: 'desk', viewers, frame });
  await expect
    .poll(() => heard.map((frames) => frames.map(({ queryId, seq }) => [queryId, seq])))
    .toEqual([[[1, 1]], [[1, 1]], [[7, 1]]]);
});

it('tells who is found while the loop is silent', async () => {
  const example = await opened();
  const client = await greeted(example);
  const frames: DeskFrame[] = [];
  client.on('desk', (frame) => frames.push(frame));
  example.gateway.hear({ kind: 'desk-columns', columns: exampleColumns(9) });
  const query = { sort: 'account', descending: false, ...NO_DESK_FILTER, offset: 0, limit: 9 };
  await send(client, 'desk', { queryId: 3, query: { ...query, text: 'a7' } });
  await expect.poll(() => frames).toHaveLength(1);
  const found = [{ accountId: 'A7', label: 'bold' }];
  expect(frames[0]).toMatchObject({ queryId: 3, total: 1, rows: [], found });
});

describe('a client that does not read', () => {
  const PATCHES = 400;
  const LABEL = 'x'.repeat(20_000);

  function tellAccount({ gateway }: ExampleGateway, accountId: string, label: string): void {
    const accounts = [account(accountId, label)];
    gateway.hear({ kind: 'step', accounts, rows: [], acceptedAt: 0 });
    // The publisher's spacing would fold these into few: a digest sends what waits.
    const digests = [{ accountId, digest: '' }];
    gateway.hear({ kind: 'digests', marketSeq: 0, digests });
  }
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('costs a bounded amount of memory, and gets the newest facts when it reads again', async () => {
    const example = await opened();
    const names = Array.from({ length: 10 }, (_, at) => `A${at}`);
    const resumes: (() => void)[] = [];
    const patches = new Map<string, AccountPatch[]>();
    for (const name of names) {
      const client = await greeted(example);
      const heard: AccountPatch[] = [];
      patches.set(name, heard);
      client.on('account', (patch) => heard.push(patch));
      expect(await client.emitWithAck('open', { accountId: name })).toMatchObject({ ok: true });
      resumes.push(pause(client));
    }
    const before = process.memoryUsage();
    for (let count = 0; count < PATCHES; count += 1) {
      // Each text its own: 80 MB in all, had they to be kept.
      for (const name of names) tellAccount(example, name, `${count} ${name} ${LABEL}`);
      await turn();
    }
    const after = process.memoryUsage();
    const grownMb = (after.rss - before.rss) / 2 ** 20;
    expect(grownMb, 'megabytes for ten clients').toBeLessThan(60);
    for (const resume of resumes) resume();
    const last = `${PATCHES - 1} `;
    await expect
      .poll(
        () => names.filter((name) => patches.get(name)?.at(-1)?.account.label.startsWith(last)),
        {
          timeout: 10_000,
        },
      )
      .toEqual(names);
    const heard = patches.get('A0') ?? [];
    expect(heard.length).toBeLessThan(PATCHES);
    expect(heard.some(({ snapshot }) => snapshot)).toBe(true);
    tellAccount(example, 'A0', 'afterwards');
    await expect.poll(() => patches.get('A0')?.at(-1)?.account.label).toBe('afterwards');
    const [beforeLast, newest] = (patches.get('A0') ?? []).slice(-2);
    expect(newest).toMatchObject({ snapshot: false, seq: (beforeLast?.seq ?? 0) + 1 });
  }, 30_000);

  it('is told by a sign that rows went by', async () => {
    const example = await opened({ packetsWaiting: 1 });
    const client = await greeted(example);
    const heard: RowsPatch[] = [];
    client.on('rows', (patch) => heard.push(patch));
    expect(await client.emitWithAck('follow', { topic: 'alerts', limit: 0 })).toMatchObject({
      ok: true,
    });
    const resume = pause(client);
    const ROWS = 400;
    for (let seq = 1; seq <= ROWS; seq += 1) {
      const body = { kind: 'acknowledged', by: 'me', note: LABEL, state: 'warning' } as const;
      const row = { seq, step: seq, time: timestampMs(seq), accountId: null, hash: '' };
      const rows = [{ ...row, body: { ...body, poolId: 'A0/cross:USDT' as never } }];
      example.gateway.hear({ kind: 'step', accounts: [], rows, acceptedAt: 0 });
      await turn();
    }
    resume();
    await expect.poll(() => heard.at(-1)).toMatchObject({ previousSeq: ROWS, rows: [] });
    expect(heard.length).toBeLessThan(ROWS);
  }, 30_000);

  it('does not hold up a clean stop', async () => {
    const example = await opened();
    const client = await greeted(example);
    expect(await client.emitWithAck('open', { accountId: 'A0' })).toMatchObject({ ok: true });
    pause(client);
    for (let count = 0; count < 300; count += 1) {
      tellAccount(example, 'A0', `${count} ${LABEL}`);
      await turn();
    }
    const began = performance.now();
    await example.close();
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('gets no desk worked out until it reads again', async () => {
    const example = await opened();
    const client = await greeted(example);
    const query = { sort: 'state', descending: true, ...NO_DESK_FILTER, offset: 0, limit: 9 };
    expect(await send(client, 'desk', { queryId: 3, query })).toMatchObject({ ok: true });
    const resume = pause(client);
    const viewers = [{ viewer: client.id ?? '', queryId: 3 }];
    const frame: Omit<DeskFrame, 'seq' | 'queryId'> = { runTime: 0, total: 0, offset: 0, rows: [] };
    const long = { ...frame, rows: [{ label: LABEL } as never] };
    const isLeft = (): boolean => example.told.some(({ kind }) => kind === 'leave-desk');
    for (let count = 0; count < 2_000 && !isLeft(); count += 1) {
      example.gateway.hear({ kind: 'desk', viewers, frame: long });
      await turn();
    }
    expect(isLeft()).toBe(true);
    resume();
    await expect
      .poll(() => example.told.at(-1))
      .toEqual({
        kind: 'desk',
        viewer: client.id,
        queryId: 3,
        query,
      });
  }, 30_000);

  it('for too long is cut off; one that reads stays', async () => {
    const example = await opened({ unreadMs: 300 });
    const deaf = await greeted(example);
    const reader = await greeted(example);
    expect(await deaf.emitWithAck('open', { accountId: 'A0' })).toMatchObject({ ok: true });
    const resume = pause(deaf);
    const gone = goneOf(deaf);
    for (let count = 0; count < PATCHES; count += 1) {
      tellAccount(example, 'A0', `${count} ${LABEL}`);
      await turn();
    }
    await expect.poll(() => example.gateway.clients, { timeout: 5_000 }).toBe(1);
    expect(totalOf(example, 'slow-reader')).toBe(1);
    expect(reader.connected).toBe(true);
    resume();
    await gone;
  }, 30_000);

  it('its answers is cut off once too many bytes wait', async () => {
    const example = await opened({ bytesWaiting: 100_000, packetsWaiting: 1_000 });
    const client = await greeted(example);
    expect(await client.emitWithAck('open', { accountId: 'A0' })).toMatchObject({ ok: true });
    pause(client);
    for (let count = 0; count < PATCHES; count += 1) {
      tellAccount(example, 'A0', `${count} ${LABEL}`);
      await turn();
    }
    client.emit('close', { accountId: 'A0' });
    await expect.poll(() => totalOf(example, 'slow-reader'), { timeout: 900 }).toBe(1);
    expect(example.gateway.clients).toBe(0);
  }, 30_000);
});
