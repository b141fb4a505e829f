/** Do both ends agree? The server's digest names a state of facts and market; ours is made of the very same two. */
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { type InstrumentId } from '#lib/units/ids.ts';
import { accountDigest } from '#lib/wire/account-digest.ts';
import { accountFrom, marketFrom } from '#lib/wire/codec.ts';
import { type AccountDigest, type MarketFrame, type RunText } from '#lib/wire/protocol.ts';
import { type AccountReplica } from '#lib/wire/replica.ts';
import { type Agreement } from './live-store.ts';

/** Undefined: we never held that state (a slow reader skips frames), so nothing can be said. */
export function agreementOf(p: {
  readonly digest: AccountDigest;
  readonly replicas: readonly AccountReplica[];
  readonly frames: readonly MarketFrame[];
  readonly run: RunText;
  readonly instruments: ReadonlyMap<InstrumentId, Instrument>;
  readonly at: number;
}): Agreement | undefined {
  const { digest, run, instruments, at } = p;
  const replica = p.replicas.findLast((one) => one.seq === digest.seq);
  const frame = p.frames.findLast((one) => one.seq === digest.marketSeq);
  if (replica === undefined || frame === undefined) return undefined;
  const health = assessAccount({
    account: accountFrom(replica.account, instruments),
    market: marketFrom(frame, run, instruments),
    rules: houseRules,
  });
  const ours = accountDigest(replica.account, health);
  return ours === digest.digest
    ? { kind: 'equal', digest: ours, at }
    : { kind: 'different', ours, theirs: digest.digest, at };
}
