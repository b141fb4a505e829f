import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('app/globals.css', 'utf8');

interface Colour {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}
interface Pair {
  readonly light: Colour;
  readonly dark: Colour;
}

/** Fails every comparison. */
const NO_COLOUR: Colour = { lightness: NaN, chroma: NaN, hue: NaN };

/** `--name: light-dark(oklch(…), oklch(…))` or one colour for both themes. */
function token(name: string): Pair {
  const line = new RegExp(`--${name}: ([^;]+);`).exec(css)?.[1] ?? '';
  const colours = [...line.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)].map((found) => {
    const [lightness = 0, chroma = 0, hue = 0] = found.slice(1).map(Number);
    return { lightness, chroma, hue };
  });
  const [light = NO_COLOUR, dark = light] = colours;
  return { light, dark };
}

/** Relative luminance of the colour as an sRGB screen shows it. */
function luminance({ lightness, chroma, hue }: Colour): number {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Colour, other: Colour): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['ground', 'panel', 'raised', 'hover'];
const RESULTS = ['result-green', 'result-magenta', 'result-crimson'];
const RISKS = [
  'healthy',
  'watch',
  'warning',
  'warning-mark',
  'critical',
  'liquidating',
  'liquidating-edge',
  'unknown',
];
const TEXTS = [
  'ink',
  'ink-2',
  'ink-3',
  'healthy',
  'watch',
  'warning',
  'critical',
  'unknown',
  'sim',
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each([...TEXTS, ...RESULTS])('%s can be read on every ground', (name) => {
    for (const ground of GROUNDS) {
      const ratio = contrast(token(name)[theme], token(ground)[theme]);
      expect(ratio, `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(RESULTS)('%s shares no hue with the risk scale', (name) => {
    const { hue } = token(name)[theme];
    for (const risk of RISKS) {
      const apart = Math.abs(hue - token(risk)[theme].hue);
      expect(Math.min(apart, 360 - apart), `${name} and ${risk}`).toBeGreaterThanOrEqual(15);
    }
  });
});

it('knows black, white and a measured pair', () => {
  const white = { lightness: 1, chroma: 0, hue: 0 };
  expect(contrast(white, { lightness: 0, chroma: 0, hue: 0 })).toBeCloseTo(21, 1);
  // #767676 on white is 4.54:1.
  expect(contrast(white, { lightness: 0.5659, chroma: 0, hue: 0 })).toBeCloseTo(4.54, 1);
});
