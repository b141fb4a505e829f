/** Words of Gate cases (cex.md 6). */
import { availableOf, coverageOf } from '#lib/margin/account-formulas.ts';
import { GATE_FEE_RATE, gateRules } from '#lib/margin/venues/gate.ts';
import { NOTHING, from } from '../account-answers.ts';
import { type VenueWords } from '../venue-words.ts';
import { WHOLE_BALANCE, isInverse, settleOf } from './shared.ts';

/** Gate prints 0, or for inverse shorts that nothing can end, this. */
const GATE_NEVER = '99999999';

const gateBalance = (source: string) =>
  [
    ['available', 'totalMarginBalance'],
    ['required', source],
  ] as const;

const gateAvailable = from(
  [...WHOLE_BALANCE, ['initialMargin', 'totalInitialMargin'], ['haircut', NOTHING]],
  availableOf,
);

export const gateWords: VenueWords = {
  rulesOf: () => gateRules,
  settleOf,
  isolated: ['margin', 'isolatedMargin', 'isolatedWallet'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance'],
  crossWithPnl: ['marginBalance', 'accountEquity'],
  value: ['positionValue', 'notional', 'notionalValue'],
  table: 'table',
  signedSizes: true,
  feeRate: GATE_FEE_RATE,
  noPrice: (reader) => (isInverse(reader) ? GATE_NEVER : '0'),
  ratioShown: 'required-over-available',
  positionKeys: { value: 'value', liqPrice: 'price', averageMaintenanceRate: 'average-rate' },
  otherKeys: {
    totalMaintenanceMarginRate: from(gateBalance('totalMaintenanceMargin'), coverageOf),
    totalInitialMarginRate: from(gateBalance('totalInitialMargin'), coverageOf),
    marginRatio: from(gateBalance('totalMaintenanceMargin'), coverageOf),
    totalAvailableMargin: gateAvailable,
    availableMargin: gateAvailable,
    availableBalance: gateAvailable,
    available: gateAvailable,
  },
  otherInputs: ['totalMarginBalance', 'totalInitialMargin', 'totalMaintenanceMargin'],
};
