import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { accountDigest } from '#lib/wire/account-digest.ts';
import { accountFrom, instrumentsFrom, marketFrom } from '#lib/wire/codec.ts';
import {
  NO_DESK_FILTER,
  PROTOCOL_VERSION,
  type AccountDigest,
  type AccountPatch,
  type ClientToServer,
  type DeskFrame,
  type MarketFrame,
  type RowsPatch,
  type RunText,
  type ServerToClient,
  type Welcome,
} from '#lib/wire/protocol.ts';
import {
  applyAccountPatch,
  applyRowsPatch,
  type AccountReplica,
  type RowsReplica,
} from '#lib/wire/replica.ts';
import { type Config } from '../config.ts';
import { createLogger } from '../log.ts';
import { startServer, type Running } from '../start.ts';
import { ACCOUNTS_OPEN_MAX } from './session.ts';

type Client = Socket<ServerToClient, ClientToServer>;

const ROWS_KEPT = 100_000;
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-gateway-'));
const config: Config = {
  port: 0,
  host: '127.0.0.1',
  seed: '3',
  accounts: 36,
  speed: 300,
  input: { kind: 'scenario', scenario: 'busy' },
  dataDir: folder,
  fresh: true,
  verify: false,
  logLevel: 'silent',
  allowedOrigins: [],
  socketsPerAddress: 64,
};

let server: Running;
const clients: Client[] = [];

beforeAll(async () => {
  const started = await new Promise<Running>((resolve, reject) => {
    let running: Running | undefined;
    let isLive = false;
    const ready = (): void => {
      if (running !== undefined && isLive) resolve(running);
    };
    void startServer({
      config,
      log: createLogger('silent'),
      killAt: '',
      openPages: undefined,
      opening: () => undefined,
      live: () => {
        isLive = true;
        ready();
      },
      failed: (sentence) => reject(new Error(sentence)),
    }).then((result) => {
      assert(result.ok, result.ok ? '' : result.error);
      running = result.value;
      ready();
    });
  });
  server = started;
}, 60_000);
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function connect(): Client {
  const client: Client = io(`http://127.0.0.1:${server.port}`, {
    transports: ['websocket'],
    forceNew: true,
  });
  clients.push(client);
  return client;
}

async function greeted(): Promise<{ readonly client: Client; readonly welcome: Welcome }> {
  const client = connect();
  const answer = await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  assert(answer.ok, 'hello is answered');
  return { client, welcome: answer.welcome };
}

function next<Name extends keyof ServerToClient>(
  client: Client,
  name: Name,
): Promise<Parameters<ServerToClient[Name]>[0]> {
  return new Promise((resolve) => {
    const listen = client.once.bind(client) as (
      event: string,
      listener: (value: Parameters<ServerToClient[Name]>[0]) => void,
    ) => void;
    listen(name, resolve);
  });
}

describe('hello', () => {
  it('tells what runs here', async () => {
    const { welcome } = await greeted();
    expect(welcome.run).toMatchObject({
      mode: 'demo',
      seed: '3',
      scenario: 'busy',
      venue: 'house',
    });
    expect(welcome.run.instruments.length).toBeGreaterThan(5);
    expect(welcome.accountIds.length).toBeGreaterThanOrEqual(36);
    expect(welcome.accountIds).toContain(welcome.firstAccount);
    expect(welcome.market?.marks.length).toBe(welcome.run.instruments.length);
  });

  it('refuses another protocol with a code and a sentence', async () => {
    const answer = await connect().emitWithAck('hello', { protocol: 999 });
    expect(answer).toEqual({
      ok: false,
      code: 'protocol-mismatch',
      message: `this server speaks protocol ${PROTOCOL_VERSION}, the client 999: reload the page`,
    });
  });

  it('comes first: whatever is asked before it is refused', async () => {
    const answer = await connect().emitWithAck('open', { accountId: 'A0001' });
    expect(answer).toEqual({ ok: false, code: 'not-now', message: 'say hello before "open"' });
  });
});

