/** OKX v5: account/balance, account/positions, orders-pending, public instruments. Field names: okx.com/docs-v5. */
import { z } from 'zod';
import { Decimal, ONE } from '../../units/decimal.ts';
import { utcText } from '../../units/time.ts';
import {
  deliveryOf,
  derivedPriceOf,
  powerOfTen,
  quotientOf,
  tickOf,
  tierInForce,
} from './contract-in-force.ts';
import { type AnswerReader, type NewRow, type Row } from './found.ts';
import {
  hasRows,
  isRecord,
  joined,
  latestOf,
  listOf,
  maybeFlag,
  maybeNumber,
  maybeTime,
  maybeWord,
  number,
  readRows,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

const VENUE = 'okx';
/** Base level; in no answer about the account. */
const TAKER_FEE_RATE = '0.0005';

function rowsIn(answer: unknown): unknown {
  return isRecord(answer) ? answer['data'] : undefined;
}

const timed = z.object({ uTime: maybeTime });

function timeOf(answer: unknown) {
  return latestOf(listOf(rowsIn(answer)).map((row) => timed.safeParse(row).data?.uTime));
}

const balance = z.object({
  ccy: word,
  cashBal: number,
  eq: maybeNumber,
  eqUsd: maybeNumber,
  disEq: maybeNumber,
  isoEq: maybeNumber,
  isoUpl: maybeNumber,
  upl: maybeNumber,
  mgnRatio: maybeNumber,
});

/** `cashBal` has lost what went to isolated positions; the account file's wallet still has it. */
function balanceRows(read: z.infer<typeof balance>, isMulti: boolean): readonly NewRow[] {
  const { ccy: asset } = read;
  const assigned = (read.isoEq ?? new Decimal(0)).minus(read.isoUpl ?? 0);
  const wallet = read.cashBal.plus(assigned);
  if (wallet.isZero()) return [];
  const rows: NewRow[] = [{ list: 'balances', row: { asset, wallet: textOf(wallet) } }];
  const price = derivedPriceOf(read.eqUsd, read.eq);
  if (price !== undefined) {
    const because = `${asset}: its price in USD follows from eqUsd and eq`;
    rows.push({ list: 'assetPrices', row: { asset }, otherwise: { row: { price }, because } });
  }
  if (!isMulti) {
    rows.push({
      list: 'poolFigures',
      row: { asset, walletBalance: textOf(read.cashBal), marginRatio: ratioOf(read.mgnRatio) },
    });
    return rows;
  }
  const weight = quotientOf(read.disEq, read.eqUsd);
  if (weight?.gte(0) === true && weight.lte(1)) {
    rows.push({
      list: 'collateralWeights',
      row: { asset, weight: textOf(weight.toDecimalPlaces(6)) },
    });
  }
  return rows;
}

/** Theirs is equity over requirement and falls toward liquidation; the account file's rises. */
function ratioOf(mgnRatio: Decimal | undefined): string | undefined {
  return textOf(quotientOf(ONE, mgnRatio));
}

const account: AnswerReader = {
  source: 'OKX, balance',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'details', 'totalEq'),
  read: (answer, place) => {
    const rows = listOf(rowsIn(answer));
    const isMulti = rows.some(
      (row) => isRecord(row) && maybeNumber.parse(row['adjEq']) !== undefined,
    );
    return {
      ...joined(
        rows.map((row, index) =>
          readRows(
            isRecord(row) ? row['details'] : [],
            `${place}data[${index}].details`,
            balance,
            (one) => balanceRows(one, isMulti),
          ),
        ),
      ),
      asOf: timeOf(answer),
      assetMode: isMulti ? 'multi' : undefined,
      notes: [],
    };
  },
};

const position = z.object({
  instType: z.enum(['SWAP', 'FUTURES']),
  instId: word,
  mgnMode: z.enum(['cross', 'isolated']),
  posSide: z.enum(['net', 'long', 'short']),
  pos: number,
  avgPx: number,
  lever: maybeNumber,
  liqPx: maybeNumber,
  markPx: maybeNumber,
  idxPx: maybeNumber,
  margin: maybeNumber,
  imr: maybeNumber,
  mmr: maybeNumber,
  upl: maybeNumber,
  notionalUsd: maybeNumber,
  cTime: maybeTime,
});
type OkxPosition = z.infer<typeof position>;

