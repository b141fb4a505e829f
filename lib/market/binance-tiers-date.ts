/** Day of the leverage brackets in binance-contracts.ts; apart from them, so that a screen can name it without the tables. */
export const BINANCE_TIERS_DATE = '2024-10-24';
