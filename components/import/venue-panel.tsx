'use client';
/** The venue's own figures beside ours, on the file's marks: a light where they are further apart than the tolerance, and why. */
import { Check, Equal, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { type AccountHealth } from '#lib/margin/figures.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { toFacts, type AccountFile } from '#lib/wire/account-file.ts';
import { reasonsFor } from '#lib/wire/difference-reasons.ts';
import { type Agreement, type ComparedFigure } from '#lib/wire/compared-figure.ts';
import { comparedFigures, VENUE_TOLERANCE } from '#lib/wire/venue-differences.ts';

interface VenuePanelProps {
  readonly file: AccountFile;
  /** At the marks of the file: the market has moved since the venue printed its figures. */
  readonly health: AccountHealth;
  readonly supposed: readonly string[];
  readonly venue: string;
}

export function VenuePanel({ file, health, supposed, venue }: VenuePanelProps) {
  const { venueFigures } = file.record;
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const compared = useMemo(
    () =>
      venueFigures === undefined
        ? []
        : comparedFigures(health, toFacts(file).account, venueFigures),
    [health, file, venueFigures],
  );
  const different = compared.filter(({ agreement }) => agreement === 'differs');
  const rows = onlyDifferent ? different : compared;
  return (
    <Panel
      aside={
        compared.length === 0 ? undefined : (
          <>
            <Light agreement={different.length === 0 ? 'equal' : 'differs'} />
            <span data-testid="agreement">
              {compared.length - different.length} of {compared.length} agree
            </span>
            {different.length === 0 || different.length === compared.length ? null : (
              <Button
                aria-pressed={onlyDifferent}
                onClick={() => setOnlyDifferent(!onlyDifferent)}
                size="small"
              >
                Differences only
              </Button>
            )}
          </>
        )
      }
      asideBelow
      label="Figures of the venue"
      title={`${venue}’s figures beside ours`}
    >
      {compared.length === 0 ? (
        <Notice head="The venue printed no figure here">
          Answers with liquidation prices or margins are compared with ours, never used.
        </Notice>
      ) : (
        <>
          <p className="border-b border-line px-3 py-1.5 text-small text-ink-3">
            Compared at the marks of the file, never used. Tolerance{' '}
            {venueFigures?.tolerance === undefined
              ? `${VENUE_TOLERANCE.toFixed()}, or less where the venue prints more digits.`
              : `${venueFigures.tolerance.toFixed()}.`}
          </p>
          <Comparison supposed={supposed} rows={rows} />
        </>
      )}
    </Panel>
  );
}

const ROWS_MAX = 100;

function Comparison({
  rows,
  supposed,
}: {
  readonly rows: readonly ComparedFigure[];
  readonly supposed: readonly string[];
}) {
  return (
    <table className="w-full">
      <caption className="sr-only">Figures of the venue, ours, and their difference</caption>
      <thead>
        <tr className="h-8 border-b border-line bg-raised text-left text-small text-ink-3">
          <th className="pl-3 font-medium" scope="col">
            Figure
          </th>
          <th className="numeric px-2 font-medium max-sm:hidden" scope="col">
            Venue
          </th>
          <th className="numeric px-2 font-medium max-sm:hidden" scope="col">
            Ours
          </th>
          <th className="numeric px-2 font-medium max-sm:hidden" scope="col">
            Difference
          </th>
          <th className="pr-3 pl-2 font-medium" scope="col">
            <span className="sr-only">Agrees</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, ROWS_MAX).map((row) => (
          <ComparedRow key={row.place} reasons={reasonsFor(row, supposed)} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function ComparedRow({
  row,
  reasons,
}: {
  readonly row: ComparedFigure;
  readonly reasons: readonly string[];
}) {
  return (
    <tr className="border-b border-line align-baseline last:border-b-0">
      <th className="py-1 pl-3 text-left font-normal" scope="row">
        {row.subject} <span className="text-ink-3">{FIGURE_NAMES[row.figure] ?? row.figure}</span>
        <span className="block text-small text-ink-3 sm:hidden">
          venue <Theirs row={row} />, ours <Ours row={row} />
          {row.agreement === 'equal' ? null : (
            <>
              , difference <Difference row={row} />
            </>
          )}
        </span>
        {reasons.length === 0 ? null : (
          <span className="block text-small wrap-anywhere text-ink-3">{told(reasons)}</span>
        )}
      </th>
      <td className="numeric px-2 py-1 max-sm:hidden">
        <Theirs row={row} />
      </td>
      <td className="numeric px-2 py-1 max-sm:hidden">
        <Ours row={row} />
      </td>
      <td className="numeric px-2 py-1 max-sm:hidden">
        <Difference row={row} />
      </td>
      <td className="py-1 pr-3 pl-2">
        <Light agreement={row.agreement} />
      </td>
    </tr>
  );
}

const REASONS_SHOWN = 3;

function told(reasons: readonly string[]): string {
  const more = reasons.length - REASONS_SHOWN;
  const shown = reasons.slice(0, REASONS_SHOWN).join('; ');
  return more > 0 ? `${shown}; ${more} more under Supposed` : shown;
}

/** What is within the tolerance is no more than that: its digits are those of forty that nobody prints. */
function Difference({ row: { difference, agreement } }: { readonly row: ComparedFigure }) {
  if (difference === undefined) return <span className="text-ink-3">None</span>;
  if (agreement !== 'equal' || difference.isZero()) return <Exact signed value={difference} />;
  return (
    <span className="text-ink-3" title={difference.toFixed()}>
      within tolerance
    </span>
  );
}

/** Ours has forty digits, of which the title has the rest; a venue prints no more than a float holds. */
const DIGITS_MIN = 12;
const DIGITS_MAX = 17;

interface ExactProps {
  readonly value: Decimal;
  /** As many digits as this has. */
  readonly like?: Decimal | null;
  readonly signed?: boolean;
}

function Exact({ value, like = null, signed = false }: ExactProps) {
  const format = useFormat();
  const digits = Math.min(DIGITS_MAX, Math.max(DIGITS_MIN, like?.precision() ?? 0));
  const near = format.nearly(value, digits);
  const sign = signed && value.gt(0) ? '+' : '';
  return <NumberText shown={{ ...near, text: `${sign}${near.text}` }} />;
}

function Theirs({ row: { theirs } }: { readonly row: ComparedFigure }) {
  return theirs === null ? (
    <span className="text-ink-3">None</span>
  ) : (
    <Exact like={theirs} value={theirs} />
  );
}

/** Both prices where there is one on either side of the mark: the venue prints one of them. */
function Ours({ row: { ours, theirs, sides } }: { readonly row: ComparedFigure }) {
  if (typeof ours !== 'string') {
    return (
      <span className="text-ink-3" title={ours.why}>
        None
      </span>
    );
  }
  return (
    <>
      <Exact like={theirs} value={new Decimal(ours)} />
      {sides === undefined ? null : (
        <span className="block text-small text-ink-3">
          {ours === sides.below ? 'above the mark' : 'below the mark'}{' '}
          <Exact value={new Decimal(ours === sides.below ? sides.above : sides.below)} />
        </span>
      )}
    </>
  );
}

function Light({ agreement }: { readonly agreement: Agreement }) {
  const { Icon, word, tone, text } = LIGHTS[agreement];
  return (
    <span className={`inline-flex items-baseline gap-1 text-small ${text}`}>
      <Icon aria-hidden className={`self-center ${tone}`} size={14} />
      {word}
    </span>
  );
}

const LIGHTS = {
  equal: { Icon: Check, word: 'agrees', tone: 'text-healthy', text: 'text-ink-3' },
  'as-printed': { Icon: Equal, word: 'as printed', tone: 'text-healthy', text: 'text-ink-3' },
  differs: {
    Icon: TriangleAlert,
    word: 'differs',
    tone: 'text-warning',
    text: 'font-medium text-warning',
  },
} as const;

const FIGURE_NAMES: Readonly<Record<string, string>> = {
  walletBalance: 'wallet balance',
  unrealizedPnl: 'unrealized PnL',
  marginBalance: 'margin balance',
  initialMargin: 'initial margin',
  orderMargin: 'margin of orders',
  maintenanceMargin: 'maintenance margin',
  availableMargin: 'available',
  marginRatio: 'margin ratio',
  notional: 'notional',
  liquidationPrice: 'liquidation price',
};
