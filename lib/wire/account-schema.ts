/** The account file (version 1): its keys, and what each may hold. Unknown keys are refused, every number is a decimal text. */
import { z } from 'zod';
import { type VenueId } from '../margin/venues/rules.ts';
import {
  amountAboveZero,
  amountFromZero,
  anyAmount,
  anyRate,
  leverageField,
  nameText,
  priceAboveZero,
  shareOfOne,
  signedSize,
  stepAboveZero,
  strictRecord,
  ticker,
  utcTime,
} from './field.ts';

const POSITIONS_MAX = 1000;
const ROWS_MAX = 10_000;
const TIERS_MAX = 100;

const positionSide = z.enum(['both', 'long', 'short']);

const balance = strictRecord({
  asset: ticker,
  /** The venue's wallet balance, what is assigned to isolated positions included. Negative is a debt. */
  wallet: anyAmount,
});

const position = strictRecord({
  symbol: ticker,
  size: signedSize,
  entryPrice: priceAboveZero,
  marginMode: z.enum(['cross', 'isolated']),
  positionSide: positionSide.default('both'),
  leverage: leverageField,
  /** Collateral assigned, without unrealized PnL. */
  isolatedMargin: amountFromZero.nullable().default(null),
  /** Exact value at entry without sign, in the settle asset, where the printed entry is cut. */
  cost: amountAboveZero.optional(),
  openedAt: utcTime.optional(),
});

const order = strictRecord({
  id: nameText.optional(),
  symbol: ticker,
  positionSide: positionSide.default('both'),
  size: signedSize,
  price: priceAboveZero.optional(),
  reduceOnly: z.boolean().default(false),
  triggerPrice: priceAboveZero.optional(),
  triggerPriceType: z.enum(['mark', 'last', 'index']).optional(),
  leverage: leverageField.optional(),
});

const quote = strictRecord({
  symbol: ticker,
  price: priceAboveZero,
  time: utcTime.optional(),
});

const assetPrice = strictRecord({
  asset: ticker,
  /** USD per unit. */
  price: priceAboveZero,
  bid: priceAboveZero.optional(),
  ask: priceAboveZero.optional(),
});

const funding = strictRecord({
  symbol: ticker,
  positionSide: positionSide.default('both'),
  rate: anyRate.optional(),
  nextTime: utcTime.optional(),
  /** Paid (+) or received (-) since the position was opened, in the settle asset. */
  paid: anyAmount.optional(),
});

const tier = strictRecord({
  notionalFloor: amountFromZero,
  notionalCap: amountAboveZero,
  leverageMax: leverageField,
  maintenanceMarginRate: shareOfOne,
  /** Follows from floors and rates, 0 in a flat table; where given it must agree with them. */
  maintenanceDeduction: amountFromZero.optional(),
});

const instrument = strictRecord({
  symbol: ticker,
  kind: z.enum(['linear', 'inverse']).optional(),
  base: ticker.optional(),
  quote: ticker.optional(),
  settle: ticker.optional(),
  /** linear: base units per unit of size. inverse: face value of a contract, in quote. */
  contractSize: amountAboveZero.optional(),
  tickSize: priceAboveZero.optional(),
  lotSize: stepAboveZero.optional(),
  /** Absent: a perpetual. */
  deliveryTime: utcTime.optional(),
  takerFeeRate: shareOfOne.optional(),
  makerFeeRate: anyRate.optional(),
  liquidationFeeRate: shareOfOne.optional(),
  tiers: z.array(tier).max(TIERS_MAX).optional(),
  /** Whether a tier's rate is of what lies in the tier or of everything; absent: as at the venue. */
  tierTable: z.enum(['progressive', 'flat']).optional(),
  /** Rates that grow with the coins held, where the venue has no table: instead of `tiers`. */
  marginGrowth: strictRecord({
    initialBase: shareOfOne,
    maintenanceBase: shareOfOne,
    perCoin: shareOfOne,
  }).optional(),
});

const poolFigures = strictRecord({
  /** Of a cross pool; USD in multi-asset mode. */
  asset: ticker,
  walletBalance: anyAmount.optional(),
  unrealizedPnl: anyAmount.optional(),
  marginBalance: anyAmount.optional(),
  initialMargin: anyAmount.optional(),
  orderMargin: anyAmount.optional(),
  maintenanceMargin: anyAmount.optional(),
  availableMargin: anyAmount.optional(),
  marginRatio: anyAmount.optional(),
});

const positionFigures = strictRecord({
  symbol: ticker,
  positionSide: positionSide.default('both'),
  notional: anyAmount.optional(),
  unrealizedPnl: anyAmount.optional(),
  initialMargin: anyAmount.optional(),
  maintenanceMargin: anyAmount.optional(),
  /** Of an isolated position, maintenance over its margin balance. */
  marginRatio: anyAmount.optional(),
  /** Null: the venue says that there is none. */
  liquidationPrice: anyAmount.nullable().optional(),
});

/** Venues whose rule set is known here. */
export const VENUES = [
  'binance-usdm',
  'binance-coinm',
  'bybit',
  'okx',
  'deribit',
  'gate',
  'bitget',
  'bitmex',
  'kraken-futures',
  'house',
] as const satisfies readonly VenueId[];

export const accountSchema = strictRecord({
  version: z.literal('1').default('1'),
  venue: z.enum(VENUES),
  account: nameText,
  asOf: utcTime,
  positionMode: z.enum(['one-way', 'hedge']).default('one-way'),
  assetMode: z.enum(['single', 'multi']).default('single'),
  balances: z.array(balance).max(ROWS_MAX).default([]),
  debts: z
    .array(strictRecord({ asset: ticker, amount: amountAboveZero }))
    .max(ROWS_MAX)
    .default([]),
  positions: z.array(position).max(POSITIONS_MAX).default([]),
  orders: z.array(order).max(ROWS_MAX).default([]),
  marks: z.array(quote).max(ROWS_MAX).default([]),
  indexPrices: z.array(quote).max(ROWS_MAX).default([]),
  lastPrices: z.array(quote).max(ROWS_MAX).default([]),
  assetPrices: z.array(assetPrice).max(ROWS_MAX).default([]),
  collateralWeights: z
    .array(strictRecord({ asset: ticker, weight: shareOfOne }))
    .max(ROWS_MAX)
    .default([]),
  funding: z.array(funding).max(ROWS_MAX).default([]),
  feeTier: strictRecord({
    name: nameText.optional(),
    takerFeeRate: shareOfOne,
    makerFeeRate: anyRate,
  }).optional(),
  instruments: z.array(instrument).max(POSITIONS_MAX).default([]),
  venueFigures: strictRecord({
    tolerance: amountFromZero.optional(),
    pools: z.array(poolFigures).max(ROWS_MAX).default([]),
    positions: z.array(positionFigures).max(POSITIONS_MAX).default([]),
  }).optional(),
});

export type AccountRecord = z.infer<typeof accountSchema>;
export type PositionRecord = AccountRecord['positions'][number];
export type OrderRecord = AccountRecord['orders'][number];
export type QuoteRecord = AccountRecord['marks'][number];
export type InstrumentRecord = AccountRecord['instruments'][number];
export type VenueFiguresRecord = NonNullable<AccountRecord['venueFigures']>;
