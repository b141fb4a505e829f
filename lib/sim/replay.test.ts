import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type MarkFact } from '../engine/event.ts';
import { CATALOGUE } from '../market/catalogue.ts';
import { type Bar, readReplayCsv } from './replay-rows.ts';
import { createReplayTape, type ReplaySettings, type ReplayTape } from './replay.ts';
import { type Tape } from './tape.ts';

function read(
  text: string,
  name = 'day.csv',
): { readonly bars: readonly Bar[]; readonly problems: readonly object[] } {
  const rows = readReplayCsv({ text, name });
  if (!rows.ok) throw new Error(rows.error);
  return rows.value;
}

function tapeOf(rows: readonly Bar[], more: Partial<ReplaySettings> = {}): ReplayTape {
  const tape = createReplayTape({
    name: 'day.csv',
    rows,
    seed: 'demo-1',
    instruments: CATALOGUE,
    ...more,
  });
  if (!tape.ok) throw new Error(tape.error);
  return tape.value;
}

/** Marks of each instrument, step by step; undefined where a step had none. */
function marksBy(tape: Tape, id: string): readonly (MarkFact | undefined)[] {
  const list: (MarkFact | undefined)[] = [];
  for (let step = tape.next(); step !== undefined; step = tape.next()) {
    const mark = step.events.flatMap((event) =>
      event.kind === 'mark-updated' ? [event.mark] : [],
    );
    list.push(mark.find(({ instrumentId }) => instrumentId === id));
  }
  return list;
}

function indexTicks(tape: Tape, id: string): readonly number[] {
  return marksBy(tape, id).map((mark) => Number(mark?.indexTicks ?? Number.NaN));
}

const HEADER = 'time,symbol,open,high,low,close';
const T0 = 1_760_126_400; // 2025-10-10 20:00 UTC

describe('rows in the market-data format', () => {
  it('reads them', () => {
    const { bars, problems } = read(`${HEADER}\n${T0},BTCUSD.GEMINI,100,110,90,105\n`);
    expect(bars).toEqual([
      { symbol: 'BTCUSD.GEMINI', time: T0 * 1_000, open: 100, high: 110, low: 90, close: 105 },
    ]);
    expect(problems).toEqual([]);
  });

  it.each([
    ['no price', `${T0 + 60},BTCUSD.GEMINI,100,110,90,abc`, 'abc', 'a price above zero'],
    ['zero', `${T0 + 60},BTCUSD.GEMINI,100,110,0,105`, '0', 'a price above zero'],
    ['below zero', `${T0 + 60},BTCUSD.GEMINI,-1,110,90,105`, '-1', 'a price above zero'],
    ['NaN', `${T0 + 60},BTCUSD.GEMINI,NaN,110,90,105`, 'NaN', 'a price above zero'],
    [
      'beyond all numbers',
      `${T0 + 60},BTCUSD.GEMINI,1e999,1e999,1,5`,
      '1e999',
      'a price above zero',
    ],
    [
      'a column short',
      `${T0 + 60},BTCUSD.GEMINI,100,110,90`,
      `${T0 + 60},BTCUSD.GEMINI,100,110,90`,
      HEADER,
    ],
    [
      'no time',
      `noon,BTCUSD.GEMINI,100,110,90,105`,
      'noon',
      'a Unix time in s, ms or µs between 2010 and 2100',
    ],
    ['no symbol', `${T0 + 60},?,100,110,90,105`, '?', 'a symbol such as BTCUSDT.BINANCE'],
    [
      'a low above the open',
      `${T0 + 60},BTCUSD.GEMINI,100,110,101,105`,
      '100,110,101,105',
      'low <= open, close <= high',
    ],
    [
      'the same time again',
      `${T0},BTCUSD.GEMINI,100,110,90,105`,
      `${T0}000`,
      'one row of BTCUSD.GEMINI for each time',
    ],
    [
      'a time gone by',
      `${T0 - 60},BTCUSD.GEMINI,100,110,90,105`,
      `${T0 - 60}000`,
      `a time after ${T0}000 of BTCUSD.GEMINI`,
    ],
  ])('tells a bad row and goes on: %s', (_case, bad, value, expected) => {
    const good = (time: number): string => `${time},BTCUSD.GEMINI,100,110,90,105`;
    const { bars, problems } = read([HEADER, good(T0), bad, good(T0 + 120)].join('\r\n'));
    expect(bars.map(({ time }) => time / 1_000)).toEqual([T0, T0 + 120]);
    expect(problems).toEqual([{ line: 3, value, expected }]);
  });

  it('loses one row to a stamp far ahead, not all that follow it', () => {
    const rows = [0, 60, 100_000_000, 120, 180].map(
      (s) => `${T0 + s},BTCUSD.GEMINI,100,110,90,105`,
    );
    const { bars, problems } = read([HEADER, ...rows].join('\n'));
    expect(bars.map(({ time }) => time / 1_000 - T0)).toEqual([0, 60, 120, 180]);
    const expected = 'a time before the rows of BTCUSD.GEMINI that follow';
    expect(problems).toEqual([{ line: 4, value: `${T0 + 100_000_000}000`, expected }]);
  });

  it.each([
    ['nothing', '', 'day.csv: the file is empty'],
    [
      'other columns',
      'a,b,c\n1,2,3',
      'day.csv: expected a first line of time,symbol,open,high,low,close, or kline rows in a file named after their symbol, such as BTCUSDT-1m-2025-10-10.csv',
    ],
    ['a header alone', HEADER, 'day.csv: nothing to replay: it has no rows'],
    [
      'bad rows alone',
      `${HEADER}\nx,y`,
      `day.csv: nothing to replay: line 2 has "x,y", expected ${HEADER}`,
    ],
  ])('refuses a file of %s', (_case, text, error) => {
    expect(readReplayCsv({ text, name: 'day.csv' })).toEqual({ ok: false, error });
  });
});

