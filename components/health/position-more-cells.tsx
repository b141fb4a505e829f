'use client';
/** Cells of the columns that a reader may add. */
import {
  AbsenceText,
  FigureText,
  NumberText,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { clockText, stampText } from '#lib/display/time.ts';
import { absent, known, type Figure } from '#lib/margin/figures.ts';
import { type Money, type Price } from '#lib/units/money.ts';
import { Under } from './position-cells.tsx';
import { nextTierOf, type PositionView } from './pool-view.ts';

interface CellProps {
  readonly view: PositionView;
}

export function EntryCell({ view }: CellProps) {
  return <PriceText figure={known(view.position.entryPrice)} view={view} />;
}

export function BreakEvenCell({ view }: CellProps) {
  return <PriceText figure={view.position.breakEvenPrice} view={view} />;
}

export function BankruptcyCell({ view }: CellProps) {
  return <PriceText figure={view.position.bankruptcyPrice()} view={view} />;
}

export function ReturnCell({ view }: CellProps) {
  const format = useFormat();
  return <FigureText figure={view.position.returnOnEquity} result show={format.changeShare} />;
}

export function InitialMarginCell({ view }: CellProps) {
  return <RequirementText figure={view.position.initialMargin} view={view} />;
}

export function MaintenanceCell({ view }: CellProps) {
  return <RequirementText figure={view.position.maintenanceMargin} view={view} />;
}

/** The tier in force, and the notional from which the next one asks for more. */
export function TierCell({ view }: CellProps) {
  const format = useFormat();
  const { tier } = view.position;
  if (!tier.known) return <AbsenceText why={tier.why} />;
  const next = nextTierOf(view, tier.value);
  return (
    <>
      <span data-figure>{tier.value.tier}</span>
      <Under>
        {next === undefined ? (
          'the last'
        ) : (
          <NumberText shown={format.requirement(next.notionalFloor, view.position.settle)} />
        )}
      </Under>
    </>
  );
}

export function OpenedCell({ view }: CellProps) {
  const zone = useZone();
  if (view.openedAt === undefined) return <AbsenceText why={{ kind: 'not-recorded' }} />;
  const stamp = stampText(view.openedAt, zone);
  return (
    <span title={stamp}>
      {clockText(view.openedAt, zone)}
      <Under>{stamp.slice(0, DAY_LENGTH)}</Under>
    </span>
  );
}
const DAY_LENGTH = 'yyyy-mm-dd'.length;

function PriceText({ figure, view }: CellProps & { readonly figure: Figure<Price> }) {
  const format = useFormat();
  const tick = view.instrument?.tickSize;
  return (
    <FigureText
      figure={tick === undefined ? absent({ kind: 'not-recorded' }) : figure}
      show={(value) => format.price(value, tick ?? value)}
    />
  );
}

function RequirementText({ figure, view }: CellProps & { readonly figure: Figure<Money> }) {
  const format = useFormat();
  return (
    <FigureText figure={figure} show={(value) => format.requirement(value, view.position.settle)} />
  );
}
