/** Bitget classic accounts (cex.md 7): a cross price whose maintenance stays as at the mark, printed even below zero. */
import { timestampMs } from '../../units/time.ts';
import { EVERY_DIGIT, type RequirementTerms, type VenueRules } from './rules.ts';

/** 2025-11-10 16:00 in UTC+8. */
const PROGRESSIVE_SINCE_MS = 1_762_761_600_000;

const isolated: RequirementTerms = {
  tierKey: 'notional',
  flatIfOpenedBefore: timestampMs(PROGRESSIVE_SINCE_MS),
  initialAt: 'entry',
  maintenanceAt: 'mark',
  searchedAt: 'price',
  closingFee: 'of-value',
  initialHoldsFee: false,
  searchKeepsOrders: false,
  bankruptcyHoldsFee: false,
};

/** Positions opened since then have progressive tiers, older ones flat ones; without a time of opening the table says which. */
export const bitgetRules = {
  venue: 'bitget',
  version: 'bitget-2',
  effectiveFrom: '2025-11-10',
  breach: 'at-or-below',
  rounding: EVERY_DIGIT,
  liquidationPriceGrid: { kind: 'exact' },
  initialMarginLeverage: 'chosen',
  conditionalOn: 'instrument',
  haircutOn: 'balances',
  conversion: 'index',
  terms: {
    cross: { ...isolated, searchedAt: 'mark' },
    isolated,
    printsNegativePrices: true,
    netsUnderlying: false,
  },
} as const satisfies VenueRules;

const flat: RequirementTerms = { ...isolated, flatIfOpenedBefore: 'any-time' };

/** Until that day there were flat tiers alone. */
export const bitgetFlatRules = {
  ...bitgetRules,
  version: 'bitget-1',
  effectiveFrom: '2021-01-01',
  terms: { ...bitgetRules.terms, cross: { ...flat, searchedAt: 'mark' }, isolated: flat },
} as const satisfies VenueRules;
