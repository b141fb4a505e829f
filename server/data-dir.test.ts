import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { readConfig } from './config.ts';
import { beginNextTake, claimDataDir, currentTake, makeRunFolder, wipeRun } from './data-dir.ts';
import { createLogger } from './log.ts';
import { runIdOf } from './run-id.ts';
import { startServer } from './start.ts';
import { writePointHook } from './write-points.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('claimDataDir', () => {
  it('makes the folder, and refuses a second server until the first lets go', () => {
    const path = join(folder, 'new', 'deep');
    const first = claimDataDir(path);
    assert(first.ok, 'nobody is there');
    expect(claimDataDir(path)).toEqual({
      ok: false,
      error: `DATA_DIR ${path} is in use by another Plimsoll server; stop it or choose another directory.`,
    });
    first.value.release();
    const again = claimDataDir(path);
    expect(again.ok).toBe(true);
    if (again.ok) again.value.release();
  });

  it('says in one sentence that a path is a file, or cannot be made', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below'), '/proc/nothing/here']) {
      const claim = claimDataDir(path);
      expect(claim.ok ? '' : claim.error).toMatch(
        /^DATA_DIR \/\S+ (is a file, expected a folder|cannot be written to: .*)\.$/,
      );
    }
  });
});

const KEY = { seed: '1', input: 'scenario:busy', accounts: 200, rulesVersion: 'house-1' };

describe('runs', () => {
  it('have an id that every part of their key changes', () => {
    const ids = [
      { ...KEY, take: 0 },
      { ...KEY, take: 1 },
      { ...KEY, take: 0, seed: '2' },
      { ...KEY, take: 0, input: 'scenario:calm' },
      { ...KEY, take: 0, accounts: 201 },
      { ...KEY, take: 0, rulesVersion: 'house-2' },
    ].map(runIdOf);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(runIdOf({ ...KEY, take: 0 })).toBe(ids[0]);
  });

  it('remember which take is going on, and are wiped with all of them', () => {
    const path = join(folder, 'takes');
    makeRunFolder(path, { ...KEY, take: 0 });
    expect(currentTake(path, KEY)).toBe(0);
    expect(beginNextTake(path, KEY)).toBe(1);
    expect(currentTake(path, KEY)).toBe(1);
    const folders = [0, 1].map((take) => makeRunFolder(path, { ...KEY, take }));
    wipeRun(path, KEY);
    expect(folders.map((each) => existsSync(each))).toEqual([false, false]);
    expect(currentTake(path, KEY)).toBe(0);
  });
});

describe('startServer', () => {
  const start = (env: Readonly<Record<string, string>>) => {
    const config = readConfig({ DATA_DIR: join(folder, 'start'), ...env }, ['busy']);
    assert(config.ok, 'the environment is sound');
    return startServer({
      config: config.value,
      log: createLogger('silent'),
      killAt: '',
      openPages: undefined,
      opening: () => undefined,
      live: () => {},
      failed: () => {},
    });
  };

  it('says that the port is taken, and lets go of the data directory', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await start({ PORT: `${port}` })).toEqual({
      ok: false,
      error: `PORT ${port} on 127.0.0.1 is taken; stop what listens there or set PORT to another one.`,
    });
    other.close();
    const claim = claimDataDir(join(folder, 'start'));
    expect(claim.ok).toBe(true);
    if (claim.ok) claim.value.release();
  });

  it('says what HOST is for', async () => {
    expect(await start({ HOST: '192.0.2.1', PORT: '0' })).toEqual({
      ok: false,
      error:
        'HOST is "192.0.2.1", expected an address of this machine, such as 127.0.0.1 or 0.0.0.0.',
    });
  });
});

describe('writePointHook', () => {
  it('strikes at the n-th passing of its point, once', () => {
    let strikes = 0;
    const hook = writePointHook('after-head:2', () => (strikes += 1));
    assert(hook.ok, 'the point exists');
    const passed = ['after-head', 'before-head', 'after-head', 'after-head'] as const;
    expect(
      passed.map((point) => {
        hook.value(point);
        return strikes;
      }),
    ).toEqual([0, 0, 1, 1]);
  });

  it('refuses names and counts that do not exist', () => {
    for (const spec of ['nowhere', 'after-head:0', 'after-head:x']) {
      const hook = writePointHook(spec, () => {});
      expect(hook.ok ? '' : hook.error).toContain(`PLIMSOLL_KILL_AT is "${spec}", expected one of`);
    }
  });
});
