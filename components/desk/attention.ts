/** What needs somebody now: critical pools, unanswered first, nearest to liquidation first. Pure. */
import { isOpen, wantsAnswer, type AlertEntry } from '#components/alerts/alert-rows.ts';
import { severityRank } from '#lib/display/words.ts';
import { type DeskRow } from '#lib/wire/protocol.ts';

export interface Breach {
  readonly entry: AlertEntry;
  /** As text; null where nothing can liquidate the pool. */
  readonly distanceShare: string | null;
  /** Run time of the distance; undefined: it is of now. */
  readonly at: number | undefined;
}

/** @param rows the accounts that the desk shows: their distances are of now. */
export function breachesOf(
  entries: readonly AlertEntry[],
  rows: readonly DeskRow[],
): readonly Breach[] {
  const live = new Map(rows.map((row) => [row.worstPool, row.distanceShare]));
  return entries
    .filter((entry) => isOpen(entry) && isGrave(entry))
    .map((entry): Breach => {
      const now = live.get(entry.body.poolId);
      return now === undefined
        ? { entry, distanceShare: entry.body.distanceShare, at: entry.time }
        : { entry, distanceShare: now, at: undefined };
    })
    .toSorted(byNeed);
}

function isGrave({ state }: AlertEntry): boolean {
  return severityRank(state) <= severityRank('critical');
}

function byNeed(a: Breach, b: Breach): number {
  return (
    Number(wantsAnswer(b.entry)) - Number(wantsAnswer(a.entry)) ||
    nearness(a) - nearness(b) ||
    a.entry.time - b.entry.time
  );
}

function nearness({ distanceShare }: Breach): number {
  return distanceShare === null ? Number.MAX_VALUE : Number(distanceShare);
}
