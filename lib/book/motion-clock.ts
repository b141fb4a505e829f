/**
 * How far the market has moved, as two numbers: down and up (SPEC BO7). A pool that is safe while no price falls by more than a
 * radius is looked at again when the hand of falls has gone on by that: no price can have fallen farther, in its own scale, than the
 * hand did. It counts how far prices are from where they were anchored, not the way they took, so that what goes to and fro costs
 * nothing.
 */
import { CODES_MAX, type MarketColumns } from './market-columns.ts';
import { type Radius } from './radius.ts';

/** Prices are anchored anew when one is farther from its anchor than this, in scales. */
const ANCHORED_WITHIN = 0.01;

/** By what part of the way each anchoring moves the tilt, and where it ends. */
const TILT_STEP = 0.2;
const TILT_MAX = 0.9;

/** One direction: what it showed when prices were anchored last, and how far the price is that went farthest since. */
export interface Hand {
  base: number;
  away: number;
}

/** Both hands, and what they are read from. */
export interface MotionClock {
  /** By contract and by coin: the price that moves count from; NaN where there was none. */
  readonly anchor: Float64Array;
  readonly coinAnchor: Float64Array;
  /** By coin: how far its prices have fallen and risen from their anchors, in scales. */
  readonly fallen: Float64Array;
  readonly risen: Float64Array;
  /** By coin: what counts as a move of it both ways since prices were anchored. */
  readonly shifted: Float64Array;
  /** By coin: what its own hands showed when prices were anchored last; `fallen` and `risen` come on top. */
  readonly coinFall: Float64Array;
  readonly coinRise: Float64Array;
  readonly fall: Hand;
  readonly rise: Hand;
  /** Share of falls in what both hands went on by lately. */
  tilt: number;
  /** The coin that is farthest away, and how far; -1 for none. */
  wildest: number;
  away: number;
}

/** At zero, nothing anchored. */
export function openClock(): MotionClock {
  return {
    anchor: new Float64Array(CODES_MAX).fill(Number.NaN),
    coinAnchor: new Float64Array(CODES_MAX).fill(Number.NaN),
    fallen: new Float64Array(CODES_MAX),
    risen: new Float64Array(CODES_MAX),
    shifted: new Float64Array(CODES_MAX),
    coinFall: new Float64Array(CODES_MAX),
    coinRise: new Float64Array(CODES_MAX),
    fall: { base: 0, away: 0 },
    rise: { base: 0, away: 0 },
    tilt: 0.5,
    wildest: -1,
    away: 0,
  };
}

/** What a hand shows. */
export function shows({ base, away }: Hand): number {
  return base + away;
}

/** What both show together. */
export function clockNow({ fall, rise }: MotionClock): number {
  return shows(fall) + shows(rise);
}

/** What the hand of falls shows when a pool that was looked at now is due: prices that have risen can fall so much farther. */
export function fallDue({ fall, rise }: MotionClock, radius: Radius): number {
  return fall.base + radius.fall - rise.away;
}

/** The same for the hand of rises. */
export function riseDue({ fall, rise }: MotionClock, radius: Radius): number {
  return rise.base + radius.rise - fall.away;
}

/** Reads all prices. A coin whose price went missing is infinitely far away. */
export function readPrices(clock: MotionClock, market: MarketColumns): void {
  const { anchor, coinAnchor, fallen, risen, shifted } = clock;
  const { price, base, usd } = market;
  fallen.fill(0, 0, market.coins.length);
  risen.fill(0, 0, market.coins.length);
  for (let code = 0; code < market.instruments.length; code += 1)
    readOne(clock, market, base[code] ?? 0, fellBy(anchor, code, price[code] ?? 0));
  for (let coin = 0; coin < market.coins.length; coin += 1)
    readOne(clock, market, coin, fellBy(coinAnchor, coin, usd[coin] ?? 0));
  for (let coin = 0; coin < market.coins.length; coin += 1) {
    fallen[coin] = (fallen[coin] ?? 0) + (shifted[coin] ?? 0);
    risen[coin] = (risen[coin] ?? 0) + (shifted[coin] ?? 0);
  }
  findFarthest(clock, market.coins.length);
}

