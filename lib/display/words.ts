/** Sentences of the screen (ux.md 5): plain statements, one term for one idea, no advice. */
import { assertNever } from '../contract.ts';
import { type AlertState } from '../engine/alert-row.ts';
import { type Absence, type PoolDistance } from '../margin/figures.ts';
import { ageText } from './time.ts';

/** One word for a pool or an account on screen, worst first in `SHOWN_STATES`. */
export type ShownState = AlertState | 'liquidating' | 'liquidated' | 'unknown';

/** Order of severity: unknown outranks warning and never hides critical (ux.md 3). */
export const SHOWN_STATES: readonly ShownState[] = [
  'liquidating',
  'critical',
  'unknown',
  'warning',
  'watch',
  'liquidated',
  'healthy',
];

const STATE_WORDS: Readonly<Record<ShownState, string>> = {
  healthy: 'Healthy',
  watch: 'Watch',
  warning: 'Warning',
  critical: 'Critical',
  liquidating: 'Liquidating',
  liquidated: 'Liquidated',
  unknown: 'Unknown',
};

export function stateWord(state: ShownState): string {
  return STATE_WORDS[state];
}

/** 0 is the worst. */
export function severityRank(state: ShownState): number {
  return SHOWN_STATES.indexOf(state);
}

export function worstOf(states: Iterable<ShownState>): ShownState | undefined {
  let worst: ShownState | undefined;
  for (const state of states) {
    if (worst === undefined || severityRank(state) < severityRank(worst)) worst = state;
  }
  return worst;
}

/** Why a figure does not exist: a short head for a cell, and the sentence behind it. */
export interface AbsenceWords {
  /** `none` is an answer, `unknown` a gap in what we know. */
  readonly kind: 'none' | 'unknown';
  readonly head: string;
  readonly reason: string;
}

/** @param markAgeMs age of an instrument's mark on run time, undefined when there never was one. */
export function absenceWords(
  why: Absence,
  markAgeMs: (instrumentId: string) => number | undefined,
): AbsenceWords {
  switch (why.kind) {
    case 'mark-missing':
      return unknown(`no ${why.instrumentId} mark yet`);
    case 'mark-stale':
      return unknown(staleReason(why.instrumentId, markAgeMs(why.instrumentId)));
    case 'asset-price-missing':
      return unknown(`no ${why.assetId} price`);
    case 'instrument-unknown':
      return unknown(`no instrument ${why.instrumentId} here`);
    case 'terms-invalid':
      return unknown(`leverage or contract size of ${why.instrumentId} is not above zero`);
    case 'above-last-tier':
      return unknown(`larger than the last tier of ${why.instrumentId}`);
    case 'margin-covers-loss':
      return none('margin covers the full loss');
    case 'price-cancels':
      return none('the legs cancel out');
    case 'already-liquidatable':
      return none('already past it');
    case 'no-equity':
      return none('no equity left');
    case 'balance-missing':
      return unknown(`no ${why.assetId} balance given`);
    case 'rows-left-out':
      return unknown(`${why.rows === 1 ? 'a row is' : `${why.rows} rows are`} left out`);
    case 'not-recorded':
      return unknown('not recorded');
    default:
      return assertNever(why);
  }
}

/** Beside a state: the pool is past its line, and nothing is done about it yet (lib/engine/phase.ts). */
export const AWAITS_SECOND_MARK = 'awaits a second mark';
export const AWAITS_SECOND_MARK_WHY =
  'past its line at one mark: it is liquidated when a mark a second later says the same, at once from a margin ratio of 110\u202f%';

/** In the place of a distance: the pool can be liquidated as it stands. */
export const PAST_LIQUIDATION = 'past it';

export function absenceSentence(words: AbsenceWords): string {
  return `${words.head}: ${words.reason}`;
}

/** Why no price on one side liquidates. @param lone nothing else in the pool stands on that coin. */
export function noPriceReason(p: {
  readonly side: 'below' | 'above';
  readonly position: 'long' | 'short';
  readonly lone: boolean;
}): string {
  const gains = (p.side === 'above') === (p.position === 'long');
  if (!p.lone) return `no ${p.side === 'above' ? 'higher' : 'lower'} price liquidates this pool`;
  if (!gains) return 'margin covers the full loss';
  return `a ${p.side === 'above' ? 'rising' : 'falling'} price cannot liquidate a ${p.position}`;
}

/** What the shown distance supposes (design R8). */
export function distanceSupposes(by: PoolDistance['by']): string {
  return by.kind === 'joint' ? 'if all coins move against it together' : `if only ${by.base} moves`;
}

/** "price must fall 2,540.0": the way from the mark to a liquidation price. */
export function moveSentence(direction: 'down' | 'up', difference: string): string {
  return `price must ${direction === 'down' ? 'fall' : 'rise'} ${difference}`;
}

/** A pool's name from its scope. */
export function poolName(scope: PoolScopeWords): string {
  switch (scope.kind) {
    case 'cross':
      return `Cross ${scope.asset}`;
    case 'multi-asset':
      return 'Multi-asset';
    case 'isolated':
      return `Isolated ${scope.instrumentId}${scope.positionSide === 'both' ? '' : ` ${scope.positionSide}`}`;
    default:
      return assertNever(scope);
  }
}
export type PoolScopeWords =
  | { readonly kind: 'cross'; readonly asset: string }
  | { readonly kind: 'multi-asset' }
  | {
      readonly kind: 'isolated';
      readonly instrumentId: string;
      readonly positionSide: 'both' | 'long' | 'short';
    };

export function sideWord(signedSize: { readonly isNegative: () => boolean }): 'long' | 'short' {
  return signedSize.isNegative() ? 'short' : 'long';
}

function staleReason(instrumentId: string, ageMs: number | undefined): string {
  return ageMs === undefined
    ? `no fresh ${instrumentId} mark`
    : `no ${instrumentId} mark for ${ageText(ageMs)}`;
}

function none(reason: string): AbsenceWords {
  return { kind: 'none', head: 'None', reason };
}

function unknown(reason: string): AbsenceWords {
  return { kind: 'unknown', head: 'Unknown', reason };
}

/** A pool's name from its id (`A0007/cross:USDT`), where no account is at hand. */
export function poolNameOfId(poolId: string): string {
  const [, tail = poolId] = poolId.split('/');
  const [kind = '', name = '', side = 'both'] = tail.split(':');
  if (kind === 'multi') return 'Multi-asset';
  if (kind === 'cross') return `Cross ${name}`;
  return kind === 'isolated' ? `Isolated ${name}${side === 'both' ? '' : ` ${side}`}` : tail;
}

const PARTIES: Readonly<Record<string, string>> = {
  EXT: 'outside market',
  FEE: 'trading fees',
  FUND: 'insurance fund',
  'BAD-DEBT': 'bad debt',
  'FUNDING-RESIDUE': 'funding residue',
  TREASURY: 'treasury',
};

/** A party of a movement: a house account by its role, a trader by id, an isolated wallet by its position. */
export function partyName(party: string): string {
  const [owner = party, instrument, side = 'both'] = party.split('|');
  if (instrument === undefined) return PARTIES[owner] ?? owner;
  return `${owner} ${instrument}${side === 'both' ? '' : ` ${side}`}`;
}
