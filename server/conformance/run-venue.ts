/** Cases of venues with terms of their own: refuses what it does not understand, answers each expected key by itself. */
import { fail, ok, type Result } from '#lib/contract.ts';
import { discountedOf, longOptionMarginOf } from '#lib/margin/account-formulas.ts';
import { formulaText } from '#lib/wire/case-formula.ts';
import { isAboveZero, isDecimalText, isZeroText } from '#lib/wire/case-text.ts';
import { impliedDeduction } from '#lib/wire/case-tiers.ts';
import { type CaseFigure } from '#lib/wire/venue-figures.ts';
import { type FigureText } from '#lib/wire/figure-text.ts';
import { isList, type CaseReader } from './case-reader.ts';
import { listProblem } from './list-problem.ts';
import { sideProblem } from './side.ts';
import { deductionAfterTier, tierProblem, tierRowsOf } from './tier-rows.ts';
import { answerOfPosition, isPosition, type AskedCase } from './venue-position.ts';
import { USUAL_KEYS, type VenueWords } from './venue-words.ts';

const TEXTS = ['contractType', 'symbol', 'side', 'note', 'unit', 'marginBase'];
const LISTS = ['tiers', 'positions', 'otherPositions', 'collateral'];
const USUAL_INPUTS = [
  ...TEXTS,
  'tiers',
  'positions',
  'otherPositions',
  'size',
  'contractSize',
  'entryPrice',
  'markPrice',
  'indexPrice',
  'leverage',
  'initialMarginRate',
  'maintenanceMarginRate',
  'maintenanceAmount',
  'maintenanceDeduction',
  'floorQty',
  'previousRate',
  'previousMaintenanceAmount',
  'takerFeeRate',
  'assumedTakerFeeRate',
  'tickSize',
  'extraMargin',
  'orderMargin',
];
const ABOVE_ZERO = [
  'contractSize',
  'entryPrice',
  'markPrice',
  'indexPrice',
  'settlementPrice',
  'leverage',
  'initialMarginRate',
  'tickSize',
];

/** A function from expected key to answer, or why the whole case is not understood. */
export function answersOfVenue(
  words: VenueWords,
  reader: CaseReader,
  mode: string,
): Result<(key: string) => Result<FigureText>> {
  const rows = [reader, ...reader.list('positions'), ...reader.list('otherPositions')];
  const problem = rows.map((row) => problemOf(row, words)).find((one) => one !== undefined);
  if (problem !== undefined) return fail(problem);
  const rules = words.rulesOf(reader, mode);
  return ok((expectedKey) => {
    const key = camelCase(expectedKey);
    if (isLeftEmpty(key, words, mode)) return ok(LEFT_EMPTY);
    const asked = answerTo(key, words, { rules, reader, mode });
    return asked ?? fail(`"${expectedKey}" is no figure of ours`);
  });
}

const LEFT_EMPTY: FigureText = {
  absent: 'not-recorded',
  why: 'the venue prints no such figure in this mode',
};

function isLeftEmpty(key: string, words: VenueWords, mode: string): boolean {
  const figure = figureNamed(key, words);
  const { leftEmpty } = words;
  return (
    figure !== undefined &&
    leftEmpty?.inMode.test(mode) === true &&
    leftEmpty.figures.includes(figure)
  );
}

/** Premium times size: the rest depends on the strike. */
const OF_OPTIONS: readonly CaseFigure[] = ['value', 'value-at-mark', 'pnl', 'session-pnl'];

function answerTo(
  key: string,
  words: VenueWords,
  asked: AskedCase,
): Result<FigureText> | undefined {
  const { reader } = asked;
  const own = deductionAnswer(key, reader) ?? discountAnswer(key, reader);
  if (own !== undefined) return own;
  const other = Object.hasOwn(words.otherKeys, key) ? words.otherKeys[key] : undefined;
  const figure = figureNamed(key, words);
  if (figure === undefined) return other?.(reader);
  const hasPositions = isPosition(words, reader) || reader.list('positions').length > 0;
  if (other !== undefined && !hasPositions) return other(reader);
  if (reader.label('contractType') === 'option' && !OF_OPTIONS.includes(figure)) {
    const asksNothing = figure === 'initial' || figure === 'maintenance';
    return asksNothing && reader.label('side') === 'long'
      ? ok(formulaText(longOptionMarginOf, []))
      : fail(`"${key}" of this option is not modelled`);
  }
  const answer = answerOfPosition(figure, words, asked);
  if (!answer.ok) return other === undefined ? answer : other(reader);
  return figure === 'price' ? ok(priceShown(answer.value, words, reader)) : answer;
}