describe('malformed messages', () => {
  const bad: readonly (readonly [string, unknown, string])[] = [
    [
      'open',
      { accountId: 12 },
      'message "open", accountId: got 12, expected an account id of 1 to 64 characters',
    ],
    ['open', undefined, 'message "open": got null, expected an object with accountId'],
    ['open', { accountId: 'A0001', extra: 1 }, 'message "open": unknown key "extra"'],
    [
      'follow',
      { topic: 'gossip', limit: 1 },
      'message "follow", topic: got "gossip", expected one of alerts, liquidations',
    ],
    [
      'follow',
      { topic: 'alerts', limit: -1 },
      'message "follow", limit: got -1, expected how many rows: a whole number from 0 to 2000',
    ],
    [
      'control',
      { kind: 'speed', speed: 0 },
      'message "control", speed: got 0, expected a speed above 0 and up to 1000',
    ],
    [
      'control',
      { kind: 'stop' },
      'message "control", kind: got "stop", expected one of pause, play, step, speed, start-run, seek, accept-price-jump, drill',
    ],
  ];
  it.each(bad)(
    '%s %j: one sentence with place, value and expectation',
    async (name, message, sentence) => {
      const { client } = await greeted();
      const send = client.emitWithAck.bind(client) as (
        event: string,
        message: unknown,
      ) => Promise<unknown>;
      expect(await send(name, message)).toEqual({
        ok: false,
        code: 'malformed',
        message: sentence,
      });
      expect(client.connected).toBe(true);
    },
  );

  it('asked for what does not exist', async () => {
    const { client, welcome } = await greeted();
    expect(await client.emitWithAck('open', { accountId: 'nobody' })).toMatchObject({
      code: 'unknown-account',
    });
    expect(
      await client.emitWithAck('acknowledge', {
        accountId: welcome.firstAccount ?? '',
        poolId: 'nothing',
        by: 'me',
        note: '',
      }),
    ).toMatchObject({ code: 'unknown-pool' });
  });
});

describe('an open account', () => {
  it('gives facts from which the client derives the figures that the server has', async () => {
    const { client, welcome } = await greeted();
    const instruments = instrumentsFrom(welcome.run);
    const accountId = welcome.firstAccount ?? '';
    let replica: AccountReplica | undefined;
    let market: MarketFrame | undefined;
    let compared = 0;
    client.on('market', (frame) => (market = frame));
    client.on('account', (patch: AccountPatch) => {
      const applied = applyAccountPatch(replica, patch);
      assert(applied.kind !== 'resync', 'no gap');
      replica = applied.replica;
    });
    const opened = await client.emitWithAck('open', { accountId });
    assert(opened.ok, 'the account is open');
    replica = { seq: opened.patch.seq, account: opened.patch.account };
    await new Promise<void>((resolve, reject) => {
      client.on('digest', (digest: AccountDigest) => {
        if (replica?.seq !== digest.seq || market?.seq !== digest.marketSeq) return;
        const account = accountFrom(replica.account, instruments);
        const on = marketFrom(market, welcome.run, instruments);
        const health = assessAccount({ account, market: on, rules: houseRules });
        if (accountDigest(replica.account, health) !== digest.digest)
          reject(new Error('digests differ'));
        compared += 1;
        if (compared === 2) resolve();
      });
    });
    expect(compared).toBe(2);
  }, 20_000);

  it('is numbered without gaps for each of two readers, whenever they come', async () => {
    const { client: first, welcome } = await greeted();
    const { client: second } = await greeted();
    const accountId = welcome.firstAccount ?? '';
    const openedFirst = await first.emitWithAck('open', { accountId });
    const openedSecond = await second.emitWithAck('open', { accountId });
    assert(openedFirst.ok && openedSecond.ok, 'both are open');
    const pool = openedFirst.patch.account.pools[0];
    assert(pool !== undefined, 'the account has a pool');
    const patches = Promise.all([next(first, 'account'), next(second, 'account')]);
    const ask = { accountId, poolId: pool.poolId, by: 'tester', note: 'seen' };
    expect(await first.emitWithAck('acknowledge', ask)).toEqual({ ok: true });
    const [a, b] = await patches;
    expect(a).toEqual(b);
    expect(a.seq).toBe(openedSecond.patch.seq + 1);
  }, 20_000);

  it('stops at its limit of accounts for one client', async () => {
    const { client, welcome } = await greeted();
    const open = (accountId: string) => client.emitWithAck('open', { accountId });
    const answers = await Promise.all(welcome.accountIds.slice(0, ACCOUNTS_OPEN_MAX).map(open));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const oneMore = welcome.accountIds[ACCOUNTS_OPEN_MAX] ?? '';
    expect(await open(oneMore)).toMatchObject({ ok: false, code: 'overrun' });
    client.emit('close', { accountId: welcome.accountIds[0] ?? '' });
    expect(await open(oneMore)).toMatchObject({ ok: true });
  });
});

