/** The facts about an account, as the margin engine reads them. Figures are never facts: they are derived by `assessAccount`. */
import { type Instrument } from '../market/instrument.ts';
import { type MarkReading } from '../market/mark.ts';
import { type AccountId, type AssetId, type InstrumentId } from '../units/ids.ts';
import { type Money, type Price, type Quantity, type Rate } from '../units/money.ts';
import { type TimestampMs } from '../units/time.ts';

/** `both` in one-way mode; `long` and `short` are the two legs of hedge mode. */
export type PositionSide = 'both' | 'long' | 'short';

export type MarginMode =
  /** Backed by everything in the cross pool. */
  | { readonly kind: 'cross' }
  /** Backed by `wallet` alone: the collateral assigned to this position, without its unrealized PnL. */
  | { readonly kind: 'isolated'; readonly wallet: Money };

export interface Position {
  readonly instrumentId: InstrumentId;
  readonly positionSide: PositionSide;
  /** Long > 0, short < 0, never 0. */
  readonly signedSize: Quantity;
  /** Average entry, for display and venue formulas. */
  readonly entryPrice: Price;
  /** Signed value at entry in the settle asset (`valueOf`), exact where the printed entry is cut. PnL = value(mark) - this. */
  readonly openValue: Money;
  readonly marginMode: MarginMode;
  /** Chosen leverage; initial margin = notional / leverage, bounded by the tier's own. */
  readonly leverage: Rate;
  /** Funding received (+) or paid (-) since it was opened; undefined where nobody kept it. */
  readonly fundingReceived?: Money;
  readonly openedAt?: TimestampMs;
}

export interface Order {
  readonly id: string;
  readonly instrumentId: InstrumentId;
  readonly positionSide: PositionSide;
  /** Buy > 0, sell < 0. */
  readonly signedSize: Quantity;
  readonly price: Price;
  /** Such an order can only shrink a position and reserves nothing. */
  readonly reduceOnly: boolean;
  /** Used where the account holds no position in the instrument; 1 where neither says. */
  readonly leverage?: Rate;
}

export interface Account {
  readonly id: AccountId;
  readonly positionMode: 'one-way' | 'hedge';
  /** single: each settle asset is a pool of its own. multi: all assets back one pool counted in USD. */
  readonly assetMode: 'single' | 'multi';
  /** Cross wallet by asset: what is not assigned to isolated positions. Negative is a debt. */
  readonly wallets: ReadonlyMap<AssetId, Money>;
  readonly positions: readonly Position[];
  readonly orders: readonly Order[];
}

/** What one unit of an asset counts for in USD, and how much of it may back positions. */
export interface AssetPrice {
  readonly index: Price;
  /** Balances and PnL convert at the bid, requirements at the ask, where the venue does so; equal to the index elsewhere. */
  readonly bid: Price;
  readonly ask: Price;
  /** Share of positive equity that counts as collateral, 0 to 1. Debts always count in full. */
  readonly collateralWeight: Rate;
  /** Set while the price comes from a mark that is stale: that mark's instrument. */
  readonly staleMark?: InstrumentId;
}

/** Everything about the market that margin figures depend on. */
export interface Market {
  readonly instruments: ReadonlyMap<InstrumentId, Instrument>;
  readonly marks: ReadonlyMap<InstrumentId, MarkReading>;
  /** Per contract, for venues that value by it. */
  readonly indexPrices?: ReadonlyMap<InstrumentId, Price>;
  /** Needed in multi-asset mode, and for sums over several assets. */
  readonly assetPrices: ReadonlyMap<AssetId, AssetPrice>;
}
