'use client';
/** The risk desk: how many accounts are in which state, which are worst, and who would pay. */
import { useState } from 'react';
import { FundTiles } from '#components/liquidations/fund-tiles.tsx';
import { useLive } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { type DeskSortKey } from '#lib/wire/protocol.ts';
import { AccountGrid } from './account-grid.tsx';
import { toggled, WORST_ACCOUNTS_FIRST, type DeskView } from './desk-query.ts';
import { FeedPanel } from './feed-panel.tsx';
import { StateTiles } from './state-tiles.tsx';

export function DeskPage() {
  const [view, setView] = useState<DeskView>(WORST_ACCOUNTS_FIRST);
  return (
    <div className="flex flex-col gap-3">
      <h1 className="sr-only">Desk</h1>
      <StateTiles
        chosen={view.states}
        onToggle={(state) => setView({ ...view, states: toggled(view.states, state) })}
      />
      <div className="grid gap-3 wide:grid-cols-[minmax(0,1fr)_24rem]">
        <Panel
          aside={<Search onText={(text) => setView({ ...view, text })} text={view.text} />}
          className="overflow-hidden"
          label="Accounts"
          title={<Title filtered={view.states.length > 0 || view.text !== ''} />}
        >
          <AccountGrid
            onClear={() => setView({ ...view, states: [], text: '' })}
            onSort={(sort) => setView(resorted(view, sort))}
            view={view}
          />
        </Panel>
        <div className="grid content-start gap-3 md:grid-cols-2 wide:grid-cols-1">
          <FundTiles />
          <FeedPanel />
        </div>
      </div>
    </div>
  );
}

/** The first press puts danger first; the next one turns the order round. */
function resorted(view: DeskView, sort: DeskSortKey): DeskView {
  if (view.sort === sort) return { ...view, descending: !view.descending };
  return { ...view, sort, descending: !RISES_TO_SAFETY.has(sort) };
}
const RISES_TO_SAFETY: ReadonlySet<DeskSortKey> = new Set([
  'distance',
  'excess',
  'account',
  'marginBalance',
  'since',
]);

/** Without a filter the book's own count: the grid's frame may be a moment older. */
function Title({ filtered }: { readonly filtered: boolean }) {
  const format = useFormat();
  const total = useLive((state) => state.desk?.total);
  const all = useLive((state) => state.totals?.accounts);
  return (
    <>
      Accounts
      {total === undefined || all === undefined ? null : (
        <span className="font-normal text-ink-3">
          {!filtered ? format.count(all) : `${format.count(total)} of ${format.count(all)}`}, live
        </span>
      )}
    </>
  );
}

function Search({
  text,
  onText,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  return (
    <input
      aria-label="Find an account by id or label"
      className="h-6 w-44 rounded-control border border-line bg-panel px-2 text-small text-ink placeholder:text-ink-3 pointer-coarse:h-11"
      onChange={(event) => onText(event.target.value)}
      placeholder="Find by id or label"
      type="search"
      value={text}
    />
  );
}
