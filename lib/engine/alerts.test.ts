import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS, timestampMs } from '../units/time.ts';
import { type AlertRow, type AlertStep, type AlertTransition } from './alert-row.ts';
import { acknowledge, openAlertRow, stepAlert, undoAcknowledgement } from './alerts.ts';
import { DEFAULT_LEVELS, readingOf } from './levels.ts';

/** What a pool read at a second of run time: a z, or nothing known. */
type Tick = readonly [second: number, z: number | 'unknown'];

interface Heard {
  readonly row: AlertRow;
  readonly heard: readonly NonNullable<AlertStep['transition']>[];
}

const at = (seconds: number) => timestampMs(seconds * SECOND_MS);
const reading = (z: number) =>
  readingOf(
    {
      ways: [{ base: undefined, z, share: 0.5 }],
      ratio: undefined,
      probability: undefined,
      positions: 1,
    },
    DEFAULT_LEVELS,
  );

function listen(ticks: readonly Tick[], start: AlertRow = openAlertRow(reading(9), at(0))): Heard {
  let row = start;
  const heard = [];
  for (const [second, z] of ticks) {
    const step = stepAlert(row, z === 'unknown' ? 'unknown' : reading(z), at(second));
    row = step.row;
    if (step.transition !== undefined) heard.push(step.transition);
  }
  return { row, heard };
}

/** Transitions as `3 healthy>watch`, doubts as `3 unknown`. */
function told(ticks: readonly Tick[], start?: AlertRow): readonly string[] {
  const lines: string[] = [];
  let row = start ?? openAlertRow(reading(9), at(0));
  for (const tick of ticks) {
    const { row: next, heard } = listen([tick], row);
    row = next;
    for (const each of heard) {
      lines.push(
        each.kind === 'state' ? `${tick[0]} ${each.from}>${each.to}` : `${tick[0]} ${each.kind}`,
      );
    }
  }
  return lines;
}

function seconds(from: number, to: number, z: number | 'unknown'): readonly Tick[] {
  return Array.from({ length: to - from + 1 }, (_, index) => [from + index, z] as const);
}

function stateChanges(heard: Heard['heard']): readonly AlertTransition[] {
  return heard.filter((each) => each.kind === 'state');
}

describe('getting worse', () => {
  it('Watch waits two seconds', () => {
    expect(
      told([
        [1, 1.9],
        [2, 1.9],
        [2.999, 1.9],
      ]),
    ).toEqual([]);
    expect(
      told([
        [1, 1.9],
        [2, 1.9],
        [3, 1.9],
      ]),
    ).toEqual(['3 healthy>watch']);
  });

  it('one noisy tick makes no Watch', () => {
    expect(
      told([
        [1, 1.9],
        [2, 2.1],
        [3, 1.9],
        [4, 1.9],
      ]),
    ).toEqual([]);
  });

  it('from Warning up nothing waits', () => {
    expect(told([[1, 0.99]])).toEqual(['1 healthy>warning']);
    expect(told([[1, 0.34]])).toEqual(['1 healthy>critical']);
  });

  it('H1, H3: a jump over levels is one alert, at once, that says what crossed what', () => {
    expect(
      listen([
        [5, 0.2],
        [6, 0.2],
      ]).heard,
    ).toEqual([
      {
        kind: 'state',
        from: 'healthy',
        to: 'critical',
        by: 'distance',
        value: 0.2,
        level: 0.35,
        lastedMs: 5000,
        returns: 0,
        pinnedUntil: undefined,
      },
    ]);
  });

  it('H3: a constant level is told once and never again', () => {
    expect(told(seconds(1, 600, 0.9))).toEqual(['1 healthy>warning']);
  });
});

