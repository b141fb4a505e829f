/** Measured volatility of one coin: exponentially weighted, on run time (rulings B1). */
export interface VolatilityState {
  /** Weighted sum of squared log returns and of elapsed days; their ratio is the daily variance. */
  weightedSquares: number;
  weightedDays: number;
}
