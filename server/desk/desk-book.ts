/**
 * The book as the desk sees it, kept while it changes: which account stands in which state, at which distance, in which order. What
 * a step changed is read at once; what prices changed is read in passes over all accounts, a few at a time, the nearest to liquidation
 * more often. Nothing that is asked or that happens costs a pass.
 */
import { volatilityNow } from '#lib/engine/distance-reading.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { type ShownState } from '#lib/engine/state.ts';
import { type Decimal } from '#lib/units/decimal.ts';
import { type AccountId } from '#lib/units/ids.ts';
import { DESK_SHOCKS, type AlertCounts, type DeskSortKey } from '#lib/wire/protocol.ts';
import { type Task } from '../background.ts';
import { changesIn } from './book-value.ts';
import { bandOf, createCells, type Cell } from './cells.ts';
import { type DeskAccounts } from './desk-accounts.ts';
import { createDeskOrders } from './desk-orders.ts';
import { createInstrumentBook, type InstrumentBook } from './instrument-book.ts';
import { createNameOrder } from './name-order.ts';
import { createPartition, type Partition } from './partition.ts';
import { quickMarketMovedBy, quickMarketOf, type QuickMarket } from './quick-figures.ts';
import { isCertain, sampleOf, type DailyMoves, type Sample } from './samples.ts';
import { SCREEN_RANK } from './screen-rank.ts';
import {
  addAccount,
  EXACT_POOLS_MAX,
  noShockSum,
  RANKED_SHOCK,
  sceneOf,
  type ShockSum,
} from './shock.ts';
import { createOpenAlerts } from './open-alerts.ts';
import { createOpenCalls } from './open-calls.ts';
import { type SearchColumns } from './search-columns.ts';
import { createTextIndex, createTexts, type TextHits } from './text-index.ts';
import { createUnread } from './unread.ts';
import { firstOf, type Run } from './value-order.ts';

/** What one pass over the book found, at the marks with which it began. */
export interface BookPass {
  readonly asOf: number;
  readonly tookMs: number;
  readonly unknown: number;
  readonly maintenance: number;
  /** One for each of `DESK_SHOCKS`: what is liquidated, and how what all are worth changes. */
  readonly sums: readonly ShockSum[];
  readonly changes: readonly (Decimal | undefined)[];
}

export interface DeskBook {
  readonly size: number;
  idOf(slot: number): AccountId;
  /** Rows of a step that is complete: whoever they concern is read anew before the book is looked at again. */
  note(rows: readonly JournalRow[]): void;
  /** Whom large steps concerned and nobody read anew yet: the book is not exact before they are. Undefined once all are. */
  readonly catchingUp: { readonly done: number; readonly of: number } | undefined;
  /** Reads some of those, until a moment of `now`. */
  catchUp(until: number): void;
  /** Reads every account once, at the marks of now. */
  pass(): Task;
  /** Reads those that are nearest to liquidation. */
  readWorst(): Task;
  readonly newestPass: BookPass | undefined;
  readonly instruments: InstrumentBook;
  /** Accounts in each cell that has any. */
  cells(): readonly (Cell & { readonly number: number; readonly accounts: number })[];
  /** Pools that are not well, by their age at this run time. */
  alerts(time: number): AlertCounts;
  /** Slots with an unanswered call, the worst first, at most so many. */
  worstCalls(count: number): readonly number[];
  readonly partition: Partition;
  /** Groups of accounts that are liquidated at the same shocks, by the bits of their places. */
  readonly shocked: Partition;
  find(text: string): Generator<void, TextHits, void>;
  /** For a search on another thread; longer ones take their place as the book grows. */
  readonly columns: SearchColumns;
  compare(left: number, right: number, key: DeskSortKey, descending: boolean): number;
  runs(key: DeskSortKey, descending: boolean, skip: number): Generator<Run, void, void>;
}

/** Accounts at the head of the book that are read four times a second; of a small book that is everybody. */
const WORST = 500;
/** Of those who wait for an answer, whoever stands before them. */
const WORST_CALLS = 100;
const NAMES_AT_ONCE = 1_000;
const ACCOUNTS_PER_SLICE = 10;
const ACCOUNTS_PER_WORD = 1_000;

/** The market of one moment, as accounts are read against it. */
interface Prices {
  readonly quick: QuickMarket;
  readonly fallen: QuickMarket;
  readonly daily: DailyMoves;
}

