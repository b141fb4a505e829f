/** What is to be heard (ux.md 3 and 4): one tone for a Warning, a tone that repeats for a Critical until somebody answers. Pure. */
import { type AccountText, type PoolText } from '#lib/wire/protocol.ts';
import { type PoolNews } from './account-news.ts';

export type Tone = 'warning' | 'critical' | 'liquidating' | 'unknown' | 'test';

/** Pools whose alarm the reader switched off, each for the alert that began then. */
export type Muted = ReadonlyMap<string, number>;

/** Pools that sound now. A position that was opened at Critical on purpose does not (rulings B2). */
export function ringing(account: AccountText, muted: Muted): readonly PoolText[] {
  return account.pools.filter(
    (pool) =>
      pool.alertState === 'critical' &&
      pool.phase !== 'liquidating' &&
      pool.phase !== 'liquidated' &&
      pool.acknowledged === null &&
      muted.get(pool.poolId) !== pool.since &&
      !account.positions.some(({ openedAt }) => openedAt === pool.since),
  );
}

/** The one tone of a piece of news; Critical has its own repeating one. */
export function toneOf({ from, to }: Pick<PoolNews, 'from' | 'to'>): Tone | undefined {
  if (to === 'liquidating') return 'liquidating';
  if (to === 'liquidated') return from === 'liquidating' ? undefined : 'liquidating';
  return to === 'warning' && (from === 'healthy' || from === 'watch') ? 'warning' : undefined;
}
