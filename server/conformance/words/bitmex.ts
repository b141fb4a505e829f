/** Words of BitMEX cases (cex.md 8). */
import { requiredShareOf } from '#lib/margin/account-formulas.ts';
import { SATOSHI_PER_COIN, bitmexRules } from '#lib/margin/venues/bitmex.ts';
import { NOTHING, from } from '../account-answers.ts';
import { type VenueWords } from '../venue-words.ts';
import { isInverse, noPrice } from './shared.ts';

export const bitmexWords: VenueWords = {
  rulesOf: () => bitmexRules,
  unitsPerCoin: (reader) =>
    reader.has('unit') && isInverse(reader) ? SATOSHI_PER_COIN : undefined,
  settleOf: (reader) => (reader.has('unit') ? 'XBt' : isInverse(reader) ? 'XBT' : 'USDT'),
  isolated: ['isolatedWallet', 'margin', 'isolatedMargin'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance'],
  crossWithPnl: ['marginBalance', 'accountEquity'],
  value: [],
  table: 'flat-table',
  noPrice,
  opensByLeverage: true,
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
