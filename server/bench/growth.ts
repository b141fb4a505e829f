/**
 * `npm run bench -- book --json | node server/bench/growth.ts > lib/book/growth.svg`: how the times of the book grow with its size,
 * both on scales of powers of ten.
 */
import { readFileSync } from 'node:fs';

/** Cases as they begin, and what the chart calls them. */
const LINES: readonly (readonly [begins: string, name: string, colour: string])[] = [
  ['lib/margin', 'every position by lib/margin (extrapolated)', '#8b5cf6'],
  ['crash update', 'update in a crash', '#dc2626'],
  ['whole sweep', 'sweep over all of it, by floats', '#0891b2'],
  ['calm update', 'update in a calm market', '#16a34a'],
];
const WIDTH = 760;
const HEIGHT = 440;
const FRAME = { left: 64, right: 24, top: 56, bottom: 48 };
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

function curve(points: readonly Point[], name: string, colour: string): string {
  const path = points.map(
    ({ accounts, ms }) => `${xOf(accounts).toFixed(1)},${yOf(ms).toFixed(1)}`,
  );
  const dots = path.map((at) => {
    const [x = '', y = ''] = at.split(',');
    return `<circle cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`;
  });
  const last = points.at(-1);
  const end = last === undefined ? 0 : yOf(last.ms) - 10;
  return `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}<text x="${WIDTH - FRAME.right - 4}" y="${end.toFixed(1)}" text-anchor="end" fill="${colour}">${name}</text>`;
}

const lines = readFileSync(0, 'utf8').split('\n');
process.stdout.write(
  `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#606060">`,
    '<title>Time of one update of 300 marks by the size of the book</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    '<text x="16" y="28" font-size="15" fill="#202020">Time of one update of 300 marks, by accounts (5 positions each), p50</text>',
    ...grid(),
    ...LINES.map(([begins, name, colour]) => curve(pointsOf(lines, begins), name, colour)),
    `<text x="${(WIDTH + FRAME.left) / 2}" y="${HEIGHT - 6}" text-anchor="middle">accounts</text>`,
    '</svg>',
  ].join('\n')}\n`,
);
