/**
 * The clients of the fan-out benchmark, in a process of their own: connects them, lets some of them never read, stamps what
 * arrives without parsing it and looks at one frame in about a hundred. Prints what it saw as one line of JSON.
 */
import { type FanoutLoad, type FanoutSeen } from './fanout-messages.ts';
import { connectPlain, type PlainSocket } from './plain-socket.ts';

/** A prime, so that it is not always the same client's turn. */
const SAMPLE_EVERY = 97;
/** Connections begun a second: the server refuses more requests of one address. */
const CONNECT_EVERY_MS = 8;
const MARKET = Buffer.from('42["market"');
const ACCEPTED_AT = '"acceptedAt":';
const DIGITS_OF_TIME = 13;
const MICROSECONDS_PER_SECOND = 1_000_000;

const load = JSON.parse(process.argv[2] ?? '') as FanoutLoad;
const ageMs: number[] = [];
let isMeasuring = false;
let frames = 0;
let bytes = 0;

function heard(text: Buffer): void {
  if (!isMeasuring) return;
  bytes += text.length;
  if (!text.subarray(0, MARKET.length).equals(MARKET)) return;
  frames += 1;
  if (frames % SAMPLE_EVERY !== 0) return;
  const from = text.indexOf(ACCEPTED_AT) + ACCEPTED_AT.length;
  ageMs.push(Date.now() - Number(text.subarray(from, from + DIGITS_OF_TIME).toString('latin1')));
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const sockets: PlainSocket[] = [];
for (const [at, accountId] of load.accountIds.entries()) {
  const socket = await connectPlain(load.port, heard);
  socket.open(accountId);
  if (at < load.deaf) socket.pause();
  sockets.push(socket);
  await rest(CONNECT_EVERY_MS);
}
await rest(load.warmUpMs);
isMeasuring = true;
const before = process.cpuUsage();
await rest(load.measureMs);
isMeasuring = false;
const { user, system } = process.cpuUsage(before);
// Those that never read are cut off some time: they are not counted.
const closed = sockets.slice(load.deaf).filter((socket) => socket.isClosed).length;
const processorSeconds = (user + system) / MICROSECONDS_PER_SECOND;
const seen: FanoutSeen = { ageMs, frames, bytes, closed, processorSeconds };
process.stdout.write(`${JSON.stringify(seen)}\n`, () => process.exit(0));