describe('getting better', () => {
  const critical = listen([[1, 0.3]]).row;
  const warning = listen([[1, 0.9]]).row;

  it.each([
    ['Critical', critical, 0.5, 10, 'critical>warning'],
    ['Warning', warning, 1.2, 30, 'warning>watch'],
    [
      'Watch',
      listen([
        [1, 1.9],
        [3, 1.9],
      ]).row,
      2.4,
      30,
      'watch>healthy',
    ],
  ] as const)('%s needs its leave level for its hold', (_case, row, z, hold, change) => {
    expect(
      told(
        [
          [10, z],
          [10 + hold - 0.001, z],
        ],
        row,
      ),
    ).toEqual([]);
    expect(
      told(
        [
          [10, z],
          [10 + hold, z],
        ],
        row,
      ),
    ).toEqual([`${10 + hold} ${change}`]);
  });

  it('a tick back inside the dead band starts the hold again', () => {
    expect(
      told(
        [
          [10, 0.5],
          [19, 0.45],
          [20, 0.5],
          [29, 0.5],
          [30, 0.5],
        ],
        critical,
      ),
    ).toEqual(['30 critical>warning']);
  });

  it('over several levels it goes to the state its reading says, in one step', () => {
    expect(
      told(
        [
          [10, 5],
          [20, 5],
          [60, 5],
        ],
        critical,
      ),
    ).toEqual(['20 critical>healthy']);
  });

  it('names the level that was left', () => {
    const [change] = stateChanges(
      listen(
        [
          [10, 0.5],
          [20, 0.5],
        ],
        critical,
      ).heard,
    );
    expect(change).toMatchObject({ value: 0.5, level: 0.45, lastedMs: 19_000 });
  });

  it('H1: wandering inside the dead band is one alert', () => {
    const wander = Array.from({ length: 400 }, (_, index): Tick => [
      2 + index,
      1.14 - (index % 7) * 0.02,
    ]);
    expect(told([[1, 0.95], ...wander])).toEqual(['1 healthy>warning']);
  });
});

describe('flapping', () => {
  /** Down into Warning and out of it again, `period` seconds each time. */
  function flap(times: number, period: number): readonly Tick[] {
    return Array.from({ length: times }, (_, index): readonly Tick[] => {
      const start = 1 + index * period;
      return [[start, 0.9], ...seconds(start + 1, start + 31, 5)];
    }).flat();
  }

  it('the third return within ten minutes pins the state for ten minutes, and says so', () => {
    const { row, heard } = listen([...flap(4, 60), ...seconds(230, 780, 5)]);
    const last = stateChanges(heard).at(-1);
    expect(stateChanges(heard)).toHaveLength(7);
    expect(last).toMatchObject({ to: 'warning', returns: 3, pinnedUntil: at(181 + 600) });
    expect(row.state).toBe('warning');
    expect(told([[781, 5]], row)).toEqual(['781 warning>healthy']);
  });

  it('a first alert is no return, and slow returns pin nothing', () => {
    expect(stateChanges(listen(flap(3, 60)).heard).map(({ returns }) => returns)).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
    expect(listen(flap(4, 301)).row.pinnedUntil).toBeUndefined();
  });

  it('one slide through all levels is one return, not three', () => {
    const { row } = listen([...flap(1, 60), [100, 1.9], [102, 1.9], [103, 0.9], [104, 0.3]]);
    expect(row).toMatchObject({ state: 'critical', returns: [at(102)] });
  });

  it('pinned or not, worse acts at once', () => {
    const pinned = listen(flap(4, 60)).row;
    expect(told([[300, 0.3]], pinned)).toEqual(['300 warning>critical']);
  });

  it('[UX3] a hundred swings around a level make a handful of alerts', () => {
    const swings = Array.from({ length: 100 }, (_, index): readonly Tick[] => [
      [index * 4, 0.99],
      [index * 4 + 2, 1.2],
    ]).flat();
    expect(told(swings)).toEqual(['0 healthy>warning']);
  });
});

