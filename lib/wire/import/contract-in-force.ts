/** Contracts of which an account's answers tell the tier in force alone: they do until the venue's own tables are given. */
import { Decimal } from '../../units/decimal.ts';
import { type NewRow, type Otherwise } from './found.ts';
import { textOf } from './venue-field.ts';

type Texts = Readonly<Record<string, string | undefined>>;

/** Larger than any notional. */
const NO_CAP = '1000000000000000';
const LEVERAGE_MAX = '1000';
/** Venues write rates with at most six decimals. */
const RATE_DECIMALS = 6;

/** One tier without end, at the rate that the position is in now; what it hangs on is said. */
export function tierInForce(p: {
  readonly symbol: string;
  readonly rate: Decimal | undefined;
  /** The venue's field that the rate comes from. */
  readonly from: string;
  /** Supposed beside it: fees, steps. */
  readonly beside?: Texts;
}): Pick<NewRow, 'otherwise'> {
  const beside = besideIt(p.symbol, p.beside);
  if (p.rate === undefined || p.rate.isNegative() || p.rate.gt(1)) return { otherwise: beside };
  const maintenanceMarginRate = textOf(p.rate.toDecimalPlaces(RATE_DECIMALS));
  const tier = {
    notionalFloor: '0',
    notionalCap: NO_CAP,
    leverageMax: LEVERAGE_MAX,
    maintenanceMarginRate,
  };
  const ofTier = {
    row: { tiers: [tier] },
    because: `${p.symbol}: no tier table is given; maintenance rate ${maintenanceMarginRate} of the tier in force (from ${p.from}) stands for it`,
  };
  return { otherwise: [ofTier, ...beside] };
}

/** Each of these keys where no text gives it, and that is said. */
export function besideIt(symbol: string, beside: Texts = {}): readonly Otherwise[] {
  return Object.entries(beside).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [
          {
            row: { [key]: value },
            because: `${symbol}: ${key} is not given; ${value} stands for it`,
          },
        ],
  );
}

/** The finest step that printed prices show, no finer than can be booked. */
export function tickOf(prices: readonly (Decimal | undefined)[], decimalsMax: number): string {
  const decimals = prices.map((price) => price?.decimalPlaces() ?? 0);
  const fitting = decimals.filter((count) => count <= decimalsMax);
  return textOf(new Decimal(10).pow(-Math.max(0, ...fitting))) ?? '1';
}

/** The power of ten nearest to a quotient that is one but for rounding; undefined when none is near. */
export function powerOfTen(value: Decimal): Decimal | undefined {
  if (!value.gt(0)) return undefined;
  const power = new Decimal(10).pow(value.log(10).round());
  return value.div(power).minus(1).abs().lte(NEAR) ? power : undefined;
}
const NEAR = 0.1;

/** A share that exists: undefined where there is nothing to divide by. */
export function quotientOf(
  part: Decimal | undefined,
  whole: Decimal | undefined,
): Decimal | undefined {
  if (part === undefined || whole === undefined || whole.isZero()) return undefined;
  return part.div(whole);
}

/** A price that follows from two printed amounts has no more digits than they. */
const DERIVED_DECIMALS = 10;

export function derivedPriceOf(
  value: Decimal | undefined,
  amount: Decimal | undefined,
): string | undefined {
  const price = quotientOf(value, amount)?.toDecimalPlaces(DERIVED_DECIMALS);
  return price?.gt(0) === true ? textOf(price) : undefined;
}

/** `210326` as 08:00 UTC of that day, when venues deliver. */
export function deliveryOf(yymmdd: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(yymmdd ?? '') ?? [];
  return year === undefined ? undefined : `20${year}-${month}-${day}T08:00:00.000Z`;
}
