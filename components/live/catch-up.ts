/** After a break, a sleep or another run: what was asked for anew and is not there yet. Until it is, no state has a colour (ux.md 9). */
import { type CatchingUp, type Topic } from './live-store.ts';

export interface CatchUp {
  /** Wall time of the newest asking. */
  since: number;
  /** Answers still on their way. */
  readonly due: Set<string>;
  /** Journal rows that the answers brought and the page had missed. */
  rows: number;
}

export function nothingDue(): CatchUp {
  return { since: 0, due: new Set(), rows: 0 };
}

export const HELLO = 'hello';
export const DESK = 'desk';

export function accountDue(accountId: string): string {
  return `account ${accountId}`;
}

export function rowsDue(topic: Topic): string {
  return `rows ${topic}`;
}

export function beginCatchUp(catchUp: CatchUp, now: number, due: readonly string[]): void {
  catchUp.since = now;
  catchUp.rows = 0;
  catchUp.due.clear();
  for (const key of due) catchUp.due.add(key);
}

/** Books an answer; true when it was the last one. */
export function arrived(catchUp: CatchUp, key: string): boolean {
  return catchUp.due.delete(key) && catchUp.due.size === 0;
}

export function catchingUp({ since, due, rows }: CatchUp): CatchingUp | undefined {
  return due.size === 0 ? undefined : { since, rows };
}
