/** What the gateway knows of one client: nothing before hello, what it follows after. Bounded. */
import { type MessageOf } from '#lib/wire/messages.ts';

export interface GreetedSession {
  readonly kind: 'greeted';
  readonly accounts: Set<string>;
  /** The desk it looks at. */
  desk: Pick<MessageOf<'desk'>, 'queryId' | 'query'> | undefined;
}
export type Session = { readonly kind: 'new' } | GreetedSession;

/** Accounts that one client may follow at a time. */
export const ACCOUNTS_OPEN_MAX = 32;

export function greetedSession(): GreetedSession {
  return { kind: 'greeted', accounts: new Set(), desk: undefined };
}
