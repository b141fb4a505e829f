/**
 * What the risk loop keeps of a run. One writer. A promise that resolves has its writes on disk: the loop acts on nothing
 * before that. Asynchronous, so that a network database can stand behind the same contract (`risk-store.contract.ts`).
 */
import { createHash } from 'node:crypto';
import { type EngineEvent } from '#lib/engine/event.ts';
import { type JournalRow } from '#lib/engine/row.ts';

/** Who a run is: never changes once written. */
export interface RunRecord {
  readonly runId: string;
  readonly seed: string;
  /** Scenario id, or the replayed file's name. */
  readonly scenario: string;
  readonly accounts: number;
  readonly engineVersion: string;
  readonly rulesVersion: string;
}

/** What people put in while a run is going: with the tape it is all that a run depends on. */
export type CommandEvent = Extract<
  EngineEvent,
  { readonly kind: 'acknowledged' | 'acknowledgement-undone' | 'operator-command' }
>;

export interface StoredCommand {
  /** From 1, without gaps. */
  readonly number: number;
  /** Engine step that this command alone makes up. */
  readonly step: number;
  readonly event: CommandEvent;
}

/** How somebody left the pace of a run. Nothing that is decided depends on it, so it is no step of the run. */
export interface StoredPace {
  readonly paused: boolean;
  readonly speed: number;
  /** SPEED that held when this was chosen: where a later start says another one, that one holds. */
  readonly configuredSpeed: number;
}

/** How far the run is durable. */
export interface StoredHead {
  /** Last step known to be complete; later ones may have been taken without leaving a row. */
  readonly completeStep: number;
  /** Number and step of the last journal row; 0 before the first. */
  readonly seq: number;
  readonly rowStep: number;
}

/** A page of accounts as a checkpoint has it. */
export interface StoredPage {
  /** From 0, without gaps. */
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** A moment between two steps from which everything later can be derived again. */
export interface Checkpoint {
  readonly step: number;
  readonly seq: number;
  /** Digest of the engine's state. */
  readonly digest: string;
  /** Names each page of accounts by its digest. */
  readonly engineText: string;
  readonly sourceText: string;
  /** `sealOf` both texts: nobody changed them since. */
  readonly seal: string;
}

/** The engine's digest of a state or a row, from the text of it. */
export function digestOfText(engineText: string): string {
  return createHash('sha256').update(engineText).digest('hex');
}

/** The engine's digest of a page of accounts. */
export function digestOfPage(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function sealOf(engineText: string, sourceText: string): string {
  return createHash('sha256')
    .update(JSON.stringify([engineText, sourceText]))
    .digest('hex');
}

export interface RiskStore {
  /** Writes who this run is, or refuses when the store holds another one. */
  openRun(run: RunRecord): Promise<void>;
  head(): Promise<StoredHead>;
  /**
   * Appends rows in one transaction, and notes `completeStep` in it. Rows that are already there are left alone; a different
   * row under a known number is refused.
   */
  appendRows(rows: readonly JournalRow[], completeStep: number): Promise<void>;
  noteCompleteStep(step: number): Promise<void>;
  /** Rows after `seq`, in order, at most `limit`. */
  rowsAfter(seq: number, limit: number): Promise<readonly JournalRow[]>;
  /** How many rows of a kind there are. */
  countRows(kind: JournalRow['body']['kind']): Promise<number>;
  appendCommand(command: StoredCommand): Promise<void>;
  /** Commands that took effect in steps after `step`, in order. */
  commandsAfter(step: number): Promise<readonly StoredCommand[]>;
  /**
   * Pages of accounts that changed since the newest checkpoint, for the one of `step` that is being made: in parts, before it is
   * saved. Without it they count for nothing.
   */
  savePages(step: number, pages: readonly StoredPage[]): Promise<void>;
  saveCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** All pages of accounts of a checkpoint, in order. */
  pagesOf(step: number): Promise<readonly Uint8Array[]>;
  latestCheckpoint(): Promise<Checkpoint | undefined>;
  /** Keeps the pace with the last complete step: a run that is paused is found where it stood. */
  savePace(pace: StoredPace, completeStep: number): Promise<void>;
  /** Undefined where nobody ever changed it. */
  pace(): Promise<StoredPace | undefined>;
  close(): Promise<void>;
}

/** Reads for pages and sockets; never writes. */
export interface JournalReader {
  /** The newest rows of these kinds numbered at most `upToSeq`, oldest first, and the number of the row before them (0: none). */
  newestRows(p: {
    readonly kinds: readonly JournalRow['body']['kind'][];
    readonly upToSeq: number;
    readonly limit: number;
    readonly accountId?: string;
  }): { readonly rows: readonly JournalRow[]; readonly previousSeq: number };
  lastSeq(): number;
  close(): void;
}

export interface RatioSample {
  readonly poolId: string;
  readonly time: number;
  /** Margin ratio as text; null where it does not exist. */
  readonly ratio: string | null;
}
export interface MarkSample {
  readonly instrument: string;
  readonly time: number;
  readonly mark: string;
}
