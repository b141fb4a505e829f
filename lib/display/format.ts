/**
 * Figures to text: the one place where digits are cut (ux.md 6). Every cut leans toward danger, and each function is
 * named after the kind of figure, so that the direction is chosen by meaning and not by the caller.
 */
import { type MarginRatio } from '../margin/figures.ts';
import { Decimal, decimalText, roundTo } from '../units/decimal.ts';
import { minus, type Money, type Price, type Quantity, type Rate } from '../units/money.ts';
import { createConvention, type ConventionName, type RatioConvention } from './convention.ts';
import { type Cut, type Shown } from './shown.ts';
import { ageText } from './time.ts';

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
/** Zeros after the point that are written out before they are counted instead. */
const PLAIN_ZEROS_MAX = 4;
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
/** Assets counted in cents; coins show six decimals. */
const CENT_ASSETS: ReadonlySet<string> = new Set([
  'USD',
  'USDT',
  'USDC',
  'FDUSD',
  'DAI',
  'BUSD',
  'EUR',
]);
const COIN_DECIMALS = 6;
const CENT_DECIMALS = 2;
const FUNDING_DECIMALS = 4;

/** Prices and sizes, on the grid of their instrument. */
export interface PriceFormat {
  /** A price with its instrument's tick decimals; very small ones with counted zeros. Liquidation prices come rounded toward the mark. */
  readonly price: (value: Price, tickSize: Price) => Shown;
  /** Signed difference of two prices. */
  readonly priceChange: (value: Price, tickSize: Price) => Shown;
  /** Signed size in lots. */
  readonly size: (value: Quantity, lotSize: Quantity) => Shown;
}

export interface MoneyFormat {
  /** Money that protects: balances, excess, what is left. Cut down. */
  readonly balance: (value: Money, asset: string) => Shown;
  /** Money that is demanded: margins, fees, notionals. Cut up. */
  readonly requirement: (value: Money, asset: string) => Shown;
  /** A change of money with its sign: profit, funding, a loss as a negative change. Cut down. */
  readonly change: (value: Money, asset: string) => Shown;
  /** For tiles: from one million on in short form. Cut down. */
  readonly compact: (value: Money, asset: string) => Shown;
  /** A change of money, with its sign. Cut down. */
  readonly compactChange: (value: Money, asset: string) => Shown;
  /** The same for money that is demanded. Cut up. */
  readonly compactRequirement: (value: Money, asset: string) => Shown;
  /** Uncut, grouped: for statements, where a rounded sum proves nothing. */
  readonly exact: (value: Decimal) => Shown;
  /** So many significant digits at most, nearest: for putting two figures beside each other. */
  readonly nearly: (value: Decimal, digits: number) => Shown;
}

export interface ShareFormat {
  /** Room left as a share of the mark: cut down, so that a hair of room is never shown as more. */
  readonly distance: (value: Rate) => Shown;
  /** A share of a whole, cut up. */
  readonly share: (value: Rate) => Shown;
  /** A signed share, as returns are. Cut down. */
  readonly changeShare: (value: Rate) => Shown;
  /** From one share to another in percentage points. @param of what writes the shares: `distance`, or one decimal. Cut down. */
  readonly points: (from: Rate, to: Rate, of: 'distance' | 'ratio') => Shown;
  /** The same between two shares as `share` writes them: what is written of a chain of such steps adds up. */
  readonly stepPoints: (from: Rate, to: Rate) => Shown;
  readonly fundingRate: (value: Rate) => Shown;
  /** Leverage in force: cut up. */
  readonly leverage: (value: Rate) => Shown;
  /** Leverage as it was chosen, without needless decimals. */
  readonly chosenLeverage: (value: Rate) => Shown;
}

export interface Format extends PriceFormat, MoneyFormat, ShareFormat {
  /** What it writes in: inputs read and write the same. */
  readonly style: NumberStyle;
  /** How closeness to liquidation is told: its names and the wording of its levels. */
  readonly convention: RatioConvention;
  /** Closeness to liquidation in the chosen convention. */
  readonly marginRatio: (value: MarginRatio) => Shown;
  readonly count: (value: number) => string;
  /** How long ago, or how long it lasted. */
  readonly age: (ageMs: number) => string;
  /** A float that never decides (a multiple of daily volatility, a pace): cut down. */
  readonly measure: (value: number, decimals: number) => string;
}

/** All formatters for one number style and one way of telling how close liquidation is. */
export function createFormat(style: NumberStyle, told: ConventionName = 'ratio'): Format {
  const cut: Cut = (value, decimals, mode) =>
    spell(roundTo(value, decimals, mode), decimals, style);
  const signed: Cut = (value, decimals, mode) =>
    withSign(roundTo(value, decimals, mode), decimals, style);
  const convention = createConvention(told, cut);
  return {
    style,
    convention,
    marginRatio: convention.figure,
    ...priceFormat(cut, signed, style),
    ...moneyFormat(cut, signed, style),
    ...shareFormat(cut, signed),
    age: (ageMs) => ageText(ageMs, style.decimal),
    count: (value) => spell(new Decimal(Math.trunc(value)), 0, style),
    measure: (value, decimals) =>
      Number.isFinite(value) ? cut(new Decimal(value), decimals, 'floor') : 'unbounded',
  };
}

