/** Words of Deribit cases (cex.md 5). */
import {
  availableByFactorOf,
  availableInCurrencyOf,
  availableOf,
  deribitAvailableOf,
  deribitEquityOf,
  deribitMarginBalanceOf,
  deribitMarginOfEquity,
  deribitUsageOf,
  inCurrencyOf,
  initialFromMaintenanceOf,
  initialInCurrencyByFactorOf,
  marginBalanceOf,
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
function ofCurrency(indexKeys: string) {
  const index = ['index', indexKeys] as const;
  const initial = ['initialMarginUsd', 'totalInitialMarginUsd'] as const;
  const balance = ['marginBalanceUsd', 'totalMarginBalanceUsd'] as const;
  const byFactor = [
    ['maintenanceMarginUsd', 'totalMaintenanceMarginUsd'],
    ['factor', 'imFactor'],
    index,
  ] as const;
  return {
    marginBalance: from([['totalUsd', 'totalMarginBalanceUsd'], index], inCurrencyOf),
    maintenanceMargin: from([['totalUsd', 'totalMaintenanceMarginUsd'], index], inCurrencyOf),
    initialMargin: either(
      from([['totalUsd', 'totalInitialMarginUsd'], index], inCurrencyOf),
      from(byFactor, initialInCurrencyByFactorOf),
    ),
    availableFunds: either(
      from([balance, initial, index], availableInCurrencyOf),
      from([balance, ...byFactor], availableByFactorOf),
    ),
  };
}

/** The same where the name of the field says which currency: `marginBalanceUsdc`. */
function inCurrency(word: string, indexKeys: string): Readonly<Record<string, AnswerOf>> {
  const fields = Object.entries(ofCurrency(indexKeys));
  return Object.fromEntries(fields.map(([field, answer]) => [`${field}${word}`, answer]));
}

const maintenanceUsage = either(
  from([...ofDeribitBalance, ['required', MAINTENANCE_KEYS]], requiredShareOf),
  from([...deribitSession, ['required', MAINTENANCE_KEYS]], deribitUsageOf),
);

const ofOneCurrency = ofCurrency('indexPrice|usdcIndex|usdtIndex|usdIndex');

export const deribitWords: VenueWords = {
  rulesOf: () => deribitRules,
  settleOf,
  isolated: [],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance'],
  crossWithPnl: ['marginBalance', 'accountEquity', 'marginEquity'],
  value: ['notional', 'positionValue'],
  table: 'table',
  leftEmpty: { inMode: /portfolio|:PM/i, figures: ['price'] },
  noPrice,
  contractTypes: ['option'],
  ratioShown: 'required-over-available',
  positionKeys: {
    sizeCurrency: 'coins',
    totalProfitLoss: 'pnl',
    totalPnl: 'pnl',
    optionsValue: 'value-at-mark',
    floatingPnl: 'session-pnl',
    floatingPnL: 'session-pnl',
    floatingProfitLoss: 'session-pnl',
    futuresSessionUpl: 'session-pnl',
    sessionUpl: 'session-pnl',
    sessionPnl: 'session-pnl',
    estimatedLiquidationPrice: 'price',
  },
  otherKeys: {
    ...ofOneCurrency,
    equity: either(
      from([...deribitSession, ['optionsValue', perhaps('optionsValue')]], deribitEquityOf),
      from(
        [
          ['walletBalance', 'marginBalance'],
          ['unrealizedPnl', 'optionsValue'],
        ],
        marginBalanceOf,
      ),
    ),
    marginBalance: either(
      from(deribitSession, deribitMarginBalanceOf),
      from(
        [
          ['equity', 'accountEquity'],
          ['optionsValue', 'optionsValue'],
        ],
        deribitMarginOfEquity,
      ),
      ofOneCurrency.marginBalance,
    ),
    availableFunds: either(
      from(
        [...ofDeribitBalance, ['initialMargin', 'initialMargin'], ['haircut', NOTHING]],
        availableOf,
      ),
      from([...deribitSession, ['initialMargin', 'initialMargin']], deribitAvailableOf),
      ofOneCurrency.availableFunds,
    ),
    maintenanceUsage,
    marginRatio: maintenanceUsage,
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
    ...inCurrency('Btc', 'indexPrice'),
    ...inCurrency('Eth', 'indexPrice'),
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
