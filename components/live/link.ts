/** The wire as the page sees it: typed messages, and the comings and goings of the connection. */
import { io, type Socket } from 'socket.io-client';
import { type ClientToServer, type ServerToClient } from '#lib/wire/protocol.ts';

export interface Link {
  /** Sets what happens on each message of the server. Once. */
  readonly listen: (handlers: ServerToClient) => void;
  readonly onUp: (handler: () => void) => void;
  /** @param handler told when it will try again, wall time, and whether a drill cuts it until then. */
  readonly onDown: (handler: (retryAt: number, byDrill: boolean) => void) => void;
  readonly send: <Event extends keyof ClientToServer>(
    event: Event,
    ...args: Parameters<ClientToServer[Event]>
  ) => void;
  readonly retryNow: () => void;
  /** Cuts the wire and keeps it cut: a drill. */
  readonly cutFor: (ms: number) => void;
  readonly close: () => void;
}

const FIRST_RETRY_MS = 1_000;
const RETRY_MS_MAX = 10_000;
/** A connection that is not there by then is given up and tried again. */
const CONNECT_MS_MAX = 5_000;

/** Waits before the try after `failures` failures: 1, 2, 4, 8, then 10 s. */
function retryDelayMs(failures: number): number {
  return Math.min(RETRY_MS_MAX, FIRST_RETRY_MS * 2 ** failures);
}

/** Opens a link to the server that served this page. Retries are its own, so that the page can say when the next one is. */
export function openLink(): Link {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    transports: ['websocket'],
    reconnection: false,
    timeout: CONNECT_MS_MAX,
    autoConnect: false,
  });
  const downHandlers: ((retryAt: number, byDrill: boolean) => void)[] = [];
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cutUntil = 0;

  function connect(): void {
    clearTimeout(timer);
    if (Date.now() < cutUntil) lost();
    else socket.connect();
  }
  function tellDown(retryAt: number, byDrill: boolean): void {
    for (const handler of downHandlers) handler(retryAt, byDrill);
  }
  function lost(): void {
    const now = Date.now();
    const byDrill = now < cutUntil;
    const delayMs = byDrill ? cutUntil - now : retryDelayMs(failures);
    if (!byDrill) failures += 1;
    clearTimeout(timer);
    timer = setTimeout(connect, delayMs);
    tellDown(now + delayMs, byDrill);
  }
  socket.on('connect_error', lost);
  socket.on('disconnect', (reason) => {
    if (reason !== 'io client disconnect') lost();
  });
  // The first connection waits for the caller's handlers, which are set in the same turn.
  timer = setTimeout(connect, 0);

  return {
    listen: (handlers) => {
      socket.on('market', handlers.market);
      socket.on('account', handlers.account);
      socket.on('digest', handlers.digest);
      socket.on('rows', handlers.rows);
      socket.on('desk', handlers.desk);
      socket.on('desk-summary', handlers['desk-summary']);
      socket.on('desk-calls', handlers['desk-calls']);
      socket.on('alert-rules', handlers['alert-rules']);
      socket.on('heartbeat', handlers.heartbeat);
      socket.on('run-opening', handlers['run-opening']);
      socket.on('run-changed', handlers['run-changed']);
    },
    onUp: (handler) =>
      socket.on('connect', () => {
        failures = 0;
        handler();
      }),
    onDown: (handler) => downHandlers.push(handler),
    send: (event, ...args) => {
      const untyped: Pick<Socket, 'emit'> = socket;
      untyped.emit(event, ...args);
    },
    retryNow: () => {
      // A connection may stand whose other end is gone: only a new one tells.
      if (socket.connected) tellDown(Date.now(), false);
      socket.disconnect();
      connect();
    },
    cutFor: (ms) => {
      cutUntil = Date.now() + ms;
      socket.disconnect();
      lost();
    },
    close: () => {
      clearTimeout(timer);
      socket.disconnect();
    },
  };
}
