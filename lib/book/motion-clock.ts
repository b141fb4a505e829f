/**
 * How far the market has moved, as one number (SPEC BO7). A pool that is safe inside a radius of R is looked at again when this
 * clock has gone on by R: no price can have moved farther, in its own scale, than the clock did. It counts how far prices are from
 * where they were anchored, not the way they took, so that what goes to and fro costs nothing.
 */
import { CODES_MAX, type MarketColumns } from './market-columns.ts';

/** Prices are anchored anew when one is farther from its anchor than this, in scales. */
const ANCHORED_WITHIN = 0.03;

export interface MotionClock {
  /** By contract and by coin: the price that moves count from; NaN where there was none. */
  readonly anchor: Float64Array;
  readonly coinAnchor: Float64Array;
  /** By coin: how far its prices are from their anchors, in scales. */
  readonly apart: Float64Array;
  /** What the clock showed when prices were anchored last. */
  base: number;
  /** The largest of `apart`, and whose it is. */
  away: number;
  wildest: number;
}

export function openClock(): MotionClock {
  return {
    anchor: new Float64Array(CODES_MAX).fill(Number.NaN),
    coinAnchor: new Float64Array(CODES_MAX).fill(Number.NaN),
    apart: new Float64Array(CODES_MAX),
    base: 0,
    away: 0,
    wildest: -1,
  };
}

/** What it shows. */
export function clockNow({ base, away }: MotionClock): number {
  return base + away;
}

/** When a pool that was looked at now, and is safe inside a radius, is due. */
export function dueAfter({ base, away }: MotionClock, radius: number): number {
  return base + radius - away;
}

/** Reads all prices. A coin whose price went missing is infinitely far away. */
export function readPrices(clock: MotionClock, market: MarketColumns): void {
  const { anchor, coinAnchor, apart } = clock;
  const { price, base, usd, scale } = market;
  apart.fill(0, 0, market.coins.length);
  for (let code = 0; code < market.instruments.length; code += 1) {
    const coin = base[code] ?? 0;
    const moved = distanceOf(anchor, code, price[code] ?? 0) / (scale[coin] ?? 1);
    if (moved > (apart[coin] ?? 0)) apart[coin] = moved;
  }
  for (let coin = 0; coin < market.coins.length; coin += 1) {
    const moved = distanceOf(coinAnchor, coin, usd[coin] ?? 0) / (scale[coin] ?? 1);
    if (moved > (apart[coin] ?? 0)) apart[coin] = moved;
  }
  findWildest(clock, market.coins.length);
}

/** A price that was never there before is anchored where it comes: who holds it could not be safe without it. */
function distanceOf(anchors: Float64Array, at: number, price: number): number {
  const from = anchors[at] ?? 0;
  if (price === from) return 0;
  if (Number.isNaN(from)) {
    anchors[at] = price;
    return 0;
  }
  const moved = Math.abs(Math.log(price / from));
  return Number.isNaN(moved) ? Infinity : moved;
}

function findWildest(clock: MotionClock, coins: number): void {
  clock.away = 0;
  clock.wildest = -1;
  for (let coin = 0; coin < coins; coin += 1) {
    const moved = clock.apart[coin] ?? 0;
    if (moved <= clock.away) continue;
    clock.away = moved;
    clock.wildest = coin;
  }
}

/** How much earlier the clock would show what it shows without its wildest coin. */
export function leadOfWildest(clock: MotionClock, coins: number): number {
  let second = 0;
  for (let coin = 0; coin < coins; coin += 1) {
    const moved = clock.apart[coin] ?? 0;
    if (coin !== clock.wildest && moved > second) second = moved;
  }
  return clock.away - second;
}

/** Takes the wildest coin's move as done: who holds it is looked at now, whatever the clock shows. */
export function anchorWildest(clock: MotionClock, market: MarketColumns): void {
  const coin = clock.wildest;
  for (let code = 0; code < market.instruments.length; code += 1)
    if (market.base[code] === coin) clock.anchor[code] = market.price[code] ?? Number.NaN;
  clock.coinAnchor[coin] = market.usd[coin] ?? Number.NaN;
  clock.apart[coin] = 0;
  findWildest(clock, market.coins.length);
}

/** Anchors all prices anew once they are far from their anchors; the clock shows the same before and after. */
export function anchorAll(clock: MotionClock, market: MarketColumns): void {
  if (clock.away <= ANCHORED_WITHIN) return;
  clock.base += clock.away;
  clock.anchor.set(market.price);
  clock.coinAnchor.set(market.usd);
  clock.apart.fill(0);
  clock.away = 0;
  clock.wildest = -1;
}

/** Lets the clock go on for what is no price: a limit that lies elsewhere, cash that was paid. */
export function goOn(clock: MotionClock, by: number): void {
  clock.base += by;
}