describe('topics', () => {
  it('give a snapshot, then every later row once', async () => {
    const { client, welcome } = await greeted();
    let replica: RowsReplica | undefined;
    const waiting: RowsPatch[] = [];
    client.on('rows', (patch: RowsPatch) => {
      if (replica === undefined) return void waiting.push(patch);
      const applied = applyRowsPatch(replica, patch, ROWS_KEPT);
      assert(applied.kind === 'applied', 'neither gap nor repeat');
      replica = applied.replica;
    });
    const followed = await client.emitWithAck('follow', { topic: 'alerts', limit: 500 });
    assert(followed.ok, 'the topic is followed');
    const first = applyRowsPatch(undefined, followed.patch, ROWS_KEPT);
    assert(first.kind === 'applied', 'a snapshot applies');
    replica = first.replica;
    expect(waiting).toEqual([]);
    const opened = await client.emitWithAck('open', { accountId: welcome.firstAccount ?? '' });
    assert(opened.ok && opened.patch.account.pools[0] !== undefined, 'the account has a pool');
    const { poolId } = opened.patch.account.pools[0];
    const accountId = welcome.firstAccount ?? '';
    await client.emitWithAck('acknowledge', { accountId, poolId, by: 'tester', note: 'twice' });
    await expect
      .poll(() =>
        replica?.rows.some(({ body }) => body.kind === 'acknowledged' && body.note === 'twice'),
      )
      .toBe(true);
    const again = await client.emitWithAck('follow', { topic: 'alerts', limit: 500 });
    assert(again.ok, 'followed again');
    const lastSeq = replica.rows.at(-1)?.seq ?? 0;
    expect(again.patch.rows.filter(({ seq }) => seq <= lastSeq)).toEqual(replica.rows.slice(-500));
  }, 20_000);
});

describe('the desk', () => {
  it('sorts, filters and pages on the server', async () => {
    const { client } = await greeted();
    const query = {
      sort: 'marginRatio',
      descending: true,
      ...NO_DESK_FILTER,
      text: 'a00',
      offset: 0,
      limit: 5,
    } as const;
    expect(await client.emitWithAck('desk', { queryId: 7, query })).toEqual({ ok: true });
    let frame: DeskFrame = await next(client, 'desk');
    if (frame.found !== undefined) frame = await next(client, 'desk');
    expect(frame.queryId).toBe(7);
    expect(frame.total).toBeGreaterThanOrEqual(36);
    expect(frame.rows.length).toBe(5);
    const ratios = frame.rows.map(({ marginRatio }) => Number(marginRatio ?? Number.NaN));
    expect(ratios).toEqual(ratios.toSorted((a, b) => b - a));
  }, 20_000);
});

