/** A gateway on a real port with real sockets and nothing behind it: what tests of its limits drive. */
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { assert } from '#lib/contract.ts';
import { type AccountText } from '#lib/wire/protocol.ts';
import { createRunSource } from '../run-source.ts';
import { runText } from '../run-text.ts';
import { type ToWorker } from '../worker-messages.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { LIMITS, type Limits } from './limits.ts';

export interface ExampleGateway {
  readonly gateway: Gateway;
  readonly port: number;
  /** What the loop was told, oldest first. */
  readonly told: readonly ToWorker[];
  close(): Promise<void>;
}

/** An account without positions; `label` makes it as long as one likes. */
export function exampleAccountText(accountId: string, label: string): AccountText {
  return {
    accountId,
    label,
    openedAt: 0,
    positionMode: 'one-way',
    assetMode: 'single',
    wallets: [],
    positions: [],
    orders: [],
    pools: [],
  };
}

export async function openExampleGateway(changed: Partial<Limits>): Promise<ExampleGateway> {
  const http = createServer();
  const told: ToWorker[] = [];
  const readers = {
    journal: {
      newestRows: () => ({ rows: [], previousSeq: 0 }),
      lastSeq: () => 0,
      close: () => {},
    },
    history: { read: () => ({ ratios: [], marks: [] }), close: () => {} },
  };
  const gateway = createGateway({
    http,
    rules: { host: '127.0.0.1', allowedOrigins: ['https://risk.example.com'] },
    limits: { ...LIMITS, socketsPerAddress: 64, ...changed },
    risk: { ask: answerOf, tell: (message) => void told.push(message) },
    openReaders: () => readers,
    now: () => performance.now(),
    wallTime: () => Date.now(),
    log: () => {},
  });
  const source = createRunSource({
    input: { kind: 'scenario', scenario: 'busy' },
    seed: '1',
    accounts: 1,
  });
  assert(source.ok, 'the default scenario exists');
  const run = runText('example', source.value, undefined);
  gateway.hear({
    kind: 'opened',
    run,
    folder: '',
    journalSeq: 0,
    resumedFromStep: 0,
    alertRules: [],
  });
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  return {
    gateway,
    told,
    port: (http.address() as AddressInfo).port,
    close: async () => {
      const closed = gateway.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

type Risk = Parameters<typeof createGateway>[0]['risk'];

const answerOf: Risk['ask'] = (kind, ask) => {
  const account = exampleAccountText('accountId' in ask ? ask.accountId : '', '');
  const answers = new Map<string, object>([
    ['overview', { ok: true, firstAccount: 'A0', accountIds: ['A0'] }],
    ['watch', { ok: true, account }],
  ]);
  // The compiler cannot pair a kind with its answer across a generic.
  return Promise.resolve((answers.get(kind) ?? { ok: true }) as never);
};
