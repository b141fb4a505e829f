/**
 * How each coin of the demo behaves. BTC, ETH, SOL and DOGE: liquidation.md 1.7, fitted there to 5-minute data of 2023 to 2025. The
 * other eight are our choice by likeness; their volatility is the catalogue's.
 */
import { assert } from '../contract.ts';
import { type AssetId } from '../units/ids.ts';

export interface CoinTraits {
  /** Mean size of a jump, a share of the price. */
  readonly jumpSize: number;
  /** Two coins move together with the lower of their two levels: 0.85 for BTC with ETH, 0.60 for DOGE with anything. */
  readonly correlationLevel: number;
  /** How many percent it moves when BTC moves one and nothing else is known of it. Our choice. */
  readonly beta: number;
  /** USDT at 2025-10-10 12:00 UTC, Binance spot; AAVE (Coinbase) and ATOM (Binance COIN-M) at 20:00. */
  readonly openingPrice: number;
}

type TraitRow = readonly [
  jumpSize: number,
  correlationLevel: number,
  beta: number,
  openingPrice: number,
];

const TRAITS: Readonly<Record<string, TraitRow>> = {
  BTC: [0.0035, 0.85, 1, 121_554.55],
  ETH: [0.0045, 0.85, 1.3, 4_343.02],
  SOL: [0.0065, 0.75, 1.5, 221.15],
  BNB: [0.004, 0.7, 1.1, 1_270.72],
  XRP: [0.006, 0.65, 1.4, 2.8187],
  DOGE: [0.007, 0.6, 1.7, 0.25076],
  ADA: [0.006, 0.7, 1.5, 0.8175],
  AVAX: [0.0065, 0.72, 1.6, 28.26],
  LINK: [0.006, 0.72, 1.5, 22.41],
  DOT: [0.006, 0.72, 1.5, 4.177],
  AAVE: [0.007, 0.68, 1.6, 258.08],
  ATOM: [0.006, 0.68, 1.5, 3.911],
};

/** Coins that the simulator knows; asking for another is a mistake of the caller. */
export function traitsOf(base: AssetId): CoinTraits {
  const row = TRAITS[base];
  assert(row !== undefined, `traits of ${base}`);
  const [jumpSize, correlationLevel, beta, openingPrice] = row;
  return { jumpSize, correlationLevel, beta, openingPrice };
}

/** The coin that others follow where nothing else is known of them. */
export const LEADING_COIN = 'BTC';

/**
 * Correlation of two coins. Taking the lower level of both gives a matrix that is positive definite for any set of coins (it is the
 * covariance of one walk read at several times, plus something own for each), so that a coin more can never break the others.
 */
export function correlationOf(a: CoinTraits, b: CoinTraits): number {
  return Math.min(a.correlationLevel, b.correlationLevel);
}

/** Lower triangle L with L times its transpose = the matrix of `entry`, diagonal 1. Row by row. */
export function choleskyRows(
  size: number,
  entry: (row: number, column: number) => number,
): readonly Float64Array[] {
  const rows: Float64Array[] = [];
  for (let i = 0; i < size; i += 1) {
    const row = new Float64Array(i + 1);
    for (let j = 0; j <= i; j += 1) {
      const upper = j === i ? row : rows[j];
      assert(upper !== undefined, 'rows above are done');
      let rest = j === i ? 1 : entry(i, j);
      for (let k = 0; k < j; k += 1) rest -= (row[k] ?? 0) * (upper[k] ?? 0);
      row[j] = j === i ? Math.sqrt(rest) : rest / (upper[j] ?? 1);
    }
    rows.push(row);
  }
  return rows;
}
