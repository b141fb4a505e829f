'use client';
/** Cells of a position, drawn the same in table rows and in cards. */
import {
  AbsenceText,
  FigureText,
  NumberText,
  useAbsence,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { type ReactNode } from 'react';
import { classNames } from '#components/primitives/class-names.ts';
import { stateColour } from '#components/primitives/state-shape.tsx';
import { absenceSentence } from '#lib/display/words.ts';
import { absent, mapFigure, type Absence } from '#lib/margin/figures.ts';
import { MarkAge } from './mark-age.tsx';
import {
  changeIfLiquidated,
  fundingPerDay,
  pnlAfterFees,
  shownLiquidationsOf,
  type PositionView,
  type ShownLiquidation,
} from './pool-view.ts';

interface CellProps {
  readonly view: PositionView;
}

const NO_TICK: Absence = { kind: 'not-recorded' };

export function SizeCell({ view }: CellProps) {
  const format = useFormat();
  const { position, instrument } = view;
  return (
    <>
      {instrument === undefined ? null : (
        <NumberText shown={format.size(position.signedSize, instrument.lotSize)} />
      )}
      <Under>
        <FigureText
          figure={position.notional}
          show={(value) => format.requirement(value, position.settle)}
        />
      </Under>
    </>
  );
}

export function MarkCell({ view }: CellProps) {
  const format = useFormat();
  const tick = view.instrument?.tickSize;
  const price = mapFigure(view.position.mark, (reading) => reading.price);
  return (
    <>
      <FigureText
        figure={tick === undefined ? absent(NO_TICK) : price}
        show={(value) => format.price(value, tick ?? value)}
      />
      <Under>
        <MarkAge view={view} />
      </Under>
    </>
  );
}

/** The price, or both where the pool has one on either side of the mark, or the words for none. */
export function LiquidationCell({ view }: CellProps) {
  const { nearest } = view.position.liquidation();
  if (!nearest.known) return <AbsenceLines why={nearest.why} />;
  const prices = shownLiquidationsOf(view);
  return (
    <span className="font-semibold">
      {prices.map((one) => (
        <OnePrice isPair={prices.length > 1} key={one.side} liquidation={one} view={view} />
      ))}
      {prices.length === 1 && isInCompany(view) ? (
        <Under>if only {view.instrument?.base} moves</Under>
      ) : null}
    </span>
  );
}

/** Others share its pool: its own price is a condition, not a promise. */
function isInCompany({ position, pool }: PositionView): boolean {
  return position.marginKind === 'cross' && pool.health.positions.length > 1;
}

interface OnePriceProps extends CellProps {
  readonly liquidation: ShownLiquidation;
  /** Both sides of the mark are shown: each says which it is. */
  readonly isPair: boolean;
}

function OnePrice({ liquidation, isPair, view }: OnePriceProps) {
  const format = useFormat();
  const tick = view.instrument?.tickSize;
  if (tick === undefined) return null;
  return (
    <span className="block">
      {isPair ? (
        <>
          <span aria-hidden className="mr-1 text-micro text-ink-3">
            {liquidation.side === 'above' ? '▲' : '▼'}
          </span>
          <span className="sr-only">{liquidation.side} the mark</span>
        </>
      ) : null}
      <NumberText shown={format.price(liquidation.price, tick)} />
    </span>
  );
}

/** Share of the mark, over a bar that fills as room is left: full at a fifth and more. */
const ROOMY_SHARE = 0.2;

export function DistanceCell({ view }: CellProps) {
  const format = useFormat();
  const { distanceShare } = view.position.liquidation();
  if (!distanceShare.known) return <AbsenceText why={distanceShare.why} />;
  const room = Math.min(1, Math.max(0, distanceShare.value.toNumber() / ROOMY_SHARE));
  return (
    <>
      <NumberText className="font-semibold" shown={format.distance(distanceShare.value)} />
      <span
        aria-hidden
        className={`mt-1 block h-1.5 overflow-hidden rounded-[2px] bg-track ${stateColour(view.pool.state)}`}
      >
        <span
          className="block h-full origin-left bg-current"
          data-figure
          style={{ transform: `scaleX(${room})` }}
        />
      </span>
    </>
  );
}

/** Alone in its pool: the pool's own ratio. In company: the part of the pool's maintenance that this position asks for. */
export function RatioCell({ view }: CellProps) {
  const format = useFormat();
  const { position, pool } = view;
  if (position.marginKind === 'isolated' || pool.health.positions.length === 1) {
    return (
      <>
        <FigureText figure={pool.health.marginRatio} show={format.marginRatio} />
        <Under>{format.convention.short}</Under>
      </>
    );
  }
  return (
    <>
      <FigureText figure={position.maintenanceShare} show={format.share} />
      <Under>of maintenance</Under>
    </>
  );
}

export function PnlCell({ view }: CellProps) {
  const format = useFormat();
  const { position } = view;
  const change = (value: Parameters<typeof format.change>[0]) =>
    format.change(value, position.settle);
  return (
    <>
      <FigureText figure={pnlAfterFees(position)} result show={change} />
      <Under>
        <FigureText figure={position.unrealizedPnl} show={change} />
      </Under>
    </>
  );
}

export function LossCell({ view }: CellProps) {
  const format = useFormat();
  const { position } = view;
  const exit = position.ifLiquidated();
  return (
    <>
      <FigureText
        figure={changeIfLiquidated(position)}
        show={(value) => format.change(value, position.settle)}
      />
      <Under>
        {exit.known ? (
          <>
            fee <NumberText shown={format.requirement(exit.value.fee, position.settle)} />
          </>
        ) : null}
      </Under>
    </>
  );
}

export function FundingCell({ view }: CellProps) {
  const format = useFormat();
  const { position, fundingReceived } = view;
  const change = (value: Parameters<typeof format.change>[0]) =>
    format.change(value, position.settle);
  const perDay = fundingPerDay(view);
  return (
    <>
      {fundingReceived === undefined ? (
        <AbsenceText why={{ kind: 'not-recorded' }} />
      ) : (
        <NumberText shown={change(fundingReceived)} />
      )}
      <Under>
        {perDay.known ? (
          <>
            <NumberText shown={change(perDay.value)} /> /day
          </>
        ) : view.instrument?.funding === undefined ? (
          'no funding'
        ) : null}
      </Under>
    </>
  );
}

/** The second line of a cell; keeps its height when it has nothing to say. */
export function Under({
  children,
  className,
}: {
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  return (
    <span className={classNames('block min-h-4 text-small font-normal text-ink-3', className)}>
      {children}
    </span>
  );
}

/** Head and reason in the height of two lines. */
function AbsenceLines({ why }: { readonly why: Absence }) {
  const words = useAbsence()(why);
  return (
    <>
      <AbsenceText className="leading-4" why={why} />
      <span
        aria-hidden
        className="line-clamp-2 text-micro leading-3.5 font-normal whitespace-normal text-ink-3 in-data-[density=compact]:line-clamp-1"
        title={absenceSentence(words)}
      >
        {words.reason}
      </span>
    </>
  );
}
