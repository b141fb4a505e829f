'use client';
/** The risk desk: how many accounts are in which state, which are worst, and who would pay. */
import dynamic from 'next/dynamic';
import { FundTiles } from '#components/liquidations/fund-tiles.tsx';
import { useLive, useTrust } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { FilterChips } from '#components/table/filter-chips.tsx';
import { NO_DESK_FILTER } from '#lib/wire/protocol.ts';
import { AccountGrid } from './account-grid.tsx';
import { AttentionPanel } from './attention-panel.tsx';
import { BookTiles } from './book-tiles.tsx';
import { useDeskView } from './desk-choice.ts';
import { deskChips } from './desk-chips.ts';
import { isFiltered, resorted, toggled } from './desk-query.ts';
import { useDeskFreeze } from './desk-rows.ts';
import { DeskTools } from './desk-tools.tsx';
import { FeedPanel } from './feed-panel.tsx';
import { StateTiles } from './state-tiles.tsx';

const BookPanels = dynamic(() => import('./book-panels.tsx').then((module) => module.BookPanels), {
  ssr: false,
});

export function DeskPage() {
  const { view, setView } = useDeskView();
  const freeze = useDeskFreeze();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-3">
      <h1 className="sr-only">Desk</h1>
      <StateTiles
        chosen={view.states}
        onToggle={(state) => setView({ ...view, states: toggled(view.states, state) })}
      />
      <BookTiles
        onShock={(shock) => setView({ ...view, shock: view.shock === shock ? null : shock })}
        shock={view.shock}
      />
      <div className="grid gap-3 wide:grid-cols-[minmax(0,1fr)_24rem]">
        <Panel
          aside={<DeskTools freeze={freeze} setView={setView} view={view} />}
          asideBelow
          bodyClassName="flex flex-col"
          className="overflow-hidden"
          label="Accounts"
          title={<Title filtered={isFiltered(view)} />}
        >
          <FilterChips
            chips={deskChips(view, setView, format)}
            onClear={() => setView({ ...view, ...NO_DESK_FILTER })}
          />
          <AccountGrid
            fresh={freeze.frame}
            onClear={() => setView({ ...view, ...NO_DESK_FILTER })}
            onSort={(sort) => setView(resorted(view, sort))}
            view={view}
          />
        </Panel>
        <div className="grid content-start gap-3 md:grid-cols-2 wide:grid-cols-1">
          <AttentionPanel />
          <div className="grid min-w-0 content-start gap-3">
            <FundTiles />
            <FeedPanel />
          </div>
        </div>
      </div>
      <BookPanels setView={setView} view={view} />
    </div>
  );
}

/** Before the address is read. */
export function DeskSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <StateTiles chosen={[]} onToggle={() => undefined} />
      <BookTiles onShock={() => undefined} shock={null} />
      <Panel className="min-h-[max(24rem,calc(100dvh-23rem))]" title="Accounts">
        {null}
      </Panel>
    </div>
  );
}

/** Without a filter the book's own count: the grid's frame may be a moment older. */
function Title({ filtered }: { readonly filtered: boolean }) {
  const format = useFormat();
  const total = useLive((state) => state.desk?.total);
  const all = useLive((state) => state.totals?.accounts);
  const isLive = useTrust() === 'live';
  return (
    <>
      Accounts
      {total === undefined || all === undefined ? null : (
        <span className="font-normal text-ink-3">
          {!filtered ? format.count(all) : `${format.count(total)} of ${format.count(all)}`},{' '}
          {isLive ? 'live' : 'as last heard'}
        </span>
      )}
    </>
  );
}
