/** Gate linear and inverse contracts (cex.md 6): the standard taker fee inside maintenance. */
import { EVERY_DIGIT, type RequirementTerms, type VenueRules } from './rules.ts';

/** The fee of liquidation prices, whatever the user pays. */
export const GATE_FEE_RATE = '0.00075';

const standard: RequirementTerms = {
  tierKey: 'notional',
  initialAt: 'mark',
  maintenanceAt: 'mark',
  searchedAt: 'price',
  closingFee: 'of-value',
  initialHoldsFee: true,
  searchKeepsOrders: false,
  bankruptcyHoldsFee: false,
};

/** Since then margin is compared with what is required. */
export const gateRules = {
  venue: 'gate',
  version: 'gate-1',
  effectiveFrom: '2024-09-24',
  breach: 'at-or-below',
  rounding: EVERY_DIGIT,
  liquidationPriceGrid: { kind: 'nearest-tick' },
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

/** Before, the mark had to touch the printed price, which lies on the same line. */
export const gateTouchRules = {
  ...gateRules,
  version: 'gate-0',
  effectiveFrom: '2019-01-01',
} as const satisfies VenueRules;
