/**
 * Who comes in, before anything is understood: the right host and origin, not too many of one address, not more packets than a
 * person could cause, and no binary ones, since nothing of ours is.
 */
import { type IncomingMessage } from 'node:http';
import { allow, createAllowance } from '../guard/allowance.ts';
import { isOurHost, isOurOrigin, type HostRules } from '../guard/origins.ts';
import { cutOff, terminate, type Connection } from './connection.ts';
import { type Io } from './sockets.ts';
import { type Limits } from './limits.ts';
import { type Tally } from './tally.ts';

export interface DoorstepParts {
  readonly rules: HostRules;
  readonly limits: Limits;
  readonly tally: Tally;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

export interface Doorstep {
  /** Why this request may open no socket; undefined when it may. */
  refusalOf(request: IncomingMessage): string | undefined;
  /** Watches over the connections of a server from now on. */
  watch(io: Io): void;
  /** Open now. */
  connections(): readonly Connection[];
}

export function createDoorstep(parts: DoorstepParts): Doorstep {
  const { rules, limits, tally } = parts;
  const byAddress = new Map<string, number>();
  const open = new Set<Connection>();
  function count(address: string, change: 1 | -1): void {
    const left = (byAddress.get(address) ?? 0) + change;
    if (left > 0) byAddress.set(address, left);
    else byAddress.delete(address);
  }
  return {
    refusalOf: (request) => {
      const ofAddress = byAddress.get(request.socket.remoteAddress ?? '') ?? 0;
      const refusal = strangerOf(rules, request) ?? tooMany(ofAddress, limits);
      if (refusal === undefined) return undefined;
      tally.add('refused', refusal);
      return `${refusal}: ${WORDS[refusal]}`;
    },
    watch: (io) => {
      io.engine.on('headers', (headers: Record<string, string>) => {
        headers['x-content-type-options'] = 'nosniff';
      });
      io.engine.on('connection', (connection: Connection) => {
        const address = connection.remoteAddress;
        count(address, 1);
        open.add(connection);
        connection.once('close', () => {
          count(address, -1);
          open.delete(connection);
        });
        watchPackets(io, connection, parts);
      });
    },
    connections: () => [...open],
  };
}

function strangerOf(
  rules: HostRules,
  { headers: { host, origin } }: IncomingMessage,
): 'unknown-host' | 'unknown-origin' | undefined {
  if (!isOurHost(rules, host)) return 'unknown-host';
  return isOurOrigin(rules, { host, origin }) ? undefined : 'unknown-origin';
}

function tooMany(open: number, { socketsPerAddress }: Limits): 'too-many-sockets' | undefined {
  return open < socketsPerAddress ? undefined : 'too-many-sockets';
}

const WORDS = {
  'unknown-host': 'this server does not answer for that host name; ALLOWED_ORIGINS adds one',
  'unknown-origin': 'pages of that origin may not talk to this server; ALLOWED_ORIGINS adds one',
  'too-many-sockets': 'this address has too many sockets open; SOCKETS_PER_ADDRESS is the limit',
} as const;

function watchPackets(io: Io, connection: Connection, { limits, tally, now }: DoorstepParts): void {
  const allowance = createAllowance(limits.packets, now());
  let isEnding = false;
  connection.on('packet', ({ data }: { readonly data?: unknown }) => {
    const isText = data === undefined || typeof data === 'string';
    if (isEnding || (isText && allow(allowance, limits.packets, now()))) return;
    isEnding = true;
    const code = isText ? 'overrun' : 'malformed';
    tally.add('cut off', code);
    const client = [...io.sockets.sockets.values()].find(({ conn }) => conn === connection);
    const message = isText ? 'too many packets' : 'binary messages are not understood here';
    if (client === undefined) terminate(connection);
    else cutOff(client, code, message);
  });
}
