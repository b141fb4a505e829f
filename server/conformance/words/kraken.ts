/** Words of Kraken Futures cases (cex.md 9). */
import {
  availableOf,
  krakenCollateralOf,
  marginBalanceOf,
  profitRateOf,
} from '#lib/margin/account-formulas.ts';
import { krakenInverseRules, krakenLinearRules } from '#lib/margin/venues/kraken.ts';
import { NOTHING, either, from, perhaps } from '../account-answers.ts';
import { type VenueWords } from '../venue-words.ts';
import { isInverse, settleOf } from './shared.ts';

const MARGIN_EQUITY = [
  ['walletBalance', 'collateralValue|balance|walletBalance'],
  ['unrealizedPnl', 'totalUnrealizedProfit|unrealisedPnlShown'],
] as const;
const HELD_BACK = [
  ['initialMargin', 'initialMargin|totalInitialMargin'],
  ['haircut', NOTHING],
] as const;

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
  underlyingOf: (symbol) => symbol.split('_')[1] ?? symbol,
  positionKeys: {
    liquidationThreshold: 'price',
    returnOnEquity: 'return',
    pnl: 'pnl',
    marginEquity: 'equity',
  },
  otherKeys: {
    collateralValue: from(
      [
        ['value', 'value'],
        ['haircut', 'haircut'],
        ['conversionSpread', perhaps('conversionSpread')],
      ],
      krakenCollateralOf,
    ),
    marginEquity: from(MARGIN_EQUITY, marginBalanceOf),
    availableMargin: either(
      from(
        [['walletBalance', 'marginEquity'], ['unrealizedPnl', NOTHING], ...HELD_BACK],
        availableOf,
      ),
      from([...MARGIN_EQUITY, ...HELD_BACK], availableOf),
    ),
    returnOnEquity: from(
      [
        ['unrealizedPnl', 'unrealisedPnlShown|totalUnrealizedProfit'],
        ['margin', 'initialMargin'],
      ],
      profitRateOf,
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