describe('rows in the kline format of the venue', () => {
  const header =
    'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
  const tail = '12.5,0,1,2,3,4,0';
  it.each([
    ['with a header, ms', `${header}\n${T0}000,100,110,90,105,${tail}`],
    ['without a header, µs', `${T0}000000,100,110,90,105,${tail}`],
    ['without a header, s', `${T0},100,110,90,105,${tail}`],
  ])('reads them %s', (_case, text) => {
    const { bars } = read(text, 'data/BTCUSDT-1m-2025-10-10.csv');
    expect(bars).toEqual([
      { symbol: 'BTCUSDT', time: T0 * 1_000, open: 100, high: 110, low: 90, close: 105 },
    ]);
  });

  it('takes the symbol as an argument where the file name has none', () => {
    const rows = readReplayCsv({ text: `${T0},100,110,90,105`, name: 'upload', symbol: 'ethusdt' });
    expect(rows.ok && rows.value.bars[0]?.symbol).toBe('ETHUSDT');
  });
});

describe('one bar', () => {
  it.each([
    ['the high is nearer: high before low', '100,104,90,95', [100, 104, 90, 95]],
    ['the low is nearer: low before high', '100,120,97,110', [100, 97, 120, 110]],
  ])(
    'walks open, nearer extreme, other extreme, close: %s',
    (_case, prices, [open, near, far, close]) => {
      const tape = tapeOf(read(`${HEADER}\n${T0},BTCUSD.GEMINI,${prices}`).bars);
      expect(
        tape.openingEvents.map((event) => event.kind === 'mark-updated' && event.mark.indexTicks),
      ).toEqual([BigInt((open ?? 0) * 10)]);
      const ticks = indexTicks(tape, 'BTCUSDT');
      expect(ticks).toHaveLength(60);
      expect([ticks[19], ticks[39], ticks[59]]).toEqual(
        [near, far, close].map((price) => (price ?? 0) * 10),
      ); // seconds 20, 40, 60
      expect(ticks[29]).toBe((((near ?? 0) + (far ?? 0)) / 2) * 10); // half-way between both extremes
    },
  );
});

