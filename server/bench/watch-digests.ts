/** A reader that derives an account's figures as a page does, and compares its digest with the server's, second by second. */
import { io, type Socket } from 'socket.io-client';
import { assert } from '#lib/contract.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { accountDigest } from '#lib/wire/account-digest.ts';
import { accountFrom, instrumentsFrom, marketFrom } from '#lib/wire/codec.ts';
import {
  PROTOCOL_VERSION,
  type AccountDigest,
  type ClientToServer,
  type MarketFrame,
  type ServerToClient,
} from '#lib/wire/protocol.ts';
import { applyAccountPatch, type AccountReplica } from '#lib/wire/replica.ts';

const ACCOUNTS = 8;

export interface DigestWatch {
  readonly compared: number;
  readonly problems: readonly string[];
  stop(): void;
}

export async function watchDigests(port: number): Promise<DigestWatch> {
  const client: Socket<ServerToClient, ClientToServer> = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
  });
  const hello = await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  assert(hello.ok, 'hello is answered');
  const { run, accountIds } = hello.welcome;
  const instruments = instrumentsFrom(run);
  const replicas = new Map<string, AccountReplica>();
  const problems: string[] = [];
  let market: MarketFrame | undefined;
  let compared = 0;

  async function open(accountId: string): Promise<void> {
    const answer = await client.emitWithAck('open', { accountId });
    if (answer.ok) replicas.set(accountId, answer.patch);
    else problems.push(`${accountId} could not be opened: ${answer.message}`);
  }
  function compare({ accountId, seq, marketSeq, digest }: AccountDigest): void {
    const replica = replicas.get(accountId);
    if (replica === undefined || replica.seq !== seq || market?.seq !== marketSeq) return;
    const account = accountFrom(replica.account, instruments);
    const on = marketFrom(market, run, instruments);
    const health = assessAccount({ account, market: on, rules: houseRules });
    compared += 1;
    if (accountDigest(replica.account, health) !== digest)
      problems.push(`${accountId}: the digest at patch ${seq}, frame ${marketSeq} differs`);
  }
  client.on('market', (frame) => (market = frame));
  client.on('digest', compare);
  client.on('account', (patch) => {
    const applied = applyAccountPatch(replicas.get(patch.account.accountId), patch);
    if (applied.kind === 'applied') replicas.set(patch.account.accountId, applied.replica);
    if (applied.kind === 'resync') void open(patch.account.accountId);
  });
  for (const accountId of accountIds.slice(0, ACCOUNTS)) await open(accountId);
  return {
    get compared() {
      return compared;
    },
    problems,
    stop: () => void client.disconnect(),
  };
}
