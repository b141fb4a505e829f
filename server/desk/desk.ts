/**
 * Answers desk queries: puts all accounts in order with cheap figures, then derives the rows on screen exactly. Written as
 * tasks that pause between accounts, so that a big desk never holds up a decision.
 */
import { type Engine } from '#lib/engine/engine.ts';
import { type EngineState, type LedgerAccount, type PoolRow } from '#lib/engine/state.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { assetId } from '#lib/units/ids.ts';
import {
  type DeskFrame,
  type DeskQuery,
  type DeskRow,
  type DeskSortKey,
} from '#lib/wire/protocol.ts';
import { type Task } from '../background.ts';
import { deskRow } from './desk-row.ts';
import {
  distanceOfPool,
  marginBalanceOf,
  quickAccountOf,
  quickMarketOf,
  ratioOfPool,
  type QuickAccount,
  type QuickPool,
} from './quick-figures.ts';
import {
  poolsByAccount,
  SCREEN_RANK,
  shownSinceOf,
  tradersOf,
  worstStateOf,
} from './screen-rank.ts';

const ACCOUNTS_PER_SLICE = 100;

/** An account with what it is ordered and filtered by. */
export interface DeskEntry {
  readonly account: LedgerAccount;
  readonly rows: readonly PoolRow[];
  readonly rank: number;
  /** Margin ratio of the worst pool: Infinity when equity is gone, NaN when unknown. */
  readonly ratio: number;
  readonly quick: QuickAccount;
}

export function deskEntryOf(quick: QuickAccount, rows: readonly PoolRow[]): DeskEntry {
  const ratio = quick.pools.reduce((worst, pool) => Math.max(worst, ratioOfPool(pool)), 0);
  return { account: quick.account, rows, rank: SCREEN_RANK[worstStateOf(rows)], ratio, quick };
}

function worstQuickPool(entry: DeskEntry): QuickPool | undefined {
  return (
    entry.quick.pools.find((pool) => Object.is(ratioOfPool(pool), entry.ratio)) ??
    entry.quick.pools[0]
  );
}

/** What a column sorts by; NaN stands last whichever way. */
function sortValueOf(entry: DeskEntry, key: Exclude<DeskSortKey, 'account'>): number {
  const pool = worstQuickPool(entry);
  switch (key) {
    case 'state':
      return entry.rank;
    case 'marginRatio':
      return entry.ratio;
    case 'distance':
      return distanceOf(entry);
    case 'marginBalance':
      return pool === undefined ? Number.NaN : marginBalanceOf(pool);
    case 'maintenanceMargin':
      return pool?.maintenance ?? Number.NaN;
    case 'excess':
      return pool === undefined ? Number.NaN : marginBalanceOf(pool) - pool.maintenance;
    case 'notional':
      return entry.quick.pools.reduce((sum, each) => sum + each.notional * each.usdPerUnit, 0);
    case 'since':
      return sinceOf(entry);
  }
}

/** Share that its nearest pool is away; Infinity where nothing can be liquidated. */
function distanceOf(entry: DeskEntry): number {
  return entry.quick.pools.reduce((least, each) => Math.min(least, distanceOfPool(each)), Infinity);
}

function sinceOf(entry: DeskEntry): number {
  return entry.rows.length === 0
    ? entry.account.openedAt
    : Math.min(...entry.rows.map(shownSinceOf));
}

function compareIds(a: DeskEntry, b: DeskEntry): number {
  return a.account.accountId < b.account.accountId ? -1 : 1;
}

/** Orders by the column, then by what is nearest to liquidation, then by id. */
export function ordered(entries: readonly DeskEntry[], query: DeskQuery): readonly DeskEntry[] {
  const { sort, descending } = query;
  if (sort === 'account') {
    return entries.toSorted((a, b) => (descending ? -compareIds(a, b) : compareIds(a, b)));
  }
  const keyed = entries.map((entry) => ({ entry, value: sortValueOf(entry, sort) }));
  keyed.sort((a, b) => {
    const byValue = compareValues(a.value, b.value, descending);
    if (byValue !== 0) return byValue;
    const byDistance = compareValues(distanceOf(a.entry), distanceOf(b.entry), false);
    return byDistance === 0 ? compareIds(a.entry, b.entry) : byDistance;
  });
  return keyed.map(({ entry }) => entry);
}