function priceFormat(cut: Cut, signed: Cut, style: NumberStyle): PriceFormat {
  return {
    price: (value, tickSize) =>
      shown(countZeros(cut(value, tickSize.decimalPlaces(), 'half-even'), style.decimal), value),
    priceChange: (value, tickSize) =>
      shown(signed(value, tickSize.decimalPlaces(), 'floor'), value),
    size: (value, lotSize) => shown(signed(value, lotSize.decimalPlaces(), 'half-even'), value),
  };
}

function moneyFormat(cut: Cut, signed: Cut, style: NumberStyle): MoneyFormat {
  return {
    balance: (value, asset) => shown(cut(value, moneyDecimals(asset), 'floor'), value),
    requirement: (value, asset) => shown(cut(value, moneyDecimals(asset), 'ceil'), value),
    change: (value, asset) => shown(signed(value, moneyDecimals(asset), 'floor'), value),
    compact: (value, asset) => shown(compactText(value, asset, cut, 'floor'), value),
    compactChange: (value, asset) => shown(compactText(value, asset, signed, 'floor'), value),
    compactRequirement: (value, asset) => shown(compactText(value, asset, cut, 'ceil'), value),
    exact: (value) => shown(spell(value, value.decimalPlaces(), style), value),
    nearly: (value, digits) => {
      const near = value.toSignificantDigits(digits);
      return shown(spell(near, near.decimalPlaces(), style), value);
    },
  };
}

function shareFormat(cut: Cut, signed: Cut): ShareFormat {
  const percent = (value: Rate): Decimal => value.times(HUNDRED);
  return {
    distance: (value) => shown(distanceText(percent(value), cut), value),
    share: (value) => shown(`${cut(percent(value), 1, 'ceil')}${PERCENT}`, value),
    changeShare: (value) => shown(`${signed(percent(value), 1, 'floor')}${PERCENT}`, value),
    points: (from, to, of) => {
      const finest = Math.max(...[from, to].map((value) => distanceDecimals(percent(value))));
      const difference = minus(to, from);
      const decimals = of === 'distance' ? finest : 1;
      return shown(`${signed(percent(difference), decimals, 'floor')} points`, difference);
    },
    stepPoints: (from, to) => {
      const written = (value: Rate): Decimal => roundTo(percent(value), 1, 'ceil');
      const difference = written(to).minus(written(from));
      return shown(`${signed(difference, 1, 'floor')} points`, minus(to, from));
    },
    fundingRate: (value) =>
      shown(`${signed(percent(value), FUNDING_DECIMALS, 'half-even')}${PERCENT}`, value),
    leverage: (value) => shown(`${cut(value, 1, 'ceil')}x`, value),
    chosenLeverage: (value) => shown(`${decimalText(value)}x`, value),
  };
}

function shown(text: string, value: Decimal): Shown {
  return { text, full: decimalText(value) };
}

export function moneyDecimals(asset: string): number {
  return CENT_ASSETS.has(asset) ? CENT_DECIMALS : COIN_DECIMALS;
}

/** Where a sign belongs, and none at zero: 1, -1 or 0 after cutting, so that colour and text cannot contradict. */
export function signOf(shown: Shown): -1 | 0 | 1 {
  if (shown.text.startsWith('+')) return 1;
  return shown.text.startsWith(MINUS) ? -1 : 0;
}

function compactText(value: Decimal, asset: string, cut: Cut, mode: Parameters<Cut>[2]): string {
  const step = COMPACT_STEPS.find(({ from }) => value.abs().gte(from));
  if (step === undefined) return cut(value, moneyDecimals(asset), mode);
  return `${cut(value.div(step.from), CENT_DECIMALS, mode)}${NARROW_SPACE}${step.word}`;
}

function distanceText(percent: Decimal, cut: Cut): string {
  if (percent.gt(HUNDRED)) return `over 100${PERCENT}`;
  if (percent.gt(0) && percent.lt('0.01'))
    return `under ${cut(new Decimal('0.01'), CENT_DECIMALS, 'floor')}${PERCENT}`;
  return `${cut(percent, distanceDecimals(percent), 'floor')}${PERCENT}`;
}

function distanceDecimals(percent: Decimal): number {
  return percent.abs().lt(10) ? CENT_DECIMALS : 1;
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
  const count = String(zeros).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)] ?? digit);
  return `${start}0${count}${digits.slice(zeros)}`;
}
