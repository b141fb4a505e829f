/** The rule set that an account file means: of its venue, of its day, and of the kind of its contracts. */
import { type VenueRules } from '../margin/venues/rules.ts';
import {
  BYBIT_INVERSE,
  inForce,
  KRAKEN_INVERSE,
  VERSIONS,
  type Versions,
} from '../margin/venues/versions.ts';
import { type Instrument } from '../market/instrument.ts';
import { utcText } from '../units/time.ts';
import { type AccountRecord } from './account-schema.ts';

export function ruleSetOf(
  record: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): VenueRules {
  return inForce(versionsOf(record, instruments), utcText(record.asOf));
}

/** Said where the account is older than all rules that are known. */
export function rulesAssumption(record: AccountRecord, rules: VenueRules): readonly string[] {
  const { version, effectiveFrom } = rules;
  const asOf = utcText(record.asOf);
  return record.venue === 'house' || asOf >= effectiveFrom
    ? []
    : [
        `asOf is "${asOf}": rules ${version}, in force from ${effectiveFrom}, are the oldest that are known`,
      ];
}

/** Before unified accounts every coin was a pool of its own at Bybit, and inverse contracts counted otherwise in it. */
function versionsOf(record: AccountRecord, instruments: ReadonlyMap<string, Instrument>): Versions {
  const { venue, assetMode } = record;
  const inverse = holdsInverse(record, instruments);
  if (venue === 'kraken-futures' && inverse) return KRAKEN_INVERSE;
  return venue === 'bybit' && inverse && assetMode === 'single' ? BYBIT_INVERSE : VERSIONS[venue];
}

function holdsInverse(
  { positions }: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): boolean {
  return positions.some(({ symbol }) => instruments.get(symbol)?.kind === 'inverse');
}
