/** An answer that may be a moment old: asked for a thousand times at once, it is worked out once. */

/** @param keepMs how old an answer may be. @param now monotonic milliseconds. */
export function remembered<Value>(
  keepMs: number,
  now: () => number,
  ask: () => Promise<Value>,
): { readonly get: () => Promise<Value>; readonly forget: () => void } {
  let kept: { readonly value: Promise<Value>; readonly at: number } | undefined;
  return {
    get: () => {
      if (kept === undefined || now() - kept.at >= keepMs) kept = { value: ask(), at: now() };
      return kept.value;
    },
    forget: () => {
      kept = undefined;
    },
  };
}
