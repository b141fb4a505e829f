/** The book in order of everything that it can be put in order by, always. */
import { type DeskSortKey } from '#lib/wire/protocol.ts';
import { type Sample } from './samples.ts';
import {
  bucketByBits,
  bucketByWidth,
  compareIn,
  createValueOrder,
  type Run,
  type ValueOrder,
} from './value-order.ts';

export type ValueKey = Exclude<DeskSortKey, 'account'>;
/** Values by slot for each order. */
export type ValueColumns = Readonly<Record<ValueKey, Float64Array>>;

/** What an account is put in order by. */
export interface RankedFigures extends Sample {
  /** Change if every price falls by a tenth, USD. */
  readonly ifDown: number;
  readonly rank: number;
  /** Seconds of run time. */
  readonly sinceS: number;
  readonly coinPlace: number;
}

export interface DeskOrders {
  set(slot: number, figures: RankedFigures): void;
  compare(left: number, right: number, key: ValueKey, descending: boolean): number;
  runs(key: ValueKey, descending: boolean, skip: number): Generator<Run, void, void>;
  /** For `compareBy` on another thread. */
  readonly columns: ValueColumns;
}

/** Ranks and coins are whole numbers; what follows the point says how near liquidation is. */
const PLACES_WIDTH = 1 / 128;
const SINCE_WIDTH_S = 2;
const NEARNESS_BITS = 20;

/** Where liquidation is in the order of need; never as much as the next rank. */
const PAST = 0.75;
const LARGEST = 0.999;

/** From 0, safe, up to 1, gone: before liquidation by distance, steeply where it matters, past it by margin ratio. */
export function needOf(distance: number, ratio: number): number {
  if (Number.isNaN(distance)) return 0;
  if (distance <= 0) return Math.min(LARGEST, 1 - (1 - PAST) / (ratio > 1 ? ratio : 1));
  const halvings = Math.log2(1 / distance) + NEARNESS_BITS / 2;
  return PAST * Math.max(0, Math.min(LARGEST, halvings / NEARNESS_BITS));
}

function valueOf(key: ValueKey, figures: RankedFigures): number {
  switch (key) {
    case 'state':
      return figures.rank + needOf(figures.distance, figures.ratio);
    case 'coin':
      return figures.coinPlace + 1 - needOf(figures.distance, figures.ratio);
    case 'marginRatio':
      return figures.ratio;
    case 'distance':
    case 'z':
    case 'marginBalance':
    case 'maintenanceMargin':
    case 'excess':
    case 'notional':
    case 'ifDown':
      return figures[key];
    case 'since':
      return figures.sinceS;
  }
}

/** The longest time in a state is the earliest moment since when. */
function isLargerFirst(key: ValueKey, descending: boolean): boolean {
  return key === 'since' ? !descending : descending;
}

export function createDeskOrders(): DeskOrders {
  const byPlace = (): ValueOrder => createValueOrder(bucketByWidth(PLACES_WIDTH));
  const byBits = (): ValueOrder => createValueOrder(bucketByBits);
  const orders: Readonly<Record<ValueKey, ValueOrder>> = {
    state: createValueOrder(bucketByWidth(PLACES_WIDTH / 64)),
    coin: byPlace(),
    marginRatio: byBits(),
    distance: byBits(),
    z: byBits(),
    marginBalance: byBits(),
    maintenanceMargin: byBits(),
    excess: byBits(),
    notional: byBits(),
    ifDown: byBits(),
    since: createValueOrder(bucketByWidth(SINCE_WIDTH_S)),
  };
  const keys = Object.keys(orders) as ValueKey[];
  return {
    set: (slot, figures) => {
      for (const key of keys) orders[key].set(slot, valueOf(key, figures));
    },
    compare: (left, right, key, descending) =>
      orders[key].compare(left, right, isLargerFirst(key, descending)),
    runs: (key, descending, skip) => orders[key].runs(isLargerFirst(key, descending), skip),
    get columns() {
      return {
        state: orders.state.numbers,
        coin: orders.coin.numbers,
        marginRatio: orders.marginRatio.numbers,
        distance: orders.distance.numbers,
        z: orders.z.numbers,
        marginBalance: orders.marginBalance.numbers,
        maintenanceMargin: orders.maintenanceMargin.numbers,
        excess: orders.excess.numbers,
        notional: orders.notional.numbers,
        ifDown: orders.ifDown.numbers,
        since: orders.since.numbers,
      };
    },
  };
}

/** Two slots as `compare` puts them. */
export function compareBy(
  columns: ValueColumns,
  key: ValueKey,
  descending: boolean,
): (left: number, right: number) => number {
  const [values, isDescending] = [columns[key], isLargerFirst(key, descending)];
  return (left, right) => compareIn(values, left, right, isDescending);
}
