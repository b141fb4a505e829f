/** The venue's own figures beside ours: compared, never used. */
import { type Account, type Position } from '../margin/account.ts';
import {
  known,
  mapFigure,
  type AccountHealth,
  type Figure,
  type PoolHealth,
  type PositionHealth,
} from '../margin/figures.ts';
import { type VenueRules } from '../margin/venues/rules.ts';
import { decimalText, maxOf, minOf, type Decimal, Decimal as DecimalOf } from '../units/decimal.ts';
import { absolute, minus, type Money } from '../units/money.ts';
import { type VenueFiguresRecord } from './account-schema.ts';
import {
  type Agreement,
  type ComparedFigure,
  type Pair,
  type PriceSides,
} from './compared-figure.ts';
import { reasonsFor } from './difference-reasons.ts';
import { figureText, ratioText, type FigureText } from './figure-text.ts';

/** One figure on which the venue and we do not agree, or only as far as it prints digits. */
export interface VenueDifference {
  readonly place: string;
  readonly agreement: Exclude<Agreement, 'equal'>;
  /** Null: the venue says that there is none. */
  readonly theirs: string | null;
  readonly ours: FigureText;
  /** Of a liquidation price: ours on either side of the mark, where there are two. */
  readonly sides?: PriceSides;
  /** ours - theirs; absent where one of the two does not exist. */
  readonly difference?: string;
  readonly reasons: readonly string[];
}

export interface VenueComparison {
  readonly compared: number;
  /** How many of them do not differ. */
  readonly agreed: number;
  readonly tolerance: string;
  readonly differences: readonly VenueDifference[];
}

/** One unit of the last decimal that most venues print; of a figure with more decimals one unit of its own last. */
export const VENUE_TOLERANCE = new DecimalOf('0.00000001');

export function compareWithVenue(
  health: AccountHealth,
  account: Account,
  venue: VenueFiguresRecord,
  supposed: readonly string[] = [],
): VenueComparison {
  const compared = comparedFigures(health, account, venue);
  const told = compared.flatMap((one) => differenceOf(one, supposed));
  return {
    compared: compared.length,
    agreed: compared.filter(({ agreement }) => agreement !== 'differs').length,
    tolerance: decimalText(venue.tolerance ?? VENUE_TOLERANCE),
    differences: told,
  };
}

/** Every figure that the venue printed, in the file's order. */
export function comparedFigures(
  health: AccountHealth,
  account: Account,
  venue: VenueFiguresRecord,
): readonly ComparedFigure[] {
  const pairs = [
    ...venue.pools.flatMap((row, index) => poolPairs(health, row, `venueFigures.pools[${index}]`)),
    ...venue.positions.flatMap((row, index) =>
      positionPairs(health, account, row, `venueFigures.positions[${index}]`),
    ),
  ];
  return pairs.map((pair) => {
    const { theirs, ours } = pair;
    const difference =
      theirs === null || typeof ours !== 'string' ? undefined : new DecimalOf(ours).minus(theirs);
    return { ...pair, difference, agreement: agreementOf(pair, difference, venue.tolerance) };
  });
}

/** Kinds of absence that mean what a venue means by none. */
const NONE_KINDS: readonly string[] = ['margin-covers-loss', 'price-cancels'];
/** What cutting may take of a figure: of a small one the last decimal is most of it, and may be a zero that was lost. */
const CUT_SHARE_MAX = '0.01';
/** A figure with fewer decimals may have lost zeros at its end, and tells nothing of where it was cut. */
const CUT_DECIMALS_MIN = 2;

function agreementOf(
  { theirs, ours }: Pair,
  difference: Decimal | undefined,
  tolerance: Decimal | undefined,
): Agreement {
  if (theirs === null) {
    return typeof ours !== 'string' && NONE_KINDS.includes(ours.absent) ? 'equal' : 'differs';
  }
  if (difference === undefined) return 'differs';
  const decimals = theirs.decimalPlaces();
  if (difference.abs().lte(tolerance ?? toleranceOf(theirs))) return 'equal';
  const isCut = tolerance === undefined && decimals >= CUT_DECIMALS_MIN;
  const isClose = difference.abs().lte(theirs.abs().times(CUT_SHARE_MAX));
  const isWithinUnit = difference.abs().lt(new DecimalOf(10).pow(-decimals));
  return isCut && isClose && isWithinUnit ? 'as-printed' : 'differs';
}

/** Venues that print more digits than eight decimals compute in floats: sixteen of them mean something. */
const FLOAT_SHARE = '1e-15';

function toleranceOf(theirs: Decimal): Decimal {
  const unit = new DecimalOf(10).pow(-theirs.decimalPlaces());
  return minOf(VENUE_TOLERANCE, maxOf(unit, theirs.abs().times(FLOAT_SHARE)));
}

function differenceOf(
  compared: ComparedFigure,
  supposed: readonly string[],
): readonly VenueDifference[] {
  const { place, agreement, theirs, ours, sides, difference } = compared;
  if (agreement === 'equal') return [];
  return [
    {
      place,
      agreement,
      theirs: theirs === null ? null : decimalText(theirs),
      ours,
      ...(sides === undefined ? {} : { sides }),
      ...(difference === undefined ? {} : { difference: decimalText(difference) }),
      reasons: reasonsFor(compared, supposed),
    },
  ];
}

const NO_SUCH: FigureText = { absent: 'not-held', why: 'the account holds nothing of this name' };

type PoolRow = VenueFiguresRecord['pools'][number];
type PositionRow = VenueFiguresRecord['positions'][number];

