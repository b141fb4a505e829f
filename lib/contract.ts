/** The three words that every room shares: a promise, a dead end, and a result. */

/** Thrown when the code itself is wrong. Bad input from outside is never an AssertionError: it is a `Result`. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** States what must hold if the code is right. The only throw in `lib`. */
export function assert(condition: boolean, promise: string): asserts condition {
  if (!condition) throw new AssertionError(promise);
}

/** Closes an exhaustive switch: a value that reaches it was forgotten by the programmer. */
export function assertNever(value: never): never {
  throw new AssertionError(`unexpected value ${JSON.stringify(value)}`);
}

/** What an operation on outside facts gives: its value, or the reason it has none. */
export type Result<Value, Problem = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Problem };

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function fail<Problem>(error: Problem): { readonly ok: false; readonly error: Problem } {
  return { ok: false, error };
}
