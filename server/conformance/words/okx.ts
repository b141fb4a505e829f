/** Words of OKX cases (cex.md 4). */
import { fail, ok } from '#lib/contract.ts';
import {
  convertedOf,
  coverageOf,
  isolatedEquityOf,
  isolatedMarginOf,
  okxAccountRatioOf,
  okxInverseRatioOf,
  okxLinearRatioOf,
  okxEquityInPartsOf,
  okxEquityOf,
  okxEquityUsdOf,
} from '#lib/margin/account-formulas.ts';
import { okxRules } from '#lib/margin/venues/okx.ts';
import { adjustedEquityText } from '#lib/wire/case-formula.ts';
import { either, from, perhaps } from '../account-answers.ts';
import { type AnswerOf, type VenueWords } from '../venue-words.ts';
import { HELD, isInverse, noPrice, settleOf } from './shared.ts';

const OKX_INDEX = ['index', 'usdIndex|usdtIndex|usdcIndex'] as const;

const adjustedEquity: AnswerOf = (reader) => {
  const rows = reader.list('collateral').map((row) => ({
    equityUsd: row.text('eqUsd'),
    discount: row.label('eqUsd')?.startsWith('-') === true ? '1' : row.text('discount'),
  }));
  const full = rows.flatMap(({ equityUsd, discount }) =>
    equityUsd === undefined || discount === undefined ? [] : [{ equityUsd, discount }],
  );
  return rows.length === 0 || full.length < rows.length
    ? fail('"collateral" is needed, each with "eqUsd" and "discount"')
    : ok(adjustedEquityText(full, reader.text('isoEq') ?? '0'));
};

const positionRatio: AnswerOf = (reader) =>
  from(
    [
      ...HELD,
      ['equity', 'accountEquity|marginBalance|marginEquity'],
      ['maintenanceMargin', 'mmr'],
      ['feeRate', 'takerFeeRate|assumedTakerFeeRate'],
    ],
    isInverse(reader) ? okxInverseRatioOf : okxLinearRatioOf,
  )(reader);

const accountRatio = either(
  positionRatio,
  from(
    [
      ['adjustedEquity', 'adjEq'],
      ['maintenanceMargin', 'mmr'],
      ['notional', 'notionalUsdForBorrow|notionalValue|notional|positionValue'],
      ['feeRate', 'assumedTakerFeeRate|takerFeeRate'],
    ],
    okxAccountRatioOf,
  ),
  from(
    [
      ['available', 'adjEq'],
      ['required', 'mmr'],
    ],
    coverageOf,
  ),
);

const equityUsd = either(
  from([['amount', 'eq|accountEquity'], OKX_INDEX], convertedOf),
  from([['cash', 'cashBal'], ['isolatedEquity', perhaps('isoEq')], OKX_INDEX], okxEquityUsdOf),
);
const isolatedMargin = from(
  [
    ['equity', 'isoEq'],
    ['unrealizedPnl', 'isoUpl'],
  ],
  isolatedMarginOf,
);

export const okxWords: VenueWords = {
  rulesOf: () => okxRules,
  settleOf,
  isolated: ['isolatedMargin', 'margin', 'isolatedWallet'],
  isolatedWithPnl: ['isoEq'],
  cross: ['cashBal', 'walletBalance', 'crossWalletBalance', 'balance'],
  crossWithPnl: ['accountEquity', 'marginBalance', 'marginEquity', 'adjEq'],
  crossLess: ['orderMargin'],
  ratio: 'marginRatio',
  value: ['notional', 'notionalValue', 'positionValue'],
  table: 'flat-table',
  tiersByContracts: true,
  noPrice,
  ratioShown: 'available-over-required',
  positionKeys: {
    upl: 'pnl',
    uplRatio: 'return',
    imr: 'initial',
    mmr: 'maintenance-without-fee',
    maintenanceMargin: 'maintenance-without-fee',
    mgnRatio: 'ratio',
    liqPx: 'price',
    margin: 'initial-at-entry',
    isolatedMargin: 'initial-at-entry',
  },
  otherKeys: {
    eq: either(
      from(
        [
          ['cash', 'cashBal'],
          ['margin', 'isolatedMargin|margin|isolatedWallet'],
          ['unrealizedPnl', 'isoUpl'],
        ],
        okxEquityInPartsOf,
      ),
      from(
        [
          ['cash', 'cashBal'],
          ['isolatedEquity', perhaps('isoEq')],
        ],
        okxEquityOf,
      ),
    ),
    eqUsd: equityUsd,
    disEq: equityUsd,
    isoEq: from(
      [
        ['margin', 'isolatedMargin|margin|isolatedWallet'],
        ['unrealizedPnl', 'isoUpl'],
      ],
      isolatedEquityOf,
    ),
    isolatedMargin,
    margin: isolatedMargin,
    adjEq: adjustedEquity,
    marginRatio: accountRatio,
    mgnRatio: accountRatio,
  },
  otherInputs: [
    'eq',
    'isoEq',
    'isoUpl',
    'usdIndex',
    'usdtIndex',
    'usdcIndex',
    'mmr',
    'notionalUsdForBorrow',
    'collateral',
    'initialMargin',
  ],
};
