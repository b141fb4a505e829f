/** Kraken Futures (cex.md 9): linear contracts ask for a share of the value at entry, inverse ones of the value at the mark. */
import { EVERY_DIGIT, type RequirementTerms, type VenueRules } from './rules.ts';

const linear: RequirementTerms = {
  tierKey: 'contracts',
  initialAt: 'entry',
  maintenanceAt: 'entry',
  searchedAt: 'entry',
  closingFee: 'none',
  initialHoldsFee: false,
  searchKeepsOrders: false,
  bankruptcyHoldsFee: false,
};
const inverse: RequirementTerms = {
  ...linear,
  initialAt: 'mark',
  maintenanceAt: 'mark',
  searchedAt: 'price',
};

/** Multi-collateral wallet: PF_ contracts. */
export const krakenLinearRules = {
  venue: 'kraken-futures',
  version: 'kraken-linear-1',
  effectiveFrom: '2022-01-01',
  breach: 'below',
  rounding: EVERY_DIGIT,
  liquidationPriceGrid: { kind: 'exact' },
  initialMarginLeverage: 'chosen-within-tier',
  conditionalOn: 'instrument',
  haircutOn: 'balances',
  conversion: 'index',
  terms: {
    cross: linear,
    isolated: linear,
    printsNegativePrices: false,
    netsUnderlying: true,
  },
} as const satisfies VenueRules;

/** Single-collateral wallets: PI_ and FI_ contracts. */
export const krakenInverseRules = {
  ...krakenLinearRules,
  version: 'kraken-inverse-1',
  terms: { ...krakenLinearRules.terms, cross: inverse, isolated: inverse, netsUnderlying: false },
} as const satisfies VenueRules;
