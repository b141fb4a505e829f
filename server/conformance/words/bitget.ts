/** Words of Bitget cases (cex.md 7). */
import {
  longProfitRateOf,
  profitRateOf,
  requiredShareOf,
  shortProfitRateOf,
} from '#lib/margin/account-formulas.ts';
import { fail } from '#lib/contract.ts';
import { bitgetRules } from '#lib/margin/venues/bitget.ts';
import { NOTHING, either, from } from '../account-answers.ts';
import { type AnswerOf, type VenueWords } from '../venue-words.ts';
import { sideOf, tellsSide } from '../side.ts';
import { HELD, isInverse, noPrice, settleOf } from './shared.ts';

const bitgetRatio = from(
  [
    ['walletBalance', 'accountEquity|adjEq'],
    ['unrealizedPnl', NOTHING],
    ['required', 'mmr|totalMaintenanceMargin'],
  ],
  requiredShareOf,
);

const profitRateOfPosition: AnswerOf = (reader) => {
  if (isInverse(reader)) return fail('a profit rate of an inverse contract is not modelled');
  if (!tellsSide(reader)) return fail('"profitRate" needs a side');
  const formula = sideOf(reader) === 'short' ? shortProfitRateOf : longProfitRateOf;
  return from(
    [...HELD, ['entryPrice', 'entryPrice'], ['margin', 'positionBalance']],
    formula,
  )(reader);
};

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
    profitRate: either(
      from(
        [
          ['unrealizedPnl', 'unrealisedPnlShown|unrealizedPnl'],
          ['margin', 'positionBalance'],
        ],
        profitRateOf,
      ),
      profitRateOfPosition,
    ),
    mgnRatio: bitgetRatio,
    marginRatio: bitgetRatio,
  },
  otherInputs: ['unrealisedPnlShown', 'positionBalance', 'mmr', 'totalMaintenanceMargin', 'adjEq'],
};
