/**
 * Answers desk queries: cheap figures choose the rows, which are then derived and put in order exactly. Written as tasks that
 * pause between accounts, so that a big desk never holds up a decision.
 */
import { distanceReadingOf, volatilityNow } from '#lib/engine/distance-reading.ts';
import { type ShownState } from '#lib/engine/state.ts';
import { type Market } from '#lib/margin/account.ts';
import { type AccountHealth, type PoolHealth } from '#lib/margin/figures.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { type AccountId, assetId } from '#lib/units/ids.ts';
import {
  DESK_SHOCKS,
  type AccountsPage,
  type DeskFrame,
  type DeskQuery,
  type DeskRow,
  type DeskSortKey,
} from '#lib/wire/protocol.ts';
import { type Task } from '../background.ts';
import { type DeskAccounts } from './desk-accounts.ts';
import { type DeskBook } from './desk-book.ts';
import { deskRow } from './desk-row.ts';
import { select } from './desk-selection.ts';
import { SCREEN_RANK } from './screen-rank.ts';
import { marketMovedBy, RANKED_SHOCK } from './shock.ts';

/** What a desk is answered from. */
export interface Desk {
  readonly state: ShownState;
  readonly accounts: DeskAccounts;
  readonly book: DeskBook;
}

export type DeskAnswer = Omit<DeskFrame, 'seq' | 'queryId'>;

/** Answers one query and hands the answer on. */
export function* answerDesk(
  desk: Desk & { readonly query: DeskQuery; readonly answer: (answer: DeskAnswer) => void },
): Task {
  const { state, book, query } = desk;
  const { total, slots } = yield* select(book, query);
  const rows = (yield* exactRows(desk, slots, 1)).map(({ row }) => row);
  const { offset } = query;
  desk.answer({ runTime: state.time, total, offset, rows: inOrder(rows, query) });
}

/** Rows as they are when their turn comes, each with the run time that it is of. */
export function* exactRows(
  desk: Desk,
  slots: Iterable<number>,
  perSlice: number,
): Generator<void, AccountsPage['rows'], void> {
  const { state, book } = desk;
  const rows: AccountsPage['rows'][number][] = [];
  let scene: RowScene | undefined;
  for (const slot of slots) {
    if (scene?.step !== state.step) scene = rowScene(desk);
    const row = exactRow(desk, scene, book.idOf(slot));
    if (row !== undefined) rows.push({ at: state.time, row });
    if (rows.length % perSlice === 0) yield;
  }
  return rows;
}

/** The market that rows of one step are derived at. */
interface RowScene {
  readonly step: number;
  readonly market: Market;
  readonly fallen: Market;
  readonly zOf: (pool: PoolHealth) => number | null;
}

function rowScene({ state, accounts }: Desk): RowScene {
  const market = accounts.market();
  const volatility = volatilityNow(state);
  return {
    step: state.step,
    market,
    fallen: marketMovedBy(market, DESK_SHOCKS[RANKED_SHOCK] ?? '0'),
    zOf: (pool) =>
      pool.status === 'unknown' ? null : (distanceReadingOf(pool, volatility).ways[0]?.z ?? null),
  };
}

function exactRow({ accounts }: Desk, scene: RowScene, id: AccountId): DeskRow | undefined {
  const facts = accounts.factsOf(id);
  const card = accounts.cardOf(id);
  if (facts === undefined || card === undefined) return undefined;
  const healthAt = (market: Market): AccountHealth =>
    assessAccount({ account: facts, market, rules: houseRules });
  return deskRow({
    accountId: id,
    card,
    rows: accounts.rowsOf(id),
    health: healthAt(scene.market),
    fallen: healthAt(scene.fallen),
    zOf: scene.zOf,
    usdOf: (asset) => scene.market.assetPrices.get(assetId(asset))?.index,
  });
}

/** Cheap figures chose the rows, and the run went on meanwhile: what is on screen stands in the order of what it shows. */
function inOrder(rows: readonly DeskRow[], { sort, descending }: DeskQuery): readonly DeskRow[] {
  if (sort === 'account' || sort === 'coin') return rows;
  const by = (a: DeskRow, b: DeskRow, key: typeof sort, falls: boolean): number =>
    compareValues(shownValue(a, key), shownValue(b, key), falls);
  return rows.toSorted(
    (a, b) =>
      by(a, b, sort, descending) || by(a, b, 'distance', false) || by(a, b, 'marginRatio', true),
  );
}

function compareValues(a: number, b: number, descending: boolean): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  if (a === b) return 0;
  return a < b === descending ? 1 : -1;
}

function shownValue(row: DeskRow, key: Exclude<DeskSortKey, 'account' | 'coin'>): number {
  switch (key) {
    case 'state':
      return SCREEN_RANK[row.state];
    case 'marginRatio':
      return row.marginRatio === 'equity-gone' || row.marginRatio === 'deficit'
        ? Number.POSITIVE_INFINITY
        : numberIn(row.marginRatio);
    case 'distance':
      if (row.distanceShare === 'past') return Number.NEGATIVE_INFINITY;
      return row.distanceShare === null ? Number.POSITIVE_INFINITY : Number(row.distanceShare);
    case 'z':
      return row.z ?? Number.POSITIVE_INFINITY;
    case 'marginBalance':
      return numberIn(row.marginBalance);
    case 'maintenanceMargin':
      return numberIn(row.maintenanceMargin);
    case 'excess':
      return numberIn(row.excess);
    case 'notional':
      return numberIn(row.notionalUsd);
    case 'ifDown':
      return numberIn(row.ifDownUsd);
    case 'since':
      return -row.since;
  }
}

function numberIn(text: string | null): number {
  return text === null ? Number.NaN : Number(text);
}
