/**
 * A client that costs next to nothing, so that a thousand of them measure the server and not themselves: a TCP connection that
 * speaks WebSocket by hand, looks at the first bytes of a frame and leaves the rest unread.
 */
import { connect, type Socket } from 'node:net';
import { PROTOCOL_VERSION } from '#lib/wire/protocol.ts';

export interface PlainSocket {
  /** Looks at an account from now on. */
  open(accountId: string): void;
  /** Takes no byte any more, as a program that hangs does. */
  pause(): void;
  close(): void;
  readonly isClosed: boolean;
}

const TEXT_FRAME = 0x1;
const CLOSE_FRAME = 0x8;
const FINAL = 0x80;
const MASKED = 0x80;
const LENGTH_BITS = 0x7f;
const LENGTH_IN_TWO = 126;
const LENGTH_IN_EIGHT = 127;
const OPCODE_BITS = 0x0f;
const NO_MASK = Buffer.alloc(4);
/** Of what came before a refusal. */
const SHOWN_BYTES = 300;

/** A text as a client's frame. The mask is zero: the rule is kept, and nothing has to be worked out. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < LENGTH_IN_TWO
      ? Buffer.from([FINAL | TEXT_FRAME, MASKED | payload.length])
      : Buffer.from([
          FINAL | TEXT_FRAME,
          MASKED | LENGTH_IN_TWO,
          payload.length >> 8,
          payload.length & 0xff,
        ]);
  return Buffer.concat([head, NO_MASK, payload]);
}

interface Cut {
  readonly opcode: number;
  readonly start: number;
  readonly end: number;
}

/** Where the first frame in these bytes lies; undefined while it is not whole. */
function firstFrame(bytes: Buffer): Cut | undefined {
  if (bytes.length < 2) return undefined;
  const opcode = bytes.readUInt8(0) & OPCODE_BITS;
  const short = bytes.readUInt8(1) & LENGTH_BITS;
  const start = short === LENGTH_IN_EIGHT ? 10 : short === LENGTH_IN_TWO ? 4 : 2;
  if (bytes.length < start) return undefined;
  const length = lengthIn(bytes, short);
  return bytes.length < start + length ? undefined : { opcode, start, end: start + length };
}

function lengthIn(bytes: Buffer, short: number): number {
  if (short === LENGTH_IN_EIGHT) return Number(bytes.readBigUInt64BE(2));
  return short === LENGTH_IN_TWO ? bytes.readUInt16BE(2) : short;
}

function handshakeOf(port: number): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    '\r\n',
  ].join('\r\n');
}

/**
 * Connects and says hello.
 * @param heard each text of the server, still as bytes. @returns once hello was answered.
 */
export function connectPlain(port: number, heard: (text: Buffer) => void): Promise<PlainSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(handshakeOf(port)));
    const plain = plainOn(socket);
    let bytes: Buffer = Buffer.alloc(0);
    let isUpgraded = false;
    let isGreeted = false;
    let lastHeard = '';
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`the server ended the connection: ${lastHeard}`)));
    socket.on('data', (chunk: Buffer) => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      if (!isGreeted) lastHeard = chunk.toString('latin1', 0, SHOWN_BYTES);
      if (!isUpgraded) {
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) return;
        isUpgraded = true;
        bytes = bytes.subarray(end + 4);
      }
      for (let cut = firstFrame(bytes); cut !== undefined; cut = firstFrame(bytes)) {
        take(cut.opcode, bytes.subarray(cut.start, cut.end));
        bytes = bytes.subarray(cut.end);
      }
    });
    function take(opcode: number, text: Buffer): void {
      if (opcode === CLOSE_FRAME) socket.destroy();
      const reply = replyTo(text);
      if (reply !== undefined) socket.write(frameOf(reply));
      if (text.subarray(0, HELLO_ANSWERED.length).equals(HELLO_ANSWERED)) {
        isGreeted = true;
        resolve(plain);
      }
      heard(text);
    }
  });
}

const HELLO_ANSWERED = Buffer.from('430[{"ok":true');
const BYTE_OPEN = '0'.charCodeAt(0);
const BYTE_PING = '2'.charCodeAt(0);
const JOINED = Buffer.from('40{');

/** What the transport's rules want said back: its opening, its pings, and hello once the door is open. */
function replyTo(text: Buffer): string | undefined {
  if (text[0] === BYTE_OPEN) return '40';
  if (text[0] === BYTE_PING && text.length === 1) return '3';
  if (!text.subarray(0, JOINED.length).equals(JOINED)) return undefined;
  return `420${JSON.stringify(['hello', { protocol: PROTOCOL_VERSION }])}`;
}

function plainOn(socket: Socket): PlainSocket {
  return {
    open: (accountId) =>
      void socket.write(frameOf(`421${JSON.stringify(['open', { accountId }])}`)),
    pause: () => void socket.pause(),
    close: () => void socket.destroy(),
    get isClosed() {
      return socket.destroyed;
    },
  };
}
