import { expect, it } from 'vitest';
import { rowExample, transitionExample } from '#components/alerts/example-rows.ts';
import { tally } from './book-watch.tsx';

it('counts accounts, not events, from the first one on', () => {
  const rows = [
    rowExample(3, transitionExample('healthy', 'watch'), 'B1'),
    rowExample(4, transitionExample('watch', 'critical'), 'B1'),
    rowExample(5, transitionExample('watch', 'critical'), 'B1'),
    rowExample(6, transitionExample('critical', 'liquidated'), 'B2'),
    rowExample(7, transitionExample('critical', 'critical', { by: 'unknown' }), 'B3'),
  ];
  const first = tally(undefined, rows.slice(0, 2));
  expect(first).toEqual({ critical: new Set(['B1']), liquidated: new Set(), since: 4_000 });
  expect(tally(first, rows.slice(2))).toEqual({
    critical: new Set(['B1']),
    liquidated: new Set(['B2']),
    since: 4_000,
  });
});

it('stays what it was where nothing grave happened', () => {
  const rows = [rowExample(1, transitionExample('critical', 'watch'))];
  expect(tally(undefined, rows)).toBeUndefined();
});
