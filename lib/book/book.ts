/**
 * A book of margin pools that is watched at next to no cost while nothing happens (design R7): columns of exact integers, floats in
 * front of them whose error is bounded, and an index of when which pool can have changed its state at the earliest. It decides what
 * floats decide beyond doubt and a breach by integers; the rest it asks for. It may hold any part of a venue's accounts.
 */
import { type Result } from '../contract.ts';
import {
  callNow,
  isCalled,
  isDueNow,
  openDueIndex,
  reserve,
  setDue,
  setDueByCoin,
  visitDue,
  type DueIndex,
} from './due-index.ts';
import { takeApart } from './apart.ts';
import { examine } from './examine.ts';
import { focus, openLens } from './lens.ts';
import { type LevelColumns } from './level-columns.ts';
import { openMarket, setMark, type MarketColumns } from './market-columns.ts';
import {
  anchorAll,
  clockNow,
  fallDue,
  openClock,
  readPrices,
  riseDue,
  type MotionClock,
} from './motion-clock.ts';
import {
  addPool,
  dropPool,
  fetchRows,
  openPools,
  putPool,
  type PoolColumns,
  type PoolRecord,
} from './pool-columns.ts';
import { type Radius } from './radius.ts';
import { openExaminer, type Examiner } from './ways.ts';
import { callNext, forgetCall, growTerms, openTerms, payNext, type Terms } from './terms.ts';

/** Which way decisions went, since the counts were set to zero. */
export interface BookCounts {
  named: number;
  quiet: number;
  byFloat: number;
  byInteger: number;
  byDecimal: number;
  anchoredApart: number;
}

/** A book and all that its watch keeps: changed in place. */
export interface Book {
  readonly market: MarketColumns;
  readonly pools: PoolColumns;
  readonly levels: LevelColumns[];
  readonly clock: MotionClock;
  readonly due: DueIndex;
  readonly examiner: Examiner;
  readonly counts: BookCounts;
  /** By pool: its state (0 healthy to 4 liquidatable) and the number of its levels. */
  state: Uint8Array;
  /** By pool: 1 while it is beyond the limit of leaving its state and only waits to leave it. */
  leaving: Uint8Array;
  levelSet: Uint16Array;
  /** z under which a pool's row tells of a step, for those that have one. */
  readonly steps: Map<number, number>;
  /** Pools that the clock made due lately, by how much it went on meanwhile, and what it showed at the last visit. */
  readonly density: { named: number; gone: number; shown: number };
  /** Changes of terms that are not through yet. */
  readonly terms: Terms;
  /** Funding stamps so far. */
  stamps: number;
}

/** @param room with `pace`: pools that a change of terms may call at each visit; all of them where it is left out. */
export function openBook(room: {
  readonly pools: number;
  readonly positions: number;
  readonly pace?: number;
}): Book {
  const market = openMarket();
  return {
    market,
    pools: openPools(room.pools, room.positions),
    levels: [],
    clock: openClock(),
    due: openDueIndex(room.pools),
    examiner: openExaminer(openLens(market)),
    counts: { named: 0, quiet: 0, byFloat: 0, byInteger: 0, byDecimal: 0, anchoredApart: 0 },
    state: new Uint8Array(room.pools),
    leaving: new Uint8Array(room.pools),
    levelSet: new Uint16Array(room.pools),
    steps: new Map(),
    density: { named: 0, gone: 0, shown: 0 },
    terms: openTerms(room.pools, room.pace ?? Infinity),
    stamps: 0,
  };
}

/** A new pool, in a state; it is due. */
export function enter(
  book: Book,
  record: PoolRecord,
  as: { readonly state: number; readonly levels: number },
): Result<number> {
  const slot = addPool(book.pools, record);
  if (!slot.ok) return slot;
  growStates(book, slot.value);
  reserve(book.due, slot.value);
  book.state[slot.value] = as.state;
  book.leaving[slot.value] = 0;
  book.levelSet[slot.value] = as.levels;
  touch(book, slot.value);
  return slot;
}

function growStates(book: Book, slot: number): void {
  if (slot < book.state.length) return;
  const { state, levelSet, leaving } = book;
  book.state = new Uint8Array(Math.ceil((slot + 1) * 1.5));
  book.state.set(state);
  book.leaving = new Uint8Array(book.state.length);
  book.leaving.set(leaving);
  book.levelSet = new Uint16Array(book.state.length);
  book.levelSet.set(levelSet);
  growTerms(book.terms, book.state.length);
}

