'use client';
/** The whole book in one line: who is liquidated if every price moves at once, what it is worth, and what it holds. */
import { type ReactNode } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Pending } from '#components/primitives/panel.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { useZone } from '#components/settings/use-zone.ts';
import { clockText, stampText } from '#lib/display/time.ts';
import { money, rate } from '#lib/units/money.ts';
import { DESK_SHOCKS, type DeskShock, type ShockResult } from '#lib/wire/protocol.ts';
import { moveText } from './band-words.ts';

const TILE =
  'min-w-0 rounded-panel border border-line bg-panel px-2.5 py-1.5 text-left leading-tight';

interface BookTilesProps {
  readonly shock: DeskShock | null;
  readonly onShock: (shock: DeskShock) => void;
}

export function BookTiles({ shock, onShock }: BookTilesProps) {
  return (
    <div className="flex gap-2 max-sm:overflow-x-auto max-sm:*:*:min-w-44 sm:grid sm:grid-cols-4 xl:grid-cols-[repeat(4,1.2fr)_repeat(4,1fr)] wide:grid-cols-8">
      <fieldset aria-label="If every price moves" className="contents">
        {DESK_SHOCKS.map((one) => (
          <ShockTile key={one} on={one === shock} onPress={() => onShock(one)} shock={one} />
        ))}
      </fieldset>
      <dl aria-label="The book" className="contents">
        <EquityTile />
        <ExposureTile />
        <NetTile />
        <LargestTile />
      </dl>
    </div>
  );
}

function Tile(p: {
  readonly name: string;
  readonly children: ReactNode;
  readonly note: ReactNode;
  readonly title: string;
}) {
  return (
    <div className={TILE} title={p.title}>
      <dt className="truncate text-small text-ink-3">{p.name}</dt>
      <dd className="truncate text-lead font-medium tracking-tight">{p.children}</dd>
      <dd className="text-small text-ink-3">{p.note}</dd>
    </div>
  );
}

/** Money on a tile, short from a million on. */
function Usd({
  text,
  demanded = false,
}: {
  readonly text: string | null | undefined;
  /** Demanded money is cut up, what protects is cut down. */
  readonly demanded?: boolean;
}) {
  const format = useFormat();
  if (text === undefined) return <Pending width="8ch" />;
  if (text === null) return <Unknown />;
  const shown = (demanded ? format.compactRequirement : format.compact)(money(text), 'USD');
  return <NumberText shown={shown} />;
}

function Unknown() {
  return <span className="hatch rounded-[3px] px-1 text-unknown">Unknown</span>;
}

function EquityTile() {
  const equity = useLive((state) => state.deskSummary && state.deskSummary.equityUsd);
  const maintenance = useLive((state) => state.deskSummary?.shocks?.maintenanceUsd);
  return (
    <Tile
      name="Equity, USD"
      note={
        <>
          maint. <Usd demanded text={maintenance} />
        </>
      }
      title="Wallets and unrealized PnL of all accounts at index prices, without haircut: exact. Maintenance: as of the newest reading of all accounts"
    >
      <Usd text={equity} />
    </Tile>
  );
}

function ExposureTile() {
  const summary = useLive((state) => state.deskSummary);
  const exposure = summary?.exposure;
  return (
    <Tile
      name="Held long, USD"
      note={
        <>
          short <Usd text={summary && (exposure?.shortUsd ?? null)} />
        </>
      }
      title="Notional of all positions at the marks, exact"
    >
      <Usd text={summary && (exposure?.longUsd ?? null)} />
    </Tile>
  );
}

function NetTile() {
  const format = useFormat();
  const summary = useLive((state) => state.deskSummary);
  const [first] = summary?.instruments ?? [];
  return (
    <Tile
      name="Net, USD"
      note={
        first?.share === null || first === undefined ? (
          'no position'
        ) : (
          <>
            {first.instrument} <NumberText shown={format.share(rate(first.share))} />
          </>
        )
      }
      title="Longs less shorts at the marks, and the contract with the largest notional"
    >
      <Usd text={summary && (summary.exposure?.netUsd ?? null)} />
    </Tile>
  );
}

function LargestTile() {
  const format = useFormat();
  const summary = useLive((state) => state.deskSummary);
  const [first] = summary?.largest ?? [];
  const share = first?.share;
  return (
    <Tile
      name="Largest account"
      note={
        summary === undefined || summary.largestShare === null ? (
          'of all notional'
        ) : (
          <>
            largest {summary.largest.length}:{' '}
            <NumberText shown={format.share(rate(summary.largestShare))} />
          </>
        )
      }
      title="Share of the notional of all accounts"
    >
      {summary === undefined ? (
        <Pending width="6ch" />
      ) : share === undefined || share === null ? (
        <Unknown />
      ) : (
        <>
          <NumberText shown={format.share(rate(share))} />{' '}
          <span className="font-mono text-small font-normal text-ink-3">{first?.accountId}</span>
        </>
      )}
    </Tile>
  );
}

interface ShockTileProps {
  readonly shock: DeskShock;
  readonly on: boolean;
  readonly onPress: () => void;
}

function ShockTile({ shock, on, onPress }: ShockTileProps) {
  const zone = useZone();
  const asOf = useLive((state) => state.deskSummary?.shocks?.asOf);
  const result = useLive((state) =>
    state.deskSummary?.shocks?.results.find(({ share }) => share === shock),
  );
  return (
    <button
      aria-pressed={on}
      className={classNames(
        TILE,
        'flex flex-col transition-colors duration-(--quick) hover:bg-hover',
        on && 'border-ink bg-hover',
      )}
      onClick={onPress}
      title="Accounts that are liquidated if every price moves by this share at once, and what their margin does not cover. Press to see only these."
      type="button"
    >
      <span className="flex justify-between gap-1 text-small whitespace-nowrap text-ink-3">
        <span>
          All <span className="sm:max-md:sr-only xl:max-wide:sr-only">prices </span>
          <span className="font-medium text-ink">{moveText(shock)}</span>
        </span>
        {asOf === undefined ? null : (
          <span data-figure title={`At the marks of ${stampText(asOf, zone)}`}>
            {clockText(asOf, zone)}
          </span>
        )}
      </span>
      <ShockFigures result={result} />
    </button>
  );
}

function ShockFigures({ result }: { readonly result: ShockResult | undefined }) {
  const format = useFormat();
  if (result === undefined)
    return (
      <span className="block h-9.5">
        <Pending width="9ch" />
      </span>
    );
  const none = result.accounts === 0;
  return (
    <>
      <span
        className={classNames(
          'block truncate text-lead font-medium tracking-tight',
          none && 'text-ink-3',
        )}
        data-figure
      >
        {format.count(result.accounts)} <span className="text-small font-normal">liquidated</span>
      </span>
      <span className="block text-small text-ink-3">
        shortfall {result.boundUsd === null ? '' : '≈\u2009'}
        <NumberText shown={format.compactRequirement(money(result.deficitUsd), 'USD')} />
      </span>
    </>
  );
}