function readOne(
  { fallen, risen }: MotionClock,
  { scale }: MarketColumns,
  coin: number,
  log: number,
): void {
  const moved = log / (scale[coin] ?? 1);
  if (!(moved <= (fallen[coin] ?? 0))) fallen[coin] = Number.isNaN(moved) ? Infinity : moved;
  if (!(-moved <= (risen[coin] ?? 0))) risen[coin] = Number.isNaN(moved) ? Infinity : -moved;
}

/** As a log; NaN where it is not known. A price that was never there before is anchored where it comes: who holds it could not be safe without it. */
function fellBy(anchors: Float64Array, at: number, price: number): number {
  const from = anchors[at] ?? 0;
  if (price === from) return 0;
  if (!Number.isNaN(from)) return Math.log(from / price);
  anchors[at] = price;
  return 0;
}

function findFarthest(clock: MotionClock, coins: number): void {
  const { fallen, risen, fall, rise } = clock;
  fall.away = 0;
  rise.away = 0;
  clock.away = 0;
  clock.wildest = -1;
  for (let coin = 0; coin < coins; coin += 1) {
    const down = fallen[coin] ?? 0;
    const up = risen[coin] ?? 0;
    if (down > fall.away) fall.away = down;
    if (up > rise.away) rise.away = up;
    if (Math.max(down, up) <= clock.away) continue;
    clock.away = Math.max(down, up);
    clock.wildest = coin;
  }
}

/** How much earlier the clock would show what it shows without its wildest coin. */
export function leadOfWildest(
  { fallen, risen, wildest, away }: MotionClock,
  coins: number,
): number {
  let second = 0;
  for (let coin = 0; coin < coins; coin += 1)
    if (coin !== wildest) second = Math.max(second, fallen[coin] ?? 0, risen[coin] ?? 0);
  return away - second;
}

/** Takes the wildest coin's move as done: who holds it is looked at now, whatever the clock shows. */
export function anchorWildest(clock: MotionClock, market: MarketColumns): void {
  const coin = clock.wildest;
  for (let code = 0; code < market.instruments.length; code += 1)
    if (market.base[code] === coin) clock.anchor[code] = market.price[code] ?? Number.NaN;
  clock.coinAnchor[coin] = market.usd[coin] ?? Number.NaN;
  clock.fallen[coin] = 0;
  clock.risen[coin] = 0;
  clock.shifted[coin] = 0;
  findFarthest(clock, market.coins.length);
}

/** Anchors all prices anew once they are far from their anchors; the clock shows the same before and after. */
export function anchorAll(clock: MotionClock, market: MarketColumns): void {
  if (clock.away <= ANCHORED_WITHIN) return;
  const { fall, rise } = clock;
  const falls = fall.away / (fall.away + rise.away);
  if (falls >= 0) clock.tilt = keep(clock.tilt + (falls - clock.tilt) * TILT_STEP);
  clock.fall.base += clock.fall.away;
  clock.rise.base += clock.rise.away;
  for (let coin = 0; coin < market.coins.length; coin += 1) {
    clock.coinFall[coin] = (clock.coinFall[coin] ?? 0) + (clock.fallen[coin] ?? 0);
    clock.coinRise[coin] = (clock.coinRise[coin] ?? 0) + (clock.risen[coin] ?? 0);
  }
  clock.anchor.set(market.price);
  clock.coinAnchor.set(market.usd);
  clock.fallen.fill(0);
  clock.risen.fill(0);
  clock.shifted.fill(0);
  findFarthest(clock, market.coins.length);
}

function keep(tilt: number): number {
  return Math.min(Math.max(tilt, 1 - TILT_MAX), TILT_MAX);
}

/** What is no price, as a move of a coin both ways: limits that lie elsewhere, cash that is paid. It shows at the next reading. */
export function shiftCoin({ shifted }: MotionClock, coin: number, by: number): void {
  shifted[coin] = (shifted[coin] ?? 0) + by;
}
