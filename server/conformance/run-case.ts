/** Runs one recorded case: maps its keys to facts, asks `lib/margin`, compares. */
import { AssertionError, type Result } from '#lib/contract.ts';
import { assessAccount } from '#lib/margin/health.ts';
import {
  binanceCoinmRules,
  binancePortfolioRules,
  binanceUsdmRules,
} from '#lib/margin/venues/binance.ts';
import { type VenueRules } from '#lib/margin/venues/rules.ts';
import { factsOfCase } from '#lib/wire/case-facts.ts';
import { agrees, isZeroText, type CaseTolerance } from '#lib/wire/case-text.ts';
import { impliedDeduction } from '#lib/wire/case-tiers.ts';
import { type FigureText } from '#lib/wire/figure-text.ts';
import { mapBinance, type BinanceVenue, type MappedCase } from './binance-usdm.ts';
import { type RecordedCase } from './case-file.ts';
import { readingsOf, type CaseReader, type InputPath } from './case-reader.ts';
import { figureUnder, isFigureKey, type Answers } from './expected-figures.ts';
import { needsOf } from './needs.ts';
import { deductionAfterTier } from './tier-rows.ts';
import { answersOfVenue } from './run-venue.ts';
import { VENUE_WORDS } from './venue-tables.ts';
import { type VenueWords } from './venue-words.ts';

export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly reasons: readonly string[] }
  | { readonly kind: 'skipped'; readonly reason: string };

/** One figure beside what is expected of it. */
export interface Comparison {
  readonly key: string;
  readonly expected: string | null;
  readonly actual: FigureText;
  readonly tolerance: CaseTolerance;
}

export type Outcome =
  | {
      readonly kind: 'compared';
      readonly comparisons: readonly Comparison[];
      readonly read: readonly InputPath[];
    }
  | { readonly kind: 'not-run'; readonly reason: string };

const BINANCE: readonly BinanceVenue[] = ['binance-usdm', 'binance-coinm'];
/** What its records call portfolio margin: no key of a case tells it. */
const PORTFOLIO = /papi|portfolio/i;
/** A figure that stands among the inputs may differ from ours by one unit of the venue's last digit. */
const IMPLIED_TOLERANCE: CaseTolerance = { kind: 'amount', value: '0.00000001' };

export function verdictOf(recorded: RecordedCase): Verdict {
  if (!recorded.reproduced) {
    return { kind: 'skipped', reason: `nobody has reproduced it: ${recorded.notes}` };
  }
  const outcome = runCase(recorded);
  if (outcome.kind === 'not-run') return { kind: 'skipped', reason: outcome.reason };
  const reasons = outcome.comparisons.filter((one) => !holds(one)).map(sentenceOf);
  return reasons.length === 0 ? { kind: 'passed' } : { kind: 'failed', reasons };
}

export function holds({ expected, actual, tolerance, key }: Comparison): boolean {
  if (expected === null) return typeof actual !== 'string' || isMarker(key, actual);
  return typeof actual === 'string' && agrees(actual, expected, tolerance);
}

/** Binance prints 0 where no price liquidates. */
function isMarker(key: string, actual: string): boolean {
  return key === 'liquidationPrice' && isZeroText(actual);
}

function sentenceOf({ key, expected, actual }: Comparison): string {
  const ours = typeof actual === 'string' ? actual : `none (${actual.why})`;
  return `${key} is ${ours}; expected ${expected ?? 'none'}`;
}

/** The comparisons of a case, or why it cannot be run. Never throws: what the engine refuses is a failed comparison. */
export function runCase(recorded: RecordedCase): Outcome {
  const { reader, read } = readingsOf(recorded.inputs);
  const keys = Object.keys(recorded.expected);
  if (keys.length === 0) return { kind: 'not-run', reason: 'nothing is expected' };
  const words = Object.hasOwn(VENUE_WORDS, recorded.venue)
    ? VENUE_WORDS[recorded.venue]
    : undefined;
  if (words !== undefined) return runOfVenue(recorded, words);
  const venue = BINANCE.find((name) => name === recorded.venue);
  if (venue === undefined) {
    return { kind: 'not-run', reason: `there are no rules of ${recorded.venue}` };
  }
  const strange = keys.find((key) => !isFigureKey(key) && !isDeductionKey(key, reader));
  if (strange !== undefined)
    return { kind: 'not-run', reason: `"${strange}" is no figure of ours` };
  const mapped = mapBinance(
    reader,
    needsOf(keys.filter((key) => !isDeductionKey(key, reader))),
    venue,
  );
  if (!mapped.ok) return { kind: 'not-run', reason: mapped.error };
  const unfounded = keys.find(
    (key) => isDeductionKey(key, reader) && deductionUnder(key, mapped.value, reader) === undefined,
  );
  if (unfounded !== undefined) {
    return { kind: 'not-run', reason: `"${unfounded}" needs its tier and the one before` };
  }
  const comparisons = comparisonsOf(recorded, mapped.value, reader, rulesOf(venue, recorded.mode));
  return { kind: 'compared', comparisons, read: read() };
}

