/** Each venue's own tier answer as the tables of an account's contracts. Those of contracts that it does not hold are left out later. */
import { instrumentOfTable, tierTablesIn } from '../tier-answers.ts';
import { type TierVenue } from '../tier-rows.ts';
import { type AnswerReader, type DoubtfulRejected, type Found, type FoundRow } from './found.ts';
import { hasRows, isRecord, listOf, type ReadRows } from './venue-field.ts';

/** The tables that hold together; each of the others is named with the row that does not follow. */
export function tierRows(venue: TierVenue, answer: unknown, place: string): ReadRows {
  const { tables, problems } = tierTablesIn(venue, answer);
  const at = place === '' ? 'tiers' : `${place}tiers`;
  return {
    rows: [...tables].map(([symbol, tiers]) => ({
      list: 'instruments',
      place: at,
      row: instrumentOfTable(venue, symbol, tiers),
    })),
    rejected: problems.map(({ symbol, sentence }) => ({
      place: at,
      reason: sentence,
      about: { list: 'instruments', symbol },
    })),
  };
}

/**
 * OKX’s tables are of families: each held contract of one takes its table.
 * @param parts every text of the account
 */
export function withFamilyTiers(parts: readonly Found[]): readonly Found[] {
  const held = parts.flatMap(({ rows }) =>
    rows.flatMap(({ list, row }) => (list === 'positions' ? [String(row['symbol'])] : [])),
  );
  const membersOf = (family: unknown): readonly string[] =>
    typeof family === 'string' ? held.filter((symbol) => symbol.startsWith(`${family}-`)) : [];
  return parts.map((part) =>
    part.venue === 'okx'
      ? {
          ...part,
          rows: part.rows.flatMap((one) => rowsOfMembers(one, membersOf(one.row['symbol']))),
          rejected: part.rejected.flatMap((one) =>
            rejectedOfMembers(one, membersOf(one.about?.symbol)),
          ),
        }
      : part,
  );
}

function rowsOfMembers(one: FoundRow, members: readonly string[]): readonly FoundRow[] {
  if (one.list !== 'instruments' || members.length === 0) return [one];
  return members.map((symbol) => ({ ...one, row: { ...one.row, symbol } }));
}

function rejectedOfMembers(
  one: DoubtfulRejected,
  members: readonly string[],
): readonly DoubtfulRejected[] {
  if (members.length === 0) return [one];
  return members.map((symbol) => ({ ...one, about: { ...one.about, symbol } }));
}

interface TierAnswer {
  readonly venue: TierVenue;
  readonly source: string;
  readonly recognises: (answer: unknown) => boolean;
  readonly note?: string;
}

function tierReader({ venue, source, recognises, note }: TierAnswer): AnswerReader {
  return {
    source,
    venue,
    recognises,
    read: (answer, place) => ({
      ...tierRows(venue, answer, place),
      notes: note === undefined ? [] : [note],
    }),
  };
}

/** Contracts on coin margin are named BTCUSD_PERP, BTCUSD_261225. */
function isCoinMargined(rows: unknown): boolean {
  return listOf(rows).some((row) => isRecord(row) && /USD_/.test(String(row['symbol'])));
}

function dataIn(answer: unknown): unknown {
  return isRecord(answer) ? answer['data'] : undefined;
}

function bybitRows(answer: unknown): unknown {
  return isRecord(answer) && isRecord(answer['result']) ? answer['result']['list'] : undefined;
}

const isBrackets = (answer: unknown): boolean => hasRows(answer, 'symbol', 'brackets');

export const tierReaders: readonly AnswerReader[] = [
  tierReader({
    venue: 'binance-usdm',
    source: 'Binance USD-M, brackets',
    recognises: (answer) => isBrackets(answer) && !isCoinMargined(answer),
  }),
  tierReader({
    venue: 'binance-coinm',
    source: 'Binance COIN-M, brackets',
    recognises: (answer) => isBrackets(answer) && isCoinMargined(answer),
  }),
  tierReader({
    venue: 'bybit',
    source: 'Bybit, risk limits',
    recognises: (answer) => hasRows(bybitRows(answer), 'riskLimitValue', 'maintenanceMargin'),
  }),
  tierReader({
    venue: 'okx',
    source: 'OKX, position tiers',
    recognises: (answer) => hasRows(dataIn(answer), 'minSz', 'maxSz', 'mmr'),
    note: 'OKX’s tiers are of a family of contracts: they are taken for each of it that the account holds',
  }),
  tierReader({
    venue: 'gate',
    source: 'Gate, risk limit tiers',
    recognises: (answer) => hasRows(answer, 'tier', 'risk_limit', 'maintenance_rate'),
  }),
  tierReader({
    venue: 'bitget',
    source: 'Bitget, position tiers',
    recognises: (answer) => hasRows(dataIn(answer), 'startUnit', 'endUnit', 'keepMarginRate'),
  }),
  tierReader({
    venue: 'bitmex',
    source: 'BitMEX, instruments',
    recognises: (answer) => hasRows(answer, 'symbol', 'riskLimit', 'riskStep', 'maintMargin'),
  }),
];
