/** The venue's own figures beside ours: compared, never used. */
import {
  type AccountHealth,
  type Figure,
  type PoolHealth,
  type PositionHealth,
} from '../margin/figures.ts';
import { decimalText, type Decimal, Decimal as DecimalOf } from '../units/decimal.ts';
import { type VenueFiguresRecord } from './account-schema.ts';
import { figureText, ratioText, type FigureText } from './figure-text.ts';

/** One figure on which the venue and we do not agree. */
export interface VenueDifference {
  readonly place: string;
  readonly theirs: string;
  readonly ours: FigureText;
  /** ours - theirs; absent where we have no such figure. */
  readonly difference?: string;
}

export interface VenueComparison {
  readonly compared: number;
  readonly tolerance: string;
  readonly differences: readonly VenueDifference[];
}

/** One unit of the last decimal that venues print. */
const TOLERANCE = new DecimalOf('0.00000001');

type Pair = Omit<ComparedFigure, 'difference' | 'agrees'>;

/** One figure of the venue beside ours. */
export interface ComparedFigure {
  readonly place: string;
  /** Contract and leg, or the asset of the pool. */
  readonly subject: string;
  readonly figure: string;
  readonly theirs: Decimal;
  readonly ours: FigureText;
  /** ours - theirs; undefined where we have no such figure. */
  readonly difference: Decimal | undefined;
  /** Not further apart than the tolerance. */
  readonly agrees: boolean;
}

export function compareWithVenue(
  health: AccountHealth,
  venue: VenueFiguresRecord,
): VenueComparison {
  const compared = comparedFigures(health, venue);
  return {
    compared: compared.length,
    tolerance: decimalText(venue.tolerance ?? TOLERANCE),
    differences: compared.filter(({ agrees }) => !agrees).map(differenceOf),
  };
}

/** Every figure that the venue printed, in the file's order. */
export function comparedFigures(
  health: AccountHealth,
  venue: VenueFiguresRecord,
): readonly ComparedFigure[] {
  const tolerance = venue.tolerance ?? TOLERANCE;
  const pairs = [
    ...venue.pools.flatMap((row, index) => poolPairs(health, row, `venueFigures.pools[${index}]`)),
    ...venue.positions.flatMap((row, index) =>
      positionPairs(health, row, `venueFigures.positions[${index}]`),
    ),
  ];
  return pairs.map((pair) => {
    const difference =
      typeof pair.ours === 'string' ? new DecimalOf(pair.ours).minus(pair.theirs) : undefined;
    return { ...pair, difference, agrees: difference?.abs().lte(tolerance) === true };
  });
}

function differenceOf({ place, theirs, ours, difference }: ComparedFigure): VenueDifference {
  const told = { place, theirs: decimalText(theirs), ours };
  return difference === undefined ? told : { ...told, difference: decimalText(difference) };
}

const NO_SUCH: FigureText = { absent: 'not-held', why: 'the account holds nothing of this name' };

type PoolRow = VenueFiguresRecord['pools'][number];
type PositionRow = VenueFiguresRecord['positions'][number];

function poolPairs(health: AccountHealth, row: PoolRow, place: string): readonly Pair[] {
  const pool = health.pools.find((one) => one.scope.kind !== 'isolated' && one.unit === row.asset);
  const figures = pool === undefined ? undefined : poolFigures(pool);
  return pairsOf(row, figures, { place, subject: row.asset });
}

function positionPairs(health: AccountHealth, row: PositionRow, place: string): readonly Pair[] {
  const position = health.pools
    .flatMap((pool) => pool.positions)
    .find((one) => one.instrumentId === row.symbol && one.positionSide === row.positionSide);
  const figures = position === undefined ? undefined : positionFigures(position);
  const leg = row.positionSide === 'both' ? '' : ` ${row.positionSide}`;
  return pairsOf(row, figures, { place, subject: `${row.symbol}${leg}` });
}

/** Every number that the venue's row gives, beside ours of the same name. */
function pairsOf(
  row: PoolRow | PositionRow,
  figures: Readonly<Record<string, FigureText>> | undefined,
  of: { readonly place: string; readonly subject: string },
): readonly Pair[] {
  return Object.entries(row).flatMap(([name, theirs]) =>
    typeof theirs === 'string' || theirs === undefined
      ? []
      : [
          {
            place: `${of.place}.${name}`,
            subject: of.subject,
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

function positionFigures(position: PositionHealth): Readonly<Record<string, FigureText>> {
  return {
    notional: figureText(position.notional),
    unrealizedPnl: figureText(position.unrealizedPnl),
    initialMargin: figureText(position.initialMargin),
    maintenanceMargin: figureText(position.maintenanceMargin),
    liquidationPrice: figureText(printedLiquidation(position)),
  };
}

/** What a venue prints: the nearest price, also once it is passed. */
export function printedLiquidation(position: PositionHealth): Figure<Decimal> {
  const { nearest, restoredAt } = position.liquidation();
  return nearest.known || !restoredAt.known ? nearest : restoredAt;
}
