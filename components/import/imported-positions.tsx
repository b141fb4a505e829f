'use client';
/** Positions of the imported account, worst first: a table where there is room, cards on a phone. */
import { useState, type ReactNode } from 'react';
import { type PositionView } from '#components/health/pool-view.ts';
import { trustOfPool } from '#components/health/pool-view.ts';
import {
  DistanceCell,
  LiquidationCell,
  LossCell,
  PnlCell,
  RatioCell,
  SizeCell,
  Under,
} from '#components/health/position-cells.tsx';
import { MarkAge } from '#components/health/mark-age.tsx';
import { PositionName } from '#components/health/position-name.tsx';
import { useLive } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { FigureText, useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { nearestFigureOf, type ImportedOrigin } from '#components/receipt/receipt-ask.ts';
import { isDoubted } from '#lib/margin/figures.ts';
import { ReceiptButton } from '#components/receipt/receipt-button.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { useMedia } from '#components/primitives/use-media.ts';
import { useZone } from '#components/settings/use-zone.ts';
import { stampText } from '#lib/display/time.ts';
import { mapFigure } from '#lib/margin/figures.ts';
import { price } from '#lib/units/money.ts';
import { type AccountFile } from '#lib/wire/account-file.ts';
import { fileMarkOf, type Watched } from './watched-account.ts';

interface ImportedPositionsProps {
  readonly file: AccountFile;
  readonly watched: Watched;
  readonly origin: ImportedOrigin;
}

const STEP = 50;

export function ImportedPositions({ file, watched, origin }: ImportedPositionsProps) {
  const isWide = useMedia('(min-width: 64rem)');
  const [limit, setLimit] = useState(STEP);
  const all = watched.view.positions;
  const views = all.slice(0, limit);
  const own: RowProps = { file, watched, origin };
  return (
    <Panel
      aside={<span className="hidden md:inline">worst state first, then nearest</span>}
      label="Positions"
      title={
        <>
          Positions <span className="font-normal text-ink-3">{all.length}</span>
        </>
      }
    >
      {all.length === 0 ? (
        <Notice head="No position">Only balances were found. Nothing can be liquidated.</Notice>
      ) : isWide ? (
        <Grid own={own} views={views} />
      ) : (
        <Cards own={own} views={views} />
      )}
      {all.length > limit ? (
        <div className="flex justify-center border-t border-line p-2">
          <Button onClick={() => setLimit(limit + STEP)} tone="bare">
            Show more ({all.length - limit})
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

type RowProps = ImportedPositionsProps;
interface Views {
  readonly views: readonly PositionView[];
  readonly own: RowProps;
}

function Grid({ views, own }: Views) {
  const { convention } = useFormat();
  return (
    <table className="w-full table-fixed">
      <caption className="sr-only">Positions of the imported account</caption>
      <thead>
        <tr className="h-10 border-b border-line bg-raised text-left align-top text-small leading-4 text-ink-3">
          <Heading className="w-28 pl-3">State</Heading>
          <Heading className="w-40">Position</Heading>
          <Heading numeric under="notional">
            Size
          </Heading>
          <Heading numeric under="whose">
            Mark
          </Heading>
          <Heading numeric under="reason">
            Liquidation price
          </Heading>
          <Heading numeric>Distance</Heading>
          <Heading numeric>{convention.heading}</Heading>
          <Heading numeric under="gross">
            PnL after fee
          </Heading>
          <Heading className="pr-3" numeric under="fee">
            If liquidated
          </Heading>
        </tr>
      </thead>
      <tbody>
        {views.map((view) => (
          <tr
            className="border-b border-line align-top last:border-b-0"
            data-trust={trustOfPool(view.pool)}
            key={view.key}
          >
            <td className="cell-pad pl-3">
              <StateTag state={view.pool.state} />
            </td>
            <th className="cell-pad pr-2 text-left font-normal" scope="row">
              <PositionName stacked view={view} />
            </th>
            {CELLS.map(({ name, Cell }) => (
              <td className="cell-pad numeric pr-3 pl-1" key={name}>
                <Cell own={own} view={view} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeadingProps {
  readonly children: string;
  readonly under?: string;
  readonly numeric?: boolean;
  readonly className?: string;
}

function Heading({ children, under, numeric = false, className = '' }: HeadingProps) {
  return (
    <th
      className={`truncate py-1 font-medium ${numeric ? 'pr-3 pl-1 text-right' : ''} ${className}`}
      scope="col"
    >
      {children}
      {under === undefined ? null : <span className="block font-normal">{under}</span>}
    </th>
  );
}

interface CellProps {
  readonly view: PositionView;
  readonly own: RowProps;
}

const CELLS: readonly { readonly name: string; readonly Cell: (props: CellProps) => ReactNode }[] =
  [
    { name: 'Size / notional', Cell: SizeCell },
    { name: 'Mark', Cell: MarkedCell },
    { name: 'Liquidation price', Cell: PricedCell },
    { name: 'Distance', Cell: DistanceCell },
    { name: 'Ratio', Cell: RatioCell },
    { name: 'PnL after fee / gross', Cell: PnlCell },
    { name: 'If liquidated / fee', Cell: LossCell },
  ];

/** The price, and how it came about. */
function PricedCell({ view, own }: CellProps) {
  const { position } = view;
  return (
    <span className="flex flex-row-reverse items-start justify-end gap-1 lg:relative lg:block">
      <span className="lg:absolute lg:top-0 lg:left-0">
        {isDoubted(view.pool.health) ? null : (
          <ReceiptButton
            ask={() => ({
              basis: own.watched.view.basis,
              poolId: position.poolId,
              position,
              figure: nearestFigureOf(position),
              imported: own.origin,
            })}
            of={`the liquidation price of ${position.instrumentId}`}
            wordHidden
          />
        )}
      </span>
      <LiquidationCell view={view} />
    </span>
  );
}

/** The mark, and whose it is: this server's with its age, or the file's with its own. */
function MarkedCell({ view, own }: CellProps) {
  const format = useFormat();
  const tick = view.instrument?.tickSize ?? price('1');
  const figure = mapFigure(view.position.mark, (reading) => reading.price);
  return (
    <>
      <FigureText figure={figure} show={(value) => format.price(value, tick)} />
      <Under>
        {view.wire === undefined ? (
          <FileAge file={own.file} symbol={view.position.instrumentId} />
        ) : (
          <span title={`mark of ${view.wire.id} on this server`}>
            live <MarkAge view={view} />
          </span>
        )}
      </Under>
    </>
  );
}

function FileAge({ file, symbol }: { readonly file: AccountFile; readonly symbol: string }) {
  const format = useFormat();
  const zone = useZone();
  const time = fileMarkOf(file, symbol);
  const age = useLive(({ wallNow }) =>
    time === undefined || wallNow <= time ? undefined : format.age(wallNow - time),
  );
  if (time === undefined) return null;
  return (
    <span data-figure title={`mark of the file, of ${stampText(time, zone)}`}>
      of the file{age === undefined ? '' : `, ${age}`}
    </span>
  );
}

function Cards({ views, own }: Views) {
  return (
    <ul className="grid gap-px bg-line sm:grid-cols-2">
      {views.map((view) => (
        <li
          className="bg-panel p-3 sm:odd:last:col-span-2"
          data-trust={trustOfPool(view.pool)}
          key={view.key}
        >
          <div className="flex items-baseline justify-between gap-3">
            <PositionName view={view} />
            <StateTag state={view.pool.state} />
          </div>
          <dl className="mt-2 grid grid-cols-2 gap-x-6 gap-y-2">
            {CELLS.map(({ name, Cell }) => (
              <div className="min-w-0" key={name}>
                <dt className="text-small text-ink-3">{name}</dt>
                <dd>
                  <Cell own={own} view={view} />
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
