/** Finds the edge between what does not reach a target and what does, on a grid of whole units (SPEC SV2, SV3). */
import { assert } from '../contract.ts';
import { type TargetReading } from './target.ts';

export interface End extends TargetReading {
  readonly at: bigint;
}

export type Probe = (at: bigint) => TargetReading;

/** Bits of a share that a float holds well. */
const SHARE_BITS = 50;
/** How much farther each look beyond a guess goes. */
const STRIDE = 16n;

/**
 * The unit at which it begins to be reached: it reaches, and one unit less does not, whatever lies between.
 * @param below does not reach. @param above reaches. Guesses follow the line between both; halving bounds the search.
 */
export function edgeBetween(probe: Probe, below: End, above: End): bigint {
  assert(!below.reached && above.reached && below.at < above.at, 'an edge lies between');
  let ends = { below, above };
  let stride = 1n;
  const look = (at: bigint): void => {
    const { below: low, above: high } = ends;
    if (at <= low.at || at >= high.at) return;
    const end = { at, ...probe(at) };
    ends = end.reached ? { ...ends, above: end } : { ...ends, below: end };
  };
  while (widthOf(ends) > 1n) {
    const width = widthOf(ends);
    const guess = guessBetween(ends);
    look(guess);
    look(ends.above.at === guess ? guess - stride : guess + stride);
    stride *= STRIDE;
    if (widthOf(ends) * 2n > width) look(ends.below.at + widthOf(ends) / 2n);
    if (widthOf(ends) < stride) stride = 1n;
  }
  return ends.above.at;
}

interface Ends {
  readonly below: End;
  readonly above: End;
}

function widthOf({ below, above }: Ends): bigint {
  return above.at - below.at;
}

function guessBetween(ends: Ends): bigint {
  const { below, above } = ends;
  const width = widthOf(ends);
  const middle = below.at + width / 2n;
  if (below.gap === undefined || above.gap === undefined) return middle;
  const share = below.gap / (below.gap - above.gap);
  if (!(share > 0 && share < 1)) return middle;
  const along = (width * BigInt(Math.ceil(share * 2 ** SHARE_BITS))) >> BigInt(SHARE_BITS);
  const first = below.at + 1n;
  const last = above.at - 1n;
  const guess = below.at + along;
  return guess < first ? first : guess > last ? last : guess;
}
