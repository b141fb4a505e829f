/** A server that a test plays itself, and a session on it that paints when it is told to. */
import { assert } from '#lib/contract.ts';
import { type AccountText, type ClientToServer, type ServerToClient } from '#lib/wire/protocol.ts';
import { accountExample, welcomeExample } from './example-facts.ts';
import { type Link } from './link.ts';
import { createSession } from './live-session.ts';
import { createLiveStore } from './live-store.ts';

type Sent = { readonly event: keyof ClientToServer; readonly args: readonly unknown[] };

/** A server that answers from a hand-written book. */
export function fakeServer(account: AccountText = accountExample()) {
  const sent: Sent[] = [];
  let handlers: ServerToClient | undefined;
  let up: (() => void) | undefined;
  let down: ((retryAt: number, byDrill: boolean) => void) | undefined;
  const answers: Partial<{
    readonly [Event in keyof ClientToServer]: (...args: Parameters<ClientToServer[Event]>) => void;
  }> = {
    hello: (_hello, ack) => ack({ ok: true, welcome: welcomeExample() }),
    open: (_request, ack) =>
      ack({
        ok: true,
        patch: { seq: 5, snapshot: true, account },
        history: { ratios: [], marks: [] },
      }),
  };
  const link: Link = {
    listen: (given) => {
      handlers = given;
    },
    onUp: (handler) => {
      up = handler;
    },
    onDown: (handler) => {
      down = handler;
    },
    send: (event, ...args) => {
      sent.push({ event, args });
      answers[event]?.(...args);
    },
    retryNow: () => undefined,
    cutFor: () => undefined,
    close: () => undefined,
  };
  const server = (): ServerToClient => {
    assert(handlers !== undefined, 'the session listens');
    return handlers;
  };
  return {
    link,
    sent,
    server,
    connect: () => up?.(),
    drop: (byDrill = false) => down?.(Date.now() + 1_000, byDrill),
    count: (event: string) => sent.filter((one) => one.event === event).length,
  };
}

const stops: (() => void)[] = [];
/** Ends the sessions of a test. */
export function stopSessions(): void {
  for (const stop of stops.splice(0)) stop();
}

/** Frames that were asked for and are not drawn yet. The pace of painting has tests of its own. */
const frames: (() => void)[] = [];
export function paint(): void {
  for (const frame of frames.splice(0)) frame();
}

/** @param tickMs by which the clock goes on with every look at it. */
export function session(fake: Pick<ReturnType<typeof fakeServer>, 'link'>, tickMs = 1_000) {
  const store = createLiveStore();
  let now = 0;
  const clock = {
    now: () => {
      now += tickMs;
      return now;
    },
    onFrame: (callback: () => void) => {
      frames.push(callback);
      return () => undefined;
    },
    after: () => () => undefined,
  };
  const created = createSession({ store, clock, wallNow: () => 1_000 });
  stops.push(created.start(() => fake.link));
  return { store, session: created };
}

export function opened(store: ReturnType<typeof createLiveStore>) {
  paint();
  const account = store.getState().accounts.get('A0007');
  assert(account?.kind === 'open', 'the account is open');
  return account;
}
