/** What the main thread and the risk loop's worker say to each other. Plain data: it is cloned on its way. */
import { type Verified } from '#lib/engine/verify.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import {
  type AccountsPage,
  type AccountText,
  type AlertRuleText,
  type Answer,
  type ControlCommand,
  type DeskFrame,
  type DeskQuery,
  type DeskCalls,
  type DeskSummary,
  type MarketFrame,
  type Refusal,
  type RulePreview,
  type RuleTargetText,
  type RunText,
} from '#lib/wire/protocol.ts';
import type { Config } from './config.ts';
import { type SearchColumns } from './desk/search-columns.ts';
import { type OpeningProgress } from './opening-words.ts';

/** What the worker is started with. */
export interface WorkerOrders {
  readonly config: Config;
  /** PLIMSOLL_KILL_AT, empty in ordinary life. */
  readonly killAt: string;
}

/** A pool or position as the HTTP interface shows it: decimals as text, null where a figure does not exist. */
export type FigureTexts = Readonly<Record<string, unknown>>;

export interface AccountFigures {
  readonly step: number;
  readonly runTime: number;
  readonly facts: AccountText;
  readonly figures: AccountFigureTexts;
}

export interface AccountFigureTexts extends FigureTexts {
  readonly pools: readonly PoolFigureTexts[];
}

export interface PoolFigureTexts extends FigureTexts {
  readonly poolId: string;
  readonly positions: readonly FigureTexts[];
}

/** What the main thread asks, by kind, with the value that answers it. */
export interface Questions {
  control: { readonly ask: { readonly command: ControlCommand }; readonly answer: object };
  acknowledge: {
    readonly ask: {
      readonly accountId: string;
      readonly poolId: string;
      readonly by: string;
      readonly note: string;
    };
    readonly answer: object;
  };
  'undo-acknowledge': {
    readonly ask: { readonly accountId: string; readonly poolId: string; readonly by: string };
    readonly answer: object;
  };
  'set-alert-rule': {
    readonly ask: { readonly rule: AlertRuleText; readonly by: string };
    readonly answer: object;
  };
  'remove-alert-rule': {
    readonly ask: { readonly target: RuleTargetText; readonly by: string };
    readonly answer: object;
  };
  'preview-alert-rule': {
    readonly ask: { readonly rule: AlertRuleText };
    readonly answer: { readonly preview: RulePreview };
  };
  /** Facts now, and every change from now on. */
  watch: {
    readonly ask: { readonly accountId: string };
    readonly answer: { readonly account: AccountText };
  };
  /** A window of the desk, once. */
  accounts: {
    readonly ask: { readonly query: DeskQuery };
    readonly answer: { readonly desk: Omit<DeskFrame, 'seq' | 'queryId'> };
  };
  /** A page of all accounts that a filter lets through. */
  'export-accounts': {
    readonly ask: { readonly query: DeskQuery; readonly selection: number | null };
    readonly answer: { readonly page: AccountsPage };
  };
  figures: {
    readonly ask: { readonly accountId: string };
    readonly answer: { readonly account: AccountFigures };
  };
  /** The digest of the whole state at the step it is at. Takes milliseconds of the loop's time. */
  digest: {
    readonly ask: object;
    readonly answer: {
      readonly step: number;
      readonly digest: string;
      readonly journalSeq: number;
    };
  };
  /** The account to show first, and the ids to choose from (bounded). */
  overview: {
    readonly ask: object;
    readonly answer: {
      readonly firstAccount: string | null;
      readonly accountIds: readonly string[];
    };
  };
}
export type QuestionKind = keyof Questions;
export type Ask<Kind extends QuestionKind> = Questions[Kind]['ask'];
export type AnswerTo<Kind extends QuestionKind> = Answer<Questions[Kind]['answer']>;
export type Question = {
  [Kind in QuestionKind]: { readonly kind: Kind } & Ask<Kind>;
}[QuestionKind];

export type ToWorker =
  | { readonly kind: 'question'; readonly id: number; readonly question: Question }
  | { readonly kind: 'unwatch'; readonly accountId: string }
  | {
      readonly kind: 'desk';
      /** Id of the socket. */
      readonly viewer: string;
      readonly queryId: number;
      readonly query: DeskQuery;
    }
  | { readonly kind: 'leave-desk'; readonly viewer: string }
  | { readonly kind: 'stop' };

/** Counters since the worker started, and samples since the last report. */
export interface LoopReport {
  readonly step: number;
  readonly runTime: number;
  /** What the step that is being taken has taken so far; 0 between two steps. */
  readonly stepUnderWayMs: number;
  readonly stepsTaken: number;
  readonly speedAsked: number;
  readonly speedReached: number;
  readonly marksAccepted: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly journalSeq: number;
  readonly transitions: Readonly<Record<string, number>>;
  readonly liquidations: number;
  readonly accounts: number;
  /** Σ wallets + isolated wallets - open values is zero in every asset, Σ lots in every instrument. */
  readonly conservationHolds: boolean;
  /** From a step pulled to its decisions durable, milliseconds, one for each step since the last report (bounded). */
  readonly decisionMs: readonly number[];
  readonly commitMs: readonly number[];
}

export type FromWorker =
  /** Before `opened`, where opening takes long. */
  | { readonly kind: 'opening'; readonly progress: OpeningProgress }
  | {
      readonly kind: 'opened';
      readonly run: RunText;
      readonly folder: string;
      /** Journal rows up to here are the past; later ones arrive as `step`. */
      readonly journalSeq: number;
      readonly resumedFromStep: number;
      readonly alertRules: readonly AlertRuleText[];
    }
  /** All of them, after a change. */
  | { readonly kind: 'alert-rules'; readonly rules: readonly AlertRuleText[] }
  /** The run is being replaced: let go of its files. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'market'; readonly frame: MarketFrame }
  | {
      readonly kind: 'step';
      readonly accounts: readonly AccountText[];
      readonly rows: readonly JournalRow[];
      /** Journal number of the newest row, of a step with so many that none is told by itself. */
      readonly upToSeq?: number;
      /** Wall clock when the step was pulled: latency is measured from here. */
      readonly acceptedAt: number;
    }
  | {
      readonly kind: 'digests';
      readonly marketSeq: number;
      readonly digests: readonly { readonly accountId: string; readonly digest: string }[];
    }
  | {
      readonly kind: 'desk';
      readonly viewers: readonly { readonly viewer: string; readonly queryId: number }[];
      readonly frame: Omit<DeskFrame, 'seq' | 'queryId'>;
    }
  | {
      readonly kind: 'desk-summary';
      readonly viewers: readonly string[];
      readonly summary: DeskSummary;
    }
  /** Shared with this thread, which goes on writing them; told again when longer ones took their place. */
  | { readonly kind: 'desk-columns'; readonly columns: SearchColumns }
  | {
      readonly kind: 'desk-calls';
      readonly viewers: readonly string[];
      readonly calls: DeskCalls;
    }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly answer: ({ readonly ok: true } & object) | Refusal;
    }
  | { readonly kind: 'report'; readonly report: LoopReport }
  /** A round of VERIFY=1 is done. */
  | { readonly kind: 'verified'; readonly verified: Verified & { readonly tookMs: number } }
  | {
      readonly kind: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  /** The loop cannot go on, for a reason that a person can act on. */
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'stopped' };
