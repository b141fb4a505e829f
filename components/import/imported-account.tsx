'use client';
/** One imported account: its figures on moving marks, beside what the venue printed, what was left out and what was supposed. */
import { useMemo, useState } from 'react';
import { AccountStrip } from '#components/health/account-strip.tsx';
import { CollateralPanel } from '#components/health/collateral-panel.tsx';
import { useLive } from '#components/live/live-provider.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { type ImportedOrigin } from '#components/receipt/receipt-ask.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { toFacts } from '#lib/wire/account-file.ts';
import { withDoubts } from '#lib/wire/import/doubt.ts';
import { sourcesOfFile } from '#lib/wire/receipt-sources.ts';
import { AssumedPanel } from './assumed-panel.tsx';
import { HoldingsPanel } from './holdings-panel.tsx';
import { ImportBar } from './import-bar.tsx';
import { type ImportState } from './import-store.ts';
import { ImportedPositions } from './imported-positions.tsx';
import { RejectedPanel } from './rejected-panel.tsx';
import { VenuePanel } from './venue-panel.tsx';
import { watchedAccount, type Watched } from './watched-account.ts';

type Read = Extract<ImportState, { kind: 'read' }>;

export function ImportedAccount({ state }: { readonly state: Read }) {
  const { imported } = state;
  const { withoutRules, rejected, file } = imported;
  const watched = useWatched(state);
  const supposed = useMemo(
    () => [...imported.notes, ...(withoutRules === undefined ? toFacts(file).assumptions : [])],
    [imported, withoutRules, file],
  );
  return (
    <div className="grid grid-cols-1 gap-3 wide:grid-cols-[minmax(0,1fr)_30rem]">
      <div className="flex min-w-0 flex-col gap-3">
        <ImportBar state={state} watched={watched} />
        {rejected.length === 0 ? null : (
          <RejectedPanel className="wide:hidden" rejected={rejected} />
        )}
        {watched === undefined ? (
          <WithoutRules reason={withoutRules ?? ''} />
        ) : (
          <Figures leftOut={rejected.length} state={state} supposed={supposed} watched={watched} />
        )}
      </div>
      <div className="grid min-w-0 grid-cols-1 content-start items-start gap-3 lg:grid-cols-2 wide:grid-cols-1">
        {rejected.length === 0 ? null : (
          <RejectedPanel className="max-wide:hidden" rejected={rejected} />
        )}
        <AssumedPanel supposed={supposed} />
        {watched === undefined ? null : <CollateralPanel view={watched.view} />}
        <HoldingsPanel imported={imported} />
      </div>
    </div>
  );
}

/** The account on the file's marks, or on those of this moment; undefined where there is no rule set to assess it by. */
function useWatched({ imported, isLive }: Read): Watched | undefined {
  const market = useLive((live) => (isLive ? live.market : undefined));
  const marks = useLive((live) => (isLive ? live.marks : undefined));
  return useMemo(() => {
    if (imported.withoutRules !== undefined) return undefined;
    const live = market === undefined || marks === undefined ? undefined : { market, marks };
    return watchedAccount(imported, live);
  }, [imported, market, marks]);
}

function Figures({
  state,
  watched,
  supposed,
  leftOut,
}: {
  readonly state: Read;
  readonly watched: Watched;
  readonly supposed: readonly string[];
  readonly leftOut: number;
}) {
  const { imported } = state;
  const { file } = imported;
  const [poolId, setPoolId] = useState<string>();
  const { view, health, text } = watched;
  const pool = view.pools.find((one) => one.health.id === poolId) ?? view.worst;
  const asOfFile = useMemo(
    () => withDoubts(assessAccount(toFacts(file)), imported),
    [file, imported],
  );
  return (
    <>
      {pool === undefined ? (
        <Panel title={`Account ${text.accountId}`}>
          {leftOut === 0 ? (
            <Notice head="This account holds nothing">
              No wallet and no position was found: nothing can be liquidated.
            </Notice>
          ) : (
            <Notice head="Nothing could be read">
              Every row is left out: what this account holds is unknown.
            </Notice>
          )}
        </Panel>
      ) : (
        <AccountStrip
          health={health}
          imported={originOf(state, watched)}
          onPool={setPoolId}
          pool={pool}
          text={text}
          view={view}
        />
      )}
      <ImportedPositions file={file} origin={originOf(state, watched)} watched={watched} />
      <VenuePanel file={file} health={asOfFile} supposed={supposed} venue={imported.venue} />
    </>
  );
}

/** For receipts: what was read, as it calls itself. */
function originOf({ imported }: Read, { liveBy }: Watched): ImportedOrigin {
  const { file, sources } = imported;
  const told = sourcesOfFile(file, [...new Set(sources)].join('; '));
  return { sources: told, asOf: file.record.asOf, liveBy };
}

function WithoutRules({ reason }: { readonly reason: string }) {
  return (
    <Panel title="No figures">
      <Notice head="This venue’s rules are not known here">
        {reason}. The account file can be downloaded and will be watched as soon as they are.
      </Notice>
    </Panel>
  );
}