function rulesOf(venue: BinanceVenue, mode: string): VenueRules {
  const rules = venue === 'binance-usdm' ? binanceUsdmRules : binanceCoinmRules;
  return PORTFOLIO.test(mode) ? { ...rules, ...PORTFOLIO_ROUNDING } : rules;
}
const PORTFOLIO_ROUNDING = {
  version: binancePortfolioRules.version,
  rounding: binancePortfolioRules.rounding,
};

/** Venues with terms of their own: each key by itself, and no case passes with a key that nothing answers. */
function runOfVenue(recorded: RecordedCase, words: VenueWords): Outcome {
  const { reader, read } = readingsOf(recorded.inputs);
  const answers = answersOfVenue(words, reader, recorded.mode);
  if (!answers.ok) return { kind: 'not-run', reason: answers.error };
  const comparisons: Comparison[] = [];
  for (const [key, expected] of Object.entries(recorded.expected)) {
    const actual = answers.value(key);
    if (!actual.ok) return { kind: 'not-run', reason: actual.error };
    const tolerance = recorded.tolerance.keys[key] ?? recorded.tolerance.whole;
    comparisons.push({ key, expected, actual: actual.value, tolerance });
  }
  return {
    kind: 'compared',
    comparisons: [...comparisons, ...impliedOf(words, reader, answers.value)],
    read: read(),
  };
}

/** Venues print values with eight decimals and average prices with fewer digits than they have. */
const IMPLIED_SHARE: CaseTolerance = { kind: 'share', value: '0.000001' };

function impliedOf(
  words: VenueWords,
  reader: CaseReader,
  answerOf: (key: string) => Result<FigureText>,
): readonly Comparison[] {
  const key = words.impliedValue;
  const told = key !== undefined && reader.label('marginBase') === 'entry' && reader.has('size');
  const expected = told ? reader.label(key) : undefined;
  const actual = expected === undefined || key === undefined ? undefined : answerOf(key);
  if (key === undefined || expected === undefined || actual?.ok !== true) return [];
  return [{ key: `input ${key}`, expected, actual: actual.value, tolerance: IMPLIED_SHARE }];
}

function comparisonsOf(
  recorded: RecordedCase,
  mapped: MappedCase,
  reader: CaseReader,
  rules: VenueRules,
): readonly Comparison[] {
  const figureOf = answering(mapped, reader, rules);
  return [
    ...Object.entries(recorded.expected).map(([key, expected]) => ({
      key,
      expected,
      actual: figureOf(key),
      tolerance: recorded.tolerance.keys[key] ?? recorded.tolerance.whole,
    })),
    ...mapped.implied.map(({ key, figure, value }) => ({
      key: `input ${key}`,
      expected: value,
      actual: figureOf(figure),
      tolerance: IMPLIED_TOLERANCE,
    })),
  ];
}

function answering(
  mapped: MappedCase,
  reader: CaseReader,
  rules: VenueRules,
): (key: string) => FigureText {
  const answers = answersOf(mapped, rules);
  return (key) => {
    if (isDeductionKey(key, reader)) return deductionUnder(key, mapped, reader) ?? NO_SUCH;
    if (typeof answers === 'string') return { absent: 'refused', why: answers };
    return figureUnder(key, answers) ?? NO_SUCH;
  };
}

const NO_SUCH: FigureText = { absent: 'not-recorded', why: 'the case does not give what it needs' };

/** The health and the position in question, or the promise that the case's facts broke. */
function answersOf({ account, aboutLeg }: MappedCase, rules: VenueRules): Answers | string {
  try {
    const facts = factsOfCase(account, rules);
    const health = assessAccount(facts);
    const position = aboutLeg
      ? health.pools
          .flatMap((pool) => pool.positions)
          .find(({ instrumentId }) => instrumentId === facts.legNames[0])
      : undefined;
    return { health, position, hedgeCancels: facts.hedgeCancels };
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
    throw error;
  }
}

const DEDUCTION = /^maintenance(?:Amount|Deduction)(?:_tier(\d+))?$/;

/** Of a tier that the key names, or of the one that the case describes; else it is that of the tier in force. */
function isDeductionKey(key: string, reader: CaseReader): boolean {
  const match = DEDUCTION.exec(key);
  return (
    match !== null && (match[1] !== undefined || reader.has('floorQty') || !reader.has('tiers'))
  );
}

/** A tier's deduction from the table, or from the tier before it. */
function deductionUnder(key: string, mapped: MappedCase, reader: CaseReader): string | undefined {
  const tier = DEDUCTION.exec(key)?.[1];
  return tier === undefined
    ? deductionAfterTier(reader)
    : impliedDeduction(mapped.tierRows, Number(tier));
}