export function createDeskBook(p: {
  readonly state: ShownState;
  readonly accounts: DeskAccounts;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Told now and then while every account is read for the first time, which takes long with a million. */
  readonly tellRead?: (accounts: number, of: number) => void;
}): DeskBook {
  const { state, accounts, now } = p;
  const ids: AccountId[] = [];
  const slots = new Map<AccountId, number>();
  const names = createNameOrder();
  const texts = createTextIndex();
  const written = createTexts();
  const orders = createDeskOrders();
  const cells = createCells(
    [...new Set([...state.instruments.values()].map(({ base }) => base))].toSorted(),
  );
  const partition = createPartition();
  const shocked = createPartition();
  const openAlerts = createOpenAlerts();
  const openCalls = createOpenCalls();
  const instruments = createInstrumentBook();
  const unread = createUnread(readNow, now);
  const startTime = state.time;
  let prices: (Prices & { readonly step: number }) | undefined;
  let newestPass: BookPass | undefined;

  function pricesNow(): Prices {
    if (prices?.step === state.step) return prices;
    const market = accounts.market();
    const quick = quickMarketOf(market, isCertain);
    prices = {
      step: state.step,
      quick,
      fallen: quickMarketMovedBy(quick, Number(DESK_SHOCKS[RANKED_SHOCK])),
      daily: volatilityNow(state).daily,
    };
    return prices;
  }

  function slotOf(id: AccountId): number | undefined {
    const known = slots.get(id);
    const card = known === undefined ? accounts.cardOf(id) : undefined;
    if (card === undefined) return known;
    slots.set(id, ids.length);
    ids.push(id);
    names.add(id);
    written.add(`${id}\n${card.label}`);
    texts.add(`${id} ${card.label}`);
    shocked.put(ids.length - 1, 0);
    return ids.length - 1;
  }

  /** Its figures at these prices, its state as it stands now. */
  function read(slot: number, { quick, fallen: there, daily }: Prices): Sample | undefined {
    const id = ids[slot];
    const account = id === undefined ? undefined : accounts.quickOf(id, quick);
    const down = id === undefined ? undefined : accounts.quickOf(id, there);
    if (id === undefined || account === undefined || down === undefined) return undefined;
    const sample = sampleOf(account, daily);
    const standing = accounts.standingOf(id);
    const rows = accounts.rowsOf(id);
    openAlerts.set(slot, rows);
    openCalls.set(slot, rows, account.pools);
    const coin = sample.coin ?? null;
    partition.put(
      slot,
      cells.numberOf({ coin, state: standing.state, band: bandOf(sample.distance) }),
    );
    orders.set(slot, {
      ...sample,
      ifDown: sampleOf(down, daily).equity - sample.equity,
      rank: SCREEN_RANK[standing.state],
      sinceS: (standing.since - startTime) / 1_000,
      coinPlace: cells.placeOf(coin),
    });
    return sample;
  }

  function readNow(id: AccountId): void {
    const slot = slotOf(id);
    if (slot === undefined) return;
    instruments.set(slot, accounts.legsOf(id));
    read(slot, pricesNow());
  }

  function* pass(): Task {
    unread.settle();
    const began = now();
    const asOf = state.time;
    const scene = yield* sceneOf(accounts.market());
    const sums = DESK_SHOCKS.map(noShockSum);
    const changes = changesIn(state, scene);
    const there = scene.moved[RANKED_SHOCK]?.quick ?? scene.quick;
    const at: Prices = { quick: scene.quick, fallen: there, daily: volatilityNow(state).daily };
    let maintenance = 0;
    let unknown = 0;
    for (let slot = 0; slot < ids.length; slot += 1) {
      const id = ids[slot];
      const sample = read(slot, at);
      if (id === undefined || sample === undefined) continue;
      if (Number.isNaN(sample.equity + sample.maintenance)) unknown += 1;
      else maintenance += sample.maintenance;
      shocked.put(slot, addAccount(sums, scene, { accounts, id, exactPools: EXACT_POOLS_MAX }));
      yield;
    }
    newestPass = { asOf, tookMs: now() - began, unknown, maintenance, sums, changes };
  }

  function* readWorst(): Task {
    unread.settle();
    const worst = new Set([
      ...firstOf(orders.runs('state', true, 0), WORST),
      ...openCalls.worst(WORST_CALLS),
    ]);
    for (const [index, slot] of [...worst].entries()) {
      read(slot, pricesNow());
      if (index % ACCOUNTS_PER_SLICE === ACCOUNTS_PER_SLICE - 1) yield;
    }
  }

  function* namesInOrder(descending: boolean, skip: number): Generator<Run, void, void> {
    for (let before = skip; before < ids.length; before += NAMES_AT_ONCE)
      yield { before, slots: names.page(descending, before, NAMES_AT_ONCE) };
  }

  function readAll(): void {
    const all = [...accounts.all()];
    for (const [index, id] of all.entries()) {
      if (index % ACCOUNTS_PER_WORD === 0 && index > 0) p.tellRead?.(index, all.length);
      readNow(id);
    }
  }

  readAll();
  return {
    get size() {
      unread.settle();
      return ids.length;
    },
    idOf: (slot) => ids[slot] ?? ('' as AccountId),
    note: (rows) => unread.note(rows),
    get catchingUp() {
      return unread.catchingUp;
    },
    catchUp: (until) => unread.catchUp(until),
    pass,
    readWorst,
    get newestPass() {
      return newestPass;
    },
    get instruments() {
      unread.settle();
      return instruments;
    },
    cells: () => {
      unread.settle();
      return partition.groups
        .map((number) => ({
          ...cells.cellOf(number),
          number,
          accounts: partition.sizeOf(number),
        }))
        .filter((cell) => cell.accounts > 0);
    },
    alerts: (time) => {
      unread.settle();
      return openAlerts.counts(time);
    },
    worstCalls: (count) => {
      unread.settle();
      return openCalls.worst(count);
    },
    partition,
    shocked,
    find: (text) => {
      unread.settle();
      return texts.find(text);
    },
    get columns() {
      return {
        words: texts.columns,
        names: written.columns,
        values: orders.columns,
        cells: partition.numbers,
        coins: cells.coins,
        shocks: shocked.numbers,
      };
    },
    compare: (left, right, key, descending) => {
      if (key !== 'account') return orders.compare(left, right, key, descending);
      return descending ? names.compare(right, left) : names.compare(left, right);
    },
    runs: (key, descending, skip) => {
      unread.settle();
      return key === 'account'
        ? namesInOrder(descending, skip)
        : orders.runs(key, descending, skip);
    },
  };
}
