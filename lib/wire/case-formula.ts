/** A venue's account formula on the texts of a recorded case. */
import { type Decimal } from '../units/decimal.ts';
import { type Figure } from '../margin/figures.ts';
import { money, type Money } from '../units/money.ts';
import { figureText, type FigureText } from './figure-text.ts';

/** Amounts by the formula's own words in, a figure out. */
export type AccountFormula<Word extends string> = (
  amounts: Readonly<Record<Word, Money>>,
) => Figure<Decimal>;

export function formulaText<Word extends string>(
  formula: AccountFormula<Word>,
  texts: readonly (readonly [word: Word, text: string])[],
): FigureText {
  const amounts = Object.fromEntries(texts.map(([word, text]) => [word, money(text)]));
  return figureText(formula(amounts as Readonly<Record<Word, Money>>));
}
