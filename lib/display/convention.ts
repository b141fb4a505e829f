/**
 * How closeness to liquidation is told (ux.md 3, design R3). Inside there is one measure, maintenance margin over margin
 * balance; a convention gives it a name, a figure and the wording of its levels. It never touches a state, and a screen
 * shows one convention at a time. Exports keep the measure itself and name it.
 */
import { assert } from '../contract.ts';
import { type MarginRatio } from '../margin/figures.ts';
import { Decimal, decimalText, ONE, roundTo, type RoundingMode } from '../units/decimal.ts';
import { rate, type Rate } from '../units/money.ts';
import { type Cut, type Shown } from './shown.ts';

/** `ratio`: maintenance / balance. `coverage`: balance / maintenance. `health`: 1 - ratio. */
export type ConventionName = 'ratio' | 'coverage' | 'health';

interface ConventionWords {
  /** Over a column. */
  readonly heading: string;
  /** Where there is room to say what it is. */
  readonly title: string;
  /** Inside a sentence. */
  readonly word: string;
  /** Under a figure that a heading has named. */
  readonly short: string;
  /** False where a smaller figure is the worse one. */
  readonly risesToDanger: boolean;
}

export interface RatioConvention extends ConventionWords {
  readonly name: ConventionName;
  /** Cut toward danger, and never the figure of liquidation before it is reached (rulings B4). */
  readonly figure: (value: MarginRatio) => Shown;
  /** A margin ratio as a fraction in this convention; undefined where it has none. */
  readonly told: (ratio: Rate) => Rate | undefined;
  /** The other way round: the margin ratio of a told fraction above zero. */
  readonly ratioOf: (told: Rate) => Rate;
  /** A level of the margin ratio: `70 %`, `142.9 %`, `30 %`. Cut away from danger, so that no figure stands past a level it has not crossed. */
  readonly level: (ratio: Decimal | number) => string;
  /** `from 70 %`, `from 142.9 % down`. */
  readonly from: (ratio: Decimal | number) => string;
  /** A level in whole percents without the unit, for a scale. */
  readonly tick: (ratio: number) => string;
}

const WORDS: Readonly<Record<ConventionName, ConventionWords>> = {
  ratio: {
    heading: 'Margin ratio',
    title: 'Margin ratio (maintenance)',
    word: 'margin ratio',
    short: 'ratio',
    risesToDanger: true,
  },
  coverage: {
    heading: 'Coverage',
    title: 'Coverage (balance / maintenance)',
    word: 'coverage',
    short: 'coverage',
    risesToDanger: false,
  },
  health: {
    heading: 'Health',
    title: 'Health (1 \u2212 margin ratio)',
    word: 'health',
    short: 'health',
    risesToDanger: false,
  },
};

const PERCENT = '\u202f%';
const HUNDRED = new Decimal(100);
/** Beyond this size, in percent, a figure no longer tells anything. */
const PERCENT_MAX = new Decimal(9_999);
const WHOLE_PERCENTS_FROM = 1_000;
/** The inverse of a quotient of forty digits: the last ones are noise, and noise must not cut 150 % to 149.9 %. */
const INVERSE_DECIMALS = 24;

const SPECIAL_WORDS = {
  'equity-gone': 'Equity gone',
  deficit: 'Deficit',
} as const satisfies Record<Exclude<MarginRatio['kind'], 'ratio'>, string>;
/** No maintenance margin is asked for: a ratio of zero has no inverse. */
const NOTHING_TO_COVER = 'Nothing to cover';

export function createConvention(name: ConventionName, cut: Cut): RatioConvention {
  const words = WORDS[name];
  const level = (ratio: Decimal | number): string => levelText(name, new Decimal(ratio), cut);
  return {
    name,
    ...words,
    figure: (value) => figureOf(name, value, cut),
    told: (ratio) => {
      const told = toldOf(name, ratio);
      return told === undefined ? undefined : rate(told);
    },
    ratioOf: (told) => ratioOf(name, told),
    level,
    from: (ratio) => `from ${level(ratio)}${words.risesToDanger ? '' : ' down'}`,
    tick: (ratio) => levelNumber(name, new Decimal(ratio), 0, cut),
  };
}

function figureOf(name: ConventionName, value: MarginRatio, cut: Cut): Shown {
  if (value.kind !== 'ratio') return word(SPECIAL_WORDS[value.kind]);
  const told = toldOf(name, value.value);
  if (told === undefined) return word(NOTHING_TO_COVER);
  return { text: percentText(name, told.times(HUNDRED), cut), full: decimalText(told) };
}

/** The ratio as the convention tells it, as a fraction; undefined where it has none. */
function toldOf(name: ConventionName, ratio: Decimal | Rate): Decimal | undefined {
  switch (name) {
    case 'ratio':
      return ratio;
    case 'coverage':
      return ratio.isZero() ? undefined : roundTo(ONE.div(ratio), INVERSE_DECIMALS, 'half-even');
    case 'health':
      return ONE.minus(ratio);
  }
}

function ratioOf(name: ConventionName, told: Rate): Rate {
  switch (name) {
    case 'ratio':
      return told;
    case 'coverage':
      return rate(roundTo(ONE.div(told), INVERSE_DECIMALS, 'floor'));
    case 'health':
      return rate(ONE.minus(told));
  }
}

function percentText(name: ConventionName, percent: Decimal, cut: Cut): string {
  const toDanger: RoundingMode = WORDS[name].risesToDanger ? 'ceil' : 'floor';
  if (percent.gt(PERCENT_MAX)) return `over ${cut(PERCENT_MAX, 0, 'floor')}${PERCENT}`;
  if (percent.lt(PERCENT_MAX.negated()))
    return `under ${cut(PERCENT_MAX.negated(), 0, 'floor')}${PERCENT}`;
  if (percent.abs().gt(WHOLE_PERCENTS_FROM)) return `${cut(percent, 0, toDanger)}${PERCENT}`;
  return `${cut(percent, 1, isAlmostOver(name, percent) ? opposite(toDanger) : toDanger)}${PERCENT}`;
}

/** Less than a tenth of a percent on the safe side of liquidation. */
function isAlmostOver(name: ConventionName, percent: Decimal): boolean {
  const room = name === 'ratio' ? HUNDRED.minus(percent) : percent.minus(OVER_AT[name]);
  return room.gt(0) && room.lt('0.1');
}
/** Liquidation, in percent. */
const OVER_AT = { coverage: HUNDRED, health: new Decimal(0) } as const;

function opposite(mode: RoundingMode): RoundingMode {
  return mode === 'ceil' ? 'floor' : 'ceil';
}

function levelText(name: ConventionName, ratio: Decimal, cut: Cut): string {
  const isWhole = toldOf(name, ratio)?.times(HUNDRED).isInteger() === true;
  return `${levelNumber(name, ratio, isWhole ? 0 : 1, cut)}${PERCENT}`;
}

function levelNumber(name: ConventionName, ratio: Decimal, decimals: number, cut: Cut): string {
  const awayFromDanger: RoundingMode = WORDS[name].risesToDanger ? 'floor' : 'ceil';
  const told = toldOf(name, ratio);
  assert(told !== undefined, 'a level stands above zero');
  return cut(told.times(HUNDRED), decimals, awayFromDanger);
}

function word(text: string): Shown {
  return { text, full: text };
}
