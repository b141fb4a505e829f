import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openHistoryReader, openHistoryWriter, thinned } from './history-store.ts';
import { describeRiskStore, transferRow } from './risk-store.contract.ts';
import { openSqlReader, openSqlStore } from './sql-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeRiskStore('sqlite', async (place) => openSqlStore(join(folder, `${place}.db`)));

describe('openSqlReader', () => {
  it('reads what another connection has committed, newest of a kind, with the number before', async () => {
    const path = join(folder, 'reader.db');
    const store = openSqlStore(path);
    await store.appendRows(
      [1, 2, 3, 4].map((seq) => transferRow(seq)),
      0,
    );
    const reader = openSqlReader(path);
    const newest = reader.newestRows({ kinds: ['transfer', 'fill'], upToSeq: 3, limit: 2 });
    expect(newest).toEqual({ rows: [transferRow(2), transferRow(3)], previousSeq: 1 });
    expect(reader.newestRows({ kinds: ['transfer'], upToSeq: 4, limit: 9 }).previousSeq).toBe(0);
    const others = reader.newestRows({
      kinds: ['transfer'],
      upToSeq: 4,
      limit: 9,
      accountId: 'T-2',
    });
    expect(others.rows).toEqual([]);
    expect(reader.lastSeq()).toBe(4);
    reader.close();
    await store.close();
  });
});

describe('history', () => {
  it('gives back samples, oldest first, and keeps the first of two at one time', () => {
    const path = join(folder, 'history.db');
    const writer = openHistoryWriter(path);
    const sample = (time: number, ratio: string | null) => ({ poolId: 'P', time, ratio });
    writer.append([sample(2, '0.5'), sample(1, null)], [{ instrument: 'BTC', time: 1, mark: '9' }]);
    writer.append([sample(2, '0.6'), sample(3, '0.7')], []);
    const reader = openHistoryReader(path);
    expect(reader.read(['P'], ['BTC'])).toEqual({
      ratios: [
        {
          poolId: 'P',
          points: [
            { time: 1, value: null },
            { time: 2, value: '0.5' },
            { time: 3, value: '0.7' },
          ],
        },
      ],
      marks: [{ instrument: 'BTC', points: [{ time: 1, value: '9' }] }],
    });
    writer.forgetBefore(3);
    expect(reader.read(['P'], [])).toEqual({
      ratios: [{ poolId: 'P', points: [{ time: 3, value: '0.7' }] }],
      marks: [],
    });
    reader.close();
    writer.close();
  });

  it('thins evenly and keeps the newest', () => {
    const points = [1, 2, 3, 4, 5, 6, 7].map((time) => ({ time, value: '1' }));
    expect(thinned(points, 3).map(({ time }) => time)).toEqual([1, 4, 7]);
    expect(thinned(points, 7)).toEqual(points);
  });
});
