/** What is known of a price, and how old it is. Absence is a state of its own, never a zero (design R6). */
import { type Price } from '../units/money.ts';
import { type TimestampMs } from '../units/time.ts';

/** Rulings C1: FRESH below 3 s, LAGGING to 10 s, STALE beyond. DEGRADED: fresh, but composed of fewer than three sources. */
export type MarkStatus = 'fresh' | 'lagging' | 'degraded' | 'stale';

export interface MarkReading {
  readonly price: Price;
  /** When the venue says the price held. Age is judged by this one. */
  readonly time: TimestampMs;
  readonly status: MarkStatus;
}

/** Age limits of one feed. Venues that speak rarely carry their own (rulings C1). */
export interface AgeLimits {
  readonly laggingFromMs: number;
  readonly staleFromMs: number;
}
export const ONE_SECOND_FEED: AgeLimits = { laggingFromMs: 3_000, staleFromMs: 10_000 };
/** Below this count of live sources a composed mark is DEGRADED. */
const HEALTHY_SOURCES_MIN = 3;

/**
 * Status of a mark by its age and, where we compose it ourselves, by its live sources.
 * @param sources live sources behind the mark; undefined for a venue's own mark, where one source is enough.
 */
export function markStatusOf(p: {
  readonly ageMs: number;
  readonly sources: number | undefined;
  readonly limits: AgeLimits;
}): MarkStatus {
  if (p.sources === 0 || p.ageMs > p.limits.staleFromMs) return 'stale';
  if (p.ageMs >= p.limits.laggingFromMs) return 'lagging';
  return p.sources !== undefined && p.sources < HEALTHY_SOURCES_MIN ? 'degraded' : 'fresh';
}
