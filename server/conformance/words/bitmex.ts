/** Words of BitMEX cases (cex.md 8). */
import { requiredShareOf } from '#lib/margin/account-formulas.ts';
import { MILLIONTHS_PER_COIN, SATOSHI_PER_COIN, bitmexRules } from '#lib/margin/venues/bitmex.ts';
import { NOTHING, from } from '../account-answers.ts';
import { type CaseReader } from '../case-reader.ts';
import { type VenueWords } from '../venue-words.ts';
import { isInverse, noPrice } from './shared.ts';

const WHOLE_UNITS = 'XBt';
const COINS = ['USDT', 'XBT'];

/** Money in whole units where the case names one, else in coins. */
function settleOf(reader: CaseReader): string {
  const unit = reader.label('unit') ?? (isInverse(reader) ? 'XBT' : 'USDT');
  return COINS.includes(unit) ? unit : WHOLE_UNITS;
}

/**
 * A linear multiplier is a whole number of units of the settle asset per point; a size of less than one is in the base coin, and
 * its money counts in millionths.
 */
function unitsPerCoin(reader: CaseReader): string | undefined {
  if (settleOf(reader) !== WHOLE_UNITS) return undefined;
  if (isInverse(reader)) return SATOSHI_PER_COIN;
  const inCoins = reader.label('contractSize')?.startsWith('0.') === true;
  return inCoins ? MILLIONTHS_PER_COIN : undefined;
}

export const bitmexWords: VenueWords = {
  rulesOf: () => bitmexRules,
  unitsPerCoin,
  settleOf,
  isolated: ['isolatedWallet', 'margin', 'isolatedMargin'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance'],
  crossWithPnl: ['marginBalance', 'accountEquity'],
  value: [],
  table: 'flat-table',
  noPrice,
  opensByLeverage: /(?:)/,
  signedSizes: true,
  contractTypes: ['quanto'],
  ratioShown: 'required-over-available',
  positionKeys: {
    posCost: 'cost',
    markValue: 'value-at-mark',
    posInit: 'initial',
    posComm: 'fee',
    posMargin: 'opening-margin',
    posMaint: 'maintenance',
    maintMargin: 'equity',
  },
  otherKeys: {
    marginRatio: from(
      [
        ['walletBalance', 'marginBalance|accountEquity'],
        ['unrealizedPnl', NOTHING],
        ['required', 'totalMaintenanceMargin|mmr'],
      ],
      requiredShareOf,
    ),
  },
  otherInputs: ['unit', 'totalMaintenanceMargin', 'mmr'],
};
