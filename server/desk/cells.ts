/** Where an account stands in the book's tables: its coin, its state and how far it is from liquidation, as one number. */
import { type AssetId } from '#lib/units/ids.ts';
import {
  BAND_FARTHER,
  BAND_NONE,
  BAND_UNKNOWN,
  DISTANCE_BANDS,
  type DeskQuery,
  type ScreenState,
} from '#lib/wire/protocol.ts';
import { SCREEN_RANK } from './screen-rank.ts';

export interface Cell {
  /** null: no position. */
  readonly coin: AssetId | null;
  readonly state: ScreenState;
  readonly band: number;
}

export interface Cells {
  numberOf(cell: Cell): number;
  cellOf(number: number): Cell;
  /** Place of a coin, from 0, in the order in which they were first seen. */
  placeOf(coin: AssetId | null): number;
  /** `createCells` with these numbers cells in the same way. */
  readonly coins: readonly AssetId[];
}

const STATES = (Object.keys(SCREEN_RANK) as ScreenState[]).toSorted(
  (left, right) => SCREEN_RANK[left] - SCREEN_RANK[right],
);
const BANDS = BAND_UNKNOWN + 1;
const PER_COIN = STATES.length * BANDS;

/** @param distance Infinity: nothing can be liquidated; NaN: unknown. Below zero is nearest. */
export function bandOf(distance: number): number {
  if (Number.isNaN(distance)) return BAND_UNKNOWN;
  if (distance === Number.POSITIVE_INFINITY) return BAND_NONE;
  const band = DISTANCE_BANDS.findIndex((end) => distance < end);
  return band < 0 ? BAND_FARTHER : band;
}

/** @param first coins in the order in which they are ranked; others follow as they are seen. */
export function createCells(first: readonly AssetId[]): Cells {
  const coins = [...first];
  const places = new Map<AssetId | null, number>([
    [null, 0],
    ...coins.map((coin, index) => [coin, index + 1] as const),
  ]);

  function placeOf(coin: AssetId | null): number {
    const known = places.get(coin);
    if (known !== undefined || coin === null) return known ?? 0;
    coins.push(coin);
    places.set(coin, coins.length);
    return coins.length;
  }

  return {
    coins,
    placeOf,
    numberOf: ({ coin, state, band }) =>
      placeOf(coin) * PER_COIN + SCREEN_RANK[state] * BANDS + band,
    cellOf: (number) => ({
      coin: coins[Math.floor(number / PER_COIN) - 1] ?? null,
      state: STATES[Math.floor((number % PER_COIN) / BANDS)] ?? 'healthy',
      band: number % BANDS,
    }),
  };
}

/** Whether a query's filters let a cell through. */
export function passes(cell: Cell, { states, coin, band }: DeskQuery): boolean {
  if (states.length > 0 && !states.includes(cell.state)) return false;
  if (coin !== null && cell.coin !== coin) return false;
  return band === null || cell.band === band;
}
