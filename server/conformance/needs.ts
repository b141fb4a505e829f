/** Which inputs the expected figures of a case depend on. What none of them needs is not read. */

const EQUITY = [
  'marginRatio',
  'marginBalance',
  'totalMarginBalance',
  'isolatedMargin',
  'effectiveLeverage',
];
/** Of the cross pool alone: isolated positions do not matter to them. */
const CROSS = ['availableBalance', 'maxWithdrawAmount', 'crossUnPnl', 'totalCrossUnPnl'];
const PRICES = ['liquidationPrice', 'bankruptcyPrice'];
const PNL = ['unrealizedPnl', 'unrealizedProfit', 'unRealizedProfit', 'totalUnrealizedProfit'];
const WALLETS = [
  'walletBalance',
  'totalWalletBalance',
  'crossWalletBalance',
  'totalCrossWalletBalance',
  'isolatedWallet',
];
const INITIAL = [
  'initialMargin',
  'positionInitialMargin',
  'totalInitialMargin',
  'totalPositionInitialMargin',
];
const ORDERS = [
  'initialMargin',
  'openOrderInitialMargin',
  'totalInitialMargin',
  'totalOpenOrderInitialMargin',
  'availableBalance',
  'maxWithdrawAmount',
];
const MAINTENANCE = [
  'maintenanceMargin',
  'maintMargin',
  'maintenanceMarginRate',
  'maintenanceAmount',
  'maintenanceDeduction',
  'totalMaintMargin',
  'assetMaintMargin',
  'marginRatio',
];
const VALUE = ['notional', 'notionalValue', 'positionValue', 'effectiveLeverage'];

export interface Needs {
  readonly value: boolean;
  readonly pnl: boolean;
  readonly wallets: boolean;
  readonly equity: boolean;
  readonly cross: boolean;
  readonly prices: boolean;
  readonly initial: boolean;
  readonly orders: boolean;
  readonly maintenance: boolean;
  /** Maintenance of the whole pool. */
  readonly ratio: boolean;
  /** Anything that depends on what else is in the pool. */
  readonly pool: boolean;
}

export function needsOf(expectedKeys: readonly string[]): Needs {
  const any = (keys: readonly string[]): boolean => expectedKeys.some((key) => keys.includes(key));
  return {
    value: any(VALUE),
    pnl: any(PNL),
    wallets: any(WALLETS),
    equity: any(EQUITY),
    cross: any(CROSS),
    prices: any(PRICES),
    initial: any(INITIAL),
    orders: any(ORDERS),
    maintenance: any(MAINTENANCE),
    ratio: any(['marginRatio']),
    pool: any([...EQUITY, ...CROSS, ...PRICES, ...WALLETS]),
  };
}
