/** News of a state in sentences, for toasts and for notifications outside the page: complete without the page behind them. */
import { ageText } from './time.ts';
import { poolNameOfId, stateWord, type ShownState } from './words.ts';

export interface StateNews {
  readonly accountId: string;
  readonly poolId: string;
  readonly from: ShownState;
  readonly to: ShownState;
  /** Told again because nobody has answered for so long. */
  readonly unansweredMs?: number;
}

/** `A0007 Cross USDT`. */
export function newsSubject({
  accountId,
  poolId,
}: Pick<StateNews, 'accountId' | 'poolId'>): string {
  return `${accountId} ${poolNameOfId(poolId)}`;
}

/** `Critical: A0007 Cross USDT`. */
export function newsHead(news: StateNews): string {
  return `${stateWord(news.to)}: ${newsSubject(news)}`;
}

/** `It was Warning before.`, `Nobody has answered for 5 m 0 s.` */
export function newsSentence({
  from,
  to,
  unansweredMs,
}: Pick<StateNews, 'from' | 'to' | 'unansweredMs'>): string {
  if (unansweredMs !== undefined) return `Nobody has answered for ${ageText(unansweredMs)}.`;
  if (to === 'unknown') return `A price is missing or stale; it was ${stateWord(from)} before.`;
  if (from === 'unknown') return 'Its prices are back.';
  return `It was ${stateWord(from)} before.`;
}

/** `5 accounts to Critical, 1 liquidated`. */
export function bookSentence(p: {
  readonly critical: number;
  readonly liquidated: number;
}): string {
  const critical = p.critical === 0 ? [] : [`${accounts(p.critical)} to Critical`];
  const liquidated = p.liquidated === 0 ? [] : [`${accounts(p.liquidated)} liquidated`];
  return [...critical, ...liquidated].join(', ');
}

function accounts(count: number): string {
  return count === 1 ? '1 account' : `${count} accounts`;
}
