/** BitMEX linear, inverse and quanto contracts (cex.md 8): whole units of the settle asset, requirements of the entry cost. */
import { EVERY_DIGIT, type RequirementTerms, type VenueRules } from './rules.ts';

const ofCost: RequirementTerms = {
  tierKey: 'notional',
  initialAt: 'entry',
  maintenanceAt: 'entry',
  searchedAt: 'entry',
  closingFee: 'of-cost-and-margin',
  initialHoldsFee: false,
  searchKeepsOrders: false,
  bankruptcyHoldsFee: true,
};

/** XBt in one XBT. */
export const SATOSHI_PER_COIN = '100000000';
/** USDt in one USDT. */
export const MILLIONTHS_PER_COIN = '1000000';

/** Wallets count in these units: satoshi and millionths, or the coin with that many decimals. */
const UNIT_DECIMALS = { XBt: 0, USDt: 0, XBT: 8, USDT: 6 };

/** A quanto contract is a linear one whose size is in units of the settle asset per point of price. */
export const bitmexRules = {
  venue: 'bitmex',
  version: 'bitmex-1',
  effectiveFrom: '2019-01-01',
  breach: 'below',
  rounding: { ...EVERY_DIGIT, creditInUsd: 'down', debitInUsd: 'up' },
  liquidationPriceGrid: { kind: 'contract-value' },
  initialMarginLeverage: 'chosen',
  conditionalOn: 'instrument',
  haircutOn: 'balances',
  conversion: 'index',
  terms: {
    cross: ofCost,
    isolated: ofCost,
    unitDecimals: UNIT_DECIMALS,
    printsNegativePrices: false,
    netsUnderlying: false,
  },
} as const satisfies VenueRules;
