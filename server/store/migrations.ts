/** Shapes of our two databases, in order. A database knows by `user_version` how many of them it has. */
import { type DatabaseSync } from 'node:sqlite';

/** Facts and journal: nothing here may be lost. Decimals are text inside `body`, never summed or sorted in SQL. */
export const JOURNAL_MIGRATIONS: readonly string[] = [
  `CREATE TABLE run (
     run_id TEXT PRIMARY KEY,
     record TEXT NOT NULL
   ) STRICT;
   CREATE TABLE head (
     only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
     complete_step INTEGER NOT NULL
   ) STRICT;
   INSERT INTO head VALUES (1, 0);
   CREATE TABLE journal (
     seq INTEGER PRIMARY KEY,
     step INTEGER NOT NULL,
     time INTEGER NOT NULL,
     account TEXT,
     kind TEXT NOT NULL,
     body TEXT NOT NULL,
     hash TEXT NOT NULL
   ) STRICT;
   CREATE INDEX journal_by_kind ON journal (kind, seq);
   CREATE INDEX journal_by_account ON journal (account, seq) WHERE account IS NOT NULL;
   CREATE TABLE command (
     number INTEGER PRIMARY KEY,
     step INTEGER NOT NULL UNIQUE,
     event TEXT NOT NULL
   ) STRICT;
   CREATE TABLE checkpoint (
     step INTEGER PRIMARY KEY,
     seq INTEGER NOT NULL,
     digest TEXT NOT NULL,
     engine_text TEXT NOT NULL,
     source_text TEXT NOT NULL,
     seal TEXT NOT NULL
   ) STRICT;`,
  `CREATE TABLE page (
     number INTEGER NOT NULL,
     step INTEGER NOT NULL,
     bytes BLOB NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX page_by_number ON page (number, step);`,
  `CREATE TABLE pace (
     only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
     paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
     speed REAL NOT NULL CHECK (speed > 0),
     configured_speed REAL NOT NULL
   ) STRICT;`,
];

/** Curves for people: a lost second of them hurts nobody. */
export const HISTORY_MIGRATIONS: readonly string[] = [
  `CREATE TABLE ratio (
     pool TEXT NOT NULL,
     time INTEGER NOT NULL,
     ratio TEXT,
     PRIMARY KEY (pool, time)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE mark (
     instrument TEXT NOT NULL,
     time INTEGER NOT NULL,
     mark TEXT NOT NULL,
     PRIMARY KEY (instrument, time)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX ratio_by_time ON ratio (time);
   CREATE INDEX mark_by_time ON mark (time);`,
];

/** Runs what is missing, each migration in a transaction of its own. */
export function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
  const have = Number(version ?? 0);
  for (const [index, sql] of migrations.entries()) {
    if (index < have) continue;
    database.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
