/** Words of the cases of each venue that has terms of its own (venues/README.md, cex.md). */
import {
  availableByFactorOf,
  availableInCurrencyOf,
  availableOf,
  bybitRateOf,
  convertedOf,
  coverageOf,
  deribitAvailableOf,
  deribitEquityOf,
  deribitMarginBalanceOf,
  inCurrencyOf,
  initialFromMaintenanceOf,
  initialInCurrencyByFactorOf,
  krakenCollateralOf,
  marginBalanceOf,
  okxAccountRatioOf,
  deribitUsageOf,
  isolatedEquityOf,
  isolatedMarginOf,
  okxEquityInPartsOf,
  okxEquityOf,
  okxEquityUsdOf,
  profitRateOf,
  requiredShareOf,
} from '#lib/margin/account-formulas.ts';
import { bitgetRules } from '#lib/margin/venues/bitget.ts';
import { bitmexRules, SATOSHI_PER_COIN } from '#lib/margin/venues/bitmex.ts';
import { bybitEntryRules, bybitInverseCrossRules, bybitRules } from '#lib/margin/venues/bybit.ts';
import { deribitRules } from '#lib/margin/venues/deribit.ts';
import { GATE_FEE_RATE, gateRules } from '#lib/margin/venues/gate.ts';
import { krakenInverseRules, krakenLinearRules } from '#lib/margin/venues/kraken.ts';
import { okxRules } from '#lib/margin/venues/okx.ts';
import { type VenueRules } from '#lib/margin/venues/rules.ts';
import { fail, ok } from '#lib/contract.ts';
import { adjustedEquityText } from '#lib/wire/case-formula.ts';
import { either, from, NOTHING, perhaps } from './account-answers.ts';
import { type CaseReader } from './case-reader.ts';
import { type AnswerOf, type VenueWords } from './venue-words.ts';

function isInverse(reader: CaseReader): boolean {
  return reader.label('contractType') === 'inverse';
}
function settleOf(reader: CaseReader): string {
  return isInverse(reader) ? 'COIN' : 'USD';
}
const noPrice = (): null => null;

/** A margin balance as the case gives it, or wallet and PnL. */
const WHOLE_BALANCE = [
  ['walletBalance', 'totalMarginBalance'],
  ['unrealizedPnl', NOTHING],
] as const;
const PARTED_BALANCE = [
  ['walletBalance', 'totalWalletBalance'],
  ['unrealizedPnl', 'totalPerpUPL'],
] as const;

function bybitRulesOf(reader: CaseReader): VenueRules {
  const base = reader.label('marginBase');
  const inCross = [...bybit.cross, ...bybit.crossWithPnl].some((key) => reader.has(key));
  if (isInverse(reader) && inCross) return bybitInverseCrossRules;
  if (base === 'entry' || (base !== 'mark' && isInverse(reader))) return bybitEntryRules;
  const isMarked = reader.has('markPrice') || bybit.value.some((key) => reader.has(key));
  return base === 'mark' || isMarked ? bybitRules : bybitEntryRules;
}

const bybitShare = (required: string): AnswerOf =>
  either(
    from([...WHOLE_BALANCE, ['required', required]], bybitRateOf),
    from([...PARTED_BALANCE, ['required', required]], bybitRateOf),
  );
const bybitLeft = [
  ['initialMargin', 'totalInitialMargin'],
  ['haircut', perhaps('haircut')],
] as const;

