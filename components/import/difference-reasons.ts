/** Why the venue's figure and ours are not the same, as far as it is known. Pure. */
import { type ComparedFigure } from '#lib/wire/venue-differences.ts';

/**
 * @param supposed everything that had to be supposed about the account
 * @param leftOut how many rows are not in the figures
 */
export function reasonsFor(
  compared: ComparedFigure,
  supposed: readonly string[],
  leftOut: number,
): readonly string[] {
  if (compared.agrees) return [];
  const own =
    typeof compared.ours === 'string' ? [] : [`ours does not exist: ${compared.ours.why}`];
  const [symbol = ''] = compared.subject.split(' ');
  const isPool = compared.place.startsWith('venueFigures.pools');
  const about = supposed.filter(
    (sentence) =>
      sentence.startsWith(`${symbol}:`) ||
      sentence.startsWith(`${symbol} `) ||
      (isPool && TERMS.test(sentence)),
  );
  const isShared = isPool || compared.figure === 'liquidationPrice';
  const rows = leftOut === 1 ? 'a row was left out' : `${leftOut} rows were left out`;
  const known = [...own, ...(leftOut > 0 && isShared ? [rows] : []), ...about];
  return known.length === 0 ? [NOT_KNOWN] : known;
}

/** Sums hang on the terms of every contract in them. */
const TERMS = /tier|rate|price in USD/;
const NOT_KNOWN =
  'nothing was supposed that explains it: the venue counts otherwise, or its answers are of different moments';
