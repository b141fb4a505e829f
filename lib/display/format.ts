/**
 * Figures to text: the one place where digits are cut (ux.md 6). Every cut leans toward danger, and each function is
 * named after the kind of figure, so that the direction is chosen by meaning and not by the caller.
 */
import { type MarginRatio } from '../margin/figures.ts';
import { Decimal, decimalText, roundTo, type RoundingMode } from '../units/decimal.ts';
import { type Money, type Price, type Quantity, type Rate } from '../units/money.ts';

/** What the eye gets, and the uncut value for the title, for copying and for assistive technology. */
export interface Shown {
  readonly text: string;
  readonly full: string;
}

/** Marks of one locale. Inputs and exports have rules of their own. */
export interface NumberStyle {
  readonly decimal: string;
  readonly group: string;
}
export const POINT_STYLE: NumberStyle = { decimal: '.', group: ',' };

const MINUS = '\u2212';
const NARROW_SPACE = '\u202f';
const PERCENT = `${NARROW_SPACE}%`;
const HUNDRED = new Decimal(100);
const COMPACT_STEPS = [
  { from: new Decimal('1e9'), word: 'B' },
  { from: new Decimal('1e6'), word: 'M' },
] as const;
/** Largest margin ratio that is spelled out, in percent: beyond it the size no longer tells anything. */
const RATIO_PERCENT_MAX = 9_999;
/** Zeros after the point that are written out before they are counted instead. */
const PLAIN_ZEROS_MAX = 4;
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
/** Assets counted in cents; coins show six decimals. */
const CENT_ASSETS: ReadonlySet<string> = new Set(['USD', 'USDT', 'USDC', 'FDUSD', 'DAI', 'BUSD', 'EUR']);
const COIN_DECIMALS = 6;
const CENT_DECIMALS = 2;
const FUNDING_DECIMALS = 4;

export type Format = ReturnType<typeof createFormat>;

/** All formatters for one number style. */
export function createFormat(style: NumberStyle) {
  const cut = (value: Decimal, decimals: number, mode: RoundingMode): string =>
    spell(roundTo(value, decimals, mode), decimals, style);
  const signed = (value: Decimal, decimals: number, mode: RoundingMode): string =>
    withSign(roundTo(value, decimals, mode), decimals, style);
  const shown = (text: string, value: Decimal): Shown => ({ text, full: decimalText(value) });

  return {
    /** A price with its instrument's tick decimals; very small ones with counted zeros. Liquidation prices come rounded toward the mark. */
    price(value: Price, tickSize: Price): Shown {
      const decimals = tickSize.decimalPlaces();
      const text = cut(value, decimals, 'half-even');
      return shown(countZeros(text, style.decimal), value);
    },
    /** Signed difference of two prices. */
    priceChange(value: Price, tickSize: Price): Shown {
      return shown(signed(value, tickSize.decimalPlaces(), 'floor'), value);
    },
    /** Signed size in lots. */
    size(value: Quantity, lotSize: Quantity): Shown {
      return shown(signed(value, lotSize.decimalPlaces(), 'half-even'), value);
    },
    /** Money that protects: balances, excess, what is left. Cut down. */
    balance(value: Money, asset: string): Shown {
      return shown(cut(value, moneyDecimals(asset), 'floor'), value);
    },
    /** Money that is demanded: margins, fees, notionals. Cut up. */
    requirement(value: Money, asset: string): Shown {
      return shown(cut(value, moneyDecimals(asset), 'ceil'), value);
    },
    /** A change of money with its sign: profit, funding, a loss as a negative change. Cut down. */
    change(value: Money, asset: string): Shown {
      return shown(signed(value, moneyDecimals(asset), 'floor'), value);
    },
    /** For tiles: from one million on in short form. Cut down. */
    compact(value: Money, asset: string): Shown {
      const step = COMPACT_STEPS.find(({ from }) => value.abs().gte(from));
      if (step === undefined) return shown(cut(value, moneyDecimals(asset), 'floor'), value);
      return shown(`${cut(value.div(step.from), CENT_DECIMALS, 'floor')}${NARROW_SPACE}${step.word}`, value);
    },
    /** Room left as a share of the mark: cut down, so that a hair of room is never shown as more. */
    distance(value: Rate): Shown {
      return shown(distanceText(value.times(HUNDRED), cut), value);
    },
    /** Maintenance over margin balance: cut up, and never 100.0 % before it is reached (rulings B4). */
    marginRatio(value: MarginRatio): Shown {
      switch (value.kind) {
        case 'equity-gone':
          return { text: 'Equity gone', full: 'Equity gone' };
        case 'deficit':
          return { text: 'Deficit', full: 'Deficit' };
        case 'ratio':
          return shown(ratioText(value.value, cut), value.value);
      }
    },
    /** A share of a whole, cut up. */
    share(value: Rate): Shown {
      return shown(`${cut(value.times(HUNDRED), 1, 'ceil')}${PERCENT}`, value);
    },
    /** A signed share, as returns are. Cut down. */
    changeShare(value: Rate): Shown {
      return shown(`${signed(value.times(HUNDRED), 1, 'floor')}${PERCENT}`, value);
    },
    fundingRate(value: Rate): Shown {
      return shown(`${signed(value.times(HUNDRED), FUNDING_DECIMALS, 'half-even')}${PERCENT}`, value);
    },
    /** Leverage in force: cut up. */
    leverage(value: Rate): Shown {
      return shown(`${cut(value, 1, 'ceil')}x`, value);
    },
    /** Leverage as it was chosen, without needless decimals. */
    chosenLeverage(value: Rate): Shown {
      return shown(`${decimalText(value)}x`, value);
    },
    /** Uncut, grouped: for statements, where a rounded sum proves nothing. */
    exact(value: Decimal): Shown {
      return shown(spell(value, value.decimalPlaces(), style), value);
    },
    count(value: number): string {
      return spell(new Decimal(Math.trunc(value)), 0, style);
    },
    /** A float that never decides (a multiple of daily volatility, a pace): cut down. */
    measure(value: number, decimals: number): string {
      return Number.isFinite(value) ? cut(new Decimal(value), decimals, 'floor') : 'unbounded';
    },
  };
}