function positionRows(read: OkxPosition): readonly NewRow[] {
  if (read.pos.isZero()) return [];
  const { instId: symbol } = read;
  const positionSide = read.posSide === 'net' ? 'both' : read.posSide;
  const mark = unlessZero(read.markPx);
  const size = read.posSide === 'short' ? read.pos.abs().negated() : read.pos;
  return [
    {
      list: 'positions',
      row: {
        symbol,
        positionSide,
        size: textOf(size),
        entryPrice: textOf(unlessZero(read.avgPx)),
        marginMode: read.mgnMode,
        leverage: textOf(unlessZero(read.lever)),
        isolatedMargin: read.mgnMode === 'isolated' ? textOf(read.margin) : null,
        openedAt: read.cTime === undefined ? undefined : utcText(read.cTime),
      },
    },
    ...(mark === undefined
      ? []
      : [{ list: 'marks', row: { symbol, price: textOf(mark) } } as const]),
    { list: 'instruments', ...contractOf(read) },
    {
      list: 'positionFigures',
      row: {
        symbol,
        positionSide,
        unrealizedPnl: textOf(read.upl),
        initialMargin: textOf(unlessZero(read.imr)),
        liquidationPrice: textOf(unlessZero(read.liqPx)),
      },
    },
  ];
}

/** What the name tells, and what follows from the figures until the venue's own instruments and tiers are given. */
function contractOf(read: OkxPosition): Pick<NewRow, 'row' | 'otherwise'> {
  const { instId: symbol } = read;
  const [base, quote, series] = symbol.split('-');
  const isInverse = quote === 'USD';
  const row: Row = {
    symbol,
    kind: isInverse ? 'inverse' : 'linear',
    base,
    quote,
    deliveryTime: deliveryOf(series),
  };
  const size = contractSizeOf(read, isInverse);
  const mark = unlessZero(read.markPx);
  if (size === undefined || mark === undefined) return { row };
  const face = read.pos.abs().times(size);
  const beside = {
    contractSize: textOf(size),
    tickSize: tickOf([read.avgPx, read.liqPx], 4),
    lotSize: '0.01',
    takerFeeRate: TAKER_FEE_RATE,
  };
  const value = isInverse ? face.div(mark) : face.times(mark);
  return {
    row,
    ...tierInForce({ symbol, rate: quotientOf(read.mmr, value), from: 'mmr', beside }),
  };
}

/** Coins (linear) or dollars (inverse) of one contract: a power of ten, so that its rounded value tells it. */
function contractSizeOf(read: OkxPosition, isInverse: boolean): Decimal | undefined {
  const dollars = quotientOf(read.notionalUsd, read.pos.abs());
  const size = isInverse ? dollars : quotientOf(dollars, read.markPx);
  return size === undefined ? undefined : powerOfTen(size);
}

const positions: AnswerReader = {
  source: 'OKX, positions',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'instId', 'mgnMode', 'posSide', 'avgPx'),
  read: (answer, place) => ({
    ...readRows(rowsIn(answer), `${place}data`, position, positionRows),
    asOf: timeOf(answer),
    notes: [],
  }),
};

const order = z.object({
  ordId: word,
  instId: word,
  sz: number,
  accFillSz: maybeNumber,
  px: maybeNumber,
  side: word,
  posSide: maybeWord,
  reduceOnly: maybeFlag,
});

const orders: AnswerReader = {
  source: 'OKX, open orders',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'ordId', 'instId', 'sz'),
  read: (answer, place) => ({
    ...readRows(rowsIn(answer), `${place}data`, order, (read) => {
      const left = read.sz.minus(read.accFillSz ?? 0);
      const side = read.posSide;
      return [
        {
          list: 'orders',
          row: {
            id: read.ordId,
            symbol: read.instId,
            positionSide: side === 'long' || side === 'short' ? side : 'both',
            size: textOf(read.side === 'sell' ? left.negated() : left),
            price: textOf(unlessZero(read.px)),
            reduceOnly: read.reduceOnly,
          },
        },
      ];
    }),
    asOf: timeOf(answer),
    notes: [],
  }),
};

const instrument = z.object({
  instId: word,
  ctType: z.enum(['linear', 'inverse']),
  ctVal: number,
  ctMult: maybeNumber,
  settleCcy: word,
  tickSz: number,
  lotSz: number,
  expTime: maybeTime,
});

const instruments: AnswerReader = {
  source: 'OKX, instruments',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'instId', 'ctVal', 'tickSz'),
  read: (answer, place) => ({
    ...readRows(rowsIn(answer), `${place}data`, instrument, (read) => {
      const [base, quote] = read.instId.split('-');
      return [
        {
          list: 'instruments',
          row: {
            symbol: read.instId,
            kind: read.ctType,
            base,
            quote,
            settle: read.settleCcy,
            contractSize: textOf(read.ctVal.times(read.ctMult ?? 1)),
            tickSize: textOf(read.tickSz),
            lotSize: textOf(read.lotSz),
            deliveryTime: read.expTime === undefined ? undefined : utcText(read.expTime),
          },
        },
      ];
    }),
    notes: [],
  }),
};

export const okxReaders = [account, positions, orders, instruments];