describe('several series of a coin', () => {
  it('makes the index of spot and takes the perpetual as the own book, held within the band', () => {
    const text = [
      HEADER,
      `${T0},AVAXUSD.COINBASE,17,17,17,17`,
      `${T0},AVAXUSD_PERP.BINANCE,6.02,6.02,6.02,6.02`,
    ].join('\n');
    const mark = marksBy(tapeOf(read(text).bars), 'AVAXUSDT').at(-1);
    expect(mark?.indexTicks).toBe(17_000n);
    expect(mark?.lastTicks).toBe(6_020n);
    expect(mark?.markTicks).toBe(16_150n); // 17.00 less the band of 5 %
  });

  it('averages two spot venues and names the one that it refuses', () => {
    const row = (venue: string, price: number): string =>
      `${T0},DOGEUSD.${venue},${price},${price},${price},${price}`;
    const both = marksBy(
      tapeOf(read([HEADER, row('GEMINI', 0.2), row('COINBASE', 0.201)].join('\n')).bars),
      'DOGEUSDT',
    )[0];
    expect(both?.indexTicks).toBe(20_050n);
    const far = marksBy(
      tapeOf(
        read([HEADER, row('GEMINI', 0.2), row('COINBASE', 0.15), row('KRAKEN', 0.2)].join('\n'))
          .bars,
      ),
      'DOGEUSDT',
    )[0];
    expect(far?.rejected).toEqual(['coinbase']);
  });

  it('reads XBTUSD as BTC, and lets a perpetual alone be its own index', () => {
    const tape = tapeOf(read(`${HEADER}\n${T0},XBTUSD_PERP.BITMEX,100,100,100,100`).bars);
    expect(tape.instruments.map(({ id }) => id)).toEqual(['BTCUSDT']);
    expect(indexTicks(tape, 'BTCUSDT').at(-1)).toBe(1_000);
  });
});

describe('what a file lacks', () => {
  const btc = (minute: number, open: number, close: number): string =>
    `${T0 + 60 * minute},BTCUSD.GEMINI,${open},${Math.max(open, close)},${Math.min(open, close)},${close}`;

  it('tells symbols that no instrument stands for', () => {
    const tape = tapeOf(
      read(`${HEADER}\n${btc(0, 100, 100)}\n${T0},PEPEUSD.GEMINI,1,1,1,1\n${T0},EURCHF.X,1,1,1,1`)
        .bars,
    );
    expect(tape.unused).toEqual(['PEPEUSD.GEMINI', 'EURCHF.X']);
  });

  it('refuses a file without any known coin, naming what it found', () => {
    const rows = read(`${HEADER}\n${T0},PEPEUSD.GEMINI,1,1,1,1`).bars;
    const made = createReplayTape({ name: 'x.csv', rows, seed: 's', instruments: CATALOGUE });
    expect(made).toEqual({
      ok: false,
      error: expect.stringContaining('x.csv: no symbol of a known coin (found PEPEUSD.GEMINI'),
    });
  });

  it('lets the other coins follow BTC by their beta when asked, and says so', () => {
    const rows = read([HEADER, btc(0, 100_000, 100_000), btc(1, 100_000, 80_000)].join('\n')).bars;
    const ether = marksBy(tapeOf(rows, { modelMissing: true }), 'ETHUSDT');
    expect(ether.every((mark) => mark?.modelled === true)).toBe(true);
    const move = Number(ether.at(-1)?.indexTicks) / Number(ether[0]?.indexTicks);
    expect(Math.abs(Math.log(move) / Math.log(0.8) - 1.3)).toBeLessThan(0.05); // beta of ETH
  });

  it('gives no mark in a gap of the rows once the last price is ten seconds old', () => {
    const tape = tapeOf(
      read([HEADER, btc(0, 100, 100), btc(1, 100, 100), btc(4, 100, 100)].join('\n')).bars,
    );
    const marks = marksBy(tape, 'BTCUSDT');
    expect(marks[129]?.markTicks).toBe(1_000n); // 10 s after the second bar's end
    expect(marks[130]).toBeUndefined();
    expect(marks[238]).toBeUndefined();
    expect(marks[239]?.markTicks).toBe(1_000n); // the fifth minute begins
  });

  it('takes a flat bar for silence when asked', () => {
    const rows = read(
      [HEADER, btc(0, 100, 101), btc(1, 101, 101), btc(2, 101, 101), btc(3, 101, 102)].join('\n'),
    ).bars;
    expect(marksBy(tapeOf(rows), 'BTCUSDT').filter((mark) => mark === undefined)).toHaveLength(0);
    const silent = marksBy(tapeOf(rows, { dropUnchangedBars: true }), 'BTCUSDT');
    expect(silent.filter((mark) => mark === undefined)).toHaveLength(109); // two minutes less the ten seconds of grace and both edges
  });

  it('refuses bars too short to walk', () => {
    const rows = read(`${HEADER}\n${T0},BTCUSD.X,1,1,1,1\n${T0 + 1},BTCUSD.X,1,1,1,1`).bars;
    const made = createReplayTape({ name: 'x.csv', rows, seed: 's', instruments: CATALOGUE });
    expect(made).toEqual({
      ok: false,
      error: 'x.csv: bars of BTCUSD.X last 1000 ms; expected 3000 ms or more',
    });
  });

  it('never lets a coin cheaper than its grid be free', () => {
    const tape = tapeOf(
      read(`${HEADER}\n${T0},DOGEUSD.X,0.000001,0.000001,0.000001,0.000001`).bars,
    );
    expect(indexTicks(tape, 'DOGEUSDT').at(-1)).toBe(1);
  });
});

