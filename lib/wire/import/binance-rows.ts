/** Rows that Binance's two futures venues answer alike. Field names: developers.binance.com, derivatives. */
import { z } from 'zod';
import { Decimal } from '../../units/decimal.ts';
import { utcText } from '../../units/time.ts';
import { type NewRow, type Row } from './found.ts';
import {
  maybeFlag,
  maybeNumber,
  maybeTime,
  maybeWord,
  number,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

export const POSITION_SIDES: Readonly<Record<string, string>> = {
  BOTH: 'both',
  LONG: 'long',
  SHORT: 'short',
};

/** Of the account and of the position answers; each gives a part. */
export const position = z.object({
  symbol: word,
  positionAmt: number,
  positionSide: maybeWord,
  entryPrice: maybeNumber,
  leverage: maybeNumber,
  marginType: maybeWord,
  isolated: z.unknown().optional(),
  isolatedWallet: maybeNumber,
  isolatedMargin: maybeNumber,
  notional: maybeNumber,
  notionalValue: maybeNumber,
  markPrice: maybeNumber,
  unRealizedProfit: maybeNumber,
  unrealizedProfit: maybeNumber,
  positionInitialMargin: maybeNumber,
  maintMargin: maybeNumber,
  liquidationPrice: maybeNumber,
  updateTime: maybeTime,
});
export type BinancePosition = z.infer<typeof position>;

/** @param isLinear entry follows from notional less PnL; at coin margin it does not */
export function positionRows(read: BinancePosition, isLinear: boolean): readonly NewRow[] {
  if (read.positionAmt.isZero()) return [];
  const { symbol } = read;
  const positionSide = POSITION_SIDES[read.positionSide ?? 'BOTH'];
  const price = unlessZero(read.markPrice);
  const marginMode = marginModeOf(read);
  const row: Row = {
    symbol,
    size: textOf(read.positionAmt),
    entryPrice: textOf(unlessZero(read.entryPrice)),
    marginMode,
    positionSide,
    leverage: textOf(unlessZero(read.leverage)),
    isolatedMargin: marginMode === 'isolated' ? textOf(isolatedWalletOf(read)) : undefined,
  };
  const derived = derivedOf(read, isLinear);
  return [
    { list: 'positions', row, ...derived },
    ...(price === undefined
      ? []
      : [{ list: 'marks', row: { symbol, price: textOf(price) } } as const]),
    { list: 'positionFigures', row: { symbol, positionSide, ...figuresOf(read) } },
  ];
}

function marginModeOf(read: BinancePosition): string | undefined {
  const { marginType, isolated, isolatedWallet } = read;
  if (marginType !== undefined)
    return marginType.toLowerCase() === 'isolated' ? 'isolated' : 'cross';
  if (typeof isolated === 'boolean') return isolated ? 'isolated' : 'cross';
  if (isolatedWallet === undefined) return undefined;
  return isolatedWallet.isZero() ? 'cross' : 'isolated';
}

/** `isolatedMargin` holds the unrealized PnL already. */
function isolatedWalletOf(read: BinancePosition): Decimal | undefined {
  const { isolatedWallet, isolatedMargin } = read;
  return unlessZero(isolatedWallet) ?? isolatedMargin?.minus(pnlOf(read) ?? 0);
}

function pnlOf({ unRealizedProfit, unrealizedProfit }: BinancePosition): Decimal | undefined {
  return unRealizedProfit ?? unrealizedProfit;
}

function valueOf({ notional, notionalValue }: BinancePosition): Decimal | undefined {
  return unlessZero((notional ?? notionalValue)?.abs());
}

const ENTRY_DECIMALS = 8;

/** The newest account answer prints neither entry nor leverage: they follow from what it prints. */
function derivedOf(read: BinancePosition, isLinear: boolean): Pick<NewRow, 'otherwise'> {
  const value = valueOf(read);
  const initial = unlessZero(read.positionInitialMargin);
  const pnl = pnlOf(read);
  const leverage =
    value === undefined || initial === undefined
      ? undefined
      : value.div(initial).toDecimalPlaces(0);
  const entry =
    isLinear && value !== undefined && pnl !== undefined
      ? value
          .minus(pnl.times(read.positionAmt.s))
          .div(read.positionAmt.abs())
          .toDecimalPlaces(ENTRY_DECIMALS)
      : undefined;
  const row: Row = {
    ...(leverage?.gte(1) === true ? { leverage: textOf(leverage) } : {}),
    ...(entry?.gt(0) === true ? { entryPrice: textOf(entry) } : {}),
  };
  const because = `${read.symbol}: leverage, entry or margin mode is not in the answer; they follow from its notional, PnL and initial margin, and cross is taken`;
  return { otherwise: { row: { ...row, marginMode: 'cross' }, because } };
}

function figuresOf(read: BinancePosition): Row {
  return {
    notional: textOf(valueOf(read)),
    unrealizedPnl: textOf(pnlOf(read)),
    initialMargin: textOf(unlessZero(read.positionInitialMargin)),
    maintenanceMargin: textOf(unlessZero(read.maintMargin)),
    liquidationPrice: textOf(
      read.liquidationPrice?.gt(0) === true ? read.liquidationPrice : undefined,
    ),
  };
}

/** Of the account answer (`walletBalance`) and of the balance answer (`balance`). */
export const asset = z.object({
  asset: word,
  walletBalance: maybeNumber,
  balance: maybeNumber,
  crossWalletBalance: maybeNumber,
  crossUnPnl: maybeNumber,
  marginBalance: maybeNumber,
  maintMargin: maybeNumber,
  positionInitialMargin: maybeNumber,
  openOrderInitialMargin: maybeNumber,
  availableBalance: maybeNumber,
  updateTime: maybeTime,
});
type BinanceAsset = z.infer<typeof asset>;

export function balanceRows(read: BinanceAsset, isPool: boolean): readonly NewRow[] {
  const wallet = read.walletBalance ?? read.balance;
  const holds = wallet?.isZero() === false || read.crossWalletBalance?.isZero() === false;
  if (wallet === undefined || !holds) return [];
  return [
    { list: 'balances', row: { asset: read.asset, wallet: textOf(wallet) } },
    ...(isPool ? [{ list: 'poolFigures', row: poolFiguresOf(read, wallet) } as const] : []),
  ];
}

/** Sums of an asset mix cross and isolated positions: they are those of the cross pool only where nothing is isolated. */
function poolFiguresOf(read: BinanceAsset, wallet: Decimal): Row {
  const own: Row = {
    asset: read.asset,
    walletBalance: textOf(read.crossWalletBalance),
    unrealizedPnl: textOf(read.crossUnPnl),
  };
  if (read.crossWalletBalance?.eq(wallet) !== true) return own;
  return {
    ...own,
    marginBalance: textOf(read.marginBalance),
    maintenanceMargin: textOf(read.maintMargin),
    initialMargin: textOf(read.positionInitialMargin),
    orderMargin: textOf(read.openOrderInitialMargin),
    availableMargin: textOf(read.availableBalance),
  };
}

export const order = z.object({
  orderId: word,
  symbol: word,
  side: word,
  positionSide: maybeWord,
  origQty: number,
  executedQty: maybeNumber,
  price: maybeNumber,
  stopPrice: maybeNumber,
  workingType: maybeWord,
  reduceOnly: maybeFlag,
  closePosition: maybeFlag,
  time: maybeTime,
});

export function orderRows(read: z.infer<typeof order>): readonly NewRow[] {
  const left = read.origQty.minus(read.executedQty ?? 0);
  // An order that closes whatever is there has no size of its own, and reserves nothing.
  if (left.isZero() && read.closePosition) return [];
  const trigger = unlessZero(read.stopPrice);
  const triggerPriceType = read.workingType === 'MARK_PRICE' ? 'mark' : 'last';
  return [
    {
      list: 'orders',
      row: {
        id: read.orderId,
        symbol: read.symbol,
        positionSide: POSITION_SIDES[read.positionSide ?? 'BOTH'],
        size: textOf(read.side === 'SELL' ? left.negated() : left),
        price: textOf(unlessZero(read.price)),
        reduceOnly: read.reduceOnly,
        triggerPrice: textOf(trigger),
        triggerPriceType: trigger === undefined ? undefined : triggerPriceType,
      },
    },
  ];
}

const bracket = z.object({
  initialLeverage: number,
  notionalFloor: maybeNumber,
  notionalCap: maybeNumber,
  qtyFloor: maybeNumber,
  qtyCap: maybeNumber,
  maintMarginRatio: number,
  cum: maybeNumber,
});
export const brackets = z.object({ symbol: word, brackets: z.array(bracket) });

/** The tier table of a contract, in the settle asset: quote at USDⓈ-M, coin at COIN-M. */
export function bracketRows(read: z.infer<typeof brackets>): readonly NewRow[] {
  const tiers = read.brackets
    .map((one) => ({
      floor: one.notionalFloor ?? one.qtyFloor ?? new Decimal(0),
      row: {
        notionalFloor: textOf(one.notionalFloor ?? one.qtyFloor),
        notionalCap: textOf(one.notionalCap ?? one.qtyCap),
        leverageMax: textOf(one.initialLeverage),
        maintenanceMarginRate: textOf(one.maintMarginRatio),
        maintenanceDeduction: textOf(one.cum),
      },
    }))
    .toSorted((a, b) => a.floor.comparedTo(b.floor))
    .map(({ row }) => row);
  return [{ list: 'instruments', row: { symbol: read.symbol, tiers } }];
}

export const premium = z.object({
  symbol: word,
  markPrice: number,
  indexPrice: maybeNumber,
  time: maybeTime,
});

/** Marks and indices; those of contracts that the account has nothing of are left out later. */
export function premiumRows(read: z.infer<typeof premium>): readonly NewRow[] {
  const { symbol } = read;
  const time = read.time === undefined ? undefined : utcText(read.time);
  const index = unlessZero(read.indexPrice);
  return [
    { list: 'marks', row: { symbol, price: textOf(read.markPrice), time } },
    ...(index === undefined
      ? []
      : [{ list: 'indexPrices', row: { symbol, price: textOf(index), time } } as const]),
  ];
}
