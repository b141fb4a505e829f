import { describe, expect, it } from 'vitest';
import { drawGrowth } from './growth-chart.ts';

const CHART = {
  title: 'Restart, by accounts',
  across: 'accounts',
  lines: ['the slowest', 'the median'],
  points: [
    { line: 'the median', size: 1_000, ms: 10 },
    { line: 'the median', size: 100, ms: 1 },
    { line: 'the slowest', size: 10_000, ms: 1_000 },
  ],
  foot: 'seed 1; a machine',
};

describe('the chart of a growth', () => {
  it('has its sizes, its scale, its legend and on what it was taken', () => {
    const svg = drawGrowth(CHART);
    for (const words of [...CHART.lines, '100', '1,000', '10,000', '1 ms', '1 s', CHART.foot])
      expect(svg).toContain(`>${words}</text>`);
  });

  it('draws ten times the time at ten times the size as one straight way, from left to right', () => {
    const [first, second] = [...drawGrowth(CHART).matchAll(/points="([^"]+)"/g)].map(([, ends]) =>
      (ends ?? '').split(' ').map((end) => end.split(',').map(Number)),
    );
    expect(first).toHaveLength(1);
    expect(second?.map(([x]) => x)).toEqual([64, 390]);
    expect(second?.map(([, y]) => y)).toEqual([408, (408 * 2 + 80) / 3].map((y) => +y.toFixed(1)));
  });

  it('tells steps between where its scale is short', () => {
    const points = CHART.points.slice(0, 2);
    expect(drawGrowth({ ...CHART, points })).toContain('>5 ms</text>');
    expect(drawGrowth(CHART)).not.toContain('>5 ms</text>');
  });
});
