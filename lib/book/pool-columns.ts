/**
 * Pools, their positions and wallets as columns of exact integers. A pool's rows lie side by side; what a pool grows out of is
 * given up and used again by the next that fits, so that fills, transfers, openings and closings are made in place.
 */
import { assert, fail, ok, type Result } from '../contract.ts';
import { lots, moneyUnits, type Lots, type MoneyUnits } from '../units/scaled.ts';
import { createRows, giveBack, resize, type Rows } from './rows.ts';

/** Lots are signed: long above zero. */
export interface PoolPosition {
  readonly instrument: number;
  readonly lots: Lots;
  /** Signed value at entry, in the settle asset. */
  readonly openValue: MoneyUnits;
}
/** Below zero it is owed. */
export interface PoolWallet {
  readonly coin: number;
  readonly amount: MoneyUnits;
}
/** The facts of one pool in codes of the market's columns. */
export interface PoolRecord {
  /** All its assets count, in USD; else it has one wallet, of the asset that its contracts settle in. */
  readonly multi: boolean;
  readonly positions: readonly PoolPosition[];
  readonly wallets: readonly PoolWallet[];
}

/** Kinds of slot: 0 is free. */
const SINGLE = 1;
export const MULTI = 3;
const POSITIONS_MAX = 65_535;
/** Lots are floats with every bit: no more than this. Money has 64 bits. */
const LOTS_MAX = 2n ** 53n;
const MONEY_MAX = 2n ** 63n;

/** Pools by slot, positions and wallets by row; changed in place. */
export interface PoolColumns {
  /** Slots in use or used once: the first that was never used. */
  end: number;
  open: number;
  readonly freeSlots: number[];
  /** By pool: 1 for one that is there, 3 for one in multi-asset mode, 0 for a free slot. */
  kind: Uint8Array;
  firstPosition: Int32Array;
  positionCount: Uint16Array;
  firstWallet: Int32Array;
  walletCount: Uint8Array;
  readonly positionRows: Rows;
  readonly walletRows: Rows;
  /** By position. */
  instrument: Uint16Array;
  lots: Float64Array;
  openUnits: BigInt64Array;
  /** The same bytes as `openUnits`, low word first: a float is read from them without making an integer. */
  openWords: Int32Array;
  /** By wallet. */
  coin: Uint16Array;
  amountUnits: BigInt64Array;
  amountWords: Int32Array;
  /** See `fetchRows`. */
  fetched: number;
}

/** Bytes of a pool with its wallet, of what the book keeps of it beside its facts, and of a position. */
const POOL_BYTES = 1 + 4 + 2 + 4 + 1 + 2 + 8 + 8 + 1 + 2;
const POSITION_BYTES = 2 + 8 + 8;

/** What a book of that size takes, in bytes. */
function bytesOfBook(p: { readonly pools: number; readonly positions: number }): number {
  return p.pools * POOL_BYTES + p.positions * POSITION_BYTES;
}

/** Whether a book fits into so many bytes: the sentence that says how many accounts do, before anything is allocated. */
export function checkRoom(p: {
  readonly accounts: number;
  readonly poolsEach: number;
  readonly positionsEach: number;
  readonly bytes: number;
}): Result<number> {
  const each = bytesOfBook({ pools: p.poolsEach, positions: p.positionsEach });
  const fit = Math.floor(p.bytes / each);
  return p.accounts <= fit
    ? ok(p.accounts)
    : fail(`${p.accounts} accounts take more than the memory there is; ${fit} fit`);
}

/** Columns with room; they grow when it is used up. */
export function openPools(pools: number, positions: number): PoolColumns {
  const openUnits = new BigInt64Array(positions);
  const amountUnits = new BigInt64Array(pools);
  return {
    end: 0,
    open: 0,
    freeSlots: [],
    kind: new Uint8Array(pools),
    firstPosition: new Int32Array(pools),
    positionCount: new Uint16Array(pools),
    firstWallet: new Int32Array(pools),
    walletCount: new Uint8Array(pools),
    positionRows: createRows(),
    walletRows: createRows(),
    instrument: new Uint16Array(positions),
    lots: new Float64Array(positions),
    openUnits,
    openWords: new Int32Array(openUnits.buffer),
    coin: new Uint16Array(pools),
    amountUnits,
    amountWords: new Int32Array(amountUnits.buffer),
    fetched: 0,
  };
}

