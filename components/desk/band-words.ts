/** Bands of distance and shocks in words. Pure. */
import { type Format } from '#lib/display/format.ts';
import {
  BAND_FARTHER,
  BAND_NONE,
  BAND_UNKNOWN,
  DISTANCE_BANDS,
  type DeskShock,
} from '#lib/wire/protocol.ts';

/** From the nearest on. */
export const BANDS: readonly number[] = Array.from({ length: BAND_UNKNOWN + 1 }, (_, band) => band);

const SPACE = '\u202f';

/** Per cent at which a band ends. */
function endOf(band: number, format: Format): string {
  const percent = Math.round((DISTANCE_BANDS[band] ?? 0) * 1_000) / 10;
  return format.measure(percent, Number.isInteger(percent) ? 0 : 1);
}

/** For the head of a column whose caption says that it counts per cent: `3–5`. */
export function bandHeading(band: number, format: Format): string {
  if (band === BAND_UNKNOWN) return '?';
  if (band === BAND_NONE) return 'none';
  if (band === 0) return `<${SPACE}${endOf(0, format)}`;
  if (band === BAND_FARTHER) return `≥${SPACE}${endOf(band - 1, format)}`;
  return `${endOf(band - 1, format)}–${endOf(band, format)}`;
}

/** In a sentence: `3 to 5 % away`. */
export function bandWords(band: number, format: Format): string {
  if (band === BAND_UNKNOWN) return 'distance unknown';
  if (band === BAND_NONE) return 'no way to liquidation';
  if (band === 0) return `under ${endOf(0, format)}${SPACE}% away`;
  if (band === BAND_FARTHER) return `${endOf(band - 1, format)}${SPACE}% away or more`;
  return `${endOf(band - 1, format)} to ${endOf(band, format)}${SPACE}% away`;
}

const MOVES: Readonly<Record<DeskShock, string>> = {
  '-0.05': `\u22125${SPACE}%`,
  '-0.1': `\u221210${SPACE}%`,
  '-0.2': `\u221220${SPACE}%`,
  '0.1': `+10${SPACE}%`,
};

/** `−10 %`. */
export function moveText(shock: DeskShock): string {
  return MOVES[shock];
}
