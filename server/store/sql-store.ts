/** The journal in an embedded SQLite file: one writer, every commit synced before it answers. */
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { timestampMs } from '#lib/units/time.ts';
import { accountId } from '#lib/units/ids.ts';
import { type JournalRow, type RowBody } from '#lib/engine/row.ts';
import { JOURNAL_MIGRATIONS, migrate } from './migrations.ts';
import {
  type Checkpoint,
  type CommandEvent,
  type JournalReader,
  type RiskStore,
  type RunRecord,
  type StoredCommand,
  type StoredPace,
  type StoredPage,
} from './store.ts';

const BUSY_TIMEOUT_MS = 5_000;
/** The newest is enough; one more is kept should the newest be refused. */
const CHECKPOINTS_KEPT = 2;

type SqlRow = Record<string, SQLOutputValue>;

function rowFrom(row: SqlRow): JournalRow {
  return {
    seq: Number(row['seq']),
    step: Number(row['step']),
    time: timestampMs(Number(row['time'])),
    accountId: typeof row['account'] === 'string' ? accountId(row['account']) : null,
    // Written by `appendRows` below, and held by the chain of hashes.
    body: JSON.parse(String(row['body'])) as RowBody,
    hash: String(row['hash']),
  };
}

function openWriter(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  migrate(database, JOURNAL_MIGRATIONS);
  // A kill left them behind: their checkpoint was never saved.
  database.exec('DELETE FROM page WHERE step > (SELECT coalesce(max(step), 0) FROM checkpoint)');
  return database;
}

