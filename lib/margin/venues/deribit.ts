/** Deribit futures and perpetuals with standard margin (cex.md 5): no tier table, rates grow with the coins held. */
import { type RequirementTerms, type VenueRules } from './rules.ts';

/** Position fields. */
const FIGURE_DECIMALS = 9;

const standard: RequirementTerms = {
  tierKey: 'coins',
  initialAt: 'index',
  maintenanceAt: 'index',
  searchedAt: 'price',
  closingFee: 'none',
  initialHoldsFee: false,
  searchKeepsOrders: false,
  bankruptcyHoldsFee: false,
};

/** Linear contracts are valued at the index, inverse ones at the mark: they give no index. */
export const deribitRules = {
  venue: 'deribit',
  version: 'deribit-1',
  effectiveFrom: '2019-01-01',
  breach: 'at-or-below',
  rounding: {
    notional: 'half-up',
    unrealizedPnl: 'half-up',
    initialMargin: 'half-up',
    maintenanceMargin: 'half-up',
    creditInUsd: 'half-up',
    debitInUsd: 'half-up',
    decimals: FIGURE_DECIMALS,
  },
  liquidationPriceGrid: { kind: 'tick' },
  initialMarginLeverage: 'chosen',
  conditionalOn: 'instrument',
  haircutOn: 'balances',
  conversion: 'index',
  terms: {
    cross: standard,
    isolated: standard,
    printsNegativePrices: false,
    netsUnderlying: false,
  },
} as const satisfies VenueRules;
