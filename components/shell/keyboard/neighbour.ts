/** The one before or after in a list; from outside of it the first. At either end it stays. Undefined for an empty list. */
export function neighbourOf(
  ids: readonly string[],
  current: string | undefined,
  by: 1 | -1,
): string | undefined {
  const index = current === undefined ? -1 : ids.indexOf(current);
  if (index < 0) return ids[0];
  return ids[Math.min(Math.max(index + by, 0), ids.length - 1)];
}
