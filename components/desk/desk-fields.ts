/** Every figure of an account's row in full precision, for copies and files: plain text, decimal point, no grouping. Pure. */
import { isoTime } from '#lib/display/csv.ts';
import { PAST_LIQUIDATION, poolNameOfId, stateWord } from '#lib/display/words.ts';
import { type DeskRow } from '#lib/wire/protocol.ts';

export interface DeskField {
  /** Heading in a file. */
  readonly name: string;
  readonly textOf: (row: DeskRow) => string;
}

/** Zero is a value, missing is a word: without its inputs a figure is unknown, else there is none. */
function figure(name: string, valueOf: (row: DeskRow) => string | null): DeskField {
  return { name, textOf: (row) => valueOf(row) ?? (row.state === 'unknown' ? 'Unknown' : 'None') };
}

/** By column; the first field of a column is what copying its cell gives. */
export const DESK_FIELDS: Readonly<Record<string, readonly DeskField[]>> = {
  state: [
    { name: 'state', textOf: ({ state }) => stateWord(state) },
    { name: 'acknowledged', textOf: ({ acknowledged }) => String(acknowledged) },
    {
      name: 'unknown_since',
      textOf: ({ unknownSince }) => (unknownSince === null ? 'None' : isoTime(unknownSince)),
    },
    { name: 'doubtful', textOf: ({ doubtful }) => String(doubtful) },
    { name: 'awaits_second_mark', textOf: ({ confirming }) => String(confirming) },
  ],
  account: [
    { name: 'account', textOf: ({ accountId }) => accountId },
    { name: 'label', textOf: ({ label }) => label },
  ],
  ratio: [
    figure('margin_ratio', ({ marginRatio }) => marginRatio),
    figure('worst_pool', ({ worstPool }) => (worstPool === null ? null : poolNameOfId(worstPool))),
  ],
  distance: [
    figure('distance_share', ({ distanceShare }) =>
      distanceShare === 'past' ? PAST_LIQUIDATION : distanceShare,
    ),
    figure('distance_supposes', ({ distanceBy }) => distanceBy),
  ],
  z: [figure('daily_moves', ({ z }) => (z === null ? null : String(z)))],
  ifDown: [figure('if_down_10_usd', ({ ifDownUsd }) => ifDownUsd)],
  excess: [figure('margin_excess', ({ excess }) => excess), figure('unit', ({ unit }) => unit)],
  balance: [figure('margin_balance', ({ marginBalance }) => marginBalance)],
  maintenance: [figure('maintenance_margin', ({ maintenanceMargin }) => maintenanceMargin)],
  notional: [figure('notional_usd', ({ notionalUsd }) => notionalUsd)],
  pnl: [figure('unrealized_pnl_usd', ({ unrealizedPnlUsd }) => unrealizedPnlUsd)],
  biggest: [
    figure('biggest_position', ({ biggest }) => biggest),
    { name: 'positions', textOf: ({ positions }) => String(positions) },
  ],
  since: [{ name: 'in_state_since', textOf: ({ since }) => isoTime(since) }],
};

/** What copying gives: a cell's first figure, or all of a row's, tabs between them. */
export function copyDeskText(row: DeskRow, column: string | undefined): string {
  const fields =
    column === undefined
      ? Object.values(DESK_FIELDS).flat()
      : (DESK_FIELDS[column] ?? []).slice(0, 1);
  return fields.map(({ textOf }) => textOf(row)).join('\t');
}
