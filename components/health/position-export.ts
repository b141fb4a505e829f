/** The positions that a table shows as a file: its filter, order and columns, every figure in full precision. Pure. */
import { csvText, isoTime, NUMBER_NOTES } from '#lib/display/csv.ts';
import { type PositionChoice } from './position-choice.ts';
import { EXACT_FIELDS } from './position-fields.ts';
import { filterParts } from './position-filter.ts';
import { type PositionView } from './pool-view.ts';

interface PositionExport {
  readonly accountId: string;
  readonly runId: string;
  readonly runTime: number;
  readonly exportedAt: number;
  /** As they stand on screen. */
  readonly views: readonly PositionView[];
  /** Positions of the account, filtered out ones included. */
  readonly total: number;
  /** Ids of the columns on screen, state and position first. */
  readonly columns: readonly string[];
  readonly choice: PositionChoice;
}

export function positionsCsv(p: PositionExport): string {
  const fields = p.columns.flatMap((id) => EXACT_FIELDS[id] ?? []);
  return csvText(notesOf(p), [
    fields.map(({ name }) => name),
    ...p.views.map((view) => fields.map(({ textOf }) => textOf(view))),
  ]);
}

function notesOf({
  accountId,
  runId,
  runTime,
  exportedAt,
  views,
  total,
  choice,
}: PositionExport): readonly string[] {
  const filter = filterParts(choice.filter).map(({ text }) => text);
  return [
    `Plimsoll: positions of account ${accountId}`,
    `Run ${runId}, run time ${isoTime(runTime)}; written ${isoTime(exportedAt)}`,
    `Rows: ${views.length} of ${total}, as shown; filter: ${filter.length === 0 ? 'none' : filter.join(', ')}`,
    ...NUMBER_NOTES,
    'Amounts in settle_asset. A gain is positive, a loss negative; funding_received below 0 was paid. Fees are costs.',
    'pool_margin_ratio = maintenance margin / margin balance of the pool; liquidation at 1. distance_share is of the mark.',
  ];
}
