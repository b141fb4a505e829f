import { afterEach, expect, it, vi } from 'vitest';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { accountDigest } from '#lib/wire/account-digest.ts';
import { accountFrom, instrumentsFrom, marketFrom } from '#lib/wire/codec.ts';
import { assert } from '#lib/contract.ts';
import {
  accountExample,
  frameExample,
  markExample,
  poolExample,
  runExample,
  welcomeExample,
} from './example-facts.ts';
import { NO_DESK_FILTER, PROTOCOL_VERSION } from '#lib/wire/protocol.ts';
import { type Link } from './link.ts';
import { fakeServer, opened, paint, session, stopSessions } from './example-server.ts';
import { trustOf } from './live-store.ts';

afterEach(stopSessions);

it('says hello with its protocol, opens what is looked at, and derives its figures', () => {
  const fake = fakeServer();
  const { store, session: live } = session(fake);
  live.open('A0007');
  fake.connect();
  expect(fake.sent[0]?.args[0]).toEqual({ protocol: PROTOCOL_VERSION });
  const { health } = opened(store);
  // 1 BTC at 60,000 on 6,000: maintenance 0.5 % of 60,000.
  expect(health?.worstPool?.maintenanceMargin).toMatchObject({ known: true });
  expect(
    health?.worstPool?.maintenanceMargin.known === true &&
      health.worstPool.maintenanceMargin.value.toFixed(),
  ).toBe('300');
});

it('derives again with every frame of the market', () => {
  const fake = fakeServer();
  const { store, session: live } = session(fake);
  live.open('A0007');
  fake.connect();
  fake
    .server()
    .market(frameExample(2, [markExample('BTCUSDT', '58000'), markExample('ETHUSDT', '3000')]));
  const balance = opened(store).health?.worstPool?.marginBalance;
  expect(balance?.known === true && balance.value.toFixed()).toBe('4000');
});

it('refuses a gap: it asks for a snapshot and keeps what it had', () => {
  const fake = fakeServer();
  const { session: live } = session(fake);
  live.open('A0007');
  fake.connect();
  expect(fake.count('open')).toBe(1);
  fake.server().account({ seq: 7, snapshot: false, account: accountExample() });
  expect(fake.count('open')).toBe(2);
});

it('ignores a repeated patch', () => {
  const fake = fakeServer();
  const { store, session: live } = session(fake);
  live.open('A0007');
  fake.connect();
  const before = opened(store);
  fake.server().account({ seq: 5, snapshot: false, account: accountExample({ label: 'other' }) });
  expect(opened(store)).toBe(before);
});

it('agrees with a server that derives the same, and says when it does not', async () => {
  const fake = fakeServer();
  const { store, session: live } = session(fake);
  live.open('A0007');
  fake.connect();
  const frame = welcomeExample().market;
  assert(frame !== null, 'the example has a market');
  const instruments = instrumentsFrom(runExample());
  const health = assessAccount({
    account: accountFrom(accountExample(), instruments),
    market: marketFrom(frame, runExample(), instruments),
    rules: houseRules,
  });
  const digest = accountDigest(accountExample(), health);
  const stamp = { accountId: 'A0007', seq: 5, marketSeq: 1 };
  fake.server().digest({ ...stamp, digest });
  await vi.dynamicImportSettled();
  expect(opened(store).agreement.kind).toBe('equal');
  fake.server().digest({ ...stamp, digest: 'another' });
  await vi.dynamicImportSettled();
  expect(opened(store).agreement.kind).toBe('different');
  fake.server().digest({ ...stamp, marketSeq: 99, digest });
  await vi.dynamicImportSettled();
  expect(opened(store).agreement.kind).toBe('different');
});

it('asks for the facts anew when a digest speaks of newer ones than it was told', () => {
  const fake = fakeServer();
  const { session: live } = session(fake);
  live.open('A0007');
  fake.connect();
  const before = fake.count('open');
  fake
    .server()
    .digest({ accountId: 'A0007', seq: 6, marketSeq: 1, digest: 'of facts that were lost' });
  expect(fake.count('open')).toBe(before + 1);
});

it('leaves a stream with its last viewer', () => {
  const fake = fakeServer();
  const { session: live } = session(fake);
  const first = live.open('A0007');
  const second = live.open('A0007');
  fake.connect();
  first();
  expect(fake.count('close')).toBe(0);
  second();
  expect(fake.count('close')).toBe(1);
});

