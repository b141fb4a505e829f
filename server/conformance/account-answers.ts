/** Account figures of a case: which key is which word of a venue's formula. */
import { fail, ok } from '#lib/contract.ts';
import { formulaText, type AccountFormula } from '#lib/wire/case-formula.ts';
import { type AnswerOf } from './venue-words.ts';

/** Keys of which the first that is there counts; `or` stands for what need not be there. */
type Source = string | { readonly keys: readonly string[]; readonly or: string };

export const NOTHING: Source = { keys: [], or: '0' };

export function perhaps(...keys: readonly string[]): Source {
  return { keys, or: '0' };
}

function keysOf(source: Source): readonly string[] {
  return typeof source === 'string' ? source.split('|') : source.keys;
}

/** An account figure; nothing of it is read unless everything is there. */
export function from<Word extends string>(
  sources: readonly (readonly [word: Word, source: Source])[],
  formula: AccountFormula<Word>,
): AnswerOf {
  return (reader) => {
    const lacking = sources.find(
      ([, source]) => typeof source === 'string' && !keysOf(source).some((key) => reader.has(key)),
    );
    if (lacking !== undefined) return fail(`"${keysOf(lacking[1]).join('" or "')}" is needed`);
    const texts = sources.map(([word, source]): readonly [Word, string] => [
      word,
      reader.firstOf(...keysOf(source)) ?? (typeof source === 'string' ? '0' : source.or),
    ]);
    return ok(formulaText(formula, texts));
  };
}

/** The first that the case gives enough for. */
export function either(first: AnswerOf, ...others: readonly AnswerOf[]): AnswerOf {
  return (reader) => {
    const found = first(reader);
    const [next, ...rest] = others;
    return found.ok || next === undefined ? found : either(next, ...rest)(reader);
  };
}
