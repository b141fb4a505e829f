import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import {
  PROTOCOL_VERSION,
  type AlertRuleText,
  type ClientToServer,
  type ControlCommand,
  type ServerToClient,
  type Welcome,
} from '#lib/wire/protocol.ts';
import { type Config } from './config.ts';
import { createLogger } from './log.ts';
import { startServer, type Running } from './start.ts';

type Client = Socket<ServerToClient, ClientToServer>;

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-alerts-'));
const config: Config = {
  port: 0,
  host: '127.0.0.1',
  allowedOrigins: [],
  socketsPerAddress: 16,
  seed: '3',
  accounts: 36,
  speed: 300,
  input: { kind: 'scenario', scenario: 'busy' },
  dataDir: folder,
  fresh: false,
  verify: false,
  logLevel: 'silent',
};
let server: Running;
let client: Client;
let welcome: Welcome;

async function start(): Promise<void> {
  const { promise: isLive, resolve: live, reject } = Promise.withResolvers<void>();
  const started = await startServer({
    config,
    log: createLogger('silent'),
    killAt: '',
    openPages: undefined,
    opening: () => undefined,
    live: () => live(),
    failed: (sentence) => reject(new Error(sentence)),
  });
  assert(started.ok, started.ok ? '' : started.error);
  server = started.value;
  await isLive;
  client = io(`http://127.0.0.1:${server.port}`, { transports: ['websocket'], forceNew: true });
  const answer = await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  assert(answer.ok, 'hello is answered');
  welcome = answer.welcome;
  // Still: what was read stays true while it is acted on.
  await client.emitWithAck('control', { kind: 'pause' });
}

async function stop(): Promise<void> {
  client.disconnect();
  await server.stop();
}

beforeAll(start, 60_000);
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const WIDE = {
  watch: { enter: 0.9, leave: 0.95 },
  warning: { enter: 0.8, leave: 0.85 },
  critical: { enter: 0.7, leave: 0.75 },
} as const;

function rule(changes: Partial<AlertRuleText> = {}): AlertRuleText {
  return { account: null, base: null, measure: 'percent', levels: WIDE, ...changes };
}

async function poolIn(state: string) {
  for (const accountId of welcome.accountIds) {
    const opened = await client.emitWithAck('open', { accountId });
    assert(opened.ok, 'the account is open');
    const pool = opened.patch.account.pools.find(({ screenState }) => screenState === state);
    client.emit('close', { accountId });
    if (pool !== undefined) return { accountId, poolId: pool.poolId, pool };
  }
  return undefined;
}

it('previews a rule, sets it, tells every viewer, and repeats it after a restart', async () => {
  expect(welcome.alertRules).toEqual([]);
  const previewed = await client.emitWithAck('preview-alert-rule', { rule: rule() });
  assert(previewed.ok, 'the preview is answered');
  const { applies, total, matches } = previewed.preview;
  expect(matches).toHaveLength(total);
  expect(total).toBeLessThanOrEqual(applies);
  const would = matches.find(({ from, to }) => from === 'healthy' && to === 'critical');
  assert(would !== undefined, 'a healthy pool would be critical');
  const told = new Promise((resolve) => client.once('alert-rules', resolve));
  expect(await client.emitWithAck('set-alert-rule', { rule: rule(), by: 'Ida' })).toEqual({
    ok: true,
  });
  expect(await told).toEqual([rule()]);
  const { accountId, poolId } = would;
  const opened = await client.emitWithAck('open', { accountId });
  assert(opened.ok, 'the account is open');
  const pool = opened.patch.account.pools.find((each) => each.poolId === poolId);
  expect(pool).toMatchObject({
    alertState: 'critical',
    reason: { by: 'percent', because: 'entered', level: 0.7 },
  });
  await stop();
  await start();
  expect(welcome.alertRules).toEqual([rule()]);
  const target = { account: null, base: null, measure: 'percent' } as const;
  expect(await client.emitWithAck('remove-alert-rule', { target, by: 'Ida' })).toEqual({
    ok: true,
  });
  expect(await client.emitWithAck('remove-alert-rule', { target, by: 'Ida' })).toMatchObject({
    ok: false,
    code: 'not-now',
  });
}, 60_000);

it('keeps the rules when the run goes back, and those of no account in another run', async () => {
  const general = rule({ base: 'BTC' });
  const own = rule({ account: 'A0001' });
  for (const each of [general, own])
    expect(await client.emitWithAck('set-alert-rule', { rule: each, by: 'Ida' })).toEqual({
      ok: true,
    });
  async function rulesAfter(control: ControlCommand): Promise<readonly AlertRuleText[]> {
    const changed = new Promise((resolve) => client.once('run-changed', resolve));
    expect(await client.emitWithAck('control', control)).toEqual({ ok: true });
    await changed;
    const answer = await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
    assert(answer.ok, 'hello is answered');
    await client.emitWithAck('control', { kind: 'pause' });
    return answer.welcome.alertRules;
  }
  const { startTime } = welcome.run.tape;
  expect(await rulesAfter({ kind: 'seek', runTime: startTime })).toEqual([general, own]);
  expect(await rulesAfter({ kind: 'start-run', seed: '4', scenario: 'calm' })).toEqual([general]);
  // Back to the run that stood: it has what it had.
  expect(await rulesAfter({ kind: 'start-run', seed: '3', scenario: 'busy' })).toEqual([
    general,
    own,
  ]);
  for (const { levels: _levels, ...target } of [general, own])
    await client.emitWithAck('remove-alert-rule', { target, by: 'Ida' });
}, 60_000);

it('takes an acknowledgement back once', async () => {
  await client.emitWithAck('set-alert-rule', { rule: rule(), by: 'Ida' });
  const found = await poolIn('critical');
  assert(found !== undefined, 'a pool is critical');
  const { accountId, poolId } = found;
  const undo = () => client.emitWithAck('undo-acknowledge', { accountId, poolId, by: 'Ida' });
  expect(await undo()).toMatchObject({ ok: false, code: 'not-now' });
  await client.emitWithAck('acknowledge', { accountId, poolId, by: 'Ida', note: 'seen' });
  expect(await undo()).toEqual({ ok: true });
  expect(await undo()).toMatchObject({ ok: false, code: 'not-now' });
  const rows = await client.emitWithAck('follow', { topic: 'alerts', limit: 2 });
  assert(rows.ok, 'the topic is followed');
  expect(rows.patch.rows.map(({ body }) => body.kind)).toEqual([
    'acknowledged',
    'acknowledgement-undone',
  ]);
}, 20_000);

it.each([
  ['an account that is not there', { account: 'nobody' }, 'unknown-account', 'account "nobody"'],
  ['an account of the house', { account: 'FUND' }, 'unknown-account', 'account "FUND"'],
  ['a coin without a contract', { base: 'XYZ' }, 'malformed', 'coin "XYZ"'],
  [
    'levels in the wrong order',
    { levels: { ...WIDE, critical: WIDE.watch } },
    'malformed',
    'critical: enter 0.9 must be nearer to liquidation than warning 0.8',
  ],
] as const)('refuses a rule with %s', async (_what, changes, code, sentence) => {
  const ask = { rule: rule(changes), by: 'Ida' };
  const refusal = { ok: false, code, message: expect.stringContaining(sentence) };
  expect(await client.emitWithAck('set-alert-rule', ask)).toEqual(refusal);
  const { rule: previewed } = ask;
  expect(await client.emitWithAck('preview-alert-rule', { rule: previewed })).toEqual(refusal);
});