describe('saving a replay', () => {
  it('goes on exactly where it was saved', () => {
    const rows = read(
      `${HEADER}\n${T0},BTCUSD.X,100,120,90,110\n${T0},ETHUSD_PERP.Y,10,12,9,11`,
    ).bars;
    const tape = tapeOf(rows, { modelMissing: true });
    for (let turn = 0; turn < 23; turn += 1) tape.next();
    const saved = tape.save();
    const other = tapeOf(rows, { modelMissing: true });
    other.load(saved);
    expect(marksBy(other, 'SOLUSDT')).toEqual(marksBy(tape, 'SOLUSDT'));
  });
});

const shared = process.env['PLIMSOLL_SHARED'];
const folder = shared === undefined ? undefined : join(shared, 'market-data');
const hasFiles = folder !== undefined && existsSync(join(folder, '2025-10-10_1m.csv'));
if (!hasFiles)
  console.warn('skipped: replay of the recorded crash days (PLIMSOLL_SHARED is not set)');

describe.skipIf(!hasFiles)('recorded crash days', () => {
  const rowsOf = (name: string): readonly Bar[] => {
    const { bars, problems } = read(readFileSync(join(folder ?? '', name), 'utf8'), name);
    expect(problems).toEqual([]);
    return bars;
  };

  it('2025-10-10: holds AVAX and DOT within the band while their own books fall to a third', () => {
    const tape = tapeOf(rowsOf('2025-10-10_1m.csv'));
    expect(tape.unused).toEqual([]);
    expect(tape.instruments).toHaveLength(11); // all but BNB
    const low = new Map<string, number>();
    for (let step = tape.next(); step !== undefined; step = tape.next()) {
      for (const event of step.events) {
        if (event.kind !== 'mark-updated') continue;
        const { instrumentId, markTicks } = event.mark;
        low.set(
          instrumentId,
          Math.min(low.get(instrumentId) ?? Number.POSITIVE_INFINITY, Number(markTicks)),
        );
      }
    }
    expect(low.get('AVAXUSDT')).toBe(16_150); // 17.00 x 0.95, liquidation.md 1.3
    expect(low.get('DOTUSDT')).toBeGreaterThanOrEqual(2_717); // 2.86 x 0.95
  });

  it('2020-03-12: the standing feed is silent between 02:16 and 02:30 when unchanged bars are dropped', () => {
    const rows = rowsOf('2020-03-12_1m.csv').filter(
      ({ time }) => time >= Date.parse('2020-03-13T02:00:00Z'),
    );
    const tape = tapeOf(rows, { dropUnchangedBars: true });
    const silent = marksBy(tape, 'BTCUSDT').flatMap((mark, index) =>
      mark === undefined ? [index] : [],
    );
    const minutes = silent.map((index) => Math.floor((index + 1) / 60)); // after 02:00
    expect(minutes.filter((minute) => minute >= 16 && minute <= 30).length).toBeGreaterThan(120);
  });

  it.each([
    '2020-03-12_5m.csv',
    '2021-05-19_1m.csv',
    '2022-11-08_15m.csv',
    '2024-08-05_30m.csv',
    '2025-10-10_15m.csv',
  ])('plays %s without a problem', (name) => {
    const tape = tapeOf(rowsOf(name));
    for (let turn = 0; turn < 2_000; turn += 1)
      expect(tape.next()?.events.length).toBeGreaterThan(1);
  });
});
