/** The folder of runs: claimed by one server at a time, one folder a run inside it. */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Result } from '#lib/contract.ts';
import { type RunKey, runIdOf } from './run-id.ts';
import { storageTrouble } from './storage-trouble.ts';

export interface DataDir {
  readonly path: string;
  release(): void;
}

/** Written by SQLite when another process holds the lock: 5 is SQLITE_BUSY. */
const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'errcode') === SQLITE_BUSY;
}

/** Folder by folder: Node's own `recursive` never ends where a folder cannot exist, as below /proc. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolders(parent);
  mkdirSync(path);
}

/**
 * Claims a data directory for this process: an exclusive transaction on a file in it, which the system lets go of however the
 * process ends. A second server is told at once.
 */
export function claimDataDir(dataDir: string): Result<DataDir> {
  const path = resolve(dataDir);
  try {
    makeFolders(path);
    if (!statSync(path).isDirectory())
      return fail(`DATA_DIR ${path} is a file, expected a folder.`);
    accessSync(path, constants.W_OK);
  } catch (error) {
    return fail(troubleOf(error, path));
  }
  try {
    const lock = new DatabaseSync(join(path, 'lock.db'), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return ok({ path, release: () => lock.close() });
  } catch (error) {
    return isBusy(error)
      ? fail(
          `DATA_DIR ${path} is in use by another Plimsoll server; stop it or choose another directory.`,
        )
      : fail(troubleOf(error, path));
  }
}

function troubleOf(error: unknown, path: string): string {
  const words = error instanceof Error ? error.message : 'unknown error';
  return storageTrouble(error, path) ?? `DATA_DIR ${path} cannot be used: ${words}.`;
}

function takesFileOf(dataDir: string, key: Omit<RunKey, 'take'>): string {
  return join(dataDir, `${runIdOf({ ...key, take: 0 })}.takes`);
}

/** The take that is going on: the newest one begun, 0 when it was never started over. */
export function currentTake(dataDir: string, key: Omit<RunKey, 'take'>): number {
  const file = takesFileOf(dataDir, key);
  const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : '0';
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** Begins the next take; from now on it is the current one, also after a kill. */
export function beginNextTake(dataDir: string, key: Omit<RunKey, 'take'>): number {
  const take = currentTake(dataDir, key) + 1;
  const file = takesFileOf(dataDir, key);
  writeFileSync(`${file}.new`, `${take}\n`, { flush: true });
  renameSync(`${file}.new`, file);
  return take;
}

function folderOfRun(dataDir: string, key: RunKey): string {
  return join(dataDir, runIdOf(key));
}

/** Forgets a run with all its takes. */
export function wipeRun(dataDir: string, key: Omit<RunKey, 'take'>): void {
  for (let take = currentTake(dataDir, key); take >= 0; take -= 1) {
    rmSync(folderOfRun(dataDir, { ...key, take }), { recursive: true, force: true });
  }
  rmSync(takesFileOf(dataDir, key), { force: true });
}

export function makeRunFolder(dataDir: string, key: RunKey): string {
  const folder = folderOfRun(dataDir, key);
  mkdirSync(folder, { recursive: true });
  return folder;
}
