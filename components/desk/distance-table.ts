/** Counts of accounts by coin and distance, out of the cells that the server tells. Pure. */
import { type DeskSummary } from '#lib/wire/protocol.ts';
import { BANDS } from './band-words.ts';

export interface DistanceRow {
  /** null: no position. */
  readonly coin: string | null;
  readonly accounts: number;
  /** By band. */
  readonly counts: readonly number[];
}

export interface DistanceTable {
  readonly all: readonly number[];
  /** By name, those without a position last: counts change, places do not. */
  readonly rows: readonly DistanceRow[];
  /** Coins that are left out. */
  readonly others: number;
  /** The fullest cell of a coin, and the fullest band. */
  readonly mostInCell: number;
  readonly mostInBand: number;
}

export function distanceTable(cells: DeskSummary['cells'], coinsMax: number): DistanceTable {
  const byCoin = new Map<string | null, number[]>();
  const all = BANDS.map(() => 0);
  for (const { coin, band, accounts } of cells) {
    const counts = byCoin.get(coin) ?? BANDS.map(() => 0);
    byCoin.set(coin, counts);
    counts[band] = (counts[band] ?? 0) + accounts;
    all[band] = (all[band] ?? 0) + accounts;
  }
  const rows = [...byCoin]
    .map(([coin, counts]) => ({ coin, counts, accounts: counts.reduce((sum, one) => sum + one) }))
    .toSorted(coinsFirst);
  const fullest = new Set(
    rows.toSorted((left, right) => right.accounts - left.accounts).slice(0, coinsMax),
  );
  const shown = rows.filter((row) => fullest.has(row));
  return {
    all,
    rows: shown,
    others: rows.length - shown.length,
    mostInCell: Math.max(1, ...shown.flatMap(({ counts }) => counts)),
    mostInBand: Math.max(1, ...all),
  };
}

function coinsFirst(left: DistanceRow, right: DistanceRow): number {
  if (left.coin === null || right.coin === null)
    return Number(left.coin === null) - Number(right.coin === null);
  return left.coin < right.coin ? -1 : 1;
}
