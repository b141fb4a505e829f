/**
 * `npm run bench -- book --json | node server/bench/growth.ts > lib/book/growth.svg`: how the times of the book grow with its size,
 * both on scales of powers of ten.
 */
import { readFileSync } from 'node:fs';

interface Line {
  /** Of its cases. */
  readonly begins: string;
  readonly name: string;
  readonly colour: string;
  readonly dashes: string;
}
const LINES: readonly Line[] = [
  {
    begins: 'lib/margin',
    name: 'every position by lib/margin (extrapolated)',
    colour: '#8b5cf6',
    dashes: '2 3',
  },
  { begins: 'crash update', name: 'an update in a crash', colour: '#dc2626', dashes: '10 3 2 3' },
  {
    begins: 'whole sweep',
    name: 'a sweep over all of it, by floats',
    colour: '#0891b2',
    dashes: '8 3',
  },
  { begins: 'calm update', name: 'an update in a calm market', colour: '#16a34a', dashes: 'none' },
];
const WIDTH = 760;
const HEIGHT = 480;
const FRAME = { left: 64, right: 44, top: 96, bottom: 48 };
/** Powers of ten: accounts, and milliseconds. */
const ACROSS = { from: 3, to: 6 };
const UP = { from: -2, to: 6 };

interface Point {
  readonly accounts: number;
  readonly ms: number;
}

function xOf(accounts: number): number {
  const share = (Math.log10(accounts) - ACROSS.from) / (ACROSS.to - ACROSS.from);
  return FRAME.left + share * (WIDTH - FRAME.left - FRAME.right);
}

function yOf(ms: number): number {
  const share = (Math.log10(ms) - UP.from) / (UP.to - UP.from);
  return HEIGHT - FRAME.bottom - share * (HEIGHT - FRAME.top - FRAME.bottom);
}

function pointsOf(lines: readonly string[], begins: string): readonly Point[] {
  const byAccounts = new Map<number, number>();
  for (const line of lines) {
    const text = /"case":"([^"]*)"/.exec(line)?.[1] ?? '';
    const accounts = Number(/(\d+) accounts/.exec(text)?.[1]);
    const ms = Number(/"p50Ms":([\d.e+-]+)/.exec(line)?.[1]);
    if (text.startsWith(begins) && ms > 0) byAccounts.set(accounts, ms);
  }
  return [...byAccounts].map(([accounts, ms]) => ({ accounts, ms }));
}

function powers({ from, to }: { readonly from: number; readonly to: number }): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

function timeText(power: number): string {
  return power < 3 ? `${10 ** power} ms` : `${10 ** (power - 3)} s`;
}

function grid(): readonly string[] {
  const across = powers(ACROSS).map((power) => {
    const x = xOf(10 ** power).toFixed(1);
    return `<text x="${x}" y="${HEIGHT - 24}" text-anchor="middle">${(10 ** power).toLocaleString('en-US')}</text>`;
  });
  const up = powers(UP).map((power) => {
    const y = yOf(10 ** power);
    return `<line x1="${FRAME.left}" x2="${WIDTH - FRAME.right}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="#808080" stroke-opacity="0.3"/><text x="${FRAME.left - 8}" y="${(y + 4).toFixed(1)}" text-anchor="end">${timeText(power)}</text>`;
  });
  return [...across, ...up];
}

function curve(points: readonly Point[], { colour, dashes }: Line): string {
  const path = points.map(({ accounts, ms }) => ({ x: xOf(accounts), y: yOf(ms) }));
  const dots = path.map(
    ({ x, y }) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3.5" fill="${colour}"/>`,
  );
  const ends = path.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return `<polyline points="${ends}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/>${dots.join('')}`;
}

/** Two beside each other, below the title, from the slowest on. */
function legend({ name, colour, dashes }: Line, place: number): string {
  const x = FRAME.left + (place % 2) * 340;
  const y = 52 + Math.floor(place / 2) * 20;
  return `<line x1="${x}" x2="${x + 32}" y1="${y - 4}" y2="${y - 4}" stroke="${colour}" stroke-width="2" stroke-dasharray="${dashes}"/><text x="${x + 40}" y="${y}">${name}</text>`;
}

const lines = readFileSync(0, 'utf8').split('\n');
process.stdout.write(
  `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#606060">`,
    '<title>Time of one update of 300 marks by the size of the book</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    '<text x="16" y="28" font-size="15" fill="#202020">Time of one update of 300 marks, by accounts (5 positions each), p50</text>',
    ...grid(),
    ...LINES.map(legend),
    ...LINES.map((line) => curve(pointsOf(lines, line.begins), line)),
    `<text x="${(WIDTH + FRAME.left) / 2}" y="${HEIGHT - 6}" text-anchor="middle">accounts</text>`,
    '</svg>',
  ].join('\n')}\n`,
);
