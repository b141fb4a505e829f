/** Every rule set by its venue and its day: rules change, and an account is judged by those of its own day (cex.md 10.7). */
import {
  binanceCoinmRules,
  binanceEarlyRules,
  binancePortfolioRules,
  binanceUsdmRules,
} from './binance.ts';
import { bitgetFlatRules, bitgetRules } from './bitget.ts';
import { bitmexRules } from './bitmex.ts';
import { bybitEntryRules, bybitInverseCrossRules, bybitRules } from './bybit.ts';
import { deribitRules } from './deribit.ts';
import { gateRules, gateTouchRules } from './gate.ts';
import { houseRules } from './house.ts';
import { krakenInverseRules, krakenLinearRules } from './kraken.ts';
import { okxRules } from './okx.ts';
import { type VenueId, type VenueRules } from './rules.ts';

/** Newest first. */
export type Versions = readonly [VenueRules, ...VenueRules[]];

export const VERSIONS: Readonly<Record<VenueId, Versions>> = {
  house: [houseRules],
  'binance-usdm': [binanceUsdmRules, binanceEarlyRules],
  'binance-coinm': [binanceCoinmRules],
  bybit: [bybitRules, bybitEntryRules],
  okx: [okxRules],
  deribit: [deribitRules],
  gate: [gateRules, gateTouchRules],
  bitget: [bitgetRules, bitgetFlatRules],
  bitmex: [bitmexRules],
  'kraken-futures': [krakenLinearRules],
};

/** Of accounts with inverse contracts, where those count otherwise. */
export const BYBIT_INVERSE: Versions = [bybitRules, bybitInverseCrossRules];
export const KRAKEN_INVERSE: Versions = [krakenInverseRules];

export const RULE_SETS: readonly VenueRules[] = [
  ...new Set([
    ...Object.values(VERSIONS).flat(),
    ...BYBIT_INVERSE,
    ...KRAKEN_INVERSE,
    binancePortfolioRules,
  ]),
];

/** [VE12] The newest whose first day (ISO) is not after this one; the oldest where all begin later. */
export function inForce(versions: Versions, day: string): VenueRules {
  const oldest = versions.at(-1) ?? versions[0];
  return versions.find(({ effectiveFrom }) => effectiveFrom <= day) ?? oldest;
}
