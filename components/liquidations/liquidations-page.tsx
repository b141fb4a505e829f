'use client';
/** Liquidations as they happen, each with its statement. */
import { useState } from 'react';
import { useRows } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { LongList } from '#components/primitives/long-list.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { FindField } from '#components/table/find-field.tsx';
import { OlderRows } from '#components/table/older-rows.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FundTiles } from './fund-tiles.tsx';
import { LiquidationCard, LiquidationHeadings } from './liquidation-card.tsx';
import { ALL_LIQUIDATIONS, passes } from './liquidation-filter.ts';
import { liquidationEntries, type LiquidationEntry } from './liquidation-rows.ts';

const SHOWN_AT_FIRST = 50;

export function LiquidationsPage() {
  const rows = useRows('liquidations');
  const [filter, setFilter] = useState(ALL_LIQUIDATIONS);
  const entries = rows === undefined ? undefined : liquidationEntries(rows);
  const shown = entries?.filter((entry) => passes(entry, filter));
  return (
    <div className="grid gap-3 wide:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">Liquidations</h1>
      <Panel
        aside={
          <>
            <Order all={entries?.length} shown={shown?.length} />
            <FindField
              className="w-32"
              label="Find by account"
              onText={(account) => setFilter({ ...filter, account })}
              placeholder="Find account"
              text={filter.account}
            />
          </>
        }
        className="order-2 wide:order-none"
        title="Liquidations"
      >
        {entries === undefined || entries.length === 0 ? null : (
          <FilterBar entries={entries} filter={filter} setFilter={setFilter} />
        )}
        <LiquidationList
          entries={shown}
          onClear={entries?.length === 0 ? undefined : () => setFilter(ALL_LIQUIDATIONS)}
        />
        <OlderRows topic="liquidations" what="liquidations" />
      </Panel>
      <div className="grid content-start gap-3">
        <FundTiles />
      </div>
    </div>
  );
}

function Order({
  all,
  shown,
}: {
  readonly all: number | undefined;
  readonly shown: number | undefined;
}) {
  const format = useFormat();
  if (all === undefined || shown === undefined) return null;
  return (
    <span className="max-sm:sr-only">
      {shown === all ? '' : `${format.count(shown)} of ${format.count(all)}, `}
      newest first, all of this engine&apos;s own book
    </span>
  );
}

interface ListProps {
  readonly entries: readonly LiquidationEntry[] | undefined;
  /** Undefined where no filter hides anything. */
  readonly onClear: (() => void) | undefined;
}

function LiquidationList({ entries, onClear }: ListProps) {
  if (entries === undefined) {
    return (
      <p className="p-3">
        <Pending width="32ch" />
      </p>
    );
  }
  if (entries.length === 0) {
    return onClear === undefined ? (
      <Notice head="No liquidation yet">
        When a pool is liquidated, its statement appears here at once.
      </Notice>
    ) : (
      <Notice action={<Button onClick={onClear}>Clear the filter</Button>} head="None of these">
        No liquidation of this list passes the filter.
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