it('joins everything again after a break, and forgets another run', () => {
  const fake = fakeServer();
  const { store, session: live } = session(fake);
  live.open('A0007');
  live.follow('alerts');
  fake.connect();
  fake.drop();
  paint();
  expect(store.getState().connection.kind).toBe('down');
  fake.connect();
  paint();
  expect(store.getState().connection.kind).toBe('open');
  expect([fake.count('open'), fake.count('follow')]).toEqual([2, 2]);
});

it('serves the newest desk view and returns to the one before', () => {
  const fake = fakeServer();
  const { session: live } = session(fake);
  fake.connect();
  const query = {
    sort: 'state',
    descending: true,
    ...NO_DESK_FILTER,
    offset: 0,
    limit: 20,
  } as const;
  live.watchDesk(query);
  const leave = live.watchDesk({ ...query, limit: 1 });
  leave();
  const asked = fake.sent.filter((one) => one.event === 'desk').map((one) => one.args[0]);
  expect(asked).toMatchObject([{ queryId: 1 }, { queryId: 2 }, { queryId: 1 }]);
});

it('shows the first answer to a question at once, and what follows in the rhythm of figures', () => {
  const fake = fakeServer();
  const { session: live, store } = session(fake, 0);
  fake.connect();
  paint();
  const answer = (queryId: number, total: number): void =>
    fake.server().desk({ seq: 1, queryId, runTime: 1, total, offset: 0, rows: [] });
  const query = {
    sort: 'state',
    descending: true,
    ...NO_DESK_FILTER,
    offset: 0,
    limit: 80,
  } as const;
  live.watchDesk(query);
  answer(1, 10);
  paint();
  expect(store.getState().desk?.total).toBe(10);
  answer(1, 11);
  paint();
  expect(store.getState().desk?.total).toBe(10);
  live.watchDesk({ ...query, text: 'a' });
  const found = [{ accountId: 'A1', label: 'bold' }];
  fake.server().desk({ seq: 2, queryId: 2, runTime: 1, total: 1, offset: 0, rows: [], found });
  paint();
  expect(store.getState().desk?.found).toEqual(found);
  answer(2, 3);
  paint();
  expect(store.getState().desk?.total).toBe(3);
});

it('shows the words of a refusal', () => {
  const fake = fakeServer();
  const refusing: Link = {
    ...fake.link,
    send: (event, ...args) => {
      const ack = args.at(-1);
      if (event === 'hello' && typeof ack === 'function') {
        Reflect.apply(ack, undefined, [
          { ok: false, code: 'protocol-mismatch', message: 'This page is too old.' },
        ]);
      }
    },
  };
  const { store } = session({ link: refusing });
  fake.connect();
  paint();
  expect(store.getState().connection).toEqual({
    kind: 'refused',
    message: 'This page is too old.',
  });
});

it('trusts nothing that was last heard more than five seconds ago', () => {
  const open = { connection: { kind: 'open' }, heardAt: 10_000 } as const;
  expect(trustOf({ ...open, wallNow: 15_000 })).toBe('live');
  expect(trustOf({ ...open, wallNow: 15_001 })).toBe('silent');
  expect(
    trustOf({
      ...open,
      connection: { kind: 'down', since: 0, retryAt: undefined },
      wallNow: 10_000,
    }),
  ).toBe('lost');
  expect(trustOf({ connection: { kind: 'connecting' }, heardAt: undefined, wallNow: 0 })).toBe(
    'never',
  );
});

it('takes the server’s state of a pool, and paints it at once', () => {
  const fake = fakeServer();
  const { store, session: live } = session(fake);
  live.open('A0007');
  fake.connect();
  const critical = accountExample({
    pools: [poolExample('A0007/cross:USDT', { alertState: 'critical', screenState: 'critical' })],
  });
  fake.server().account({ seq: 6, snapshot: false, account: critical });
  expect(opened(store).text.pools[0]?.screenState).toBe('critical');
});

it.each(['duplicate', 'reorder'] as const)(
  'drill %s: the page ends with the newest facts and counts what it threw away',
  (kind) => {
    const fake = fakeServer();
    const { store, session: live } = session(fake);
    live.open('A0007');
    fake.connect();
    live.drill(kind, 10_000);
    for (const seq of [2, 3]) {
      fake.server().market(frameExample(seq, [markExample('BTCUSDT', String(60_000 + seq))]));
    }
    const { frame } = (paint(), store.getState());
    expect(frame?.seq).toBe(3);
    expect(store.getState().wire).toEqual({ repeated: kind === 'duplicate' ? 2 : 1, gaps: 0 });
  },
);
