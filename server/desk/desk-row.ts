/** One row of the desk, with exact figures: what `lib/margin` says of an account, as text. */
import {
  type AccountHealth,
  type Figure,
  type PoolDistance,
  type PoolHealth,
} from '#lib/margin/figures.ts';
import { worseFirst } from '#lib/margin/health.ts';
import { type PoolRow } from '#lib/engine/state.ts';
import { decimalText, type Decimal } from '#lib/units/decimal.ts';
import { type AccountId } from '#lib/units/ids.ts';
import { type DeskRow } from '#lib/wire/protocol.ts';
import { type DeskCard } from './desk-accounts.ts';
import { SCREEN_RANK, screenStateOfRow, standingOf } from './screen-rank.ts';

export function figureText(figure: Figure<Decimal> | undefined): string | null {
  return figure?.known === true ? decimalText(figure.value) : null;
}

export function ratioText(pool: PoolHealth | undefined): DeskRow['marginRatio'] {
  if (pool?.marginRatio.known !== true) return null;
  const ratio = pool.marginRatio.value;
  return ratio.kind === 'ratio' ? decimalText(ratio.value) : ratio.kind;
}

/** `BTC down`, or `all together`. */
export function distanceWords(distance: PoolDistance): string {
  return distance.by.kind === 'joint'
    ? 'all together'
    : `${distance.by.instrumentId} ${distance.by.direction}`;
}

/** The pool that stands for the account: worst state first, then worst figures. */
function worstPoolOf(
  health: AccountHealth,
  rows: readonly PoolRow[],
): { readonly pool: PoolHealth | undefined; readonly row: PoolRow | undefined } {
  const rowOf = (pool: PoolHealth): PoolRow | undefined =>
    rows.find(({ poolId }) => poolId === pool.id);
  const rankOf = (pool: PoolHealth): number => {
    const row = rowOf(pool);
    return row === undefined ? 0 : SCREEN_RANK[screenStateOfRow(row)];
  };
  const [pool] = health.pools.toSorted(
    (left, right) => rankOf(right) - rankOf(left) || worseFirst(left, right),
  );
  return { pool, row: pool === undefined ? undefined : rowOf(pool) };
}

function notionalUsdOf(
  health: AccountHealth,
  usdOf: (asset: string) => Decimal | undefined,
): string | null {
  let total: Decimal | undefined;
  for (const { positions } of health.pools) {
    for (const { notional, settle } of positions) {
      const price = usdOf(settle);
      if (!notional.known || price === undefined) return null;
      const inUsd = notional.value.times(price);
      total = total === undefined ? inUsd : total.plus(inUsd);
    }
  }
  return total === undefined ? '0' : decimalText(total);
}

function biggestOf(
  health: AccountHealth,
  usdOf: (asset: string) => Decimal | undefined,
): string | null {
  let biggest: { readonly id: string; readonly size: Decimal } | undefined;
  for (const { positions } of health.pools) {
    for (const { notional, settle, instrumentId } of positions) {
      const price = usdOf(settle);
      if (!notional.known || price === undefined) continue;
      const size = notional.value.times(price);
      if (biggest === undefined || size.gt(biggest.size)) biggest = { id: instrumentId, size };
    }
  }
  return biggest?.id ?? null;
}

/**
 * The deciding distance as its owner's page prints it: to the liquidation price on its grid where one contract decides, so that
 * both pages show one figure.
 */
export function printedDistance(pool: PoolHealth): DeskRow['distanceShare'] {
  const deciding = pool.decidingDistance();
  if (!deciding.known) return deciding.why.kind === 'already-liquidatable' ? 'past' : null;
  const { share, by } = deciding.value;
  if (by.kind === 'joint') return decimalText(share);
  const printed = pool.positions
    .find(({ instrumentId }) => instrumentId === by.instrumentId)
    ?.liquidation().distanceShare;
  return decimalText(printed?.known === true ? printed.value : share);
}

/** What the account gains or loses on the way there; null while either is unknown, or hangs on a mark that is. */
function changeOf(health: AccountHealth, there: AccountHealth): string | null {
  if (isDoubtful(health)) return null;
  const [now, then] = [health.marginBalanceUsd, there.marginBalanceUsd];
  return now.known && then.known ? decimalText(then.value.minus(now.value)) : null;
}

function isDoubtful({ pools }: AccountHealth): boolean {
  return pools.some(({ status }) => status === 'unknown');
}

export function deskRow(p: {
  readonly accountId: AccountId;
  readonly card: DeskCard;
  readonly rows: readonly PoolRow[];
  readonly health: AccountHealth;
  /** If every price falls by a tenth. */
  readonly fallen: AccountHealth;
  readonly zOf: (pool: PoolHealth) => number | null;
  readonly usdOf: (asset: string) => Decimal | undefined;
}): DeskRow {
  const { card, rows, health, usdOf } = p;
  const { pool, row } = worstPoolOf(health, rows);
  const distance = pool?.decidingDistance();
  return {
    accountId: p.accountId,
    label: card.label,
    ...standingOf(rows, card.openedAt),
    unknownSince: row?.alert.unknownSince ?? null,
    doubtful: isDoubtful(health),
    worstPool: pool?.id ?? null,
    unit: pool?.unit ?? null,
    marginRatio: ratioText(pool),
    distanceShare: pool === undefined ? null : printedDistance(pool),
    distanceBy: distance?.known === true ? distanceWords(distance.value) : null,
    marginBalance: figureText(pool?.marginBalance),
    maintenanceMargin: figureText(pool?.maintenanceMargin),
    excess: figureText(pool?.marginExcess),
    notionalUsd: notionalUsdOf(health, usdOf),
    unrealizedPnlUsd: figureText(health.unrealizedPnlUsd),
    positions: card.positions,
    biggest: biggestOf(health, usdOf),
    acknowledged: row?.alert.acknowledged !== undefined,
    confirming: row?.phase.kind === 'confirming',
    z: pool === undefined ? null : p.zOf(pool),
    ifDownUsd: changeOf(health, p.fallen),
  };
}
