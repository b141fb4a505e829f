'use client';
/** What the engine closed in an account: stands above its positions until something new is opened in the pool. */
import { useRows } from '#components/live/live-provider.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { type AccountText } from '#lib/wire/protocol.ts';
import { LiquidationCard } from './liquidation-card.tsx';
import { liquidationEntries } from './liquidation-rows.ts';

export function LiquidationsOfAccount({ account }: { readonly account: AccountText }) {
  const rows = useRows('liquidations');
  const closed = new Set(account.pools.filter((pool) => pool.phase === 'liquidated' || pool.phase === 'liquidating').map((pool) => pool.poolId));
  const latest = new Map(
    liquidationEntries(rows ?? [])
      .filter((entry) => closed.has(entry.poolId))
      .toReversed()
      .map((entry) => [entry.poolId, entry]),
  );
  if (latest.size === 0) return null;
  return (
    <Panel className="border-liquidating-edge" title="Closed by the engine">
      <ul>
        {[...latest.values()].map((entry) => (
          <LiquidationCard entry={entry} key={entry.planId} />
        ))}
      </ul>
    </Panel>
  );
}