/** Other facts of a pool, in place; it is due. What does not fit is refused and leaves it as it was. */
export function change(book: Book, slot: number, record: PoolRecord): Result<number> {
  const put = putPool(book.pools, slot, record);
  if (put.ok) touch(book, slot);
  return put;
}

/** The pool is gone: its slot is for the next that enters. */
export function leave(book: Book, slot: number): void {
  dropPool(book.pools, slot);
  book.steps.delete(slot);
  forgetCall(book.terms, slot);
  setDue(book.due, slot, Infinity, Infinity);
}

/** The pool is due, whatever the market does. */
function touch(book: Book, slot: number): void {
  callNow(book.due, slot);
}

/** A new mark in ticks, NaN for none. Take note with `advance` once all of an update are set. */
export function mark(book: Book, code: number, ticks: number): void {
  setMark(book.market, code, ticks);
}

/** Whether a contract of the pool has no price: nothing can be said of it. */
export function isBlind({ pools, market }: Book, slot: number): boolean {
  const first = pools.firstPosition[slot] ?? 0;
  const last = first + (pools.positionCount[slot] ?? 0);
  for (let row = first; row < last; row += 1)
    if (Number.isNaN(market.ticks[pools.instrument[row] ?? 0])) return true;
  return false;
}

/** Takes note of the marks: afterwards `visitNamed` gives who may have changed. */
export function advance(book: Book): void {
  const { clock, market } = book;
  payNext(book);
  readPrices(clock, market);
  takeApart(book);
  anchorAll(clock, market);
}

/** Visits every pool that may have changed, by slot. Each must be settled before the next update: `arm`, `leave` or left due. */
export function visitNamed(book: Book, visit: (slot: number) => void): void {
  const { counts, clock, due } = book;
  let byClock = 0;
  callNext(book);
  visitDue(due, clock, {
    fetch: (slots, count) => fetchRows(book.pools, slots, count),
    visit: (slot) => {
      counts.named += 1;
      if (!isCalled(due, slot)) byClock += 1;
      visit(slot);
    },
  });
  noteDensity(book, byClock);
}

/** Whether the pool is named at the next update, or may wait to be, whatever the market does. */
export function isDue({ due, clock, terms }: Book, slot: number): boolean {
  return terms.isOwing || terms.waits[slot] === 1 || isDueNow(due, slot, clock);
}

/** What the clock and its pools of one update still weigh in the next. */
const DENSITY_KEPT = 0.98;

function noteDensity(book: Book, named: number): void {
  const now = clockNow(book.clock);
  const { density } = book;
  density.named = density.named * DENSITY_KEPT + named;
  density.gone = density.gone * DENSITY_KEPT + Math.max(0, now - density.shown);
  density.shown = now;
}

/** Looks at one pool in its state: whether nothing can have changed. If so it is due again when something may. */
export function arm(book: Book, slot: number): boolean {
  const { examiner, pools, clock } = book;
  const levels = book.levels[book.levelSet[slot] ?? 0];
  if (levels === undefined) return false;
  focus(examiner.lens, pools, slot);
  examiner.tilt = clock.tilt;
  const step = book.steps.size === 0 ? 0 : (book.steps.get(slot) ?? 0);
  const isQuiet = examine(examiner, {
    levels,
    state: book.state[slot] ?? 0,
    leaving: book.leaving[slot] === 1,
    step,
  });
  forgetCall(book.terms, slot);
  if (!isQuiet) {
    touch(book, slot);
    return false;
  }
  if (isCalled(book.due, slot)) spread(examiner.radius, slot);
  setDueAfter(book, slot);
  return true;
}

function setDueAfter({ due, clock, examiner: { lens, radius } }: Book, slot: number): void {
  if (lens.multi || lens.coins !== 1) {
    setDue(due, slot, fallDue(clock, radius), riseDue(clock, radius));
    return;
  }
  const coin = lens.coin[0] ?? 0;
  const fall = (clock.coinFall[coin] ?? 0) + radius.fall - (clock.risen[coin] ?? 0);
  const rise = (clock.coinRise[coin] ?? 0) + radius.rise - (clock.fallen[coin] ?? 0);
  setDueByCoin(due, slot, { coin, fall, rise }, clock);
}

/** Share of the golden section: its multiples lie evenly between whole numbers. */
const EVENLY = 0.618_033_988_749_895;
const LEAST_SPREAD = 0.5;

/** Pools that are looked at all at once would be due all at once again, where the bounds of their radius end. */
function spread(radius: Radius, slot: number): void {
  const share = LEAST_SPREAD + (1 - LEAST_SPREAD) * ((slot * EVENLY) % 1);
  radius.fall *= share;
  radius.rise *= share;
}
