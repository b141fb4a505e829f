/** What needs somebody now: critical pools, unanswered first, nearest to liquidation first. Pure. */
import { isOpen, wantsAnswer, type AlertEntry } from '#components/alerts/alert-rows.ts';
import { wasPastLiquidation } from '#lib/display/alert-words.ts';
import { severityRank } from '#lib/display/words.ts';
import { type AlertCounts, type DeskRow } from '#lib/wire/protocol.ts';

export interface Breach {
  readonly entry: AlertEntry;
  /** As text; null where nothing can liquidate the pool. */
  readonly distanceShare: DeskRow['distanceShare'];
  /** Run time of the distance; undefined: it is of now. */
  readonly at: number | undefined;
}

/** @param rows the accounts that the desk shows: their distances are of now. @param heldPools those that stay although they are well again. */
export function breachesOf(
  entries: readonly AlertEntry[],
  rows: readonly DeskRow[],
  heldPools: ReadonlySet<string> = new Set(),
): readonly Breach[] {
  const live = new Map(rows.map((row) => [row.worstPool, row.distanceShare]));
  return entries
    .filter((entry) => isBreach(entry) || (entry.isLatest && heldPools.has(entry.body.poolId)))
    .map((entry): Breach => {
      const now = live.get(entry.body.poolId);
      return now === undefined
        ? { entry, distanceShare: distanceThen(entry), at: entry.time }
        : { entry, distanceShare: now, at: undefined };
    })
    .toSorted(byNeed);
}

/** Critical or being liquidated, now. */
export function isBreach(entry: AlertEntry): boolean {
  return isOpen(entry) && severityRank(entry.state) <= severityRank('critical');
}

function distanceThen({ body }: AlertEntry): Breach['distanceShare'] {
  return body.distanceShare ?? (wasPastLiquidation(body) ? 'past' : null);
}

/** Pools that are Critical or being liquidated, in the whole book: all of them, and those that nobody has answered. */
export function callCounts({ open, unanswered }: AlertCounts): {
  readonly all: number;
  readonly unanswered: number;
} {
  return {
    all: open.critical + open.liquidating,
    unanswered: unanswered.critical + unanswered.liquidating,
  };
}

function byNeed(a: Breach, b: Breach): number {
  return (
    Number(wantsAnswer(b.entry)) - Number(wantsAnswer(a.entry)) ||
    nearness(a) - nearness(b) ||
    a.entry.time - b.entry.time
  );
}

function nearness({ distanceShare }: Breach): number {
  if (distanceShare === 'past') return -1;
  return distanceShare === null ? Number.MAX_VALUE : Number(distanceShare);
}
