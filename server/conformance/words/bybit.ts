/** Words of Bybit cases (cex.md 3). */
import {
  availableOf,
  bybitRateOf,
  convertedOf,
  marginBalanceOf,
} from '#lib/margin/account-formulas.ts';
import { bybitEntryRules, bybitInverseCrossRules, bybitRules } from '#lib/margin/venues/bybit.ts';
import { type VenueRules } from '#lib/margin/venues/rules.ts';
import { either, from, perhaps } from '../account-answers.ts';
import { type CaseReader } from '../case-reader.ts';
import { type AnswerOf, type VenueWords } from '../venue-words.ts';
import { PARTED_BALANCE, WHOLE_BALANCE, isInverse, noPrice, settleOf } from './shared.ts';

function bybitRulesOf(reader: CaseReader): VenueRules {
  const base = reader.label('marginBase');
  const inCross = [...bybitWords.cross, ...bybitWords.crossWithPnl].some((key) => reader.has(key));
  if (isInverse(reader) && inCross && base !== 'mark') return bybitInverseCrossRules;
  if (base === 'entry' || (base !== 'mark' && isInverse(reader))) return bybitEntryRules;
  const isMarked = reader.has('markPrice') || bybitWords.value.some((key) => reader.has(key));
  return base === 'mark' || isMarked ? bybitRules : bybitEntryRules;
}

const bybitShare = (required: string): AnswerOf =>
  either(
    from([...WHOLE_BALANCE, ['required', required]], bybitRateOf),
    from([...PARTED_BALANCE, ['required', required]], bybitRateOf),
  );
const bybitLeft = [
  ['initialMargin', 'totalInitialMargin'],
  ['haircut', perhaps('haircut')],
] as const;

export const bybitWords: VenueWords = {
  rulesOf: bybitRulesOf,
  settleOf,
  isolated: ['isolatedWallet', 'isolatedMargin', 'margin', 'positionBalance'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance'],
  crossWithPnl: ['marginBalance', 'totalMarginBalance', 'accountEquity'],
  crossInParts: ['totalWalletBalance', 'totalPerpUPL'],
  value: ['positionValue', 'notional', 'notionalValue'],
  impliedValue: 'positionValue',
  table: 'table',
  noPrice,
  opensByLeverage: /isolated|^(?!.*(?:cross|UTA))/i,
  leftEmpty: {
    inMode: /portfolio/i,
    figures: ['initial', 'maintenance', 'price', 'bankruptcy'],
  },
  ratioShown: 'required-over-available',
  positionKeys: {
    isolatedMargin: 'initial',
    positionIM: 'initial',
    positionMM: 'maintenance',
    positionIMByMp: 'initial',
    positionMMByMp: 'maintenance',
    positionBalance: 'initial',
    bustPrice: 'bankruptcy',
    liqPrice: 'price',
  },
  otherKeys: {
    totalMarginBalance: from(PARTED_BALANCE, marginBalanceOf),
    equity: from(
      [
        ['walletBalance', 'walletBalance|balance|cashBal'],
        ['unrealizedPnl', 'totalPerpUPL|unrealisedPnlShown'],
      ],
      marginBalanceOf,
    ),
    totalAvailableBalance: either(
      from([...WHOLE_BALANCE, ...bybitLeft], availableOf),
      from([...PARTED_BALANCE, ...bybitLeft], availableOf),
    ),
    usdValue: from(
      [
        ['amount', 'accountEquity|walletBalance|balance|cashBal'],
        ['index', 'usdIndex|usdtIndex|usdcIndex'],
      ],
      convertedOf,
    ),
    accountIMRate: bybitShare('totalInitialMargin'),
    accountMMRate: bybitShare('totalMaintenanceMargin'),
  },
  otherInputs: [
    'cashBal',
    'unrealisedPnlShown',
    'usdIndex',
    'usdtIndex',
    'usdcIndex',
    'marginBase',
    'totalWalletBalance',
    'totalPerpUPL',
    'totalInitialMargin',
    'totalMaintenanceMargin',
    'haircut',
  ],
};
