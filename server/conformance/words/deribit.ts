/** Words of Deribit cases (cex.md 5). */
import {
  availableByFactorOf,
  availableInCurrencyOf,
  availableOf,
  deribitAvailableOf,
  deribitEquityOf,
  deribitMarginBalanceOf,
  deribitUsageOf,
  inCurrencyOf,
  initialFromMaintenanceOf,
  initialInCurrencyByFactorOf,
  requiredShareOf,
} from '#lib/margin/account-formulas.ts';
import { deribitRules } from '#lib/margin/venues/deribit.ts';
import { NOTHING, either, from, perhaps } from '../account-answers.ts';
import { type AnswerOf, type VenueWords } from '../venue-words.ts';
import { noPrice, settleOf } from './shared.ts';

const deribitSession = [
  ['balance', 'balance'],
  ['sessionUnrealized', perhaps('futuresSessionUpl')],
  ['sessionRealized', perhaps('futuresSessionRpl')],
] as const;
const ofDeribitBalance = [
  ['walletBalance', 'marginBalance|totalMarginBalanceUsd|totalMarginBalance'],
  ['unrealizedPnl', NOTHING],
] as const;
const MAINTENANCE_KEYS = 'totalMaintenanceMarginUsd|totalMaintenanceMargin|maintenanceMargin';

/** Fields of one currency of a cross-collateral account. */
function inCurrency(word: string, indexKey: string): Readonly<Record<string, AnswerOf>> {
  const index = ['index', indexKey] as const;
  const initial = ['initialMarginUsd', 'totalInitialMarginUsd'] as const;
  const balance = ['marginBalanceUsd', 'totalMarginBalanceUsd'] as const;
  const byFactor = [
    ['maintenanceMarginUsd', 'totalMaintenanceMarginUsd'],
    ['factor', 'imFactor'],
    index,
  ] as const;
  return {
    [`marginBalance${word}`]: from([['totalUsd', 'totalMarginBalanceUsd'], index], inCurrencyOf),
    [`maintenanceMargin${word}`]: from(
      [['totalUsd', 'totalMaintenanceMarginUsd'], index],
      inCurrencyOf,
    ),
    [`initialMargin${word}`]: either(
      from([['totalUsd', 'totalInitialMarginUsd'], index], inCurrencyOf),
      from(byFactor, initialInCurrencyByFactorOf),
    ),
    [`availableFunds${word}`]: either(
      from([balance, initial, index], availableInCurrencyOf),
      from([balance, ...byFactor], availableByFactorOf),
    ),
  };
}

export const deribitWords: VenueWords = {
  rulesOf: () => deribitRules,
  settleOf,
  isolated: [],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance'],
  crossWithPnl: ['marginBalance', 'accountEquity', 'marginEquity'],
  value: ['notional', 'positionValue'],
  table: 'table',
  noPrice,
  hasOptions: true,
  ratioShown: 'required-over-available',
  positionKeys: {
    sizeCurrency: 'coins',
    totalProfitLoss: 'pnl',
    floatingProfitLoss: 'session-pnl',
    futuresSessionUpl: 'session-pnl',
    sessionUpl: 'session-pnl',
    sessionPnl: 'session-pnl',
    estimatedLiquidationPrice: 'price',
  },
  otherKeys: {
    equity: from([...deribitSession, ['optionsValue', perhaps('optionsValue')]], deribitEquityOf),
    marginBalance: from(deribitSession, deribitMarginBalanceOf),
    availableFunds: either(
      from(
        [...ofDeribitBalance, ['initialMargin', 'initialMargin'], ['haircut', NOTHING]],
        availableOf,
      ),
      from([...deribitSession, ['initialMargin', 'initialMargin']], deribitAvailableOf),
    ),
    maintenanceUsage: either(
      from([...ofDeribitBalance, ['required', MAINTENANCE_KEYS]], requiredShareOf),
      from([...deribitSession, ['required', MAINTENANCE_KEYS]], deribitUsageOf),
    ),
    totalInitialMarginUsd: from(
      [
        ['maintenanceMargin', 'totalMaintenanceMarginUsd'],
        ['factor', 'imFactor'],
      ],
      initialFromMaintenanceOf,
    ),
    ...inCurrency('Usdc', 'usdcIndex'),
    ...inCurrency('Usdt', 'usdtIndex'),
    ...inCurrency('Usd', 'usdIndex'),
  },
  otherInputs: [
    'settlementPrice',
    'imBase',
    'mmBase',
    'slopePerCoin',
    'futuresSessionUpl',
    'futuresSessionRpl',
    'optionsValue',
    'initialMargin',
    'maintenanceMargin',
    'totalMaintenanceMarginUsd',
    'totalMarginBalanceUsd',
    'totalInitialMarginUsd',
    'totalMaintenanceMargin',
    'totalMarginBalance',
    'imFactor',
    'usdcIndex',
    'usdtIndex',
    'usdIndex',
  ],
};
