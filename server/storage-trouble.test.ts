import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqlStore } from './store/sql-store.ts';
import { storageTrouble } from './storage-trouble.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-trouble-'));
afterAll(() => rmSync(folder, { recursive: true }));

function caught(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe('trouble with the disk', () => {
  it('is told in a sentence, with what to do', () => {
    const full = new DatabaseSync(join(folder, 'full.db'));
    full.exec('CREATE TABLE t (words TEXT); PRAGMA max_page_count = 2');
    const error = caught(() => full.exec('INSERT INTO t VALUES (hex(zeroblob(100000)))'));
    expect(storageTrouble(error, '/data')).toBe(
      'DATA_DIR /data has no room left (database or disk is full). What was told before is kept: mend that and start again.',
    );
    full.close();
    const noSpace = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(storageTrouble(noSpace, '/data')).toContain(
      'cannot be written to: there is no room left',
    );
  });

  it('knows a file that is no database', () => {
    const path = join(folder, 'damaged.db');
    writeFileSync(path, 'words that were never a database'.repeat(100));
    expect(
      storageTrouble(
        caught(() => openSqlStore(path)),
        '/data',
      ),
    ).toBe(
      'DATA_DIR /data has a damaged file (file is not a database): put a copy of the folder back, or start the run over with FRESH=1.',
    );
  });

  it('is not what another error is', () => {
    for (const error of [new Error('journal row 3 exists already'), 'words', undefined])
      expect(storageTrouble(error, '/data')).toBeUndefined();
  });
});

describe.runIf(process.platform === 'linux')('a server whose disk takes no more', () => {
  /** @param limit of the size of each file, in the shell's blocks: writing beyond it fails as on a full disk. */
  function serve(limit: string, killAt: string) {
    const started = `trap '' XFSZ; ulimit -f ${limit}; exec node server/main.ts headless`;
    return spawnSync('sh', ['-c', started], {
      encoding: 'utf8',
      env: {
        ...process.env,
        DATA_DIR: join(folder, 'run'),
        PORT: '0',
        SPEED: '1000',
        PLIMSOLL_KILL_AT: killAt,
      },
    });
  }

  it('ends with a sentence, and the next start goes on from what it had told', () => {
    const first = serve('400', '');
    expect(first.status).toBe(1);
    expect(first.stdout).toContain('Plimsoll is live');
    expect(first.stderr).toMatch(
      /^plimsoll: DATA_DIR \S+ cannot be written to \(disk I\/O error\)/m,
    );
    expect(first.stderr).not.toContain('died');
    const store = new DatabaseSync(join(folder, 'run', folderIn(first.stderr), 'journal.db'));
    const { rows } = store.prepare('SELECT count(*) AS rows FROM journal').get() ?? {};
    store.close();
    const second = serve('unlimited', 'before-publish:200');
    expect(Number(rows)).toBeGreaterThan(0);
    expect(seqIn(second.stderr)).toBeGreaterThanOrEqual(Number(rows));
  });

  function folderIn(log: string): string {
    return /"runId":"(\w+)"/.exec(log)?.[1] ?? '';
  }

  function seqIn(log: string): number {
    return Number(/"journalSeq":(\d+)/.exec(log)?.[1]);
  }
});
