'use client';
/** Liquidations as they happen, each with its statement. */
import { useRows } from '#components/live/live-provider.tsx';
import { LongList } from '#components/primitives/long-list.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { FundTiles } from './fund-tiles.tsx';
import { LiquidationCard, LiquidationHeadings } from './liquidation-card.tsx';
import { liquidationEntries, type LiquidationEntry } from './liquidation-rows.ts';

const SHOWN_AT_FIRST = 50;

export function LiquidationsPage() {
  const rows = useRows('liquidations');
  const entries = rows === undefined ? undefined : liquidationEntries(rows);
  return (
    <div className="grid gap-3 wide:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">Liquidations</h1>
      <Panel
        aside={
          entries === undefined ? null : (
            <span>newest first, all of this engine&apos;s own book</span>
          )
        }
        className="order-2 wide:order-none"
        title="Liquidations"
      >
        <LiquidationList entries={entries} />
      </Panel>
      <div className="grid content-start gap-3">
        <FundTiles />
      </div>
    </div>
  );
}

function LiquidationList({
  entries,
}: {
  readonly entries: readonly LiquidationEntry[] | undefined;
}) {
  if (entries === undefined) {
    return (
      <p className="p-3">
        <Pending width="32ch" />
      </p>
    );
  }
  if (entries.length === 0) {
    return (
      <Notice head="No liquidation yet">
        When a pool is liquidated, its statement appears here at once.
      </Notice>
    );
  }
  return (
    <>
      <LiquidationHeadings />
      <LongList items={entries} step={SHOWN_AT_FIRST}>
        {(entry) => <LiquidationCard entry={entry} key={entry.planId} />}
      </LongList>
    </>
  );
}
