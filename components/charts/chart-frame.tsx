'use client';
/** What both charts share: a heading, one sentence that says the same, the picture or its points as a table. */
import { Table2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { clockText, offsetText } from '#lib/display/time.ts';
import { type HistoryPoint } from '#lib/wire/protocol.ts';

interface ChartFrameProps {
  readonly title: string;
  /** The picture in one sentence. */
  readonly summary: string;
  /** What the sentence stands on no longer arrives. */
  readonly doubtful: boolean;
  readonly points: readonly HistoryPoint[];
  /** A point's value as text. */
  readonly show: (value: string) => string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** Fewer points make no line. */
const POINTS_MIN = 3;
const TABLE_ROWS_MAX = 12;

export function ChartFrame({
  title,
  summary,
  doubtful,
  points,
  show,
  aside,
  children,
}: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const known = points.filter((point) => point.value !== null);
  return (
    <Panel
      aside={
        <>
          {aside}
          <Button
            aria-label={`${title} as a table`}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
            size="small"
            tone="bare"
          >
            <Table2 aria-hidden size={14} />
          </Button>
        </>
      }
      bodyClassName="px-3 py-2"
      title={title}
    >
      <p className="mb-1 text-small text-ink-3" data-trust={doubtful ? 'lost' : undefined}>
        <span data-figure>{summary}</span>
      </p>
      <div className="h-52">
        {known.length < POINTS_MIN ? (
          <Notice head="Collecting points">The line starts with the third point.</Notice>
        ) : asTable ? (
          <PointTable points={points} show={show} title={title} />
        ) : (
          children
        )}
      </div>
    </Panel>
  );
}

function PointTable({ points, show, title }: Pick<ChartFrameProps, 'points' | 'show' | 'title'>) {
  const zone = useZone();
  const step = Math.max(1, Math.floor(points.length / TABLE_ROWS_MAX));
  const rows = points
    .filter((_point, index) => (points.length - 1 - index) % step === 0)
    .toReversed();
  return (
    <div className="h-full overflow-y-auto">
      <table className="w-full text-small">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="text-left text-ink-3">
            <th className="font-medium" scope="col">
              Time ({offsetText(rows[0]?.time ?? 0, zone)})
            </th>
            <th className="numeric font-medium" scope="col">
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((point) => (
            <tr className="border-t border-line" key={point.time}>
              <td>{clockText(point.time, zone)}</td>
              <td className="numeric">{point.value === null ? 'Unknown' : show(point.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
