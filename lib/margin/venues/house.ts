/** Our own book: the rules that the simulator's accounts and any owned book are run by (liquidation.md 1.1 and 1.2). */
import { type VenueRules } from './rules.ts';

export const houseRules = {
  venue: 'house',
  version: 'house-1',
  effectiveFrom: '2026-01-01',
  breach: 'below',
  rounding: {
    notional: 'down',
    unrealizedPnl: 'from-rounded-value',
    initialMargin: 'up',
    maintenanceMargin: 'up',
    creditInUsd: 'floor',
    debitInUsd: 'ceil',
  },
  liquidationPriceGrid: { kind: 'tick' },
  initialMarginLeverage: 'chosen-within-tier',
  conditionalOn: 'underlying',
  haircutOn: 'equity',
  conversion: 'index',
} as const satisfies VenueRules;
