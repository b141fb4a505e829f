/** The accounts that the desk's filter lets through as a file, in the order shown, every figure in full precision. */
import { csvText, isoTime, NUMBER_NOTES } from '#lib/display/csv.ts';
import { createFormat, POINT_STYLE } from '#lib/display/format.ts';
import {
  type AccountsPage,
  type Answer,
  type ClientToServer,
  type DeskRow,
} from '#lib/wire/protocol.ts';
import { deskChips } from './desk-chips.ts';
import { orderText } from './desk-choice.ts';
import { DESK_FIELDS } from './desk-fields.ts';
import { type DeskView } from './desk-query.ts';

/** The largest page that the server gives at once. */
const PAGE_ROWS = 200;
const PATIENCE_MS = 1_000;
const TRIES = 10;

type PageRequest = Parameters<ClientToServer['export-accounts']>[0];
type PageAnswer = Answer<{ readonly page: AccountsPage }>;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

interface ReadAccounts extends Progress {
  /** A text for each page. */
  readonly lines: readonly string[];
  /** Run time at which the accounts were selected, and that of the last row. */
  readonly selectedAt: number;
  readonly until: number;
  /** Why not all are here; undefined: they are. */
  readonly endedBecause: string | undefined;
}

interface Reading {
  readonly view: DeskView;
  readonly ask: (request: PageRequest) => Promise<PageAnswer>;
  readonly wait: (ms: number) => Promise<void>;
  readonly tell: (progress: Progress) => void;
  readonly isStopped: () => boolean;
}

/** Page after page of the accounts that passed when the first was asked for. */
export async function readAccounts(p: Reading): Promise<ReadAccounts> {
  const lines: string[] = [];
  let read = { done: 0, total: 0, selectedAt: 0, until: 0 };
  let selection: number | null = null;
  for (let offset = 0; offset === 0 || offset < read.total; offset += PAGE_ROWS) {
    if (p.isStopped()) return { ...read, lines, endedBecause: 'it was stopped' };
    const answer = await askPatiently(p, {
      query: { ...p.view, offset, limit: PAGE_ROWS },
      selection,
    });
    if (!answer.ok) return { ...read, lines, endedBecause: answer.message };
    const { rows, total, selectedAt } = answer.page;
    ({ selection } = answer.page);
    if (rows.length > 0) lines.push(csvText([], rows.map(cellsOf)));
    read = {
      done: read.done + rows.length,
      total,
      selectedAt,
      until: rows.at(-1)?.at ?? read.until,
    };
    p.tell(read);
  }
  return { ...read, lines, endedBecause: undefined };
}

/** Who asks too often is told so, and asks again a moment later. */
async function askPatiently({ ask, wait }: Reading, request: PageRequest): Promise<PageAnswer> {
  let answer = await ask(request);
  for (let tries = 1; tries < TRIES && !answer.ok && answer.code === 'overrun'; tries += 1) {
    await wait(PATIENCE_MS);
    answer = await ask(request);
  }
  return answer;
}

const FIELDS = Object.values(DESK_FIELDS).flat();

function cellsOf({ at, row }: { readonly at: number; readonly row: DeskRow }): readonly string[] {
  return [isoTime(at), ...FIELDS.map(({ textOf }) => textOf(row))];
}

/** `3,400 of 20,000 accounts exported: the connection was lost.` */
export function exportSentence({ done, total, endedBecause }: ReadAccounts): string {
  if (total === 0 && endedBecause !== undefined) return `Nothing was exported: ${endedBecause}.`;
  if (endedBecause === undefined && done === total) return `All ${done} accounts exported.`;
  return `${done} of ${total} accounts exported: ${endedBecause ?? 'the others are gone'}.`;
}

interface DeskExport {
  readonly runId: string;
  readonly exportedAt: number;
  readonly view: DeskView;
  readonly accounts: ReadAccounts;
}

/** The file in parts, so that no text grows as long as a large book. */
export function accountsCsv({ runId, exportedAt, view, accounts }: DeskExport): readonly string[] {
  const filter = deskChips(view, () => undefined, createFormat(POINT_STYLE)).map(
    ({ text }) => text,
  );
  const notes = [
    'Plimsoll: accounts of the desk',
    `Run ${runId}; written ${isoTime(exportedAt)}`,
    exportSentence(accounts),
    `Selected at run time ${isoTime(accounts.selectedAt)}, all at one step. The figures of a row are of its as_of, the last ${isoTime(accounts.until)}.`,
    `Order: ${orderText(view)}; filter: ${filter.length === 0 ? 'none' : filter.join(', ')}`,
    ...NUMBER_NOTES,
    'margin_excess, margin_balance and maintenance_margin are of the worst pool, in unit. A gain is positive, a loss negative.',
    'margin_ratio = maintenance margin / margin balance; liquidation at 1. distance_share is of the mark.',
    'daily_moves is a float. if_down_10_usd: change of the margin balance if every price falls by a tenth.',
  ];
  return [csvText(notes, [['as_of', ...FIELDS.map(({ name }) => name)]]), ...accounts.lines];
}
