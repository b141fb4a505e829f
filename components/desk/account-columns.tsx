'use client';
/** Columns of the account grid. The server derives and orders; the grid shows what came (rulings G8). */
import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import Link from 'next/link';
import { type ReactNode } from 'react';
import { useLive, useSilenceMs } from '#components/live/live-provider.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { clockText, stampText } from '#lib/display/time.ts';
import {
  AWAITS_SECOND_MARK,
  AWAITS_SECOND_MARK_WHY,
  PAST_LIQUIDATION,
  poolNameOfId,
} from '#lib/display/words.ts';
import { money, rate, type Money } from '#lib/units/money.ts';
import { marginRatioFrom } from '#lib/wire/codec.ts';
import { type DeskRow, type DeskSortKey, type FoundAccount } from '#lib/wire/protocol.ts';

export const DESK_FEATURES = tableFeatures({});
const helper = createColumnHelper<typeof DESK_FEATURES, DeskRow>();

export interface DeskColumnMeta {
  readonly sort: DeskSortKey | undefined;
  readonly numeric: boolean;
  /** Tracks of the grid. */
  readonly width: string;
}

/** By column id; the order is that of the columns. */
export const DESK_COLUMN_META: Readonly<Record<string, DeskColumnMeta>> = {
  state: { sort: 'state', numeric: false, width: '9rem' },
  account: { sort: 'account', numeric: false, width: 'minmax(8.25rem,1fr)' },
  ratio: { sort: 'marginRatio', numeric: true, width: 'minmax(6rem,6.5rem)' },
  distance: { sort: 'distance', numeric: true, width: 'minmax(5rem,7rem)' },
  z: { sort: 'z', numeric: true, width: 'minmax(6rem,6.5rem)' },
  excess: { sort: 'excess', numeric: true, width: 'minmax(8.25rem,9.5rem)' },
  balance: { sort: 'marginBalance', numeric: true, width: 'minmax(7rem,9.5rem)' },
  maintenance: { sort: 'maintenanceMargin', numeric: true, width: 'minmax(6.5rem,9.5rem)' },
  notional: { sort: 'notional', numeric: true, width: 'minmax(6.75rem,9rem)' },
  ifDown: { sort: 'ifDown', numeric: true, width: 'minmax(6.75rem,9rem)' },
  pnl: { sort: undefined, numeric: true, width: 'minmax(6.75rem,9rem)' },
  biggest: { sort: 'coin', numeric: false, width: 'minmax(7.75rem,9rem)' },
  since: { sort: 'since', numeric: true, width: 'minmax(5rem,6.5rem)' },
};

export const DESK_COLUMNS = helper.columns([
  helper.display({
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateCell row={row.original} />,
  }),
  helper.display({
    id: 'account',
    header: 'Account',
    cell: ({ row }) => <AccountCell row={row.original} />,
  }),
  helper.display({
    id: 'ratio',
    header: 'Margin ratio',
    cell: ({ row }) => <RatioCell row={row.original} />,
  }),
  helper.display({
    id: 'distance',
    header: 'Distance',
    cell: ({ row }) => <DistanceCell row={row.original} />,
  }),
  helper.display({
    id: 'z',
    header: 'Daily moves',
    cell: ({ row }) => <DailyMovesCell row={row.original} />,
  }),
  helper.display({
    id: 'excess',
    header: 'Excess',
    cell: ({ row }) => <MoneyCell asset={row.original.unit} text={row.original.excess} unit />,
  }),
  helper.display({
    id: 'balance',
    header: 'Margin balance',
    cell: ({ row }) => <MoneyCell asset={row.original.unit} text={row.original.marginBalance} />,
  }),
  helper.display({
    id: 'maintenance',
    header: 'Maintenance',
    cell: ({ row }) => (
      <MoneyCell asset={row.original.unit} demanded text={row.original.maintenanceMargin} />
    ),
  }),
  helper.display({
    id: 'notional',
    header: 'Notional, USD',
    cell: ({ row }) => <MoneyCell asset="USD" demanded text={row.original.notionalUsd} />,
  }),
  helper.display({
    id: 'ifDown',
    header: 'At −10 %, USD',
    cell: ({ row }) => <ChangeCell text={row.original.ifDownUsd} />,
  }),
  helper.display({
    id: 'pnl',
    header: 'PnL, USD',
    cell: ({ row }) => <ChangeCell text={row.original.unrealizedPnlUsd} />,
  }),
  helper.display({
    id: 'biggest',
    header: 'Biggest',
    cell: ({ row }) => <BiggestCell row={row.original} />,
  }),
  helper.display({
    id: 'since',
    header: 'In state',
    cell: ({ row }) => <SinceCell row={row.original} />,
  }),
]);

interface CellProps {
  readonly row: DeskRow;
}

