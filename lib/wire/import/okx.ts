/** OKX v5: account/balance, account/positions, orders-pending, public instruments. Field names: okx.com/docs-v5. */
import { z } from 'zod';
import { Decimal, ONE } from '../../units/decimal.ts';
import { balanceRow, derivedAssetPrice, orderRow, positionRows, timeText } from './account-rows.ts';
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
  isNoPrice,
  isRecord,
  joined,
  listOf,
  maybeFlag,
  maybeNumber,
  maybeTime,
  newestIn,
  number,
  printedPrice,
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

function timeOf(answer: unknown) {
  return newestIn(rowsIn(answer), 'uTime');
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
  if (wallet.isZero()) return [];
  return [
    ...balanceRow(asset, wallet),
    ...derivedAssetPrice(asset, derivedPriceOf(read.eqUsd, read.eq), 'eqUsd and eq'),
    ...(isMulti ? weightRows(read) : [poolFigures(read)]),
  ];
}

function weightRows({ ccy: asset, disEq, eqUsd }: z.infer<typeof balance>): readonly NewRow[] {
  const weight = quotientOf(disEq, eqUsd);
  if (weight?.gte(0) !== true || weight.gt(1)) return [];
  const row = { asset, weight: textOf(weight.toDecimalPlaces(WEIGHT_DECIMALS)) };
  return [{ list: 'collateralWeights', row }];
}
const WEIGHT_DECIMALS = 6;

function poolFigures({ ccy: asset, cashBal, mgnRatio }: z.infer<typeof balance>): NewRow {
  return {
    list: 'poolFigures',
    row: { asset, walletBalance: textOf(cashBal), marginRatio: textOf(ratioOf(mgnRatio)) },
  };
}

/** Theirs is equity over requirement and falls toward liquidation; the account file's rises. */
function ratioOf(mgnRatio: Decimal | undefined): Decimal | undefined {
  return quotientOf(ONE, mgnRatio);
}

const account: AnswerReader = {
  source: 'OKX, balance',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'details', 'totalEq'),
  read: (answer, place) => {
    const rows = listOf(rowsIn(answer));
    const isMulti = rows.some(
      (row) => isRecord(row) && typeof row['adjEq'] === 'string' && row['adjEq'] !== '',
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
  liqPx: printedPrice(isNoPrice),
  markPx: maybeNumber,
  idxPx: maybeNumber,
  margin: maybeNumber,
  imr: maybeNumber,
  mmr: maybeNumber,
  upl: maybeNumber,
  mgnRatio: maybeNumber,
  notionalUsd: maybeNumber,
  cTime: maybeTime,
});
type OkxPosition = z.infer<typeof position>;

function rowsOf(read: OkxPosition): readonly NewRow[] {
  if (read.pos.isZero()) return [];
  const isIsolated = read.mgnMode === 'isolated';
  return positionRows({
    symbol: read.instId,
    positionSide: read.posSide === 'net' ? 'both' : read.posSide,
    size: read.posSide === 'short' ? read.pos.abs().negated() : read.pos,
    entryPrice: read.avgPx,
    marginMode: read.mgnMode,
    leverage: read.lever,
    isolatedMargin: isIsolated ? read.margin : null,
    openedAt: read.cTime,
    mark: read.markPx,
    contract: contractOf(read),
    figures: {
      unrealizedPnl: read.upl,
      initialMargin: read.imr,
      maintenanceMargin: read.mmr,
      // That of a cross position is its whole pool's.
      marginRatio: isIsolated ? ratioOf(read.mgnRatio) : undefined,
      liquidationPrice: read.liqPx,
    },
  });
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
    tickSize: tickOf([read.avgPx, read.liqPx ?? undefined], 4),
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
    ...readRows(rowsIn(answer), `${place}data`, position, rowsOf),
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
  side: z.enum(['buy', 'sell']),
  posSide: z.enum(['net', 'long', 'short', '']).optional(),
  reduceOnly: maybeFlag,
});

const orders: AnswerReader = {
  source: 'OKX, open orders',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'ordId', 'instId', 'sz'),
  read: (answer, place) => ({
    ...readRows(rowsIn(answer), `${place}data`, order, (read) => [
      orderRow({
        id: read.ordId,
        symbol: read.instId,
        positionSide: read.posSide === 'long' || read.posSide === 'short' ? read.posSide : 'both',
        left: read.sz.minus(read.accFillSz ?? 0),
        isSell: read.side === 'sell',
        price: read.px,
        reduceOnly: read.reduceOnly,
      }),
    ]),
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
    ...readRows(
      rowsIn(answer),
      `${place}data`,
      instrument,
      (read) => {
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
              deliveryTime: timeText(read.expTime),
            },
          },
        ];
      },
      'instruments',
    ),
    notes: [],
  }),
};

export const okxReaders = [account, positions, orders, instruments];
