/** How far prices may fall, and how far they may rise, each in scales of its coin, before something may not hold any more. */

/** Infinity: as far as they like. Not above zero: not at all. */
export interface Radius {
  fall: number;
  rise: number;
}

/** Neither way. */
export function openRadius(): Radius {
  return { fall: 0, rise: 0 };
}

export function setBoth(radius: Radius, to: number): void {
  radius.fall = to;
  radius.rise = to;
}

export function copyRadius(radius: Radius, { fall, rise }: Radius): void {
  radius.fall = fall;
  radius.rise = rise;
}

/** What a unit of falling prices takes at most, and one of rising prices; and what part of a way is left to falls (0 to 1). */
export interface Slopes {
  readonly fall: number;
  readonly rise: number;
  readonly tilt: number;
}

/**
 * What keeps something above zero that is at `kept`. A direction that takes nothing is free. Not above 0 where it is not above zero
 * now.
 */
export function shareOut(radius: Radius, kept: number, { fall, rise, tilt }: Slopes): void {
  const unit = kept / (tilt * fall + (1 - tilt) * rise);
  radius.fall = fall === 0 ? kept * Infinity : tilt * unit;
  radius.rise = rise === 0 ? kept * Infinity : (1 - tilt) * unit;
}

/** No farther than by another. NaN stays. */
export function cut(radius: Radius, by: Radius): void {
  if (!(by.fall >= radius.fall)) radius.fall = by.fall;
  if (!(by.rise >= radius.rise)) radius.rise = by.rise;
}

export function cutBoth(radius: Radius, to: number): void {
  if (!(to >= radius.fall)) radius.fall = to;
  if (!(to >= radius.rise)) radius.rise = to;
}

/** Whether it leaves more room than another, where falls and rises go on by their parts of the way. */
export function isRoomier({ fall, rise }: Radius, other: Radius, tilt: number): boolean {
  const room = Math.min(fall * (1 - tilt), rise * tilt);
  return room > Math.min(other.fall * (1 - tilt), other.rise * tilt);
}

/** Whether prices may move at all. */
export function isOpen({ fall, rise }: Radius): boolean {
  return fall > 0 && rise > 0;
}
