'use client';
/** Everything about one account: Overview shows the reader's own, Desk the one that was picked. */
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { AlertsOfAccount } from '#components/alerts/alerts-of-account.tsx';
import { LiquidationsOfAccount } from '#components/liquidations/liquidations-of-account.tsx';
import { useAccount, useLive } from '#components/live/live-provider.tsx';
import { type OpenAccount } from '#components/live/live-store.ts';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { accountViewOf, worstPositionOf, type AccountView, type PoolView } from './pool-view.ts';
import { AccountSkeleton, MarginChartBones, PriceChartBones } from './account-skeleton.tsx';
import { CollateralPanel } from './collateral-panel.tsx';
import { AccountStrip } from './account-strip.tsx';
import { PoolCard } from './pool-card.tsx';
import { PositionTable } from './position-table.tsx';
import { usePositionChoice } from './use-position-choice.ts';

/** The charts come after the figures and stand in for their bones, which have the same height. */
const charts = () => import('#components/charts/account-charts.tsx');
const PriceChart = dynamic(() => charts().then((module) => module.PriceChart), {
  ssr: false,
  loading: PriceChartBones,
});
const MarginChart = dynamic(() => charts().then((module) => module.MarginChart), {
  ssr: false,
  loading: MarginChartBones,
});

const WhyPanel = dynamic(() => import('./why-panel.tsx').then((module) => module.WhyPanel), {
  ssr: false,
  loading: () => (
    <Panel className="min-h-52" title="Why the margin ratio changed">
      {null}
    </Panel>
  ),
});

/** Names of accounts have at most this many characters. */
const NAME_MAX = 64;

type OpenedAccount = Extract<OpenAccount, { kind: 'open' }>;

export function AccountPage({ accountId }: { readonly accountId: string | undefined }) {
  const account = useAccount(accountId);
  const hasRun = useLive((state) => state.run !== undefined);
  if (hasRun && accountId === undefined) {
    return (
      <Panel title="No account">
        <Notice head="There is no account in this run yet">
          Accounts arrive as run time passes.
        </Notice>
      </Panel>
    );
  }
  if (account?.kind === 'refused') {
    return (
      <Panel
        className="wrap-anywhere"
        title={
          <span className="truncate" title={accountId}>
            Account {accountId}
          </span>
        }
      >
        <Notice head="This account cannot be shown">
          {(accountId?.length ?? 0) > NAME_MAX
            ? 'No account has a name that long.'
            : account.message}
        </Notice>
      </Panel>
    );
  }
  if (account === undefined || account.kind === 'opening' || account.health === undefined)
    return <AccountSkeleton />;
  return <OpenedPage account={account} />;
}

function OpenedPage({ account }: { readonly account: OpenedAccount }) {
  const market = useLive((state) => state.market);
  const marks = useLive((state) => state.marks);
  const { text, facts, health } = account;
  if (health === undefined || market === undefined) return <AccountSkeleton />;
  const view = accountViewOf({ text, facts, health, market, marks });
  return <Opened account={account} key={text.accountId} view={view} />;
}

function Opened({
  account,
  view,
}: {
  readonly account: OpenedAccount;
  readonly view: AccountView;
}) {
  const [poolId, setPoolId] = useState<string>();
  const [positionKey, setPositionKey] = useState<string>();
  const { choice, choose } = usePositionChoice();
  const pool = view.pools.find((one) => one.health.id === poolId) ?? view.worst;
  if (account.health === undefined || pool === undefined)
    return <EmptyAccount accountId={account.text.accountId} />;
  const worst = worstPositionOf(view, pool);
  const charted = view.positions.find((one) => one.key === positionKey) ?? worst;
  function selectPosition(key: string): void {
    setPositionKey(key);
    setPoolId(view.positions.find((one) => one.key === key)?.pool.health.id);
  }
  return (
    <div className="grid grid-cols-1 gap-3 wide:grid-cols-[minmax(0,1fr)_30rem]">
      <div className="flex min-w-0 flex-col gap-3">
        <div className="grid grid-cols-1 gap-3 max-lg:contents lg:grid-cols-2">
          <AccountStrip
            health={account.health}
            onPool={setPoolId}
            pool={pool}
            text={account.text}
            view={view}
          />
          <PoolCard
            className="max-lg:-order-2"
            view={view}
            isWorst={isSame(pool, view.worst)}
            pool={pool}
            worst={worst}
          />
        </div>
        <div className="max-lg:-order-1 empty:hidden">
          <LiquidationsOfAccount account={account.text} />
        </div>
        <PositionTable
          accountId={account.text.accountId}
          choice={choice}
          choose={choose}
          onSelect={selectPosition}
          selected={charted?.key}
          view={view}
        />
        <AlertsOfAccount accountId={account.text.accountId} className="max-wide:hidden" />
      </div>
      <div className="grid min-w-0 grid-cols-1 content-start gap-3 lg:grid-cols-2 wide:grid-cols-1">
        {charted === undefined ? null : (
          <PriceChart series={account.marks.get(charted.position.instrumentId)} view={charted} />
        )}
        <MarginChart pool={pool} series={account.ratios.get(pool.health.id)} />
        <WhyPanel accountId={account.text.accountId} key={pool.health.id} pool={pool} />
        <CollateralPanel view={view} />
        <AlertsOfAccount accountId={account.text.accountId} className="lg:col-span-2 wide:hidden" />
      </div>
    </div>
  );
}

function isSame(a: PoolView, b: PoolView | undefined): boolean {
  return a.health.id === b?.health.id;
}

function EmptyAccount({ accountId }: { readonly accountId: string }) {
  return (
    <Panel title={`Account ${accountId}`}>
      <Notice head="This account holds nothing yet">
        No wallet, no position: nothing can be liquidated.
      </Notice>
    </Panel>
  );
}
