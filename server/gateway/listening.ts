/** What arrives from a client: counted, parsed, answered. No promise about its shape holds, not even that it wants an answer. */
import { MESSAGE_SCHEMAS, type MessageName, parseMessage } from '#lib/wire/messages.ts';
import { type Answer, PROTOCOL_VERSION, type Refusal } from '#lib/wire/protocol.ts';
import {
  allow,
  createAllowance,
  type AddressAllowances,
  type Allowance,
} from '../guard/allowance.ts';
import { bytesWaiting, cutOff, terminate } from './connection.ts';
import { refuse, type Hall } from './hall.ts';
import { type Client } from './sockets.ts';
import { HANDLERS, hello, leave, leaveDesk } from './requests.ts';
import { type GreetedSession } from './session.ts';

export interface ListeningParts {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly addresses: AddressAllowances;
}

const LEAVE_DESK = 'leave-desk';

/** Listens to a new client. Nothing but hello is answered until hello was. */
export function welcome(hall: Hall, client: Client, parts: ListeningParts): void {
  const { helloWithinMs, requests } = hall.limits;
  const allowance = createAllowance(requests, parts.now());
  hall.sessions.set(client.id, { kind: 'new' });
  const deadline = setInterval(() => endUngreeted(hall, client), helloWithinMs);
  client.on('disconnect', () => {
    clearInterval(deadline);
    leave(hall, client);
  });
  client.onAny((event: string, ...args: readonly unknown[]) => {
    const ack = args.find((arg) => typeof arg === 'function');
    const raw = args[0] === ack ? undefined : args[0];
    const isAllowed = spend(hall, client, { name: event, raw, allowance, parts });
    if (event === LEAVE_DESK) return leaveDesk(hall, client);
    void Promise.resolve(isAllowed)
      .then((may) => (may ? answerTo(hall, client, event, raw) : OVERRUN))
      .catch((error: unknown) => {
        parts.log('a message could not be answered', { error: String(error) });
        return refuse('not-now', 'the server could not answer');
      })
      .then((answer) => deliver(hall, client, answer, ack));
  });
}

function endUngreeted(hall: Hall, client: Client): void {
  // Who comes while a run takes long to open says hello again and again.
  if (hall.sessions.get(client.id)?.kind !== 'new' || hall.opening !== undefined) return;
  hall.tally.add('cut off', 'no-hello');
  const seconds = hall.limits.helloWithinMs / 1_000;
  cutOff(client, 'no-hello', `no hello within ${seconds} seconds`);
}

const OVERRUN = refuse('overrun', 'too many messages; slow down');

/** Requests that one request counts for: some cost the server more than others. */
const COSTS: ReadonlyMap<unknown, number> = new Map([
  ['follow', 5],
  ['older-rows', 5],
  ['export-accounts', 2],
  ['start-run', 25],
  ['seek', 25],
]);

function costOf(name: string, raw: unknown): number {
  const kind: unknown =
    name === 'control' && typeof raw === 'object' && raw !== null
      ? Reflect.get(raw, 'kind')
      : undefined;
  return COSTS.get(kind) ?? COSTS.get(name) ?? 1;
}

function spend(
  hall: Hall,
  client: Client,
  p: {
    readonly name: string;
    readonly raw: unknown;
    readonly allowance: Allowance;
    readonly parts: ListeningParts;
  },
): boolean {
  const { addresses, now } = p.parts;
  const cost = costOf(p.name, p.raw);
  const { address } = client.handshake;
  return (
    allow(p.allowance, hall.limits.requests, now(), cost) && addresses.allow(address, now(), cost)
  );
}

/** An answer goes out only to who reads: an asker that lets its answers pile up is ended. */
function deliver(hall: Hall, client: Client, answer: Answer, ack: unknown): void {
  if (!answer.ok) hall.tally.add('refused', answer.code);
  if (bytesWaiting(client.conn) > hall.limits.bytesWaiting) return endSlowReader(hall, client);
  if (typeof ack === 'function') ack(answer);
}

export function endSlowReader(hall: Hall, client: Client): void {
  hall.tally.add('cut off', 'slow-reader');
  terminate(client.conn);
}

function isMessageName(name: string): name is MessageName {
  return Object.hasOwn(MESSAGE_SCHEMAS, name);
}

async function answerTo(hall: Hall, client: Client, name: string, raw: unknown): Promise<Answer> {
  if (!isMessageName(name)) return unknownMessage(name);
  // Before anything else is looked at: another version may say hello in another form.
  const mismatch = name === 'hello' ? mismatchOf(raw) : undefined;
  if (mismatch !== undefined) return mismatch;
  const message = parseMessage(name, raw);
  if (!message.ok) return refuse('malformed', message.error);
  if (name === 'hello') return hello(hall, client);
  const session = hall.sessions.get(client.id);
  if (session?.kind !== 'greeted') return refuse('not-now', `say hello before "${name}"`);
  // A message of this name was parsed by this name's schema: the compiler cannot pair them across a union.
  const handler = HANDLERS[name] as (
    ...given: [Hall, Client, GreetedSession, unknown]
  ) => Promise<Answer>;
  return handler(hall, client, session, message.value);
}

const NAME_SHOWN_MAX = 40;

function unknownMessage(name: string): Refusal {
  const known = [...Object.keys(MESSAGE_SCHEMAS), LEAVE_DESK].join(', ');
  const shown = name.length > NAME_SHOWN_MAX ? `${name.slice(0, NAME_SHOWN_MAX)}…` : name;
  return refuse('unknown-message', `there is no message "${shown}"; expected one of ${known}`);
}

function mismatchOf(raw: unknown): Refusal | undefined {
  const version: unknown =
    typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'protocol') : undefined;
  if (typeof version !== 'number' || version === PROTOCOL_VERSION) return undefined;
  return refuse(
    'protocol-mismatch',
    `this server speaks protocol ${PROTOCOL_VERSION}, the client ${version}: reload the page`,
  );
}
