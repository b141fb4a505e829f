/** Notices that the page slept: its tab was hidden, or the machine stood still. What it shows then is old (ux.md 9). */
import { SECOND_MS } from '#lib/units/time.ts';

const LOOK_EVERY_MS = SECOND_MS;
/** Hidden or asleep for less, the socket has kept the page up to date. */
export const SLEPT_AFTER_MS = 10 * SECOND_MS;

/** @param onWake called before the browser paints again. Returns the end of the watch. */
export function watchForSleep(
  onWake: () => void,
  page: Document = document,
  now: () => number = Date.now,
): () => void {
  let seenAt = now();
  function look(): void {
    if (page.hidden) return;
    const isAwakened = now() - seenAt > SLEPT_AFTER_MS;
    seenAt = now();
    if (isAwakened) onWake();
  }
  const timer = setInterval(look, LOOK_EVERY_MS);
  page.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    page.removeEventListener('visibilitychange', look);
  };
}
