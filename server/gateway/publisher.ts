/**
 * Numbers what every reader of an account is told, so that a reader notices a gap. The first change goes out at once, more
 * within a tenth of a second wait and go out as one: facts are whole, the newest replaces the others.
 */
import { type AccountPatch, type AccountText } from '#lib/wire/protocol.ts';

const SPACING_MS = 100;

export interface AccountPublisher {
  /** Begins a stream at these facts, or lets one that exists go on. */
  begin(account: AccountText): void;
  /** New facts: out at once, or soon. Accounts without a stream are ignored. */
  put(account: AccountText): void;
  /** Sends what waits, of one account or of all. */
  flush(accountId?: string): void;
  /** The stream's state now, everything that waited having been sent. */
  snapshot(accountId: string): AccountPatch | undefined;
  seqOf(accountId: string): number | undefined;
  end(accountId: string): void;
  endAll(): void;
  readonly size: number;
}

interface Stream {
  seq: number;
  account: AccountText;
  waiting: boolean;
  sentAt: number;
}

/** @param now monotonic milliseconds. @param later calls back after a while; gives how to call it off. */
export function createAccountPublisher(p: {
  readonly emit: (patch: AccountPatch) => void;
  readonly now: () => number;
  readonly later: (action: () => void, ms: number) => () => void;
}): AccountPublisher {
  const streams = new Map<string, Stream>();
  let callOff: (() => void) | undefined;

  function send(stream: Stream): void {
    stream.seq += 1;
    stream.waiting = false;
    stream.sentAt = p.now();
    p.emit({ seq: stream.seq, snapshot: false, account: stream.account });
  }

  function flush(accountId?: string): void {
    if (accountId === undefined) {
      for (const stream of streams.values()) if (stream.waiting) send(stream);
      return;
    }
    const stream = streams.get(accountId);
    if (stream?.waiting === true) send(stream);
  }

  function flushLater(): void {
    callOff ??= p.later(() => {
      callOff = undefined;
      flush();
    }, SPACING_MS);
  }

  return {
    begin: (account) => {
      if (streams.has(account.accountId)) return;
      const sentAt = Number.NEGATIVE_INFINITY;
      streams.set(account.accountId, { seq: 1, account, waiting: false, sentAt });
    },
    put: (account) => {
      const stream = streams.get(account.accountId);
      if (stream === undefined) return;
      stream.account = account;
      stream.waiting = true;
      if (p.now() - stream.sentAt >= SPACING_MS) send(stream);
      else flushLater();
    },
    flush,
    snapshot: (accountId) => {
      flush(accountId);
      const stream = streams.get(accountId);
      return stream && { seq: stream.seq, snapshot: true, account: stream.account };
    },
    seqOf: (accountId) => streams.get(accountId)?.seq,
    end: (accountId) => void streams.delete(accountId),
    endAll: () => {
      streams.clear();
      callOff?.();
      callOff = undefined;
    },
    get size() {
      return streams.size;
    },
  };
}
