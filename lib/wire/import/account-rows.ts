/** Rows of an account file out of what venues print, made alike for all of them. A zero means that there is no such figure. */
import { type Decimal } from '../../units/decimal.ts';
import { utcText, type TimestampMs } from '../../units/time.ts';
import { type NewRow } from './found.ts';
import { textOf, unlessZero } from './venue-field.ts';

type Printed = Decimal | undefined;

export interface PrintedPosition {
  readonly symbol: string;
  readonly positionSide?: string | undefined;
  readonly size: Decimal;
  readonly entryPrice: Printed;
  readonly marginMode: string | undefined;
  readonly leverage: Printed;
  /** Null where the position has none of its own. */
  readonly isolatedMargin?: Decimal | null | undefined;
  readonly cost?: Printed;
  readonly openedAt?: TimestampMs | undefined;
  readonly otherwise?: NewRow['otherwise'] | undefined;
  readonly mark?: Printed;
  readonly index?: Printed;
  /** What the contract is, as far as the position tells it. */
  readonly contract?: Pick<NewRow, 'row' | 'otherwise'> | undefined;
  readonly figures: PrintedFigures;
}

interface PrintedFigures {
  readonly notional?: Printed;
  readonly unrealizedPnl?: Printed;
  readonly initialMargin?: Printed;
  readonly maintenanceMargin?: Printed;
  readonly marginRatio?: Printed;
  /** Null where the venue says that there is none. */
  readonly liquidationPrice?: Decimal | null | undefined;
}

/** The position, its mark and index, its contract, and the venue's own figures of it. */
export function positionRows(printed: PrintedPosition): readonly NewRow[] {
  const { symbol, positionSide, contract, otherwise } = printed;
  const row = {
    symbol,
    positionSide,
    size: textOf(printed.size),
    entryPrice: textOf(unlessZero(printed.entryPrice)),
    marginMode: printed.marginMode,
    leverage: textOf(unlessZero(printed.leverage)),
    isolatedMargin: textOrNull(printed.isolatedMargin),
    cost: textOf(unlessZero(printed.cost)),
    openedAt: timeText(printed.openedAt),
  };
  return [
    { list: 'positions', row, ...(otherwise === undefined ? {} : { otherwise }) },
    ...quoteRows('marks', symbol, printed.mark),
    ...quoteRows('indexPrices', symbol, printed.index),
    ...(contract === undefined ? [] : [{ list: 'instruments' as const, ...contract }]),
    {
      list: 'positionFigures',
      row: { symbol, positionSide, ...figureTexts(printed.figures) },
    },
  ];
}

function figureTexts(figures: PrintedFigures): NewRow['row'] {
  return {
    notional: textOf(unlessZero(figures.notional)),
    unrealizedPnl: textOf(figures.unrealizedPnl),
    initialMargin: textOf(unlessZero(figures.initialMargin)),
    maintenanceMargin: textOf(unlessZero(figures.maintenanceMargin)),
    marginRatio: textOf(figures.marginRatio),
    liquidationPrice: textOrNull(figures.liquidationPrice),
  };
}

/** A price of one contract, where the venue prints one. */
export function quoteRows(
  list: 'marks' | 'indexPrices',
  symbol: string,
  price: Printed,
  time?: TimestampMs,
): readonly NewRow[] {
  const text = textOf(unlessZero(price));
  return text === undefined ? [] : [{ list, row: { symbol, price: text, time: timeText(time) } }];
}

export interface PrintedOrder {
  readonly id: string;
  readonly symbol: string;
  readonly positionSide?: string | undefined;
  /** What is left of it. */
  readonly left: Decimal;
  readonly isSell: boolean;
  readonly price: Printed;
  readonly reduceOnly: boolean;
  readonly trigger?: Printed;
  readonly triggerPriceType?: string | undefined;
}

export function orderRow(printed: PrintedOrder): NewRow {
  const { id, symbol, positionSide, left, reduceOnly } = printed;
  const trigger = unlessZero(printed.trigger);
  return {
    list: 'orders',
    row: {
      id,
      symbol,
      positionSide,
      size: textOf(printed.isSell ? left.negated() : left),
      price: textOf(unlessZero(printed.price)),
      reduceOnly,
      triggerPrice: textOf(trigger),
      triggerPriceType: trigger === undefined ? undefined : printed.triggerPriceType,
    },
  };
}

/** `because` is said where no text gives the price itself. */
export function derivedAssetPrice(
  asset: string,
  price: string | undefined,
  from: string,
): readonly NewRow[] {
  if (price === undefined) return [];
  const because = `${asset}: its price in USD follows from ${from}`;
  return [{ list: 'assetPrices', row: { asset }, otherwise: [{ row: { price }, because }] }];
}

/** A balance; none where the wallet is empty. */
export function balanceRow(asset: string | undefined, wallet: Decimal): readonly NewRow[] {
  return wallet.isZero() ? [] : [{ list: 'balances', row: { asset, wallet: textOf(wallet) } }];
}

export function timeText(time: TimestampMs | undefined): string | undefined {
  return time === undefined ? undefined : utcText(time);
}

function textOrNull(value: Decimal | null | undefined): string | null | undefined {
  return value === null ? null : textOf(value);
}
