/** Solves on the first call, remembers for the next ones. */
export function lazily<Value>(solve: () => Value): () => Value {
  let solved: { readonly value: Value } | undefined;
  return () => (solved ??= { value: solve() }).value;
}
