import { afterEach, expect, it, vi } from 'vitest';
import { frameExample } from './example-facts.ts';
import { fakeServer, paint, session, stopSessions } from './example-server.ts';
import { type Link } from './link.ts';
import { trustOf } from './live-store.ts';

afterEach(stopSessions);

it('[UX6] keeps every state without its colour after a sleep until fresh snapshots are here', () => {
  const fake = fakeServer();
  const held: (() => void)[] = [];
  let isSlow = false;
  const slow: Link = {
    ...fake.link,
    send: (event, ...args) => {
      if (isSlow && event === 'open') held.push(() => fake.link.send(event, ...args));
      else fake.link.send(event, ...args);
    },
  };
  const { store, session: live } = session({ link: slow });
  live.open('A0007');
  fake.connect();
  paint();
  expect(trustOf(store.getState())).toBe('live');
  isSlow = true;
  live.refresh();
  expect(trustOf(store.getState())).toBe('catching-up');
  paint();
  expect(trustOf(store.getState())).toBe('catching-up');
  for (const answer of held) answer();
  paint();
  expect(trustOf(store.getState())).toBe('live');
});

it('says hello again to a server that had no time for it', () => {
  vi.useFakeTimers();
  const fake = fakeServer();
  let refusals = 1;
  const busy: Link = {
    ...fake.link,
    send: (event, ...args) => {
      const ack = args.at(-1);
      if (event !== 'hello' || refusals === 0 || typeof ack !== 'function') {
        fake.link.send(event, ...args);
        return;
      }
      refusals -= 1;
      Reflect.apply(ack, undefined, [{ ok: false, code: 'not-now', message: 'being opened' }]);
    },
  };
  const { store } = session({ link: busy });
  fake.connect();
  paint();
  expect(store.getState().connection).toEqual({ kind: 'opening', message: 'being opened' });
  vi.advanceTimersByTime(1_000);
  paint();
  expect(store.getState().connection.kind).toBe('open');
  vi.useRealTimers();
});

it('does not take the age of a pause for a delay', () => {
  const fake = fakeServer();
  const { store } = session(fake);
  fake.connect();
  fake.server().market(frameExample(2, [], { acceptedAt: -193_000, paused: true }));
  paint();
  expect(store.getState()).toMatchObject({ delays: [], paintDelayMs: undefined });
  // A step of the paused run brings a price, which has a way.
  fake.server().market(frameExample(3, [], { acceptedAt: 900, paused: true }));
  paint();
  expect(store.getState().delays).toHaveLength(1);
});

it('knows how far its clock stands from the server’s', () => {
  const fake = fakeServer();
  const { store } = session(fake);
  fake.connect();
  fake.server().heartbeat({ wallTime: -4_000 });
  fake.server().market(frameExample(2, [], { acceptedAt: -4_200 }));
  paint();
  expect(store.getState()).toMatchObject({ clockOffsetMs: 5_000, paintDelayMs: 200 });
});
