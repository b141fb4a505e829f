/** Why the venue's figure and ours are not the same, as far as it is known. */
import { type ComparedFigure } from './compared-figure.ts';

/** @param supposed everything that had to be supposed about the account, a sentence each */
export function reasonsFor(
  compared: ComparedFigure,
  supposed: readonly string[],
): readonly string[] {
  const { agreement, leftOut, place, subject, ours } = compared;
  if (agreement === 'equal') return [];
  if (agreement === 'as-printed') return [CUT];
  const isPool = place.startsWith('venueFigures.pools');
  const rows = leftOut === 1 ? 'a row was left out' : `${leftOut} rows were left out`;
  const known = [
    ...existence(compared),
    ...(leftOut > 0 ? [rows] : []),
    ...(typeof ours === 'string'
      ? supposed.filter((sentence) => isAbout(subject, isPool, sentence))
      : []),
  ];
  return known.length === 0 ? [NOT_KNOWN] : known;
}

function existence({ theirs, ours, sides }: ComparedFigure): readonly string[] {
  return [
    ...(theirs === null ? ['the venue says that there is none'] : []),
    ...(typeof ours === 'string' ? [] : [`ours does not exist: ${ours.why}`]),
    ...(sides === undefined
      ? []
      : ['ours exists on either side of the mark, and the venue prints one side']),
  ];
}

/** Sums hang on the terms of every contract in them. */
const TERMS = /tier|rate|price in USD/;
const CUT = 'less than one unit of the last decimal that the venue printed';
const NOT_KNOWN =
  'nothing was supposed that explains it: the venue counts otherwise, or its answers are of different moments';

function isAbout(subject: string, isPool: boolean, sentence: string): boolean {
  const [symbol = ''] = subject.split(' ');
  return (
    sentence.startsWith(`${symbol}:`) ||
    sentence.startsWith(`${symbol} `) ||
    (isPool && TERMS.test(sentence))
  );
}
