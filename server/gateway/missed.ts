import { type Topic } from './row-topics.ts';

/** What a client that did not keep up has not been told. Bounded by what one client may follow. */
export interface Missed {
  readonly accounts: Set<string>;
  readonly topics: Set<Topic>;
  desk: boolean;
  alertRules: boolean;
}

export function createMissed(): Missed {
  return { accounts: new Set(), topics: new Set(), desk: false, alertRules: false };
}
