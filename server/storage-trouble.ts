/** What is said when the disk does not take, or does not give back, what has to be kept. */

/** SQLite's result codes, in the lowest byte of the extended ones. */
const SQLITE_CODES = 0xff;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** Of files and folders, in words. */
const FILE_WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no room left',
  EDQUOT: 'the quota of this user is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'its file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  ENOENT: 'it cannot be made there',
  EIO: 'the disk reports an error',
};

const KEPT = 'What was told before is kept: mend that and start again.';

/** The part of the sentence behind the folder; undefined when it is not the disk's doing. */
function words(error: Error): string | undefined {
  const code: unknown = Reflect.get(error, 'code');
  const file = typeof code === 'string' ? FILE_WORDS[code] : undefined;
  if (file !== undefined) return `cannot be written to: ${file} (${String(code)}).`;
  const errcode: unknown = Reflect.get(error, 'errcode');
  if (code !== 'ERR_SQLITE_ERROR' || typeof errcode !== 'number') return undefined;
  switch (errcode & SQLITE_CODES) {
    case SQLITE_FULL:
      return `has no room left (${error.message}). ${KEPT}`;
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return `cannot be written to (${error.message}): look at its room and its permissions. ${KEPT}`;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return `has a damaged file (${error.message}): put a copy of the folder back, or start the run over with FRESH=1.`;
    default:
      return undefined;
  }
}

/** A sentence that a person can act on; undefined when it is not the disk's doing. */
export function storageTrouble(error: unknown, dataDir: string): string | undefined {
  const told = error instanceof Error ? words(error) : undefined;
  return told && `DATA_DIR ${dataDir} ${told}`;
}
