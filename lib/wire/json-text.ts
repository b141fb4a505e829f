/** JSON from outside: parsed, or the reason in one sentence. A key that stands twice is refused: one of the two would be lost. */
import { fail, ok, type Result } from '../contract.ts';

export function parseJson(text: string, whole: string): Result<unknown, readonly string[]> {
  const value = readJson(text);
  if (!value.ok) return fail([`${whole} is not JSON: ${value.error}`]);
  const repeated = repeatedKeys(text);
  return repeated.length === 0
    ? value
    : fail(repeated.map((key) => `${whole} says "${key}" twice in one object; expected it once`));
}

function readJson(text: string): Result<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")\s*(:)?|[{}[\]]/g;

/** Keys that stand more than once in the same object of a text that is known to be JSON. */
function repeatedKeys(text: string): readonly string[] {
  const open: (Set<string> | undefined)[] = [];
  const repeated: string[] = [];
  for (const [token, quoted, colon] of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (quoted !== undefined && colon !== undefined) {
      const keys = open.at(-1);
      const key = String(JSON.parse(quoted));
      if (keys?.has(key)) repeated.push(key);
      keys?.add(key);
    }
  }
  return repeated;
}
