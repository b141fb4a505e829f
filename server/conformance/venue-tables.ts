/** The words of every venue with terms of its own, by the venue's name in a case. */
import { bitgetWords } from './words/bitget.ts';
import { bitmexWords } from './words/bitmex.ts';
import { bybitWords } from './words/bybit.ts';
import { deribitWords } from './words/deribit.ts';
import { gateWords } from './words/gate.ts';
import { krakenWords } from './words/kraken.ts';
import { okxWords } from './words/okx.ts';
import { type VenueWords } from './venue-words.ts';

export const VENUE_WORDS: Readonly<Record<string, VenueWords>> = {
  bitget: bitgetWords,
  bitmex: bitmexWords,
  bybit: bybitWords,
  deribit: deribitWords,
  gate: gateWords,
  'kraken-futures': krakenWords,
  okx: okxWords,
};