/**
 * Reads one word of every row that a look at these pools will read: the processor waits for all of them at once rather than for one
 * after the other. The sum of them says nothing; it is kept so that the reading is not left out.
 */
export function fetchRows(pools: PoolColumns, slots: Int32Array, count: number): void {
  const { firstPosition, positionCount, firstWallet, kind } = pools;
  const { instrument, lots, openWords, coin, amountWords } = pools;
  let sum = 0;
  for (let at = 0; at < count; at += 1) {
    const slot = slots[at] ?? 0;
    sum += (positionCount[slot] ?? 0) + (kind[slot] ?? 0);
  }
  for (let at = 0; at < count; at += 1) {
    const slot = slots[at] ?? 0;
    const row = firstPosition[slot] ?? 0;
    const wallet = firstWallet[slot] ?? 0;
    sum += (instrument[row] ?? 0) + (lots[row] ?? 0) + (openWords[2 * row] ?? 0);
    sum += (coin[wallet] ?? 0) + (amountWords[2 * wallet] ?? 0);
  }
  pools.fetched = sum;
}

/** Why the record does not fit into the columns; undefined when it does. Nothing is ever wrapped. */
function misfitOf({ positions, wallets, multi }: PoolRecord): string | undefined {
  if (positions.length > POSITIONS_MAX)
    return `${positions.length} positions; ${POSITIONS_MAX} fit into a pool`;
  if (wallets.length > 255) return `${wallets.length} wallets; 255 fit into a pool`;
  if (!multi && wallets.length !== 1) return `${wallets.length} wallets in a pool of one asset`;
  const large = positions.find(
    (position) => position.lots >= LOTS_MAX || position.lots <= -LOTS_MAX,
  );
  if (large !== undefined) return `${large.lots} lots; a position has less than ${LOTS_MAX}`;
  const amounts = [
    ...positions.map(({ openValue }) => openValue),
    ...wallets.map(({ amount }) => amount),
  ];
  const wide = amounts.find((amount) => amount >= MONEY_MAX || amount < -MONEY_MAX);
  return wide === undefined ? undefined : `${wide} units of money; they have 64 bits`;
}

/** A new pool: its slot, the lowest free one of those given back, else the next. */
export function addPool(columns: PoolColumns, record: PoolRecord): Result<number> {
  const misfit = misfitOf(record);
  if (misfit !== undefined) return fail(misfit);
  const slot = columns.freeSlots.pop() ?? columns.end;
  if (slot === columns.end) columns.end += 1;
  if (slot >= columns.kind.length) growPools(columns, slot);
  columns.open += 1;
  columns.positionCount[slot] = 0;
  columns.walletCount[slot] = 0;
  write(columns, slot, record);
  return ok(slot);
}

/** Other facts of a pool: in place while they fit into its rows. */
export function putPool(columns: PoolColumns, slot: number, record: PoolRecord): Result<number> {
  const misfit = misfitOf(record);
  if (misfit !== undefined) return fail(misfit);
  assert((columns.kind[slot] ?? 0) > 0, 'a pool that is there');
  write(columns, slot, record);
  return ok(slot);
}

/** Its slot and its rows are for the next that fits. */
export function dropPool(columns: PoolColumns, slot: number): void {
  assert((columns.kind[slot] ?? 0) > 0, 'a pool that is there');
  const { positionRows, walletRows } = columns;
  giveBack(positionRows, columns.firstPosition[slot] ?? 0, columns.positionCount[slot] ?? 0);
  giveBack(walletRows, columns.firstWallet[slot] ?? 0, columns.walletCount[slot] ?? 0);
  columns.kind[slot] = 0;
  columns.positionCount[slot] = 0;
  columns.walletCount[slot] = 0;
  columns.open -= 1;
  columns.freeSlots.push(slot);
}

