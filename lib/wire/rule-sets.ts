/** The rule set that an account file means: of its venue, of its day, and of the kind of its contracts. */
import { assertNever } from '../contract.ts';
import {
  binanceCoinmRules,
  binancePortfolioRules,
  binanceUsdmRules,
} from '../margin/venues/binance.ts';
import { bitgetRules } from '../margin/venues/bitget.ts';
import { bitmexRules } from '../margin/venues/bitmex.ts';
import { bybitEntryRules, bybitInverseCrossRules, bybitRules } from '../margin/venues/bybit.ts';
import { deribitRules } from '../margin/venues/deribit.ts';
import { gateRules } from '../margin/venues/gate.ts';
import { houseRules } from '../margin/venues/house.ts';
import { krakenInverseRules, krakenLinearRules } from '../margin/venues/kraken.ts';
import { okxRules } from '../margin/venues/okx.ts';
import { type VenueRules } from '../margin/venues/rules.ts';
import { type Instrument } from '../market/instrument.ts';
import { utcText } from '../units/time.ts';
import { type AccountRecord } from './account-schema.ts';

/** Every rule set that there is, each with a version of its own. */
export const RULE_SETS: readonly VenueRules[] = [
  houseRules,
  binanceUsdmRules,
  binancePortfolioRules,
  binanceCoinmRules,
  bybitRules,
  bybitEntryRules,
  bybitInverseCrossRules,
  okxRules,
  deribitRules,
  gateRules,
  bitgetRules,
  bitmexRules,
  krakenLinearRules,
  krakenInverseRules,
];

export function ruleSetOf(
  record: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): VenueRules {
  switch (record.venue) {
    case 'house':
      return houseRules;
    case 'binance-usdm':
      return binanceUsdmRules;
    case 'binance-coinm':
      return binanceCoinmRules;
    case 'bybit':
      return bybitRulesOf(record, instruments);
    case 'okx':
      return okxRules;
    case 'deribit':
      return deribitRules;
    case 'gate':
      return gateRules;
    case 'bitget':
      return bitgetRules;
    case 'bitmex':
      return bitmexRules;
    case 'kraken-futures':
      return holdsInverse(record, instruments) ? krakenInverseRules : krakenLinearRules;
    default:
      return assertNever(record.venue);
  }
}

/** Before unified accounts every coin was a pool of its own, and inverse contracts counted otherwise in it. */
function bybitRulesOf(
  record: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): VenueRules {
  if (utcText(record.asOf) >= bybitRules.effectiveFrom) return bybitRules;
  return record.assetMode === 'single' && holdsInverse(record, instruments)
    ? bybitInverseCrossRules
    : bybitEntryRules;
}

function holdsInverse(
  { positions }: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): boolean {
  return positions.some(({ symbol }) => instruments.get(symbol)?.kind === 'inverse');
}
