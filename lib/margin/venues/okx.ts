/** OKX linear and inverse contracts (cex.md 4): flat tiers by contracts, a taker fee beside maintenance, nothing rounded. */
import { EVERY_DIGIT, type RequirementTerms, type VenueRules } from './rules.ts';

const cross: RequirementTerms = {
  tierKey: 'contracts',
  initialAt: 'mark',
  maintenanceAt: 'mark',
  searchedAt: 'price',
  closingFee: 'of-value',
  initialHoldsFee: false,
  searchKeepsOrders: false,
  bankruptcyHoldsFee: false,
};

export const okxRules = {
  venue: 'okx',
  version: 'okx-1',
  effectiveFrom: '2021-01-01',
  breach: 'at-or-below',
  rounding: EVERY_DIGIT,
  liquidationPriceGrid: { kind: 'tick-added' },
  initialMarginLeverage: 'chosen',
  conditionalOn: 'instrument',
  haircutOn: 'balances',
  conversion: 'index',
  terms: {
    cross,
    isolated: { ...cross, initialAt: 'entry' },
    printsNegativePrices: false,
    netsUnderlying: false,
  },
} as const satisfies VenueRules;
