/** What the page knows, set once per painted frame. Components read it through `useLive`, the smallest thing at a time. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Account, type Market } from '#lib/margin/account.ts';
import { type AccountHealth } from '#lib/margin/figures.ts';
import {
  type AccountText,
  type AlertRuleText,
  type DeskCalls,
  type DeskFrame,
  type DeskSummary,
  type DeskTotals,
  type MarketFrame,
  type MarkWire,
  type RowWire,
  type RunText,
} from '#lib/wire/protocol.ts';
import { type Delay } from './delays.ts';
import { type Series } from './series.ts';
import { NOTHING_REPEATED, type WireCounts } from './wire-drill.ts';

export type Connection =
  | { readonly kind: 'connecting' }
  /** The server is there, its run is not yet: its words say how far it is. */
  | { readonly kind: 'opening'; readonly message: string }
  | { readonly kind: 'open' }
  /** @param retryAt wall time of the next try, if one is planned. */
  | {
      readonly kind: 'down';
      readonly since: number;
      readonly retryAt: number | undefined;
      /** A drill cuts it until then. */
      readonly byDrill?: boolean;
    }
  /** The server will not talk to this page: its words say why. */
  | { readonly kind: 'refused'; readonly message: string };

/** Do both ends hold the same facts and derive the same figures? */
export type Agreement =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'equal'; readonly digest: string; readonly at: number }
  | {
      readonly kind: 'different';
      readonly ours: string;
      readonly theirs: string;
      readonly at: number;
    };

export type OpenAccount =
  | { readonly kind: 'opening' }
  | { readonly kind: 'refused'; readonly message: string }
  | {
      readonly kind: 'open';
      readonly text: AccountText;
      readonly facts: Account;
      /** Undefined until there is a market to value it. */
      readonly health: AccountHealth | undefined;
      readonly agreement: Agreement;
      /** Margin ratio by pool and mark by instrument. */
      readonly ratios: ReadonlyMap<string, Series>;
      readonly marks: ReadonlyMap<string, Series>;
    };

/** Snapshots are on their way after a break. */
export interface CatchingUp {
  readonly since: number;
  /** Journal rows that came meanwhile, as far as they are here. */
  readonly rows: number;
}

export interface LiveState {
  readonly connection: Connection;
  readonly run: RunText | undefined;
  readonly accountIds: readonly string[];
  readonly firstAccount: string | undefined;
  readonly frame: MarketFrame | undefined;
  readonly market: Market | undefined;
  readonly marks: ReadonlyMap<string, MarkWire>;
  readonly totals: DeskTotals | undefined;
  readonly accounts: ReadonlyMap<string, OpenAccount>;
  /** Newest last. */
  readonly rows: Readonly<Record<Topic, readonly RowWire[] | undefined>>;
  /** Topics of which the server has older rows than these. */
  readonly olderThere: ReadonlySet<Topic>;
  readonly desk: DeskFrame | undefined;
  /** Of the whole book, a second old at most while a view of it is watched. */
  readonly deskSummary: DeskSummary | undefined;
  /** Who needs somebody now, of the whole book: as the summary, four times a second. */
  readonly deskCalls: DeskCalls | undefined;
  /** Levels that people set instead of the default ones. */
  readonly alertRules: readonly AlertRuleText[];
  /** Wall clock of this second, and of the newest frame and heartbeat: liveness of the socket, whatever run time does. */
  readonly wallNow: number;
  readonly heardAt: number | undefined;
  /** Wall clock of the newest frame alone: a server may live whose engine says nothing. */
  readonly framedAt: number | undefined;
  readonly catchingUp: CatchingUp | undefined;
  /** Browser's clock less server's. */
  readonly clockOffsetMs: number | undefined;
  /** Of the last minute. */
  readonly delays: readonly Delay[];
  /** Wall milliseconds from the newest mark's acceptance to its painting. */
  readonly paintDelayMs: number | undefined;
  readonly wire: WireCounts;
}
export type Topic = 'alerts' | 'liquidations';
export type LiveStore = StoreApi<LiveState>;

export const NOTHING_KNOWN: LiveState = {
  connection: { kind: 'connecting' },
  run: undefined,
  accountIds: [],
  firstAccount: undefined,
  frame: undefined,
  market: undefined,
  marks: new Map(),
  totals: undefined,
  accounts: new Map(),
  rows: { alerts: undefined, liquidations: undefined },
  olderThere: new Set(),
  desk: undefined,
  deskSummary: undefined,
  deskCalls: undefined,
  alertRules: [],
  wallNow: 0,
  heardAt: undefined,
  framedAt: undefined,
  catchingUp: undefined,
  clockOffsetMs: undefined,
  delays: [],
  paintDelayMs: undefined,
  wire: NOTHING_REPEATED,
};

export function createLiveStore(initial: Partial<LiveState> = {}): LiveStore {
  return createStore<LiveState>()(() => ({ ...NOTHING_KNOWN, ...initial }));
}

/** Silence after which nothing on the page may look certain (ux.md 9). */
const SILENT_AFTER_MS = 5_000;

/** A frame comes at least once a second: one that is this late says that the engine is behind. */
export const BEHIND_AFTER_MS = 2_500;

/**
 * `live`: frames arrive. `catching-up`: snapshots are on their way. `silent`: the socket stands, but no frame comes. `lost`: no
 * socket. `never`: nothing was heard yet.
 */
export type Trust = 'live' | 'catching-up' | 'silent' | 'lost' | 'never';

type Heard = Pick<LiveState, 'connection' | 'heardAt' | 'wallNow'> &
  Partial<Pick<LiveState, 'framedAt' | 'catchingUp'>>;

export function trustOf(state: Heard): Trust {
  if (state.heardAt === undefined || state.connection.kind === 'opening') return 'never';
  if (state.connection.kind !== 'open') return 'lost';
  if (frameAgeMs(state) > SILENT_AFTER_MS) return 'silent';
  return state.catchingUp === undefined ? 'live' : 'catching-up';
}

/** Wall milliseconds since figures were heard of. */
export function frameAgeMs({ framedAt, heardAt, wallNow }: Heard): number {
  return wallNow - (framedAt ?? heardAt ?? wallNow);
}
