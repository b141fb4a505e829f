/** Times by the size of what they are taken on, as a drawing: both on scales of powers of ten, a line for each thing that is timed. */

export interface GrowthPoint {
  readonly line: string;
  readonly size: number;
  readonly ms: number;
}

export interface GrowthChart {
  readonly title: string;
  /** What the sizes count. */
  readonly across: string;
  /** In the order of the legend. */
  readonly lines: readonly string[];
  readonly points: readonly GrowthPoint[];
  /** On which machine, with which seed. */
  readonly foot: string;
}

const WIDTH = 760;
const HEIGHT = 480;
const FRAME = { left: 64, right: 44, bottom: 72 };
const SECOND_MS = 1_000;
const LEGEND_TOP = 52;
const LEGEND_ROW = 20;
/** Told apart without their colours too. */
const LOOKS = [
  { colour: '#8b5cf6', dashes: '2 3' },
  { colour: '#dc2626', dashes: '10 3 2 3' },
  { colour: '#0891b2', dashes: '8 3' },
  { colour: '#16a34a', dashes: 'none' },
  { colour: '#b45309', dashes: '4 2' },
  { colour: '#475569', dashes: '1 4' },
] as const;

/** Powers of ten that a scale shows. */
interface Scale {
  readonly from: number;
  readonly to: number;
}

interface Place {
  readonly x: (size: number) => number;
  readonly y: (ms: number) => number;
}

/** A whole SVG. */
export function drawGrowth(chart: GrowthChart): string {
  const { title, across, lines, points, foot } = chart;
  const sizes = [...new Set(points.map(({ size }) => size))].toSorted((a, b) => a - b);
  const up = scaleOf(points.map(({ ms }) => ms));
  const top = LEGEND_TOP + Math.ceil(lines.length / 2) * LEGEND_ROW + 8;
  const place = placeOn(spanOf(sizes), up, top);
  const middle = (WIDTH + FRAME.left - FRAME.right) / 2;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#606060">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="16" y="28" font-size="15" fill="#202020">${title}</text>`,
    ...rules(up, place),
    ...ticks(sizes, place),
    ...lines.map(legend),
    ...lines.map((line, number) =>
      curve(
        points.filter((point) => point.line === line),
        { number, place },
      ),
    ),
    `<text x="${middle}" y="${HEIGHT - 36}" text-anchor="middle">${across}</text>`,
    `<text x="16" y="${HEIGHT - 12}" font-size="11">${foot}</text>`,
    '</svg>',
  ].join('\n')}\n`;
}

/** From the smallest to the largest. */
function spanOf(values: readonly number[]): Scale {
  const powers = values.map(Math.log10);
  const from = Math.min(...powers);
  return { from, to: Math.max(from + Number.EPSILON, ...powers) };
}

/** Whole powers, at least one wide. */
function scaleOf(values: readonly number[]): Scale {
  const span = spanOf(values);
  const from = Math.floor(span.from);
  return { from, to: Math.max(from + 1, Math.ceil(span.to)) };
}

function placeOn(across: Scale, up: Scale, top: number): Place {
  const share = (value: number, { from, to }: Scale): number =>
    (Math.log10(value) - from) / (to - from);
  return {
    x: (size) => FRAME.left + share(size, across) * (WIDTH - FRAME.left - FRAME.right),
    y: (ms) => HEIGHT - FRAME.bottom - share(ms, up) * (HEIGHT - FRAME.bottom - top),
  };
}

/** Where a scale is short, its 2 and 5 are drawn too. */
function rules({ from, to }: Scale, { y }: Place): readonly string[] {
  const steps = to - from > 2 ? [1] : [1, 2, 5];
  const heights = Array.from({ length: to - from + 1 }, (_, power) =>
    steps.map((step) => step * 10 ** (from + power)),
  ).flat();
  return heights
    .filter((ms) => ms <= 10 ** to)
    .map((ms) => {
      const at = y(ms);
      return `<line x1="${FRAME.left}" x2="${WIDTH - FRAME.right}" y1="${at.toFixed(1)}" y2="${at.toFixed(1)}" stroke="#808080" stroke-opacity="0.3"/><text x="${FRAME.left - 8}" y="${(at + 4).toFixed(1)}" text-anchor="end">${timeText(ms)}</text>`;
    });
}

function timeText(ms: number): string {
  return ms < SECOND_MS ? `${ms} ms` : `${ms / SECOND_MS} s`;
}

function ticks(sizes: readonly number[], { x }: Place): readonly string[] {
  return sizes.map(
    (size) =>
      `<text x="${x(size).toFixed(1)}" y="${HEIGHT - 54}" text-anchor="middle">${size.toLocaleString('en-US')}</text>`,
  );
}

function lookOf(number: number): (typeof LOOKS)[number] {
  return LOOKS[number % LOOKS.length] ?? LOOKS[0];
}

/** Two beside each other, below the title. */
function legend(line: string, number: number): string {
  const { colour, dashes } = lookOf(number);
  const x = FRAME.left + (number % 2) * 340;
  const y = LEGEND_TOP + Math.floor(number / 2) * LEGEND_ROW;
  return `<line x1="${x}" x2="${x + 32}" y1="${y - 4}" y2="${y - 4}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/><text x="${x + 40}" y="${y}">${line}</text>`;
}

function curve(
  points: readonly GrowthPoint[],
  { number, place }: { readonly number: number; readonly place: Place },
): string {
  const { colour, dashes } = lookOf(number);
  const path = points
    .toSorted((left, right) => left.size - right.size)
    .map(({ size, ms }) => [place.x(size).toFixed(1), place.y(ms).toFixed(1)] as const);
  const dots = path.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`);
  return `<polyline points="${path.map((at) => at.join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>${dots.join('')}`;
}
