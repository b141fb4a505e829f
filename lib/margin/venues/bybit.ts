/** Bybit linear, USDC and inverse contracts, unified and before (cex.md 3). */
import { type RequirementTerms, type VenueRules, type VenueTerms } from './rules.ts';

/** The rate 1 / leverage is rounded up to these decimals before it is used. */
const RATE_DECIMALS = 8;

const unified: RequirementTerms = {
  tierKey: 'notional',
  initialAt: 'mark',
  maintenanceAt: 'mark',
  searchedAt: 'price',
  closingFee: 'of-bankruptcy-value',
  initialHoldsFee: true,
  searchKeepsOrders: false,
  bankruptcyHoldsFee: true,
};

/** Margin left at the price is maintenance of the value at entry: the price is a straight sum. */
const isolated: RequirementTerms = { ...unified, searchedAt: 'entry' };

const terms: VenueTerms = {
  cross: unified,
  isolated,
  initialRateDecimals: RATE_DECIMALS,
  printsNegativePrices: false,
  netsUnderlying: false,
};

/** Requirements of the value at the mark: since the wallets of 2025. */
export const bybitRules = {
  venue: 'bybit',
  version: 'bybit-2',
  effectiveFrom: '2025-06-01',
  breach: 'at-or-below',
  rounding: {
    notional: 'half-up',
    unrealizedPnl: 'half-up',
    initialMargin: 'up',
    maintenanceMargin: 'up',
    creditInUsd: 'down',
    debitInUsd: 'up',
  },
  liquidationPriceGrid: { kind: 'tick' },
  initialMarginLeverage: 'chosen',
  conditionalOn: 'instrument',
  haircutOn: 'balances',
  conversion: 'index',
  terms,
} as const satisfies VenueRules;

/** Requirements of the value at entry: every record up to 2024. */
export const bybitEntryRules = {
  ...bybitRules,
  version: 'bybit-1',
  effectiveFrom: '2022-01-01',
  terms: {
    ...terms,
    cross: { ...unified, initialAt: 'entry', maintenanceAt: 'entry' },
    isolated: { ...isolated, initialAt: 'entry', maintenanceAt: 'entry' },
  },
} as const satisfies VenueRules;

/** Inverse contracts with cross margin before unified accounts: fee of the value at the bankruptcy price, orders kept back. */
export const bybitInverseCrossRules = {
  ...bybitEntryRules,
  version: 'bybit-inverse-1',
  terms: {
    ...bybitEntryRules.terms,
    cross: {
      ...bybitEntryRules.terms.cross,
      searchedAt: 'entry',
      closingFee: 'of-last-value',
      searchKeepsOrders: true,
    },
  },
} as const satisfies VenueRules;
