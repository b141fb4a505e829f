/** Rows that Binance's two futures venues answer alike. Field names: developers.binance.com, derivatives. */
import { z } from 'zod';
import { type Decimal } from '../../units/decimal.ts';
import { orderRow, positionRows, quoteRows, type PrintedPosition } from './account-rows.ts';
import { type NewRow, type Row } from './found.ts';
import {
  isNoPrice,
  maybeFlag,
  maybeNumber,
  maybeTime,
  maybeWord,
  number,
  printedPrice,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

const positionSide = z.enum(['BOTH', 'LONG', 'SHORT']).default('BOTH');
const sideOf = (side: z.infer<typeof positionSide>): string => side.toLowerCase();

/** Of the account and of the position answers; each gives a part. */
export const position = z.object({
  symbol: word,
  positionAmt: number,
  positionSide,
  entryPrice: maybeNumber,
  leverage: maybeNumber,
  marginType: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['cross', 'crossed', 'isolated']))
    .optional(),
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
  liquidationPrice: printedPrice(isNoPrice),
  updateTime: maybeTime,
});
export type BinancePosition = z.infer<typeof position>;

/** @param contract of a coin-margined position; at coin margin the entry does not follow from notional less PnL */
export function positionRowsOf(
  read: BinancePosition,
  contract: PrintedPosition['contract'],
): readonly NewRow[] {
  if (read.positionAmt.isZero()) return [];
  const marginMode = marginModeOf(read);
  return positionRows({
    symbol: read.symbol,
    positionSide: sideOf(read.positionSide),
    size: read.positionAmt,
    entryPrice: read.entryPrice,
    marginMode,
    leverage: read.leverage,
    isolatedMargin: marginMode === 'isolated' ? isolatedWalletOf(read) : undefined,
    otherwise: derivedOf(read, contract === undefined),
    mark: read.markPrice,
    contract,
    figures: {
      notional: valueOf(read),
      unrealizedPnl: pnlOf(read),
      initialMargin: read.positionInitialMargin,
      maintenanceMargin: read.maintMargin,
      liquidationPrice: read.liquidationPrice,
    },
  });
}

function marginModeOf(read: BinancePosition): string | undefined {
  const { marginType, isolated, isolatedWallet } = read;
  if (marginType !== undefined) return marginType === 'isolated' ? 'isolated' : 'cross';
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
function derivedOf(read: BinancePosition, isLinear: boolean): NewRow['otherwise'] {
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
  return [{ row: { ...row, marginMode: 'cross' }, because }];
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
  side: z.enum(['BUY', 'SELL']),
  positionSide,
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
  return [
    orderRow({
      id: read.orderId,
      symbol: read.symbol,
      positionSide: sideOf(read.positionSide),
      left,
      isSell: read.side === 'SELL',
      price: read.price,
      reduceOnly: read.reduceOnly,
      trigger: read.stopPrice,
      triggerPriceType: read.workingType === 'MARK_PRICE' ? 'mark' : 'last',
    }),
  ];
}

export const premium = z.object({
  symbol: word,
  markPrice: number,
  indexPrice: maybeNumber,
  time: maybeTime,
});

/** Marks and indices; those of contracts that the account has nothing of are left out later. */
export function premiumRows(read: z.infer<typeof premium>): readonly NewRow[] {
  const { symbol, time } = read;
  return [
    ...quoteRows('marks', symbol, read.markPrice, time),
    ...quoteRows('indexPrices', symbol, read.indexPrice, time),
  ];
}
