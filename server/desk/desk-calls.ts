/**
 * Who needs somebody now: of the pools that are Critical or being liquidated and that nobody has acknowledged the worst ones, with
 * exact figures of now, whatever a window of the book shows. Cheap figures choose the accounts, a few more than are told.
 */
import { type Market } from '#lib/margin/account.ts';
import { type PoolHealth } from '#lib/margin/figures.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { type PoolRow } from '#lib/engine/state.ts';
import { type AccountId } from '#lib/units/ids.ts';
import { type DeskCall, type DeskCalls } from '#lib/wire/protocol.ts';
import { type Task } from '../background.ts';
import { type Desk } from './desk.ts';
import { type DeskBook } from './desk-book.ts';
import { printedDistance, ratioText } from './desk-row.ts';
import { waitsForAnswer } from './open-alerts.ts';
import { screenStateOfRow, shownSinceOf } from './screen-rank.ts';

const TOLD = 20;
/** Floats may put neighbours the wrong way round. */
const CHOSEN = 24;
/** In a crash some of them are liquidated between two looks: others come up in their places. */
const LOOKS_MAX = 2 * CHOSEN;

/** Finds them and hands them on. */
export function* answerCalls(desk: Desk & { readonly tell: (calls: DeskCalls) => void }): Task {
  const { state, accounts, book } = desk;
  const calls: DeskCall[] = [];
  let scene: { readonly step: number; readonly market: Market } | undefined;
  for (const slot of worstNow(book)) {
    if (scene?.step !== state.step) scene = { step: state.step, market: accounts.market() };
    calls.push(...callsOf(desk, scene.market, book.idOf(slot)));
    yield;
  }
  desk.tell({ runTime: state.time, calls: calls.toSorted(byNeed).slice(0, TOLD) });
}

/** Chosen anew for every look: the run goes on between them. */
function* worstNow(book: DeskBook): Generator<number, void, void> {
  const seen = new Set<number>();
  while (seen.size < LOOKS_MAX) {
    const next = book.worstCalls(CHOSEN).find((slot) => !seen.has(slot));
    if (next === undefined) return;
    seen.add(next);
    yield next;
  }
}

function callsOf({ accounts }: Desk, market: Market, id: AccountId): readonly DeskCall[] {
  const account = accounts.factsOf(id);
  const waiting = accounts.rowsOf(id).filter(waitsForAnswer);
  if (account === undefined || waiting.length === 0) return [];
  const { pools } = assessAccount({ account, market, rules: houseRules });
  return waiting.flatMap((row) => {
    const pool = pools.find((one) => one.id === row.poolId);
    return pool === undefined ? [] : [callOf(row, pool)];
  });
}

function callOf(row: PoolRow, pool: PoolHealth): DeskCall {
  return {
    accountId: row.accountId,
    poolId: row.poolId,
    state: screenStateOfRow(row),
    since: shownSinceOf(row),
    confirming: row.phase.kind === 'confirming',
    doubtful: pool.status === 'unknown',
    marginRatio: ratioText(pool),
    distanceShare: printedDistance(pool),
    told: row.alert.asking?.told ?? 0,
  };
}

/** Past liquidation first, by margin ratio; then by distance; what is not known, or cannot be liquidated, last. */
function byNeed(left: DeskCall, right: DeskCall): number {
  return (
    distanceOf(left) - distanceOf(right) ||
    ratioOf(right) - ratioOf(left) ||
    left.since - right.since ||
    (left.poolId < right.poolId ? -1 : 1)
  );
}

function distanceOf({ distanceShare }: DeskCall): number {
  if (distanceShare === 'past') return -1;
  return distanceShare === null ? Number.MAX_VALUE : Number(distanceShare);
}

function ratioOf({ marginRatio }: DeskCall): number {
  if (marginRatio === null) return 0;
  const isBeyond = marginRatio === 'equity-gone' || marginRatio === 'deficit';
  return isBeyond ? Number.MAX_VALUE : Number(marginRatio);
}
