/** From what changed to what is said of it, complete without the page. Pure. */
import { type Trust } from '#components/live/live-store.ts';
import { stateWord, type ShownState } from '#lib/display/words.ts';
import { type RowWire } from '#lib/wire/protocol.ts';
import { type News } from './announcements.ts';

export interface Moment {
  readonly accountId: string | undefined;
  readonly state: ShownState | undefined;
  readonly trust: Trust;
}

/** News of the chosen account and of the connection. Another account chosen is the reader's own act and says nothing. */
export function newsBetween(before: Moment, now: Moment): News | undefined {
  if (isCut(before.trust) !== isCut(now.trust)) {
    if (isCut(now.trust)) return { kind: 'urgent', text: 'Connection lost. Figures may be wrong.' };
    return { kind: 'polite', subject: 'connection', text: 'Connected again.' };
  }
  if (before.accountId !== now.accountId || before.state === now.state) return undefined;
  if (before.state === undefined || now.state === undefined) return undefined;
  const text = `Account ${now.accountId ?? ''} is now ${stateWord(now.state)}, it was ${stateWord(before.state)}.`;
  return now.state === 'critical' || now.state === 'liquidating'
    ? { kind: 'urgent', text }
    : { kind: 'polite', subject: `account ${now.accountId ?? ''}`, text };
}

function isCut(trust: Trust): boolean {
  return trust === 'lost' || trust === 'silent';
}

/** Entries of other accounts into Critical and Liquidated, from rows that came since the last look. */
export function enteredIn(
  rows: readonly RowWire[],
  fromSeq: number,
  except: string | undefined,
): readonly News[] {
  return rows.flatMap(({ seq, body, accountId }) => {
    if (seq <= fromSeq || body.kind !== 'transition' || body.from === body.to) return [];
    if (accountId === null || accountId === except) return [];
    return body.to === 'critical' || body.to === 'liquidated'
      ? [{ kind: 'entered', state: stateWord(body.to), accountId } as const]
      : [];
  });
}