function write(columns: PoolColumns, slot: number, record: PoolRecord): void {
  const { positions, wallets, multi } = record;
  columns.kind[slot] = multi ? MULTI : SINGLE;
  const at = {
    first: columns.firstPosition[slot] ?? 0,
    count: columns.positionCount[slot] ?? 0,
  };
  const first = resize(columns.positionRows, at, positions.length);
  if (first + positions.length > columns.instrument.length)
    growPositions(columns, first + positions.length);
  columns.firstPosition[slot] = first;
  columns.positionCount[slot] = positions.length;
  const sorted = positions.toSorted((left, right) => left.instrument - right.instrument);
  sorted.forEach((position, index) => {
    columns.instrument[first + index] = position.instrument;
    columns.lots[first + index] = Number(position.lots);
    columns.openUnits[first + index] = position.openValue;
  });
  writeWallets(columns, slot, wallets);
}

function writeWallets(columns: PoolColumns, slot: number, wallets: readonly PoolWallet[]): void {
  const at = { first: columns.firstWallet[slot] ?? 0, count: columns.walletCount[slot] ?? 0 };
  const first = resize(columns.walletRows, at, wallets.length);
  if (first + wallets.length > columns.coin.length) growWallets(columns, first + wallets.length);
  columns.firstWallet[slot] = first;
  columns.walletCount[slot] = wallets.length;
  wallets.forEach((wallet, index) => {
    columns.coin[first + index] = wallet.coin;
    columns.amountUnits[first + index] = wallet.amount;
  });
}

/** The facts of a pool, as they were put. */
export function recordOf(columns: PoolColumns, slot: number): PoolRecord {
  const first = columns.firstPosition[slot] ?? 0;
  const wallet = columns.firstWallet[slot] ?? 0;
  return {
    multi: columns.kind[slot] === MULTI,
    positions: Array.from({ length: columns.positionCount[slot] ?? 0 }, (_, row) => ({
      instrument: columns.instrument[first + row] ?? 0,
      lots: lots(BigInt(columns.lots[first + row] ?? 0)),
      openValue: moneyUnits(columns.openUnits[first + row] ?? 0n),
    })),
    wallets: Array.from({ length: columns.walletCount[slot] ?? 0 }, (_, row) => ({
      coin: columns.coin[wallet + row] ?? 0,
      amount: moneyUnits(columns.amountUnits[wallet + row] ?? 0n),
    })),
  };
}

/** Half as much again, and no less than asked for. */
function roomFor(asked: number, room: number): number {
  return Math.max(asked + 1, Math.ceil(room * 1.5));
}

function growPools(columns: PoolColumns, asked: number): void {
  const room = roomFor(asked, columns.kind.length);
  const { kind, firstPosition, positionCount, firstWallet, walletCount } = columns;
  columns.kind = new Uint8Array(room);
  columns.kind.set(kind);
  columns.firstPosition = new Int32Array(room);
  columns.firstPosition.set(firstPosition);
  columns.positionCount = new Uint16Array(room);
  columns.positionCount.set(positionCount);
  columns.firstWallet = new Int32Array(room);
  columns.firstWallet.set(firstWallet);
  columns.walletCount = new Uint8Array(room);
  columns.walletCount.set(walletCount);
}

function growPositions(columns: PoolColumns, asked: number): void {
  const room = roomFor(asked, columns.instrument.length);
  const { instrument, lots, openUnits } = columns;
  columns.instrument = new Uint16Array(room);
  columns.instrument.set(instrument);
  columns.lots = new Float64Array(room);
  columns.lots.set(lots);
  columns.openUnits = new BigInt64Array(room);
  columns.openUnits.set(openUnits);
  columns.openWords = new Int32Array(columns.openUnits.buffer);
}

function growWallets(columns: PoolColumns, asked: number): void {
  const room = roomFor(asked, columns.coin.length);
  const { coin, amountUnits } = columns;
  columns.coin = new Uint16Array(room);
  columns.coin.set(coin);
  columns.amountUnits = new BigInt64Array(room);
  columns.amountUnits.set(amountUnits);
  columns.amountWords = new Int32Array(columns.amountUnits.buffer);
}
