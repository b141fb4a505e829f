/** Curves of margin ratio and mark, for charts only: batched, one fsync now and then, thinned as it is read. */
import { DatabaseSync } from 'node:sqlite';
import { type AccountHistory, type HistoryPoint } from '#lib/wire/protocol.ts';
import { HISTORY_MIGRATIONS, migrate } from './migrations.ts';
import { type MarkSample, type RatioSample } from './store.ts';

const BUSY_TIMEOUT_MS = 5_000;
/** As many points as a chart draws; older ones are thinned out evenly. */
const POINTS_MAX = 240;
/** How far back a chart looks. */
const POINTS_READ = 2_400;

export interface HistoryWriter {
  append(ratios: readonly RatioSample[], marks: readonly MarkSample[]): void;
  /** Forgets what is older than `time`. */
  forgetBefore(time: number): void;
  close(): void;
}
export interface HistoryReader {
  read(poolIds: readonly string[], instruments: readonly string[]): AccountHistory;
  close(): void;
}

export function openHistoryWriter(path: string): HistoryWriter {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  migrate(database, HISTORY_MIGRATIONS);
  const addRatio = database.prepare('INSERT INTO ratio VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const addMark = database.prepare('INSERT INTO mark VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  return {
    append: (ratios, marks) => {
      database.exec('BEGIN');
      for (const { poolId, time, ratio } of ratios) addRatio.run(poolId, time, ratio);
      for (const { instrument, time, mark } of marks) addMark.run(instrument, time, mark);
      database.exec('COMMIT');
    },
    forgetBefore: (time) => {
      database.prepare('DELETE FROM ratio WHERE time < ?').run(time);
      database.prepare('DELETE FROM mark WHERE time < ?').run(time);
    },
    close: () => database.close(),
  };
}

/** Evenly spaced points, the newest always among them. */
export function thinned(points: readonly HistoryPoint[], most: number): readonly HistoryPoint[] {
  const stride = Math.ceil(points.length / most);
  const last = points.length - 1;
  return stride <= 1 ? points : points.filter((_, index) => (last - index) % stride === 0);
}

export function openHistoryReader(path: string): HistoryReader {
  const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  const ratios = database.prepare(
    'SELECT time, ratio AS value FROM ratio WHERE pool = ? ORDER BY time DESC LIMIT ?',
  );
  const marks = database.prepare(
    'SELECT time, mark AS value FROM mark WHERE instrument = ? ORDER BY time DESC LIMIT ?',
  );
  const pointsOf = (statement: typeof ratios, key: string): readonly HistoryPoint[] =>
    thinned(
      statement
        .all(key, POINTS_READ)
        .map(({ time, value }) => ({
          time: Number(time),
          value: typeof value === 'string' ? value : null,
        }))
        .reverse(),
      POINTS_MAX,
    );
  return {
    read: (poolIds, instruments) => ({
      ratios: poolIds.map((poolId) => ({ poolId, points: pointsOf(ratios, poolId) })),
      marks: instruments.map((instrument) => ({ instrument, points: pointsOf(marks, instrument) })),
    }),
    close: () => database.close(),
  };
}