function poolPairs(health: AccountHealth, row: PoolRow, place: string): readonly Pair[] {
  const pool = health.pools.find((one) => one.scope.kind !== 'isolated' && one.unit === row.asset);
  const figures = pool === undefined ? undefined : poolFigures(pool);
  return pairsOf(row, figures, { place, subject: row.asset, leftOut: rowsLeftOut(pool) });
}

function positionPairs(
  health: AccountHealth,
  account: Account,
  row: PositionRow,
  place: string,
): readonly Pair[] {
  const pool = health.pools.find(({ positions }) => positions.some((one) => isOf(one, row)));
  const position = pool?.positions.find((one) => isOf(one, row));
  const leg = row.positionSide === 'both' ? '' : ` ${row.positionSide}`;
  const of = { place, subject: `${row.symbol}${leg}`, leftOut: rowsLeftOut(pool) };
  if (pool === undefined || position === undefined) return pairsOf(row, undefined, of);
  const sides = sidesOf(position);
  const held = account.positions.find((one) => isOf(one, row));
  const figures = {
    ...positionFigures(health.rules, pool, position),
    notional: figureText(valueAsPrinted(health.rules, position, held)),
  };
  return pairsOf(row, figures, of).map((pair) =>
    pair.figure === 'liquidationPrice' && sides !== undefined ? { ...pair, sides } : pair,
  );
}

function rowsLeftOut(pool: PoolHealth | undefined): number {
  const missing = pool?.missing.find((why) => why.kind === 'rows-left-out');
  return missing?.rows ?? 0;
}

function isOf(
  position: Pick<Position, 'instrumentId' | 'positionSide'>,
  { symbol, positionSide }: PositionRow,
): boolean {
  return position.instrumentId === symbol && position.positionSide === positionSide;
}

/** Every number that the venue's row gives, and every one that it says does not exist, beside ours of the same name. */
function pairsOf(
  row: PoolRow | PositionRow,
  figures: Readonly<Record<string, FigureText>> | undefined,
  of: Pick<Pair, 'place' | 'subject' | 'leftOut'>,
): readonly Pair[] {
  return Object.entries(row).flatMap(([name, theirs]) =>
    typeof theirs === 'string' || theirs === undefined
      ? []
      : [
          {
            ...of,
            place: `${of.place}.${name}`,
            figure: name,
            theirs,
            ours: figures?.[name] ?? NO_SUCH,
          },
        ],
  );
}

function poolFigures(pool: PoolHealth): Readonly<Record<string, FigureText>> {
  return {
    walletBalance: figureText(pool.walletBalance),
    unrealizedPnl: figureText(pool.unrealizedPnl),
    marginBalance: figureText(pool.marginBalance),
    initialMargin: figureText(pool.initialMargin),
    orderMargin: figureText(pool.orderMargin),
    maintenanceMargin: figureText(pool.maintenanceMargin),
    availableMargin: figureText(pool.availableMargin),
    marginRatio: ratioText(pool.marginRatio),
  };
}

function positionFigures(
  rules: VenueRules,
  pool: PoolHealth,
  position: PositionHealth,
): Readonly<Record<string, FigureText>> {
  return {
    unrealizedPnl: figureText(position.unrealizedPnl),
    initialMargin: figureText(position.initialMargin),
    maintenanceMargin: figureText(maintenanceAsPrinted(rules, position)),
    marginRatio: ratioText(pool.marginRatio),
    liquidationPrice: figureText(priceAsPrinted(rules, position)),
  };
}

/** Bybit printed the value that its rates apply to, at entry until 2025 (cex.md 3.1). */
function valueAsPrinted(
  rules: VenueRules,
  { notional, marginKind }: PositionHealth,
  held: Position | undefined,
): Figure<Money> {
  const isAtEntry = rules.venue === 'bybit' && rules.terms?.[marginKind].initialAt === 'entry';
  return isAtEntry && held !== undefined ? known(absolute(held.openValue)) : notional;
}

/** OKX prints maintenance without the closing fee that it counts beside it (cex.md 4.1). */
function maintenanceAsPrinted(rules: VenueRules, position: PositionHealth): Figure<Money> {
  const { maintenanceMargin, closingFee } = position;
  if (rules.venue !== 'okx' || closingFee === undefined || !closingFee.known)
    return maintenanceMargin;
  return mapFigure(maintenanceMargin, (whole) => minus(whole, closingFee.value));
}

/**
 * Where rates grow with the coins held (Deribit), those of an inverse position end it on the side where it gains too, far from
 * the mark; the venue prints the price where it loses alone (cex.md 5.4).
 */
function priceAsPrinted(rules: VenueRules, position: PositionHealth): Figure<Decimal> {
  const { below, above, nearest } = position.liquidation();
  const grows = rules.terms?.[position.marginKind].tierKey === 'coins';
  if (!grows || !nearest.known) return printedLiquidation(position);
  return position.signedSize.isNegative() ? above : below;
}

/** Ours where there is a price on either side of the mark: a venue prints one of them. */
function sidesOf(position: PositionHealth): PriceSides | undefined {
  const { below, above } = position.liquidation();
  return below.known && above.known
    ? { below: decimalText(below.value), above: decimalText(above.value) }
    : undefined;
}

/** What a venue prints: the nearest price, also once it is passed. */
export function printedLiquidation(position: PositionHealth): Figure<Decimal> {
  const { nearest, restoredAt } = position.liquidation();
  return nearest.known || !restoredAt.known ? nearest : restoredAt;
}
