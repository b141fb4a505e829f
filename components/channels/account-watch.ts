/** Looks at one account again and again: tells each change once, and sums up what happened while nobody could see it. Pure. */
import { type Trust } from '#components/live/live-store.ts';
import { SECOND_MS } from '#lib/units/time.ts';
import { newsBetween, type PoolNews } from './account-news.ts';
import { absenceBetween, type Absence, type LastSeen } from './catch-up.ts';

export interface AccountWatch {
  readonly seen: LastSeen | undefined;
  /** What the reader saw last, while the page is hidden or hears nothing. */
  readonly left: LastSeen | undefined;
  /** The link was lost since. */
  readonly broken: boolean;
}
export const NOT_YET: AccountWatch = { seen: undefined, left: undefined, broken: false };

export interface Look {
  readonly watch: AccountWatch;
  readonly news: readonly PoolNews[];
  /** Once, when the reader is back. */
  readonly absence: Absence | undefined;
}

/** Who looks away for less has missed nothing that the toasts do not say. */
const AWAY_MS = 30 * SECOND_MS;

/** @param now undefined until account and book are known. */
export function lookAgain(
  watch: AccountWatch,
  page: { readonly trust: Trust; readonly hidden: boolean },
  now: LastSeen | undefined,
): Look {
  const { seen } = watch;
  const isCut = page.trust === 'lost' || page.trust === 'never';
  const left =
    watch.left ?? (isCut || page.trust === 'catching-up' || page.hidden ? seen : undefined);
  const broken = left !== undefined && (watch.broken || isCut);
  // Facts of before a break stand until the server has sent the new ones.
  if (now === undefined || page.trust !== 'live')
    return { watch: { seen, left, broken }, news: [], absence: undefined };
  const news = seen === undefined ? [] : newsBetween(seen.account, now.account);
  if (page.hidden) return { watch: { seen: now, left, broken }, news, absence: undefined };
  const isBack = left !== undefined && (broken || now.wallTime - left.wallTime >= AWAY_MS);
  const watched = { seen: now, left: undefined, broken: false };
  return { watch: watched, news, absence: isBack ? absenceBetween(left, now) : undefined };
}