describe('control', () => {
  it('pauses, steps, plays, and everybody sees it', async () => {
    const { client } = await greeted();
    const { client: other } = await greeted();
    const frames: MarketFrame[] = [];
    other.on('market', (frame) => frames.push(frame));
    expect(await client.emitWithAck('control', { kind: 'pause' })).toEqual({ ok: true });
    await expect.poll(() => frames.at(-1)?.paused).toBe(true);
    const stoodAt = frames.at(-1)?.step ?? 0;
    expect(await client.emitWithAck('control', { kind: 'step' })).toEqual({ ok: true });
    await expect.poll(() => frames.at(-1)?.step).toBe(stoodAt + 1);
    expect(await client.emitWithAck('control', { kind: 'play' })).toEqual({ ok: true });
    await expect.poll(() => (frames.at(-1)?.step ?? 0) > stoodAt + 1).toBe(true);
  }, 20_000);

  it('seeks back by starting the run over and forwarding it, and everybody is told', async () => {
    const { client, welcome } = await greeted();
    const changed: Promise<RunText> = next(client, 'run-changed');
    const target = welcome.run.tape.startTime + 20_000;
    expect(await client.emitWithAck('control', { kind: 'seek', runTime: target })).toEqual({
      ok: true,
    });
    const run = await changed;
    expect(run.runId).not.toBe(welcome.run.runId);
    expect({ ...run, runId: '' }).toEqual({ ...welcome.run, runId: '' });
    const answer = await client.emitWithAck('open', { accountId: 'A0001' });
    expect(answer.ok).toBe(true);
  }, 20_000);

  it('starts another run, and refuses one that does not exist', async () => {
    const { client } = await greeted();
    expect(
      await client.emitWithAck('control', { kind: 'start-run', seed: '9', scenario: 'storm' }),
    ).toMatchObject({
      ok: false,
      code: 'malformed',
    });
    const changed: Promise<RunText> = next(client, 'run-changed');
    expect(
      await client.emitWithAck('control', { kind: 'start-run', seed: '9', scenario: 'calm' }),
    ).toEqual({ ok: true });
    expect(await changed).toMatchObject({ seed: '9', scenario: 'calm' });
  }, 20_000);
});

describe('HTTP', () => {
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${server.port}${path}`);

  it('says that it lives, that it is ready, and how it does', async () => {
    expect((await get('/healthz')).status).toBe(200);
    await expect.poll(async () => (await get('/readyz')).status).toBe(200);
    const metrics = await (await get('/metrics')).text();
    for (const name of [
      'steps_total',
      'decision_seconds_bucket',
      'conservation_holds',
      'journal_rows',
      'step_under_way_seconds',
    ]) {
      expect(metrics).toContain(`plimsoll_${name}`);
    }
  });

  it('gives an account with its figures as decimal texts', async () => {
    const account = (await (await get('/api/v1/accounts/A0001')).json()) as {
      facts: { accountId: string };
      figures: { marginBalanceUsd: string; pools: { positions: unknown[] }[] };
    };
    expect(account.facts.accountId).toBe('A0001');
    expect(account.figures.marginBalanceUsd).toMatch(/^-?\d+(\.\d+)?$/);
  });

  it('gives all accounts in pages, each once, and what each holds', async () => {
    interface Page {
      readonly total: number;
      readonly rows: readonly { readonly accountId: string; readonly positions: number }[];
      readonly next: string | null;
    }
    const accounts: Page['rows'][number][] = [];
    let path: string | null = '/api/v1/accounts?limit=20';
    let total = 0;
    while (path !== null) {
      const page = (await (await get(path)).json()) as Page;
      accounts.push(...page.rows);
      ({ next: path, total } = page);
    }
    expect(accounts.length).toBe(total);
    expect(new Set(accounts.map(({ accountId }) => accountId)).size).toBe(total);
    const held = (await (await get('/api/v1/accounts/A0001/positions')).json()) as {
      readonly rows: readonly { readonly poolId: string; readonly notional: string }[];
    };
    for (const { poolId, notional } of held.rows) {
      expect(poolId).toMatch(/^A0001\//);
      expect(notional).toMatch(/^\d+(\.\d+)?$/);
    }
  });

  it.each([
    ['/api/v1/accounts/nobody', 404, 'unknown-account'],
    ['/api/v1/accounts/nobody/alerts', 404, 'unknown-account'],
    ['/api/v1/accounts/A0001/liquidations?limit=x', 400, 'malformed'],
    ['/api/v1/accounts/A0001/secrets', 404, 'not-found'],
    ['/api/v1/accounts?states=rich', 400, 'malformed'],
    ['/api/v1/nothing', 404, 'not-found'],
  ])('%s: %i %s', async (path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});

it('says of itself what it knows, on request', async () => {
  const { client } = await greeted();
  await next(client, 'market');
  const answer = await client.emitWithAck('status', {});
  assert(answer.ok, 'status is answered');
  const { status } = answer;
  expect(status.clients).toBeGreaterThanOrEqual(1);
  expect(Math.abs(status.wallTime - Date.now())).toBeLessThan(10_000);
  expect(status.storedBytes).toBeGreaterThan(0);
  expect(status.feeds.length).toBeGreaterThan(0);
});
