/** Milliseconds since 1970 UTC. Run time in `lib` and the engine; the wall clock exists in the server only. */
export type TimestampMs = number & { readonly [timeUnit]: 'ms' };
declare const timeUnit: unique symbol;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export function timestampMs(value: number): TimestampMs {
  return value as TimestampMs;
}

/** Length of `2026-01-14T12:00:00`. */
const SECONDS_END = 19;

/** `2026-01-14T12:00:00Z` with optional fraction; anything else is undefined. Offsets are refused: one zone, UTC. */
export function parseUtcTime(text: string): TimestampMs | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(text)) return undefined;
  const value = Date.parse(text);
  if (!Number.isFinite(value)) return undefined;
  // A day that no month has is moved into the next one by Date: what comes back must be what was read.
  return new Date(value).toISOString().startsWith(text.slice(0, SECONDS_END))
    ? timestampMs(value)
    : undefined;
}

export function utcText(time: TimestampMs): string {
  return new Date(time).toISOString();
}
