/**
 * Where the excess of a pool runs out on a path of prices (SPEC LQ): between two boundaries its root is a quotient, no bisection
 * anywhere. `stretchTo` walks outward from where the pool stands, boundary by boundary, and takes the first root: maintenance is
 * continuous, so the first one is the one that counts.
 */
import { Decimal, ZERO } from '../units/decimal.ts';
import { rootOf, signAt, type Form, type Motion } from './form.ts';
import { equityBoundary, excessOn, standingOf, type Path } from './path.ts';
import { type Leg } from './pool.ts';

export interface Walk {
  readonly from: Decimal;
  readonly direction: 'down' | 'up';
  /** Where a rising walk ends; undefined: nowhere. A falling one ends at 0. */
  readonly until?: Decimal;
  /** `breach`: from safe to breached. `recovery`: from breached to safe. */
  readonly looking: 'breach' | 'recovery';
}

/** A part of a walk on which one form holds: from `start`, nearer to where the pool stands, to `end`; undefined: without end. */
export interface Stretch {
  readonly start: Decimal;
  readonly end: Decimal | undefined;
  /** Absent on the last stretch of a walk that finds none. */
  readonly root: Decimal | undefined;
}

/**
 * The stretch on which the excess changes sign first; the last one when it never does. Its form is worked out once a stretch.
 *
 * Along a path the excess is concave (in y, or in 1/y for inverse contracts): equity is linear or bent down by a haircut, and
 * maintenance is convex because rates rise with size. So a pool that is safe here and at the far end is safe all the way.
 */
export function stretchTo(path: Path, walk: Walk): Stretch {
  const far = walk.direction === 'down' ? ZERO : walk.until;
  const stops = stopsOn(path, walk);
  const lastStop = stops.at(-1)?.exact() ?? walk.from;
  const last = formedOn(path, lastStop, far);
  const isLastPast = isPast(walk, last);
  if (walk.looking === 'breach' && !isLastPast) return unrooted(last);
  let start = walk.from;
  for (const stop of stops) {
    const formed = formedOn(path, start, stop.exact());
    if (isPast(walk, formed)) return rootedOn(formed);
    start = stop.exact();
  }
  return isLastPast ? rootedOn(last) : unrooted(last);
}

/** A stretch with the form that holds on it. */
interface Formed {
  readonly start: Decimal;
  readonly end: Decimal | undefined;
  readonly form: Form;
}

function formedOn(path: Path, start: Decimal, end: Decimal | undefined): Formed {
  return { start, end, form: excessOn(path, probeBetween(start, end)) };
}

/** True when the sign looked for is reached at the end of a stretch. */
function isPast(walk: Walk, { form, end }: Formed): boolean {
  const sign = signAt(form, end);
  return walk.looking === 'breach' ? sign < 0 : sign > 0;
}

function unrooted({ start, end }: Formed): Stretch {
  return { start, end, root: undefined };
}

function rootedOn({ start, end, form }: Formed): Stretch {
  return { start, end, root: rootWithin(form, start, end) };
}

/** A y at which the form changes. Most are never reached: they are ordered by a float and made exact when they are. */
interface Stop {
  readonly approximate: number;
  readonly exact: () => Decimal;
}
/** Floats that are nearer to each other than this say nothing about the order of what they stand for. */
const FLOAT_DOUBT = 1e-12;

function stopsOn(path: Path, walk: Walk): readonly Stop[] {
  const sense = walk.direction === 'down' ? -1 : 1;
  const from = exactStop(walk.from);
  const origin = exactStop(ZERO);
  const until = walk.until === undefined ? undefined : exactStop(walk.until);
  const ahead = boundariesOf(path).filter(
    (stop) =>
      compareStops(stop, from) * sense > 0 &&
      compareStops(stop, origin) > 0 &&
      (until === undefined || compareStops(stop, until) < 0),
  );
  return ahead.toSorted((left, right) => sense * compareStops(left, right));
}

function compareStops(left: Stop, right: Stop): number {
  const difference = left.approximate - right.approximate;
  const doubtful = Math.abs(difference) <= FLOAT_DOUBT * (1 + Math.abs(right.approximate));
  return doubtful ? left.exact().comparedTo(right.exact()) : Math.sign(difference);
}

/** A leg reaches the cap of a tier, or an asset's equity changes sign under a haircut. */
function boundariesOf(path: Path): readonly Stop[] {
  const tierEdges = path.withMaintenance
    ? path.assets.flatMap((asset) =>
        asset.legs.flatMap((leg) => tierBoundaries(leg, path.motionOfLeg(leg))),
      )
    : [];
  return [
    ...tierEdges,
    ...path.assets.flatMap((asset) => equityBoundary(path, asset).map(exactStop)),
  ];
}

function exactStop(at: Decimal): Stop {
  return { approximate: at.toNumber(), exact: () => at };
}

function tierBoundaries(leg: Leg, motion: Motion): readonly Stop[] {
  if (motion.slope.isZero()) return [];
  const notional = standingOf(leg).notional;
  const linear = leg.instrument.kind === 'linear';
  const size = notional.toNumber();
  const offset = motion.offset.toNumber();
  const slope = motion.slope.toNumber();
  return leg.instrument.tiers.map(({ notionalCap }) => ({
    approximate:
      ((linear ? notionalCap.toNumber() / size : size / notionalCap.toNumber()) - offset) / slope,
    exact: () => {
      const factor = linear ? notionalCap.div(notional) : notional.div(notionalCap);
      return factor.minus(motion.offset).div(motion.slope);
    },
  }));
}

/** The root of the segment's form; rounding of the boundaries may put it a last digit outside. */
function rootWithin(form: Form, start: Decimal, end: Decimal | undefined): Decimal {
  const root = rootOf(form) ?? start;
  const low = end === undefined ? start : Decimal.min(start, end);
  const clamped = Decimal.max(root, low);
  return end === undefined ? clamped : Decimal.min(clamped, Decimal.max(start, end));
}

export function probeBetween(start: Decimal, end: Decimal | undefined): Decimal {
  return end === undefined ? start.times(2).plus(1) : start.plus(end).div(2);
}