function StateCell({ row }: CellProps) {
  const zone = useZone();
  const tag = (
    <>
      <StateTag state={row.state} />
      {row.acknowledged ? (
        <span className="ml-1 text-micro text-ink-3" title="acknowledged">
          ack
        </span>
      ) : null}
    </>
  );
  if (row.state !== 'unknown' && row.unknownSince !== null)
    return (
      <TwoLines
        className="text-unknown"
        note={
          <>
            unknown <span className="max-md:sr-only">since </span>
            {clockText(row.unknownSince, zone)}
          </>
        }
        title={`unknown since ${stampText(row.unknownSince, zone)}`}
      >
        {tag}
      </TwoLines>
    );
  if (!row.confirming) return tag;
  return (
    <TwoLines className="text-ink-2" note={AWAITS_SECOND_MARK} title={AWAITS_SECOND_MARK_WHY}>
      {tag}
    </TwoLines>
  );
}

interface TwoLinesProps {
  readonly children: ReactNode;
  readonly note: ReactNode;
  readonly title: string;
  readonly className: string;
}

/** Low enough for a compact row. */
function TwoLines({ children, note, title, className }: TwoLinesProps) {
  return (
    <>
      <span className="flex h-3.5 items-center leading-none">{children}</span>
      <span
        className={classNames('block truncate text-micro leading-none', className)}
        title={title}
      >
        {note}
      </span>
    </>
  );
}

export function AccountCell({ row }: { readonly row: FoundAccount }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link
        className="font-mono after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ink"
        href={`/desk/account?id=${encodeURIComponent(row.accountId)}`}
        prefetch={false}
        tabIndex={-1}
      >
        {row.accountId}
      </Link>
      <span className="hidden truncate text-small text-ink-3 md:inline">{row.label}</span>
    </span>
  );
}

function RatioCell({ row }: CellProps) {
  const format = useFormat();
  if (row.marginRatio === null) return <Absent state={row.state} />;
  return (
    <span title={row.worstPool === null ? undefined : poolNameOfId(row.worstPool)}>
      <NumberText shown={format.marginRatio(marginRatioFrom(row.marginRatio))} />
    </span>
  );
}

function DistanceCell({ row }: CellProps) {
  const format = useFormat();
  if (row.distanceShare === null) return <Absent none="None" state={row.state} />;
  if (row.distanceShare === 'past')
    return (
      <span className="font-medium" title="it can be liquidated as it stands">
        {PAST_LIQUIDATION}
      </span>
    );
  return (
    <span title={row.distanceBy ?? undefined}>
      <NumberText className="font-medium" shown={format.distance(rate(row.distanceShare))} />
    </span>
  );
}

interface MoneyCellProps {
  readonly text: string | null;
  readonly asset: string | null;
  /** Demanded money is cut up, what protects is cut down. */
  readonly demanded?: boolean;
  readonly unit?: boolean;
}

function MoneyCell({ text, asset, demanded = false, unit = false }: MoneyCellProps): ReactNode {
  const format = useFormat();
  if (text === null || asset === null) return <Absent state="unknown" />;
  const value: Money = money(text);
  const shown = demanded ? format.requirement(value, asset) : format.balance(value, asset);
  return unit ? <NumberText shown={shown} unit={asset} /> : <NumberText shown={shown} />;
}

function ChangeCell({ text }: { readonly text: string | null }) {
  const format = useFormat();
  if (text === null) return <Absent state="unknown" />;
  return <NumberText result shown={format.change(money(text), 'USD')} />;
}

/** Distance in daily volatilities. */
function DailyMovesCell({ row }: CellProps) {
  const format = useFormat();
  if (row.z === null) return <Absent state={row.state} />;
  return (
    <span data-figure title="daily moves to liquidation">
      {format.measure(row.z, 2)}
    </span>
  );
}

function BiggestCell({ row }: CellProps) {
  if (row.biggest === null) return <span className="text-ink-3">no position</span>;
  return (
    <span className="truncate">
      {row.biggest}
      {row.positions > 1 ? (
        <span className="text-small text-ink-3"> +{row.positions - 1}</span>
      ) : null}
    </span>
  );
}

function SinceCell({ row }: CellProps) {
  const format = useFormat();
  const zone = useZone();
  const runTime = useLive((state) => state.frame?.runTime);
  const silenceMs = useSilenceMs();
  if (runTime === undefined) return null;
  if (silenceMs !== undefined)
    return <span title="since figures were last heard of">{format.age(silenceMs)}</span>;
  return (
    <span title={`since ${stampText(row.since, zone)}`}>{format.age(runTime - row.since)}</span>
  );
}

/** Zero is a value, missing is a word. */
function Absent({ state, none }: { readonly state: DeskRow['state']; readonly none?: string }) {
  if (state !== 'unknown') return <span className="text-ink-3">{none ?? 'None'}</span>;
  return <span className="hatch rounded-[3px] px-1 text-unknown">Unknown</span>;
}
