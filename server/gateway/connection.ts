/** What waits on a client's connection, and the ways to end it. */
import { type Refusal } from '#lib/wire/protocol.ts';
import { type Client } from './sockets.ts';

export type Connection = Client['conn'];

/** Packets that the connection has not taken yet. */
export function packetsWaiting(connection: Connection): number {
  return waitingOn(connection).length;
}

/** True while everything that was sent is out of our hands. */
export function isDrained(connection: Connection): boolean {
  return connection.transport.writable && packetsWaiting(connection) === 0;
}

/** Bytes that the connection has not taken yet, and those that its socket holds. */
export function bytesWaiting(connection: Connection): number {
  const inSocket: unknown = fieldOf(fieldOf(connection.transport, 'socket'), 'bufferedAmount');
  return waitingOn(connection).reduce<number>(
    (sum, packet) => sum + lengthOf(fieldOf(packet, 'data')),
    typeof inSocket === 'number' ? inSocket : 0,
  );
}

function waitingOn(connection: Connection): readonly unknown[] {
  const buffer = fieldOf(connection, 'writeBuffer');
  return Array.isArray(buffer) ? buffer : [];
}

function lengthOf(data: unknown): number {
  return typeof data === 'string' || data instanceof Uint8Array ? data.length : 0;
}

function fieldOf(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

/** Ends the connection at once; what waits on it is thrown away. */
export function terminate(connection: Connection): void {
  const socket = fieldOf(connection.transport, 'socket');
  connection.close(true);
  // A WebSocket would wait for the other side's farewell, and keep what it could not write until then.
  const end = fieldOf(socket, 'terminate');
  if (typeof end === 'function') Reflect.apply(end, socket, []);
}

/** So long a client has to take our last words. */
export const FAREWELL_MS = 1_000;

/** Tells why, then ends the connection; whoever does not listen is not waited for. */
export function cutOff(client: Client, code: Refusal['code'], message: string): void {
  const { conn } = client;
  client.emit('cut-off', { ok: false, code, message });
  conn.close();
  setTimeout(() => terminate(conn), FAREWELL_MS).unref();
}
