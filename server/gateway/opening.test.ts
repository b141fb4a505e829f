import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, it } from 'vitest';
import { type ClientToServer, PROTOCOL_VERSION, type ServerToClient } from '#lib/wire/protocol.ts';
import { openExampleGateway, type ExampleGateway } from './example-gateway.ts';

type Client = Socket<ServerToClient, ClientToServer>;

const HELLO_WITHIN_MS = 600;
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function connect({ port }: ExampleGateway): Client {
  const options = { transports: ['websocket'], forceNew: true, reconnection: false };
  const client: Client = io(`http://127.0.0.1:${port}`, options);
  ends.push(() => void client.disconnect());
  return client;
}

it('says how far a long opening is to who says hello, and to who was here before', async () => {
  const example = await openExampleGateway({ helloWithinMs: HELLO_WITHIN_MS });
  ends.push(() => example.close());
  const before = connect(example);
  await before.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  const told = new Promise<void>((resolve) => before.once('run-opening', resolve));
  example.gateway.hear({ kind: 'closed' });
  for (const done of [1_000, 340_000])
    example.gateway.hear({
      kind: 'opening',
      progress: { stage: 'opening', done, of: 1_000_000 },
    });
  await told;
  const later = connect(example);
  for (let turn = 0; turn < 3; turn += 1) {
    expect(await later.emitWithAck('hello', { protocol: PROTOCOL_VERSION })).toEqual({
      ok: false,
      code: 'not-now',
      message: 'The server is opening 340,000 of 1,000,000 accounts.',
    });
    await new Promise((resolve) => setTimeout(resolve, HELLO_WITHIN_MS));
  }
  expect(later.connected).toBe(true);
});