function compareValues(a: number, b: number, descending: boolean): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  if (a === b) return 0;
  return a < b === descending ? 1 : -1;
}

export function matches(entry: DeskEntry, query: DeskQuery): boolean {
  const wanted = query.states;
  if (wanted.length > 0 && !wanted.includes(worstStateOf(entry.rows))) return false;
  const text = query.text.trim().toLowerCase();
  const { accountId, label } = entry.account;
  return text === '' || `${accountId} ${label}`.toLowerCase().includes(text);
}

export type DeskAnswer = Omit<DeskFrame, 'seq' | 'queryId'>;

/** Every account as an entry, pausing now and then. */
export function* deskEntries(
  engine: Engine,
  state: EngineState,
): Generator<void, readonly DeskEntry[], void> {
  const market = quickMarketOf(state, engine.marketOf(state));
  const pools = poolsByAccount(state);
  const entries: DeskEntry[] = [];
  for (const account of tradersOf(state)) {
    const rows = pools.get(account.accountId) ?? [];
    entries.push(deskEntryOf(quickAccountOf(account, market), rows));
    if (entries.length % ACCOUNTS_PER_SLICE === 0) yield;
  }
  return entries;
}

/** Answers one query and hands the answer on. */
export function* answerDesk(p: {
  readonly engine: Engine;
  readonly state: EngineState;
  readonly query: DeskQuery;
  readonly answer: (answer: DeskAnswer) => void;
}): Task {
  const { engine, state, query } = p;
  const entries = yield* deskEntries(engine, state);
  const found = ordered(
    entries.filter((entry) => matches(entry, query)),
    query,
  );
  yield;
  const rows: DeskRow[] = [];
  for (const { account } of found.slice(query.offset, query.offset + query.limit)) {
    const row = exactRow(engine, state, account);
    if (row !== undefined) rows.push(row);
    yield;
  }
  p.answer({
    runTime: state.time,
    total: found.length,
    offset: query.offset,
    rows: inOrder(rows, query),
  });
}

/** Cheap figures chose the rows, and the run went on meanwhile: what is on screen stands in the order of what it shows. */
function inOrder(rows: readonly DeskRow[], { sort, descending }: DeskQuery): readonly DeskRow[] {
  if (sort === 'account') return rows;
  return rows.toSorted((a, b) => {
    const byValue = compareValues(shownValue(a, sort), shownValue(b, sort), descending);
    return byValue === 0
      ? compareValues(shownValue(a, 'distance'), shownValue(b, 'distance'), false)
      : byValue;
  });
}

function shownValue(row: DeskRow, key: Exclude<DeskSortKey, 'account'>): number {
  switch (key) {
    case 'state':
      return SCREEN_RANK[row.state];
    case 'marginRatio':
      return row.marginRatio === 'equity-gone' || row.marginRatio === 'deficit'
        ? Number.POSITIVE_INFINITY
        : numberIn(row.marginRatio);
    case 'distance':
      return row.distanceShare === null ? Number.POSITIVE_INFINITY : Number(row.distanceShare);
    case 'marginBalance':
      return numberIn(row.marginBalance);
    case 'maintenanceMargin':
      return numberIn(row.maintenanceMargin);
    case 'excess':
      return numberIn(row.excess);
    case 'notional':
      return numberIn(row.notionalUsd);
    case 'since':
      return row.since;
  }
}

function numberIn(text: string | null): number {
  return text === null ? Number.NaN : Number(text);
}

function exactRow(engine: Engine, state: EngineState, account: LedgerAccount): DeskRow | undefined {
  const facts = engine.accountOf(state, account.accountId);
  if (facts === undefined) return undefined;
  const market = engine.marketOf(state);
  return deskRow({
    account,
    rows: [...state.pools.values()].filter((row) => row.accountId === account.accountId),
    health: assessAccount({ account: facts, market, rules: houseRules }),
    usdOf: (asset) => market.assetPrices.get(assetId(asset))?.index,
  });
}
