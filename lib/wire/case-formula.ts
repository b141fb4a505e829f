/** A venue's account formula on the texts of a recorded case. */
import { type Decimal } from '../units/decimal.ts';
import { type Figure } from '../margin/figures.ts';
import { okxAdjustedEquityOf } from '../margin/account-formulas.ts';
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

/** The same of rows, less an amount. */
export function adjustedEquityText(
  rows: readonly { readonly equityUsd: string; readonly discount: string }[],
  held: string,
): FigureText {
  const coins = rows.map((row) => ({
    equityUsd: money(row.equityUsd),
    discount: money(row.discount),
  }));
  return figureText(okxAdjustedEquityOf(coins, money(held)));
}
