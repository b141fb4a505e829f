'use client';
/** What the engine closed in an account: stands above its positions until the reader has seen it. */
import { useRows } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { type ClosedPanelProps } from './closed-panel-props.ts';
import { LiquidationCard, LiquidationHeadings } from './liquidation-card.tsx';
import { liquidationEntries, type LiquidationEntry } from './liquidation-rows.ts';

const SHOWN = 3;

export function ClosedPanel({ account, seen, onSeen }: ClosedPanelProps) {
  const rows = useRows('liquidations');
  const closed = new Set(
    account.pools
      .filter(({ phase }) => phase === 'liquidated' || phase === 'liquidating')
      .map(({ poolId }) => poolId),
  );
  const latest = latestByPool(liquidationEntries(rows ?? [])).filter(
    (entry) => closed.has(entry.poolId) && !seen.has(entry.planId),
  );
  if (latest.length === 0) return null;
  return (
    <Panel
      aside={
        <Button onClick={() => onSeen(latest.map(({ planId }) => planId))} size="small" tone="bare">
          Dismiss
        </Button>
      }
      className="border-liquidating-edge"
      title="Closed by the engine"
    >
      <LiquidationHeadings />
      <ul>
        {latest.slice(0, SHOWN).map((entry) => (
          <LiquidationCard entry={entry} key={entry.planId} />
        ))}
      </ul>
    </Panel>
  );
}

/** @param entries newest first. */
function latestByPool(entries: readonly LiquidationEntry[]): readonly LiquidationEntry[] {
  const pools = new Set<string>();
  return entries.filter(({ poolId }) => {
    const isFirst = !pools.has(poolId);
    pools.add(poolId);
    return isFirst;
  });
}
