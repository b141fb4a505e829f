/** Words of Kraken Futures cases (cex.md 9). */
import { availableOf, marginBalanceOf, krakenCollateralOf } from '#lib/margin/account-formulas.ts';
import { krakenInverseRules, krakenLinearRules } from '#lib/margin/venues/kraken.ts';
import { NOTHING, from } from '../account-answers.ts';
import { type VenueWords } from '../venue-words.ts';
import { isInverse, settleOf } from './shared.ts';

export const krakenWords: VenueWords = {
  rulesOf: (reader) => (isInverse(reader) ? krakenInverseRules : krakenLinearRules),
  settleOf,
  isolated: ['isolatedMargin', 'margin', 'isolatedWallet'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance', 'collateralValue'],
  crossWithPnl: ['marginEquity', 'accountEquity', 'marginBalance'],
  value: ['marginBase', 'positionValue', 'notional'],
  table: 'flat-table',
  noPrice: () => '0',
  ratioShown: 'required-over-available',
  initialByTier: true,
  positionKeys: { liquidationThreshold: 'price', returnOnEquity: 'return', pnl: 'pnl' },
  otherKeys: {
    collateralValue: from(
      [
        ['value', 'value'],
        ['haircut', 'haircut'],
        ['conversionSpread', 'conversionSpread'],
      ],
      krakenCollateralOf,
    ),
    marginEquity: from(
      [
        ['walletBalance', 'collateralValue|balance|walletBalance'],
        ['unrealizedPnl', 'totalUnrealizedProfit|unrealisedPnlShown'],
      ],
      marginBalanceOf,
    ),
    availableMargin: from(
      [
        ['walletBalance', 'marginEquity'],
        ['unrealizedPnl', NOTHING],
        ['initialMargin', 'initialMargin|totalInitialMargin'],
        ['haircut', NOTHING],
      ],
      availableOf,
    ),
  },
  otherInputs: [
    'totalUnrealizedProfit',
    'unrealisedPnlShown',
    'value',
    'haircut',
    'conversionSpread',
    'initialMargin',
    'totalInitialMargin',
  ],
};