function figureNamed(key: string, { positionKeys }: VenueWords): CaseFigure | undefined {
  const named = Object.hasOwn(positionKeys, key) ? positionKeys[key] : undefined;
  return named ?? (Object.hasOwn(USUAL_KEYS, key) ? USUAL_KEYS[key] : undefined);
}

const NO_PRICE: readonly string[] = ['margin-covers-loss', 'price-cancels'];

/** How the venue writes that there is no price. */
function priceShown(answer: FigureText, words: VenueWords, reader: CaseReader): FigureText {
  const printed = words.noPrice(reader);
  const isNone = typeof answer !== 'string' && NO_PRICE.includes(answer.absent);
  return isNone && printed !== null ? printed : answer;
}

function problemOf(reader: CaseReader, words: VenueWords): string | undefined {
  const known = new Set([
    ...USUAL_INPUTS,
    ...words.isolated,
    ...words.isolatedWithPnl,
    ...words.cross,
    ...words.crossWithPnl,
    ...words.value,
    ...words.otherInputs,
    ...(words.ratio === undefined ? [] : [words.ratio]),
  ]);
  const kind = reader.label('contractType') ?? 'linear';
  if (!['linear', 'inverse', ...(words.contractTypes ?? [])].includes(kind))
    return `contract type "${kind}" is not understood`;
  for (const [key, value] of reader.entries) {
    if (!known.has(key)) return `input "${key}" is not understood`;
    if (
      value === null ||
      (TEXTS.includes(key) && typeof value === 'string' && !isDecimalText(value))
    )
      continue;
    if (LISTS.includes(key) && isList(value)) continue;
    if (typeof value !== 'string' || !isDecimalText(value)) return `input "${key}" is no number`;
    if (key === 'size' && isZeroText(value)) return 'a position without size';
    if (ABOVE_ZERO.includes(key) && !isAboveZero(value)) return `input "${key}" is not above zero`;
  }
  if (kind === 'inverse' && reader.has('size') && !reader.has('contractSize')) {
    return 'an inverse contract without face value';
  }
  return sideProblem(reader) ?? listProblem(reader) ?? tierProblem(reader, words);
}

const DEDUCTION = /^maintenance(?:Amount|Deduction)(?:Tier(\d+))?$/;

function deductionAnswer(key: string, reader: CaseReader): Result<FigureText> | undefined {
  const match = DEDUCTION.exec(key);
  const ofTierInForce = match?.[1] === undefined && !reader.has('floorQty') && reader.has('tiers');
  if (match === null || ofTierInForce) return undefined;
  const tier = match[1];
  if (tier !== undefined) {
    const rows = tierRowsOf(reader.rows('tiers')) ?? [];
    const found = impliedDeduction(rows, Number(tier));
    return found === undefined ? fail(`there is no tier ${tier}`) : ok(found);
  }
  const found = deductionAfterTier(reader);
  return found === undefined ? fail('a deduction needs the tier before') : ok(found);
}

const DISCOUNTED = /^disEq(.+)$/;

/** Of one coin of the list `collateral`. */
function discountAnswer(key: string, reader: CaseReader): Result<FigureText> | undefined {
  const coin = DISCOUNTED.exec(key)?.[1];
  if (coin === undefined) return undefined;
  const row = reader
    .list('collateral')
    .find((one) => one.label('ccy')?.toUpperCase() === coin.toUpperCase());
  const equityUsd = row?.text('eqUsd');
  const discount = row?.text('discount');
  if (equityUsd === undefined || discount === undefined) return fail(`no collateral ${coin}`);
  return ok(
    formulaText(discountedOf, [
      ['equityUsd', equityUsd],
      ['discount', discount],
    ]),
  );
}

/** Expected keys may be written with underscores, as the venue's answers are. */
function camelCase(key: string): string {
  return key.replace(/_+(.)/g, (_whole, letter: string) => letter.toUpperCase());
}
