/**
 * Where a pool's excess first changes sign, walking outward from the mark over pieces of a curve (SPEC VE1). On each piece it is
 * c0 + c1 x + c2 x^2, with x the price (linear) or its reciprocal (inverse); between pieces it may jump, as flat tiers do.
 */
import { type Decimal, ZERO } from '../units/decimal.ts';

export interface Curve {
  readonly c0: Decimal;
  readonly c1: Decimal;
  readonly c2: Decimal;
}

/** From `start` on, which is nearer to the mark, to `end`; undefined: without end, in the direction of the walk. */
export interface Piece {
  readonly curve: Curve;
  readonly start: Decimal;
  readonly end: Decimal | undefined;
}

function valueOn({ c0, c1, c2 }: Curve, x: Decimal): Decimal {
  return c0.plus(c1.times(x)).plus(c2.times(x).times(x));
}

/** The variable of a curve where t is what moves: offset + slope x t. */
export interface Along {
  readonly offset: Decimal;
  readonly slope: Decimal;
}

/** The curve by t. */
export function curveAlong(curve: Curve, { offset, slope }: Along): Curve {
  const atOffset = curve.c1.plus(curve.c2.times(offset).times(2));
  return {
    c0: valueOn(curve, offset),
    c1: atOffset.times(slope),
    c2: curve.c2.times(slope).times(slope),
  };
}

export function constant(value: Decimal): Curve {
  return { c0: value, c1: ZERO, c2: ZERO };
}
export function addCurves(curves: readonly Curve[]): Curve {
  return curves.reduce(
    (sum, one) => ({
      c0: sum.c0.plus(one.c0),
      c1: sum.c1.plus(one.c1),
      c2: sum.c2.plus(one.c2),
    }),
    constant(ZERO),
  );
}
export function scaledCurve({ c0, c1, c2 }: Curve, factor: Decimal): Curve {
  return { c0: c0.times(factor), c1: c1.times(factor), c2: c2.times(factor) };
}

/** Where a walk begins, where it goes, and where it ends; undefined: nowhere. */
export interface Outward {
  readonly start: Decimal;
  readonly toward: 'down' | 'up';
  readonly last: Decimal | undefined;
}

/**
 * The pieces that a walk goes over.
 * @param boundaries where one piece may end and another begin, in any order, also behind the walk.
 * @param curveAt the curve of the piece that holds the point.
 */
export function piecesOn(
  { start, toward, last }: Outward,
  boundaries: readonly Decimal[],
  curveAt: (probe: Decimal) => Curve,
): readonly Piece[] {
  const isAhead = (x: Decimal): boolean => (toward === 'up' ? x.gt(start) : x.lt(start));
  const ends = boundaries
    .filter((x) => isAhead(x) && (last === undefined || x.lt(last) === (toward === 'up')))
    .toSorted((left, right) => left.comparedTo(right) * (toward === 'up' ? 1 : -1));
  return [...ends, last].map((end, index) => {
    const from = ends[index - 1] ?? start;
    return { curve: curveAt(probeOn({ start: from, end }, toward)), start: from, end };
  });
}

/** A point inside a piece. */
export function probeOn({ start, end }: Omit<Piece, 'curve'>, toward: 'down' | 'up'): Decimal {
  if (end !== undefined) return start.plus(end).div(2);
  return toward === 'up' ? start.times(2).plus(1) : ZERO;
}

export interface Crossing {
  readonly x: Decimal;
  readonly piece: Piece;
  /** The sign is another one from the piece's start on: no root. */
  readonly jumps: boolean;
}

/** Where the sign is first no longer the one of the walk's first point; undefined when it always is. */
export function firstCrossing(
  pieces: readonly Piece[],
  direction: 'down' | 'up',
): Crossing | undefined {
  const first = pieces[0];
  if (first === undefined) return undefined;
  const breached = valueOn(first.curve, first.start).isNegative();
  for (const piece of pieces) {
    const curve = breached ? negatedCurve(piece.curve) : piece.curve;
    if (piece !== first && valueOn(curve, piece.start).isNegative()) {
      return { x: piece.start, piece, jumps: true };
    }
    const root = crossingOn({ ...piece, curve }, direction);
    if (root !== undefined) return { x: root, piece, jumps: false };
  }
  return undefined;
}

/** Nearest root ahead at which the curve goes below zero. */
function crossingOn(piece: Piece, direction: 'down' | 'up'): Decimal | undefined {
  const ahead = (x: Decimal, from: Decimal): boolean =>
    direction === 'up' ? x.gte(from) : x.lte(from);
  const falls = (x: Decimal): boolean => {
    const slope = piece.curve.c1.plus(piece.curve.c2.times(x).times(2));
    return direction === 'up' ? slope.isNegative() : slope.gt(0);
  };
  const inside = rootsOf(piece.curve).filter(
    (x) => ahead(x, piece.start) && (piece.end === undefined || ahead(piece.end, x)) && falls(x),
  );
  return inside.toSorted((left, right) =>
    left.minus(piece.start).abs().comparedTo(right.minus(piece.start).abs()),
  )[0];
}

/** Closed forms; the quadratic one without the difference of two near numbers. */
function rootsOf({ c0, c1, c2 }: Curve): readonly Decimal[] {
  if (c2.isZero()) return c1.isZero() ? [] : [c0.negated().div(c1)];
  const discriminant = c1.times(c1).minus(c2.times(c0).times(2).times(2));
  if (discriminant.isNegative()) return [];
  const root = discriminant.sqrt();
  const far = c1.isNegative() ? root.minus(c1) : root.plus(c1).negated();
  if (far.isZero()) return [ZERO];
  return [far.div(c2.times(2)), c0.times(2).div(far)];
}

function negatedCurve({ c0, c1, c2 }: Curve): Curve {
  return { c0: c0.negated(), c1: c1.negated(), c2: c2.negated() };
}
