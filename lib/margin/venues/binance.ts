/** Binance USDⓈ-M futures, single-asset and multi-assets mode (cex.md 1). */
import { type VenueRules } from './rules.ts';

/** Liquidation prices carry eight decimals in the venue's answers today. */
const LIQUIDATION_PRICE_DECIMALS = 8;

export const binanceUsdmRules = {
  venue: 'binance-usdm',
  version: 'binance-usdm-1',
  effectiveFrom: '2023-01-01',
  breach: 'at-or-below',
  rounding: {
    notional: 'down',
    unrealizedPnl: 'down',
    initialMargin: 'down',
    maintenanceMargin: 'down',
    creditInUsd: 'down',
    debitInUsd: 'down',
  },
  liquidationPriceGrid: { kind: 'decimals', decimals: LIQUIDATION_PRICE_DECIMALS },
  initialMarginLeverage: 'chosen',
  conditionalOn: 'instrument',
  haircutOn: 'balances',
  conversion: 'bid-ask',
} as const satisfies VenueRules;

/** Prices carried two decimals in 2019. */
const EARLY_PRICE_DECIMALS = 2;

/** The first years: the same rules, shorter prices. */
export const binanceEarlyRules = {
  ...binanceUsdmRules,
  version: 'binance-usdm-0',
  effectiveFrom: '2019-09-01',
  liquidationPriceGrid: { kind: 'decimals', decimals: EARLY_PRICE_DECIMALS },
} as const satisfies VenueRules;

/** Portfolio margin: PnL is rounded half-up. */
export const binancePortfolioRules = {
  ...binanceUsdmRules,
  version: 'binance-portfolio-1',
  rounding: { ...binanceUsdmRules.rounding, unrealizedPnl: 'half-up' },
} as const satisfies VenueRules;

/** COIN-M (cex.md 2): the same rules in the coin; tiers and amounts are in it too. */
export const binanceCoinmRules = {
  ...binanceUsdmRules,
  venue: 'binance-coinm',
  version: 'binance-coinm-1',
} as const satisfies VenueRules;
