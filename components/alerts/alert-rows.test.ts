import { describe, expect, it } from 'vitest';
import { poolId } from '#lib/units/ids.ts';
import { type RowWire } from '#lib/wire/protocol.ts';
import { alertEntries, byUrgency, isOpen, wantsAnswer } from './alert-rows.ts';
import { rowExample, transitionExample } from './example-rows.ts';

const POOL = poolId('A0007/cross:USDT');
const DOUBT = { by: 'unknown', value: 'unknown' } as const;
const KNOWN = { by: 'unknown', value: 'known' } as const;

const answer = (seq: number, note: string): RowWire =>
  rowExample(seq, { kind: 'acknowledged', poolId: POOL, by: 'desk-3', note, state: 'watch' });
const toWatch = rowExample(1, transitionExample('healthy', 'watch'));
const toCritical = transitionExample('watch', 'critical');

it('is newest first, and only the newest of a pool is the latest', () => {
  const entries = alertEntries([toWatch, rowExample(2, toCritical)]);
  expect(entries.map(({ seq, isLatest }) => [seq, isLatest])).toEqual([
    [2, true],
    [1, false],
  ]);
});

describe('an acknowledgement', () => {
  const notes = (rows: readonly RowWire[]) =>
    alertEntries(rows).map(({ acknowledged }) => acknowledged?.note);

  it('answers the transition before it, and nothing that is worse', () => {
    expect(notes([toWatch, answer(2, 'seen'), rowExample(3, toCritical)])).toEqual([
      undefined,
      'seen',
    ]);
  });

  it('that was taken back answers nothing any more', () => {
    const taken = { kind: 'acknowledgement-undone', poolId: POOL, by: 'desk-3' } as const;
    const undone = [toWatch, answer(2, 'seen'), rowExample(3, { ...taken, state: 'watch' })];
    expect(notes(undone)).toEqual([undefined]);
    expect(notes([...undone, answer(4, 'again')])).toEqual(['again']);
  });

  it('can be taken back', () => {
    const undone = rowExample(3, {
      kind: 'acknowledgement-undone',
      poolId: POOL,
      by: 'desk-3',
      state: 'watch',
    });
    expect(notes([toWatch, answer(2, 'seen'), undone])).toEqual([undefined]);
    expect(notes([toWatch, answer(2, 'seen'), undone, answer(4, 'again')])).toEqual(['again']);
  });

  it('stands while the pool gets better or its prices are missing, until it is well', () => {
    expect(
      notes([
        rowExample(1, transitionExample('watch', 'critical')),
        answer(2, 'seen'),
        rowExample(3, transitionExample('critical', 'critical', DOUBT)),
        rowExample(4, transitionExample('critical', 'watch')),
        rowExample(5, transitionExample('watch', 'healthy')),
      ]),
    ).toEqual([undefined, 'seen', 'seen', 'seen']);
  });
});

it('[UX16] says that an acknowledgement has lapsed, until there is another', () => {
  const lapse = rowExample(1_802, {
    kind: 'acknowledgement-lapsed',
    poolId: POOL,
    state: 'critical',
  });
  const rows = [rowExample(1, transitionExample('healthy', 'critical')), answer(2, 'seen'), lapse];
  const [asking] = alertEntries(rows);
  expect(asking).toMatchObject({ acknowledged: undefined, lapsed: true });
  expect(asking === undefined ? undefined : wantsAnswer(asking)).toBe(true);
  const [again] = alertEntries([...rows, answer(1_900, 'seen again')]);
  expect(again).toMatchObject({ acknowledged: { note: 'seen again' }, lapsed: false });
});

it('counts the time in a state from its beginning, not from the return of the prices', () => {
  const [known, unknown] = alertEntries([
    toWatch,
    rowExample(5, transitionExample('watch', 'watch', DOUBT)),
    rowExample(9, transitionExample('watch', 'watch', KNOWN)),
  ]);
  expect([unknown?.state, unknown?.since]).toEqual(['unknown', 5_000]);
  expect([known?.state, known?.since]).toEqual(['watch', 1_000]);
});

it('holds open what is not well now, and asks for an answer unless it was given or ends by itself', () => {
  const judged = (rows: readonly RowWire[]) =>
    alertEntries(rows)
      .slice(0, 1)
      .map((entry) => [isOpen(entry), wantsAnswer(entry)]);
  expect(judged([toWatch])).toEqual([[true, true]]);
  expect(judged([toWatch, answer(2, 'seen')])).toEqual([[true, false]]);
  expect(judged([rowExample(1, transitionExample('watch', 'watch', DOUBT))])).toEqual([
    [true, false],
  ]);
  expect(judged([rowExample(1, transitionExample('watch', 'healthy'))])).toEqual([[false, false]]);
  expect(judged([rowExample(1, transitionExample('critical', 'liquidated'))])).toEqual([
    [false, false],
  ]);
});

it('puts the worst first, then the nearest, then the newest', () => {
  const rows = [
    ['B1/cross:USDT', 'critical', '0.05'],
    ['B2/cross:USDT', 'watch', '0.001'],
    ['B3/cross:USDT', 'critical', '0.01'],
    ['B4/cross:USDT', 'critical', '0.05'],
    ['B5/cross:USDT', 'critical', null],
  ] as const;
  const entries = alertEntries(
    rows.map(([pool, to, distanceShare], index) =>
      rowExample(
        index + 1,
        transitionExample('healthy', to, { poolId: poolId(pool), distanceShare }),
      ),
    ),
  );
  expect(entries.toSorted(byUrgency).map(({ body }) => body.poolId.slice(0, 2))).toEqual([
    'B3',
    'B4',
    'B1',
    'B5',
    'B2',
  ]);
});

it('[UX16] counts how often an unanswered Critical was told again, until it is answered', () => {
  const again = (seq: number, attempt: number) =>
    rowExample(seq, { kind: 'escalated', poolId: POOL, attempt, unansweredMs: seq * 1_000 });
  const rows = [
    rowExample(1, transitionExample('healthy', 'critical')),
    again(121, 1),
    again(301, 2),
  ];
  const escalations = (more: readonly RowWire[]) =>
    alertEntries([...rows, ...more])[0]?.escalations;
  expect(escalations([])).toBe(2);
  expect(escalations([rowExample(302, transitionExample('critical', 'critical', DOUBT))])).toBe(2);
  expect(escalations([answer(302, 'seen')])).toBe(0);
  expect(escalations([rowExample(302, transitionExample('critical', 'warning'))])).toBe(0);
});

it('counts from when the state began, not from when it got worse by a step', () => {
  const [worse] = alertEntries([
    rowExample(1, transitionExample('warning', 'critical')),
    rowExample(9, transitionExample('critical', 'critical', { lastedMs: 8_000 })),
  ]);
  expect([worse?.time, worse?.since]).toEqual([9_000, 1_000]);
});
