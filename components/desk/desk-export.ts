/** The accounts that the desk's filter lets through as a file, in the order shown, every figure in full precision. */
import { csvText, isoTime, NUMBER_NOTES } from '#lib/display/csv.ts';
import { createFormat, POINT_STYLE } from '#lib/display/format.ts';
import { type DeskFrame, type DeskQuery, type DeskRow } from '#lib/wire/protocol.ts';
import { deskChips } from './desk-chips.ts';
import { orderText } from './desk-choice.ts';
import { DESK_FIELDS } from './desk-fields.ts';
import { type DeskView } from './desk-query.ts';

/** More are not asked for: the file says how many there are. */
const EXPORT_ROWS_MAX = 2_000;
/** The largest window that the server gives at once. */
const PAGE_ROWS = 200;

export interface ReadAccounts {
  readonly rows: readonly DeskRow[];
  /** Accounts that the filter lets through. */
  readonly total: number;
  readonly runTime: number;
}

/** Window after window. An account that changes its place meanwhile is taken once. Undefined: the server did not answer. */
export async function readAccounts(
  view: DeskView,
  read: (query: DeskQuery) => Promise<DeskFrame | undefined>,
): Promise<ReadAccounts | undefined> {
  const byId = new Map<string, DeskRow>();
  let last: DeskFrame | undefined;
  for (let offset = 0; offset < EXPORT_ROWS_MAX; offset += PAGE_ROWS) {
    last = await read({ ...view, offset, limit: PAGE_ROWS });
    if (last === undefined) return undefined;
    for (const row of last.rows) byId.set(row.accountId, row);
    if (offset + PAGE_ROWS >= last.total) break;
  }
  return { rows: [...byId.values()], total: last?.total ?? 0, runTime: last?.runTime ?? 0 };
}

interface DeskExport {
  readonly runId: string;
  readonly exportedAt: number;
  readonly view: DeskView;
  readonly accounts: ReadAccounts;
}

export function accountsCsv({ runId, exportedAt, view, accounts }: DeskExport): string {
  const fields = Object.values(DESK_FIELDS).flat();
  const filter = deskChips(view, () => undefined, createFormat(POINT_STYLE)).map(
    ({ text }) => text,
  );
  const notes = [
    'Plimsoll: accounts of the desk',
    `Run ${runId}, run time ${isoTime(accounts.runTime)}; written ${isoTime(exportedAt)}`,
    `Rows: ${accounts.rows.length} of ${accounts.total} that match, at most ${EXPORT_ROWS_MAX}; read in windows of ${PAGE_ROWS}, one after the other`,
    `Order: ${orderText(view)}; filter: ${filter.length === 0 ? 'none' : filter.join(', ')}`,
    ...NUMBER_NOTES,
    'margin_excess, margin_balance and maintenance_margin are of the worst pool, in unit. A gain is positive, a loss negative.',
    'margin_ratio = maintenance margin / margin balance; liquidation at 1. distance_share is of the mark.',
    'daily_moves is a float. if_down_10_usd: change of the margin balance if every price falls by a tenth.',
  ];
  return csvText(notes, [
    fields.map(({ name }) => name),
    ...accounts.rows.map((row) => fields.map(({ textOf }) => textOf(row))),
  ]);
}