const bybit: VenueWords = {
  rulesOf: bybitRulesOf,
  settleOf,
  isolated: ['isolatedWallet', 'isolatedMargin', 'margin', 'positionBalance'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance'],
  crossWithPnl: ['marginBalance', 'totalMarginBalance', 'accountEquity'],
  value: ['positionValue', 'notional', 'notionalValue'],
  table: 'table',
  noPrice,
  ratioShown: 'required-over-available',
  positionKeys: {
    isolatedMargin: 'initial',
    positionIM: 'initial',
    positionMM: 'maintenance',
    positionBalance: 'initial',
    bustPrice: 'bankruptcy',
    liqPrice: 'price',
  },
  otherKeys: {
    totalMarginBalance: from(PARTED_BALANCE, marginBalanceOf),
    totalAvailableBalance: either(
      from([...WHOLE_BALANCE, ...bybitLeft], availableOf),
      from([...PARTED_BALANCE, ...bybitLeft], availableOf),
    ),
    usdValue: from(
      [
        ['amount', 'accountEquity|walletBalance|balance'],
        ['index', 'usdIndex|usdtIndex|usdcIndex'],
      ],
      convertedOf,
    ),
    accountIMRate: bybitShare('totalInitialMargin'),
    accountMMRate: bybitShare('totalMaintenanceMargin'),
  },
  otherInputs: [
    'usdIndex',
    'usdtIndex',
    'usdcIndex',
    'marginBase',
    'totalWalletBalance',
    'totalPerpUPL',
    'totalInitialMargin',
    'totalMaintenanceMargin',
    'haircut',
  ],
};

const deribitSession = [
  ['balance', 'balance'],
  ['sessionUnrealized', perhaps('futuresSessionUpl')],
  ['sessionRealized', perhaps('futuresSessionRpl')],
] as const;
const ofDeribitBalance = [
  ['walletBalance', 'marginBalance|totalMarginBalanceUsd|totalMarginBalance'],
  ['unrealizedPnl', NOTHING],
] as const;
const MAINTENANCE_KEYS = 'totalMaintenanceMarginUsd|totalMaintenanceMargin|maintenanceMargin';

/** Fields of one currency of a cross-collateral account. */
function inCurrency(word: string, indexKey: string): Readonly<Record<string, AnswerOf>> {
  const index = ['index', indexKey] as const;
  const initial = ['initialMarginUsd', 'totalInitialMarginUsd'] as const;
  const balance = ['marginBalanceUsd', 'totalMarginBalanceUsd'] as const;
  const byFactor = [
    ['maintenanceMarginUsd', 'totalMaintenanceMarginUsd'],
    ['factor', 'imFactor'],
    index,
  ] as const;
  return {
    [`marginBalance${word}`]: from([['totalUsd', 'totalMarginBalanceUsd'], index], inCurrencyOf),
    [`maintenanceMargin${word}`]: from(
      [['totalUsd', 'totalMaintenanceMarginUsd'], index],
      inCurrencyOf,
    ),
    [`initialMargin${word}`]: either(
      from([['totalUsd', 'totalInitialMarginUsd'], index], inCurrencyOf),
      from(byFactor, initialInCurrencyByFactorOf),
    ),
    [`availableFunds${word}`]: either(
      from([balance, initial, index], availableInCurrencyOf),
      from([balance, ...byFactor], availableByFactorOf),
    ),
  };
}

const deribit: VenueWords = {
  rulesOf: () => deribitRules,
  settleOf,
  isolated: [],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance'],
  crossWithPnl: ['marginBalance', 'accountEquity', 'marginEquity'],
  value: ['notional', 'positionValue'],
  table: 'table',
  noPrice,
  hasOptions: true,
  ratioShown: 'required-over-available',
  positionKeys: {
    sizeCurrency: 'coins',
    totalProfitLoss: 'pnl',
    floatingProfitLoss: 'session-pnl',
    futuresSessionUpl: 'session-pnl',
    sessionUpl: 'session-pnl',
    estimatedLiquidationPrice: 'price',
  },
  otherKeys: {
    equity: from([...deribitSession, ['optionsValue', perhaps('optionsValue')]], deribitEquityOf),
    marginBalance: from(deribitSession, deribitMarginBalanceOf),
    availableFunds: either(
      from(
        [...ofDeribitBalance, ['initialMargin', 'initialMargin'], ['haircut', NOTHING]],
        availableOf,
      ),
      from([...deribitSession, ['initialMargin', 'initialMargin']], deribitAvailableOf),
    ),
    maintenanceUsage: either(
      from([...ofDeribitBalance, ['required', MAINTENANCE_KEYS]], requiredShareOf),
      from([...deribitSession, ['required', MAINTENANCE_KEYS]], deribitUsageOf),
    ),
    totalInitialMarginUsd: from(
      [
        ['maintenanceMargin', 'totalMaintenanceMarginUsd'],
        ['factor', 'imFactor'],
      ],
      initialFromMaintenanceOf,
    ),
    ...inCurrency('Usdc', 'usdcIndex'),
    ...inCurrency('Usdt', 'usdtIndex'),
    ...inCurrency('Usd', 'usdIndex'),
  },
  otherInputs: [
    'settlementPrice',
    'imBase',
    'mmBase',
    'slopePerCoin',
    'futuresSessionUpl',
    'futuresSessionRpl',
    'optionsValue',
    'initialMargin',
    'maintenanceMargin',
    'totalMaintenanceMarginUsd',
    'totalMarginBalanceUsd',
    'totalInitialMarginUsd',
    'totalMaintenanceMargin',
    'totalMarginBalance',
    'imFactor',
    'usdcIndex',
    'usdtIndex',
    'usdIndex',
  ],
};

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

const okx: VenueWords = {
  rulesOf: () => okxRules,
  settleOf,
  isolated: ['isolatedMargin', 'margin', 'isolatedWallet'],
  isolatedWithPnl: ['isoEq'],
  cross: ['cashBal', 'walletBalance', 'crossWalletBalance', 'balance'],
  crossWithPnl: ['accountEquity', 'marginBalance', 'marginEquity', 'adjEq'],
  ratio: 'marginRatio',
  value: ['notional', 'notionalValue', 'positionValue'],
  table: 'flat-table',
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
    eqUsd: either(
      from([['amount', 'eq|accountEquity'], OKX_INDEX], convertedOf),
      from([['cash', 'cashBal'], ['isolatedEquity', perhaps('isoEq')], OKX_INDEX], okxEquityUsdOf),
    ),
    isoEq: from(
      [
        ['margin', 'isolatedMargin|margin|isolatedWallet'],
        ['unrealizedPnl', 'isoUpl'],
      ],
      isolatedEquityOf,
    ),
    isolatedMargin: from(
      [
        ['equity', 'isoEq'],
        ['unrealizedPnl', 'isoUpl'],
      ],
      isolatedMarginOf,
    ),
    adjEq: adjustedEquity,
    marginRatio: either(
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
    ),
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

/** Gate prints 0, or for inverse shorts that nothing can end, this. */
const GATE_NEVER = '99999999';

const gateBalance = (source: string) =>
  [
    ['available', 'totalMarginBalance'],
    ['required', source],
  ] as const;

const gate: VenueWords = {
  rulesOf: () => gateRules,
  settleOf,
  isolated: ['margin', 'isolatedMargin', 'isolatedWallet'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance'],
  crossWithPnl: ['marginBalance', 'accountEquity'],
  value: ['positionValue', 'notional', 'notionalValue'],
  table: 'table',
  feeRate: GATE_FEE_RATE,
  noPrice: (reader) => (isInverse(reader) ? GATE_NEVER : '0'),
  ratioShown: 'required-over-available',
  positionKeys: { value: 'value', liqPrice: 'price', averageMaintenanceRate: 'rate' },
  otherKeys: {
    totalMaintenanceMarginRate: from(gateBalance('totalMaintenanceMargin'), coverageOf),
    totalInitialMarginRate: from(gateBalance('totalInitialMargin'), coverageOf),
    totalAvailableMargin: from(
      [...WHOLE_BALANCE, ['initialMargin', 'totalInitialMargin'], ['haircut', NOTHING]],
      availableOf,
    ),
  },
  otherInputs: ['totalMarginBalance', 'totalInitialMargin', 'totalMaintenanceMargin'],
};

const bitgetRatio = from(
  [
    ['walletBalance', 'accountEquity|adjEq'],
    ['unrealizedPnl', NOTHING],
    ['required', 'mmr|totalMaintenanceMargin'],
  ],
  requiredShareOf,
);

const bitget: VenueWords = {
  rulesOf: () => bitgetRules,
  settleOf,
  isolated: ['isolatedMargin', 'margin', 'isolatedWallet'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance'],
  crossWithPnl: ['accountEquity', 'marginBalance', 'marginEquity'],
  value: ['notional', 'notionalValue', 'positionValue'],
  table: 'flat-table',
  noPrice,
  ratioShown: 'required-over-available',
  positionKeys: {
    marginSize: 'initial',
    unrealizedPL: 'pnl',
    unrealizedPLR: 'return',
    keepMarginRate: 'rate',
  },
  otherKeys: {
    profitRate: from(
      [
        ['unrealizedPnl', 'unrealisedPnlShown|unrealizedPnl'],
        ['margin', 'positionBalance'],
      ],
      profitRateOf,
    ),
    mgnRatio: bitgetRatio,
    marginRatio: bitgetRatio,
  },
  otherInputs: ['unrealisedPnlShown', 'positionBalance', 'mmr', 'totalMaintenanceMargin', 'adjEq'],
};

const bitmex: VenueWords = {
  rulesOf: () => bitmexRules,
  unitsPerCoin: (reader) =>
    reader.has('unit') && isInverse(reader) ? SATOSHI_PER_COIN : undefined,
  settleOf: (reader) => (reader.has('unit') ? 'XBt' : isInverse(reader) ? 'XBT' : 'USDT'),
  isolated: ['isolatedWallet', 'margin', 'isolatedMargin'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance'],
  crossWithPnl: ['marginBalance', 'accountEquity'],
  value: [],
  table: 'flat-table',
  noPrice,
  ratioShown: 'required-over-available',
  positionKeys: {
    posCost: 'cost',
    markValue: 'value-at-mark',
    posInit: 'initial',
    posComm: 'fee',
    posMargin: 'opening-margin',
    posMaint: 'maintenance',
    maintMargin: 'equity',
  },
  otherKeys: {},
  otherInputs: ['unit'],
};

const kraken: VenueWords = {
  rulesOf: (reader) => (isInverse(reader) ? krakenInverseRules : krakenLinearRules),
  settleOf,
  isolated: ['isolatedMargin', 'margin', 'isolatedWallet'],
  isolatedWithPnl: [],
  cross: ['walletBalance', 'balance', 'crossWalletBalance', 'collateralValue'],
  crossWithPnl: ['marginEquity', 'accountEquity', 'marginBalance'],
  value: ['marginBase', 'positionValue', 'notional'],
  table: 'flat-table',
  noPrice: () => '0',
  ratioShown: 'required-over-available',
  initialByTier: true,
  positionKeys: { liquidationThreshold: 'price', returnOnEquity: 'return', pnl: 'pnl' },
  otherKeys: {
    collateralValue: from(
      [
        ['value', 'value'],
        ['haircut', perhaps('haircut')],
        ['conversionSpread', perhaps('conversionSpread')],
      ],
      krakenCollateralOf,
    ),
    availableMargin: from(
      [
        ['walletBalance', 'marginEquity'],
        ['unrealizedPnl', NOTHING],
        ['initialMargin', 'initialMargin|totalInitialMargin'],
        ['haircut', NOTHING],
      ],
      availableOf,
    ),
  },
  otherInputs: ['value', 'haircut', 'conversionSpread', 'initialMargin', 'totalInitialMargin'],
};

export const VENUE_WORDS: Readonly<Record<string, VenueWords>> = {
  bybit,
  deribit,
  okx,
  gate,
  bitget,
  bitmex,
  'kraken-futures': kraken,
};
