/** What the gateway knows of one client: nothing but its allowance before hello, what it follows after. Bounded. */

export interface GreetedSession {
  readonly kind: 'greeted';
  readonly accounts: Set<string>;
  hasDesk: boolean;
}
export type Session = { readonly kind: 'new' } | GreetedSession;

/** Accounts that one client may follow at a time. */
export const ACCOUNTS_OPEN_MAX = 32;

export function greetedSession(): GreetedSession {
  return { kind: 'greeted', accounts: new Set(), hasDesk: false };
}

/** A bucket of messages: so many at once, refilled by so many a second. */
const BURST = 100;
const REFILL_PER_SECOND = 50;
const SECOND_MS = 1_000;

export interface Allowance {
  left: number;
  at: number;
}

export function createAllowance(nowMs: number): Allowance {
  return { left: BURST, at: nowMs };
}

/** Takes one message out of the allowance; false when it is used up. */
export function allow(allowance: Allowance, nowMs: number): boolean {
  const refill = ((nowMs - allowance.at) / SECOND_MS) * REFILL_PER_SECOND;
  allowance.left = Math.min(BURST, allowance.left + refill);
  allowance.at = nowMs;
  if (allowance.left < 1) return false;
  allowance.left -= 1;
  return true;
}
