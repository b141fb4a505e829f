/** Marks of the number styles that a reader can choose, whatever the language of the page. */
import { POINT_STYLE, type NumberStyle } from './format.ts';

export type NamedStyle = 'english' | 'german' | 'swiss' | 'plain';

export const NUMBER_STYLES: Readonly<Record<NamedStyle, NumberStyle>> = {
  english: POINT_STYLE,
  german: { decimal: ',', group: '.' },
  swiss: { decimal: '.', group: '\u2019' },
  plain: { decimal: '.', group: '' },
};
