/** Coins far ahead of all others are taken out of the clock, where looking at who holds them is cheaper (SPEC BO9). */
import { callNow, type DueIndex } from './due-index.ts';
import { type MarketColumns } from './market-columns.ts';
import { anchorWildest, leadOfWildest, type MotionClock } from './motion-clock.ts';
import { MULTI, type PoolColumns } from './pool-columns.ts';
import { callHolders } from './terms.ts';

/** The part of a book that coins are taken out of. */
interface Crowd {
  readonly market: MarketColumns;
  readonly pools: PoolColumns;
  readonly clock: MotionClock;
  readonly due: DueIndex;
  readonly counts: { anchoredApart: number };
  /** Pools that the clock made due lately, by how much it went on meanwhile. */
  readonly density: { readonly named: number; readonly gone: number };
}

const APART_MAX = 8;
/** A sweep for holders costs as much as looking at so many positions' pools. */
const SWEEP_SHARE = 1 / 64;

/** Whether looking at a coin's holders costs less than letting the clock go on for it. */
function isApart({ clock, market, pools, density }: Crowd, turn: number): boolean {
  if (clock.wildest < 0) return false;
  if (clock.away === Infinity) return true;
  if (turn >= APART_MAX) return false;
  const lead = leadOfWildest(clock, market.coins.length);
  const holders = pools.positionRows.end / Math.max(1, market.instruments.length);
  return (lead * density.named) / density.gone > 2 * holders + pools.positionRows.end * SWEEP_SHARE;
}

/** Whose collateral the coin is. */
function makeKeepersDue(book: Crowd, coin: number): void {
  const { pools } = book;
  for (let slot = 0; slot < pools.end; slot += 1) {
    if (pools.kind[slot] !== MULTI) continue;
    const first = pools.firstWallet[slot] ?? 0;
    for (let row = first; row < first + (pools.walletCount[slot] ?? 0); row += 1)
      if (pools.coin[row] === coin) callNow(book.due, slot);
  }
}

/** Prices were read; afterwards the clock shows how far those move that are left in it. */
export function takeApart(book: Crowd): void {
  const { clock, market } = book;
  for (let turn = 0; isApart(book, turn); turn += 1) {
    const coin = clock.wildest;
    book.counts.anchoredApart += 1;
    callHolders(
      book,
      Uint8Array.from(market.base, (base) => (base === coin ? 1 : 0)),
      (slot) => callNow(book.due, slot),
    );
    makeKeepersDue(book, coin);
    anchorWildest(clock, market);
  }
}
