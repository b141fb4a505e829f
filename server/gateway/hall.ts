/** What the parts of the gateway share: the run that is open, who is connected, what they were told last. */
import {
  type AlertRuleText,
  type MarketFrame,
  type Refusal,
  type RunText,
} from '#lib/wire/protocol.ts';
import { type RiskClient } from '../risk-client.ts';
import { type OpeningProgress } from '../opening-words.ts';
import { type HistoryReader } from '../store/history-store.ts';
import { type JournalReader } from '../store/store.ts';
import { type AnswerTo } from '../worker-messages.ts';
import { type DeskFinder } from './desk-finder.ts';
import { type Missed } from './missed.ts';
import { type Io } from './sockets.ts';
import { type Limits } from './limits.ts';
import { type AccountPublisher } from './publisher.ts';
import { type RowTopics, type Topic } from './row-topics.ts';
import { type SelfWatch } from './self-watch.ts';
import { type Session } from './session.ts';
import { type Tally } from './tally.ts';

export interface Readers {
  readonly journal: JournalReader;
  readonly history: HistoryReader;
}

export interface OpenRun extends Readers {
  readonly run: RunText;
  readonly topics: RowTopics;
  alertRules: readonly AlertRuleText[];
}

export interface Hall {
  readonly io: Io;
  readonly risk: Pick<RiskClient, 'ask' | 'tell'>;
  readonly publisher: AccountPublisher;
  /** By socket id. */
  readonly sessions: Map<string, Session>;
  readonly limits: Limits;
  readonly tally: Tally;
  /** What each client that does not keep up has not been told, by socket id. */
  readonly missed: Map<string, Missed>;
  /** Since when each client has taken nothing, monotonic milliseconds, by socket id. */
  readonly unreadSince: Map<string, number>;
  readonly selfWatch: SelfWatch;
  readonly finder: DeskFinder;
  readonly wallTime: () => number;
  readonly openReaders: (folder: string) => Readers;
  /** Which account to show first, a moment old at most. */
  readonly overview: {
    readonly get: () => Promise<AnswerTo<'overview'>>;
    readonly forget: () => void;
  };
  open: OpenRun | undefined;
  /** How far a run is that takes long to open. */
  opening: OpeningProgress | undefined;
  market: MarketFrame | undefined;
  deskSeq: number;
}

/** Everybody who has said hello. */
export const MARKET_ROOM = 'market';

export function accountRoom(accountId: string): string {
  return `account:${accountId}`;
}

export function topicRoom(topic: Topic): string {
  return `topic:${topic}`;
}

export function refuse(code: Refusal['code'], message: string): Refusal {
  return { ok: false, code, message };
}