describe('unknown', () => {
  const warning = listen([[1, 0.9]]).row;

  it('keeps the state, says so once, and ends after five fresh seconds', () => {
    const ticks: readonly Tick[] = [
      ...seconds(10, 20, 'unknown'),
      [21, 0.9],
      [25.999, 0.9],
      [26, 0.9],
    ];
    expect(told(ticks, warning)).toEqual(['10 unknown', '26 known']);
    expect(listen(ticks, warning).row).toMatchObject({ state: 'warning', unknownSince: undefined });
  });

  it('keeps "unknown since" when inputs fail again before', () => {
    const { row } = listen(
      [
        [10, 'unknown'],
        [11, 0.9],
        [14, 'unknown'],
        [15, 0.9],
        [19, 0.9],
      ],
      warning,
    );
    expect(row.unknownSince).toBe(at(10));
    expect(told([[20, 0.9]], row)).toEqual(['20 known']);
  });

  it('freezes the hold of leaving', () => {
    // 20 s better, 100 s unknown, 5 s fresh: 10 of 30 s are left
    const ticks: readonly Tick[] = [
      ...seconds(10, 30, 5),
      ...seconds(31, 130, 'unknown'),
      ...seconds(131, 136, 5),
    ];
    const { row } = listen(ticks, warning);
    expect(
      told(
        [
          [144, 5],
          [145, 5],
        ],
        row,
      ),
    ).toEqual(['145 warning>healthy']);
  });

  it('freezes the wait for Watch', () => {
    // one second of two, 10 s unknown, 5 s fresh, the other second
    const { row } = listen([
      [1, 1.9],
      [2, 'unknown'],
      [12, 1.9],
      [17, 1.9],
    ]);
    expect(row.unknownSince).toBeUndefined();
    expect(
      told(
        [
          [17.5, 1.9],
          [18, 1.9],
        ],
        row,
      ),
    ).toEqual(['18 healthy>watch']);
  });

  it('freezes a pin', () => {
    const pinned: AlertRow = { ...warning, pinnedUntil: at(600), betterSince: at(20) };
    const { row } = listen(
      [
        [100, 'unknown'],
        [195, 5],
        [200, 5],
      ],
      pinned,
    );
    expect(
      told(
        [
          [699, 5],
          [700, 5],
        ],
        row,
      ),
    ).toEqual(['700 warning>healthy']);
  });

  it('a reading that is not better ends the hold, in doubt as well', () => {
    const ticks: readonly Tick[] = [
      ...seconds(10, 30, 5),
      [31, 'unknown'],
      [32, 0.9],
      [35, 5],
      [37, 5],
    ];
    const { row } = listen(ticks, warning);
    expect(
      told(
        [
          [38, 5],
          [67, 5],
          [68, 5],
        ],
        row,
      ),
    ).toEqual(['68 warning>healthy']);
  });

  it('does not count time in doubt toward Watch', () => {
    const { row } = listen([[10, 'unknown'], ...seconds(11, 16, 1.9)]);
    expect(row).toMatchObject({ state: 'healthy', unknownSince: undefined });
    expect(
      told(
        [
          [17, 1.9],
          [18, 1.9],
          [19, 1.9],
        ],
        row,
      ),
    ).toEqual(['19 healthy>watch']);
  });

  it('worse acts at once as soon as a reading exists', () => {
    expect(
      told(
        [
          [10, 'unknown'],
          [11, 0.3],
        ],
        warning,
      ),
    ).toEqual(['10 unknown', '11 warning>critical']);
  });
});

describe('acknowledging', () => {
  const note = { by: 'desk-3', note: 'called', at: at(10) };

  it('[UX16] lapses when it gets worse, not before', () => {
    const row = acknowledge(listen([[1, 0.9]]).row, note);
    expect(listen([[11, 0.6]], row).row.acknowledged).toEqual(note);
    expect(listen([[11, 0.3]], row).row.acknowledged).toBeUndefined();
  });

  it('[UX16] lapses after thirty minutes in Critical', () => {
    const row = acknowledge(listen([[1, 0.3]]).row, note);
    const due = 10 + (30 * MINUTE_MS) / SECOND_MS;
    expect(listen([[due - 1, 0.3]], row).row.acknowledged).toEqual(note);
    expect(listen([[due, 0.3]], row).row.acknowledged).toBeUndefined();
  });

  it('is over when the pool is healthy again', () => {
    const row = acknowledge(listen([[1, 0.3]]).row, note);
    expect(
      listen(
        [
          [11, 0.5],
          [21, 0.5],
        ],
        row,
      ).row.acknowledged,
    ).toEqual(note);
    expect(
      listen(
        [
          [11, 5],
          [21, 5],
        ],
        row,
      ).row.acknowledged,
    ).toBeUndefined();
  });
});

