import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { traitsOf } from './coins.ts';
import { CRASH_DAYS } from './crash-days.ts';
import { durationMsOf, pointsOf } from './day-prices.ts';
import { assetId } from '../units/ids.ts';
import { parseUtcTime, SECOND_MS } from '../units/time.ts';
import { readReplayCsv } from './replay-rows.ts';

const SERIES = Object.entries(CRASH_DAYS).flatMap(([id, day]) =>
  Object.entries(day.coins).map(([base, pairs]) => ({ id, base, pairs, day })),
);

describe.each(SERIES)('$base on $id', ({ base, pairs, day }) => {
  it('ascends in time from 0 to the end of the day, at prices above zero, with a few dozen points', () => {
    const points = pointsOf(pairs);
    expect(points.length).toBeGreaterThan(20);
    expect(points.length).toBeLessThanOrEqual(36);
    expect(points[0]?.timeMs).toBe(0);
    expect(points.at(-1)?.timeMs).toBe(durationMsOf(day));
    expect(
      points.every(({ timeMs }, index) => index === 0 || timeMs > (points[index - 1]?.timeMs ?? 0)),
    ).toBe(true);
    expect(points.every(({ logPrice }) => Number.isFinite(logPrice))).toBe(true);
    expect(traitsOf(assetId(base)).openingPrice).toBeGreaterThan(0);
  });
});

const shared = process.env['PLIMSOLL_SHARED'];
const folder = shared === undefined ? undefined : join(shared, 'market-data');
const hasFiles = folder !== undefined && existsSync(folder);
if (!hasFiles)
  console.warn('skipped: crash-day points against the recorded bars (PLIMSOLL_SHARED is not set)');

/** Where each typed series comes from. */
const ORIGINS: readonly (readonly [id: string, base: string, file: string, symbol: string])[] = [
  ['2020-03-12', 'BTC', '2020-03-12_1m.csv', 'XBTUSD_PERP.BITMEX'],
  ['2020-03-12', 'ETH', '2020-03-12_5m.csv', 'ETHUSDT.BINANCE'],
  ['2021-05-19', 'DOGE', '2021-05-19_1m.csv', 'DOGEUSDT.BINANCE'],
  ['2022-11-08', 'SOL', '2022-11-08_15m.csv', 'SOLUSDT.BINANCE'],
  ['2024-08-05', 'ETH', '2024-08-05_1m.csv', 'ETHUSDT.BINANCE'],
  ['2025-10-10', 'BTC', '2025-10-10_5m.csv', 'BTCUSDT_PERP.BINANCE'],
  ['2025-10-10', 'DOT', '2025-10-10_15m.csv', 'DOTUSDT.BINANCE'],
];

describe.skipIf(!hasFiles)('crash-day points against the recorded bars', () => {
  it.each(ORIGINS)(
    "%s %s: every point lies within its bar, and the lowest is the day's low",
    (id, base, file, symbol) => {
      const series = SERIES.find((one) => one.id === id && one.base === base);
      const start = parseUtcTime(series?.day.start ?? '');
      const read = readReplayCsv({
        text: readFileSync(join(folder ?? '', file), 'utf8'),
        name: file,
      });
      if (series === undefined || start === undefined || !read.ok)
        throw new Error(`${id} ${base} in ${file}`);
      const end = start + durationMsOf(series.day);
      const bars = read.value.bars.filter(
        (bar) => bar.symbol === symbol && bar.time >= start && bar.time < end,
      );
      const outside = pointsOf(series.pairs).filter(({ timeMs, logPrice }) => {
        // A point on the edge of two bars may be the close of the first.
        const near = bars.filter((bar) => bar.time <= start + timeMs).slice(-2);
        const price = Math.exp(logPrice);
        return !near.some((bar) => price >= bar.low * (1 - 1e-9) && price <= bar.high * (1 + 1e-9));
      });
      expect(outside).toEqual([]);
      const lowest = Math.min(...pointsOf(series.pairs).map(({ logPrice }) => Math.exp(logPrice)));
      expect(lowest / Math.min(...bars.map(({ low }) => low))).toBeCloseTo(1, 2);
      expect(end % SECOND_MS).toBe(0);
    },
  );
});
