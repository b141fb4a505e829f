/** What a market tape composes marks from: simulated venues, or the series of a recorded file. */
import { type TimestampMs } from '../units/time.ts';
import { type Book, type SourceQuote } from './mark.ts';

/** What is seen of one instrument at one moment. */
export interface Observation {
  /** Quotes of the spot price, dead ones too: their age says so. Empty while there is nothing to know. */
  readonly quotes: readonly SourceQuote[];
  /** Of the contract itself. Undefined where it has no book: the index stands in. */
  readonly book: Book | undefined;
  readonly modelled: boolean;
}

export interface Feed {
  /** Called once for each step, with the time of its end. */
  advance(time: TimestampMs): void;
  /** @param index place of the instrument in the tape's list. */
  observe(index: number): Observation;
  /** Whether a mark of few live sources is a worse one: so where we compose of venues, not where a file has what it has. */
  readonly countsSources: boolean;
}
