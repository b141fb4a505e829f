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

interface Pair {
  readonly place: string;
  readonly theirs: Decimal;
  readonly ours: FigureText;
}

export function compareWithVenue(
  health: AccountHealth,
  venue: VenueFiguresRecord,
): VenueComparison {
  const tolerance = venue.tolerance ?? TOLERANCE;
  const pairs = [
    ...venue.pools.flatMap((row, index) => poolPairs(health, row, `venueFigures.pools[${index}]`)),
    ...venue.positions.flatMap((row, index) =>
      positionPairs(health, row, `venueFigures.positions[${index}]`),
    ),
  ];
  return {
    compared: pairs.length,
    tolerance: decimalText(tolerance),
    differences: pairs.flatMap((pair) => differenceOf(pair, tolerance)),
  };
}

function differenceOf(
  { place, theirs, ours }: Pair,
  tolerance: Decimal,
): readonly VenueDifference[] {
  const told = { place, theirs: decimalText(theirs), ours };
  if (typeof ours !== 'string') return [told];
  const difference = new DecimalOf(ours).minus(theirs);
  return difference.abs().lte(tolerance) ? [] : [{ ...told, difference: decimalText(difference) }];
}

const NO_SUCH: FigureText = { absent: 'not-held', why: 'the account holds nothing of this name' };

type PoolRow = VenueFiguresRecord['pools'][number];
type PositionRow = VenueFiguresRecord['positions'][number];

function poolPairs(health: AccountHealth, row: PoolRow, place: string): readonly Pair[] {
  const pool = health.pools.find((one) => one.scope.kind !== 'isolated' && one.unit === row.asset);
  const figures = pool === undefined ? undefined : poolFigures(pool);
  return pairsOf(row, figures, place);
}

function positionPairs(health: AccountHealth, row: PositionRow, place: string): readonly Pair[] {
  const position = health.pools
    .flatMap((pool) => pool.positions)
    .find((one) => one.instrumentId === row.symbol && one.positionSide === row.positionSide);
  const figures = position === undefined ? undefined : positionFigures(position);
  return pairsOf(row, figures, place);
}

/** Every number that the venue's row gives, beside ours of the same name. */
function pairsOf(
  row: PoolRow | PositionRow,
  figures: Readonly<Record<string, FigureText>> | undefined,
  place: string,
): readonly Pair[] {
  return Object.entries(row).flatMap(([name, theirs]) =>
    typeof theirs === 'string' || theirs === undefined
      ? []
      : [{ place: `${place}.${name}`, theirs, ours: figures?.[name] ?? NO_SUCH }],
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
