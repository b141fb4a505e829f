/** JSON as people paste it: one value, or several answers one after the other. */
import { fail, ok, type Result } from '../../contract.ts';
import { parseJson } from '../json-text.ts';

export interface JsonDocument {
  readonly value: unknown;
  /** The same with every number as the text that it was written in: venues print more digits than a float keeps. */
  readonly exact: unknown;
}

/** At most this many answers make one account. */
const DOCUMENTS_MAX = 50;
const BARE_NUMBER = /("[^"\\]*(?:\\.[^"\\]*)*")|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

export function jsonDocumentsOf(
  text: string,
  whole: string,
): Result<readonly JsonDocument[], readonly string[]> {
  const texts = separated(text);
  if (texts.length > DOCUMENTS_MAX) {
    return fail([`${whole} holds ${texts.length} answers; expected at most ${DOCUMENTS_MAX}`]);
  }
  const documents: JsonDocument[] = [];
  for (const one of texts) {
    const parsed = parseJson(one, whole);
    if (!parsed.ok) return parsed;
    const exact = parseJson(quoted(one), whole);
    if (!exact.ok) return exact;
    documents.push({ value: parsed.value, exact: exact.value });
  }
  return ok(documents);
}

/** Texts of the values that stand one after the other; whatever stands between them stays with the next one. */
function separated(text: string): readonly string[] {
  const texts: string[] = [];
  let depth = 0;
  let from = 0;
  let isInString = false;
  // One look at each character: a text whose string never ends must not be read again and again.
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (isInString) {
      if (letter === '\\') at += 1;
      else isInString = letter !== '"';
    } else if (letter === '"') isInString = true;
    else if (letter === '{' || letter === '[') depth += 1;
    else if (letter === '}' || letter === ']') {
      depth -= 1;
      if (depth !== 0) continue;
      texts.push(text.slice(from, at + 1));
      from = at + 1;
    }
  }
  const rest = text.slice(from).trim();
  return rest === '' ? texts : [...texts, rest];
}

/** A text that is known to be JSON, its numbers turned into texts. */
function quoted(text: string): string {
  return text.replaceAll(BARE_NUMBER, (token, string: string | undefined) =>
    string === undefined ? `"${token}"` : token,
  );
}