function transaction(database: DatabaseSync, action: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    action();
    database.exec('COMMIT');
  } catch (error) {
    // A full disk has ended it already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

export function openSqlStore(path: string): RiskStore {
  const database = openWriter(path);
  const insertRow = database.prepare(
    `INSERT INTO journal (seq, step, time, account, kind, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (seq) DO NOTHING`,
  );
  const hashAt = database.prepare('SELECT hash FROM journal WHERE seq = ?');
  const raiseHead = database.prepare(
    'UPDATE head SET complete_step = max(complete_step, ?) WHERE only_row = 1',
  );

  function appendRow(row: JournalRow): void {
    const { seq, step, time, body, hash } = row;
    const inserted = insertRow.run(
      seq,
      step,
      time,
      row.accountId,
      body.kind,
      JSON.stringify(body),
      hash,
    );
    if (Number(inserted.changes) === 1) return;
    if (hashAt.get(seq)?.['hash'] !== hash) {
      throw new Error(`journal row ${seq} exists already and says something else`);
    }
  }

  return {
    openRun: async (run) => openRun(database, run),
    head: async () => {
      const head = database.prepare('SELECT complete_step FROM head').get();
      const last = database
        .prepare('SELECT seq, step FROM journal ORDER BY seq DESC LIMIT 1')
        .get();
      return {
        completeStep: Number(head?.['complete_step'] ?? 0),
        seq: Number(last?.['seq'] ?? 0),
        rowStep: Number(last?.['step'] ?? 0),
      };
    },
    appendRows: async (rows, completeStep) =>
      transaction(database, () => {
        for (const row of rows) appendRow(row);
        raiseHead.run(completeStep);
      }),
    noteCompleteStep: async (step) => transaction(database, () => raiseHead.run(step)),
    rowsAfter: async (seq, limit) =>
      database
        .prepare('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?')
        .all(seq, limit)
        .map(rowFrom),
    countRows: async (kind) =>
      Number(
        database.prepare('SELECT count(*) AS rows FROM journal WHERE kind = ?').get(kind)?.[
          'rows'
        ] ?? 0,
      ),
    appendCommand: async ({ number, step, event }) => {
      database
        .prepare('INSERT INTO command (number, step, event) VALUES (?, ?, ?)')
        .run(number, step, JSON.stringify(event));
    },
    commandsAfter: async (step) =>
      database
        .prepare('SELECT * FROM command WHERE step > ? ORDER BY number')
        .all(step)
        .map(commandFrom),
    savePages: async (step, pages) => savePages(database, step, pages),
    pagesOf: async (step) =>
      database
        .prepare(
          `SELECT bytes FROM page WHERE (number, step) IN
           (SELECT number, max(step) FROM page WHERE step <= ? GROUP BY number) ORDER BY number`,
        )
        .all(step)
        .map(({ bytes }) => (bytes instanceof Uint8Array ? bytes : new Uint8Array())),
    saveCheckpoint: async (checkpoint) => saveCheckpoint(database, checkpoint),
    latestCheckpoint: async () =>
      database
        .prepare('SELECT * FROM checkpoint ORDER BY step DESC LIMIT 1')
        .all()
        .map(checkpointFrom)[0],
    savePace: async (pace, completeStep) =>
      transaction(database, () => {
        savePace(database, pace);
        raiseHead.run(completeStep);
      }),
    pace: async () => database.prepare('SELECT * FROM pace').all().map(paceFrom)[0],
    close: async () => database.close(),
  };
}

function savePace(database: DatabaseSync, { paused, speed, configuredSpeed }: StoredPace): void {
  database
    .prepare('INSERT OR REPLACE INTO pace VALUES (1, ?, ?, ?)')
    .run(Number(paused), speed, configuredSpeed);
}

function paceFrom(row: SqlRow): StoredPace {
  return {
    paused: row['paused'] === 1,
    speed: Number(row['speed']),
    configuredSpeed: Number(row['configured_speed']),
  };
}

function openRun(database: DatabaseSync, run: RunRecord): void {
  const record = JSON.stringify(run);
  database.prepare('INSERT INTO run VALUES (?, ?) ON CONFLICT DO NOTHING').run(run.runId, record);
  const held = database.prepare('SELECT record FROM run').all();
  if (held.length !== 1 || held[0]?.['record'] !== record) {
    throw new Error(`this store holds another run: ${String(held[0]?.['record'])}`);
  }
}

function commandFrom(row: SqlRow): StoredCommand {
  return {
    number: Number(row['number']),
    step: Number(row['step']),
    // Written by `appendCommand` from an event that the gateway had parsed.
    event: JSON.parse(String(row['event'])) as CommandEvent,
  };
}

function checkpointFrom(row: SqlRow): Checkpoint {
  return {
    step: Number(row['step']),
    seq: Number(row['seq']),
    digest: String(row['digest']),
    engineText: String(row['engine_text']),
    sourceText: String(row['source_text']),
    seal: String(row['seal']),
  };
}

/** A page of a checkpoint is the newest one of its number up to its step; older ones go when no checkpoint needs them. */
function savePages(database: DatabaseSync, step: number, pages: readonly StoredPage[]): void {
  const drop = database.prepare(
    `DELETE FROM page WHERE number = ? AND step < (SELECT max(step) FROM page WHERE number = ?
     AND step <= (SELECT min(step) FROM checkpoint))`,
  );
  const insert = database.prepare('INSERT INTO page (number, step, bytes) VALUES (?, ?, ?)');
  transaction(database, () => {
    for (const { number, bytes } of pages) {
      drop.run(number, number);
      insert.run(number, step, bytes);
    }
  });
}

function saveCheckpoint(database: DatabaseSync, checkpoint: Checkpoint): void {
  const { step, seq, digest, engineText, sourceText, seal } = checkpoint;
  transaction(database, () => {
    database
      .prepare('INSERT INTO checkpoint VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (step) DO NOTHING')
      .run(step, seq, digest, engineText, sourceText, seal);
    database
      .prepare(
        `DELETE FROM checkpoint WHERE step NOT IN
         (SELECT step FROM checkpoint ORDER BY step DESC LIMIT ${CHECKPOINTS_KEPT})`,
      )
      .run();
  });
}

/** A second, read-only connection to a journal that somebody else is writing. */
export function openSqlReader(path: string): JournalReader {
  const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  return {
    newestRows: ({ kinds, upToSeq, limit, accountId: account }) => {
      const places = kinds.map(() => '?').join(', ');
      const ofAccount = account === undefined ? '' : 'AND account = ?';
      const found = database
        .prepare(
          `SELECT * FROM journal WHERE kind IN (${places}) AND seq <= ? ${ofAccount}
           ORDER BY seq DESC LIMIT ?`,
        )
        .all(...kinds, upToSeq, ...(account === undefined ? [] : [account]), limit + 1)
        .map(rowFrom);
      return {
        rows: found.slice(0, limit).reverse(),
        previousSeq: found[limit]?.seq ?? 0,
      };
    },
    lastSeq: () =>
      Number(database.prepare('SELECT max(seq) AS seq FROM journal').get()?.['seq'] ?? 0),
    close: () => database.close(),
  };
}
