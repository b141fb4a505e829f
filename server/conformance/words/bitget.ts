/** Words of Bitget cases (cex.md 7). */
import { profitRateOf, requiredShareOf } from '#lib/margin/account-formulas.ts';
import { bitgetRules } from '#lib/margin/venues/bitget.ts';
import { NOTHING, from } from '../account-answers.ts';
import { type VenueWords } from '../venue-words.ts';
import { noPrice, settleOf } from './shared.ts';

const bitgetRatio = from(
  [
    ['walletBalance', 'accountEquity|adjEq'],
    ['unrealizedPnl', NOTHING],
    ['required', 'mmr|totalMaintenanceMargin'],
  ],
  requiredShareOf,
);

export const bitgetWords: VenueWords = {
  rulesOf: () => bitgetRules,
  settleOf,
  isolated: ['isolatedMargin', 'margin', 'isolatedWallet'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance'],
  crossWithPnl: ['accountEquity', 'marginBalance', 'marginEquity'],
  value: ['notional', 'notionalValue', 'positionValue'],
  table: 'flat-table',
  noPrice,
  ratioShown: 'required-over-available',
  positionKeys: {
    marginSize: 'initial',
    unrealizedPL: 'pnl',
    unrealizedPLR: 'return',
    keepMarginRate: 'rate',
  },
  otherKeys: {
    profitRate: from(
      [
        ['unrealizedPnl', 'unrealisedPnlShown|unrealizedPnl'],
        ['margin', 'positionBalance'],
      ],
      profitRateOf,
    ),
    mgnRatio: bitgetRatio,
    marginRatio: bitgetRatio,
  },
  otherInputs: ['unrealisedPnlShown', 'positionBalance', 'mmr', 'totalMaintenanceMargin', 'adjEq'],
};