export function moneyDecimals(asset: string): number {
  return CENT_ASSETS.has(asset) ? CENT_DECIMALS : COIN_DECIMALS;
}

/** Where a sign belongs, and none at zero: 1, -1 or 0 after cutting, so that colour and text cannot contradict. */
export function signOf(shown: Shown): -1 | 0 | 1 {
  if (shown.text.startsWith('+')) return 1;
  return shown.text.startsWith(MINUS) ? -1 : 0;
}

type Cut = (value: Decimal, decimals: number, mode: RoundingMode) => string;

function distanceText(percent: Decimal, cut: Cut): string {
  if (percent.gt(HUNDRED)) return `over 100${PERCENT}`;
  if (percent.gt(0) && percent.lt('0.01')) return `under ${cut(new Decimal('0.01'), CENT_DECIMALS, 'floor')}${PERCENT}`;
  return `${cut(percent, percent.abs().lt(10) ? 2 : 1, 'floor')}${PERCENT}`;
}

function ratioText(ratio: Decimal, cut: Cut): string {
  const percent = ratio.times(HUNDRED);
  if (percent.gt(RATIO_PERCENT_MAX)) return `over ${cut(new Decimal(RATIO_PERCENT_MAX), 0, 'floor')}${PERCENT}`;
  if (percent.gt(1_000)) return `${cut(percent, 0, 'ceil')}${PERCENT}`;
  const danger: RoundingMode = percent.lt(HUNDRED) && percent.gt('99.9') ? 'floor' : 'ceil';
  return `${cut(percent, 1, danger)}${PERCENT}`;
}

/** Digits with grouping and the style's point; the real minus sign, and no minus zero. */
function spell(value: Decimal, decimals: number, style: NumberStyle): string {
  const [whole = '0', fraction = ''] = value.abs().toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, style.group);
  const sign = value.isNegative() && !value.isZero() ? MINUS : '';
  return `${sign}${grouped}${fraction === '' ? '' : `${style.decimal}${fraction}`}`;
}

function withSign(value: Decimal, decimals: number, style: NumberStyle): string {
  return `${value.gt(0) ? '+' : ''}${spell(value, decimals, style)}`;
}

/** 0.00000123 as 0.0₅123: the count of zeros stands where they were. */
function countZeros(text: string, point: string): string {
  const start = `0${point}`;
  const at = text.indexOf(start);
  if (at !== 0) return text;
  const digits = text.slice(start.length);
  const zeros = digits.length - digits.replace(/^0+/, '').length;
  if (zeros <= PLAIN_ZEROS_MAX || zeros === digits.length) return text;
  const count = [...String(zeros)].map((digit) => SUBSCRIPTS[Number(digit)] ?? digit).join('');
  return `${start}0${count}${digits.slice(zeros)}`;
}