describe('a position opened at a level on purpose', () => {
  it('shows its state and tells only what is worse', () => {
    const row = openAlertRow(reading(0.9), at(0));
    expect(row.state).toBe('warning');
    expect(told(seconds(1, 60, 0.8), row)).toEqual([]);
    expect(told([[61, 0.3]], row)).toEqual(['61 warning>critical']);
  });

  it('may be unknown from the start', () => {
    expect(openAlertRow('unknown', at(3))).toMatchObject({ state: 'healthy', unknownSince: at(3) });
  });
});

it('the given row is left as it is', () => {
  const row = listen([[1, 0.9]]).row;
  const before = structuredClone(row);
  stepAlert(row, reading(0.3), at(2));
  stepAlert(row, 'unknown', at(2));
  expect(row).toEqual(before);
});

describe('a step of z inside a state', () => {
  const opened = openAlertRow(reading(0.9), at(0));
  const seen = (row: AlertRow): AlertRow => acknowledge(row, { by: 'Ida', note: '', at: at(2) });

  it('[AL5] is told of what was opened in it, from step to step', () => {
    const ticks = [
      [1, 0.631],
      [2, 0.629],
      [3, 0.5],
      [4, 0.441],
      [5, 0.4404],
      [6, 0.439],
    ] as const;
    expect(told(ticks, opened)).toEqual(['2 warning>warning', '6 warning>warning']);
    expect(listen(ticks.slice(0, 2), opened).heard).toMatchObject([
      { by: 'distance', value: 0.629, level: 0.9 * 0.7 },
    ]);
  });

  it('[AL5] is told of what was acknowledged, from there, and asks for an answer again', () => {
    const warned = listen([[1, 0.9]]).row;
    expect(told([[2, 0.5]], warned)).toEqual([]);
    const { row, heard } = listen(
      [
        [3, 0.8],
        [4, 0.561],
        [5, 0.559],
      ],
      seen(warned),
    );
    expect(heard).toMatchObject([{ from: 'warning', to: 'warning', value: 0.559 }]);
    expect(row.acknowledged).toBeUndefined();
  });

  it('[AL5] breaks the hold of leaving: better has to last anew', () => {
    const ticks = [
      [1, 1.2],
      [2, 0.62],
      [3, 1.2],
      [32, 1.2],
      [33, 1.2],
    ] as const;
    expect(told(ticks, opened)).toEqual(['2 warning>warning', '33 warning>watch']);
  });

  it('[AL5] is not told once the acknowledgement is taken back, nor of what is healthy', () => {
    const answered = listen([[3, 0.8]], seen(listen([[1, 0.9]]).row)).row;
    expect(told([[4, 0.5]], undoAcknowledgement(answered, at(3)))).toEqual([]);
    expect(told([[1, 4]], openAlertRow(reading(9), at(0)))).toEqual([]);
  });

  it('[AL5] begins anew in another state, and ends close to liquidation', () => {
    expect(
      told(
        [
          [1, 0.34],
          [2, 0.2],
          [3, 0.1],
        ],
        opened,
      ),
    ).toEqual(['1 warning>critical']);
    const last = openAlertRow(reading(0.1), at(0));
    expect(
      told(
        [
          [1, 0.06],
          [2, 0.03],
          [3, 0.001],
        ],
        last,
      ),
    ).toEqual(['1 critical>critical']);
  });
});
