/** Refusals of outside data in one sentence: the place, the value, and what was expected there. */
import type { z } from 'zod';
import { fail, ok, type Result } from '../contract.ts';

const LONGEST_SHOWN = 60;

/** A value as a sentence may show it: short, and JSON where it can be. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function sentenceOf(place: string, raw: unknown, issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `${place}: unknown key ${issue.keys.map(shown).join(', ')}`;
  }
  const at = issue.path.length === 0 ? place : `${place}, ${issue.path.map(String).join('.')}`;
  return `${at}: got ${shown(valueAt(raw, issue.path))}, expected ${issue.message}`;
}

/** Every problem that a schema finds, a sentence each. Schemas carry their expectation as `error`. */
export function parseWith<Value>(
  schema: z.ZodType<Value>,
  place: string,
  raw: unknown,
): Result<Value, readonly string[]> {
  const parsed = schema.safeParse(raw);
  return parsed.success
    ? ok(parsed.data)
    : fail(parsed.error.issues.map((issue) => sentenceOf(place, raw, issue)));
}
