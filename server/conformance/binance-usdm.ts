/** Binance USDⓈ-M and COIN-M cases: which key of a case is which fact. Names only; every number stays text until lib takes it. */
import { fail, ok, type Result } from '#lib/contract.ts';
import {
  type CaseAccount,
  type CaseContract,
  type CaseGiven,
  type CaseLeg,
  type CaseRate,
  type CaseWallet,
} from '#lib/wire/case-account.ts';
import { settleAssetOf } from '#lib/wire/case-contract.ts';
import { isAboveZero, isDecimalText, isZeroText } from '#lib/wire/case-text.ts';
import { type CaseTierRow } from '#lib/wire/case-tiers.ts';
import { isFlat, isLeg, LEG_KEYS, legOf, missingInLeg } from './binance-legs.ts';
import {
  isMulti,
  missingInAccount,
  ORDER_KEYS,
  WALLET_KEYS,
  WITH_PNL_KEYS,
} from './binance-missing.ts';
import { ordersOf, placedRows } from './binance-rows.ts';
import { type CaseReader } from './case-reader.ts';
import { type Needs } from './needs.ts';
import { sideProblem } from './side.ts';
import { listProblem } from './list-problem.ts';
import { tierProblem, tierRowsOf } from './tier-rows.ts';

export interface MappedCase {
  readonly account: CaseAccount;
  /** The case is about its first leg, not about a whole account. */
  readonly aboutLeg: boolean;
  readonly tierRows: readonly CaseTierRow[];
  /** Inputs that also follow from the others: they must agree with what we derive. */
  readonly implied: readonly ImpliedInput[];
}

export interface ImpliedInput {
  readonly key: string;
  /** The expected key under which the same figure would stand. */
  readonly figure: string;
  readonly value: string;
}

export type BinanceVenue = 'binance-usdm' | 'binance-coinm';

/** COIN-M contracts settle in their coin. */
const CONTRACT_OF: Readonly<Record<BinanceVenue, CaseContract | undefined>> = {
  'binance-usdm': undefined,
  'binance-coinm': { kind: 'inverse', settle: 'COIN' },
};

/** Prose, or what no rule of this venue uses. */
const IRRELEVANT = ['note', 'indexPrice', 'takerFeeRate', 'assumedTakerFeeRate', 'tickSize'];
const TEXTS = ['contractType', 'note', 'symbol', 'side', 'tiers', 'positions', 'otherPositions'];
const ABOVE_ZERO = [
  'contractSize',
  'entryPrice',
  'markPrice',
  'leverage',
  'initialMarginRate',
  'usdtIndex',
  'usdtAskRate',
];
/** Of a position: none where nothing is held. */
const PRICES = ['entryPrice', 'markPrice'];
const ACCOUNT_KEYS = [
  ...WALLET_KEYS,
  ...WITH_PNL_KEYS,
  'otherPositions',
  'positions',
  ...ORDER_KEYS,
  'orderMargin',
  'totalUnrealizedProfit',
  'usdtUnrealizedProfit',
  'usdtMaintMargin',
  'totalMaintenanceMargin',
  'totalInitialMargin',
  'initialMargin',
  'usdtIndex',
  'usdtAskRate',
  'bufferEachSide',
  'floorQty',
  'previousRate',
  'previousMaintenanceAmount',
];
const USDT = 'USDT';
const USD = 'USD';
/** Binance's buffer of USDT in both records that were found (cex.md 1.3). */
const USDT_BUFFER = '0.0001';

export function mapBinance(
  reader: CaseReader,
  needs: Needs,
  venue: BinanceVenue,
): Result<MappedCase> {
  const problem = shapeProblem(reader, venue);
  if (problem !== undefined) return fail(problem);
  const multi = isMulti(reader);
  const placed = placedRows(reader, needs, CONTRACT_OF[venue]);
  const legs = placed.map(({ row, place }) => legOf(row, needs, place));
  const main = isLeg(reader) ? legs[0] : undefined;
  const missing =
    placed.map(({ row, place }) => missingInLeg(row, needs, place)).find(isText) ??
    missingInAccount(reader, needs, main, placed.length === 0);
  if (missing !== undefined) return fail(missing);
  const settle = CONTRACT_OF[venue]?.settle ?? settleAssetOf(legs[0]?.symbol ?? USDT);
  return ok({
    account: {
      assetMode: multi ? 'multi' : 'single',
      legs: legs.filter((leg) => !isZeroText(leg.size)),
      given: multi ? givenInMulti(reader, needs, main) : givenInSingle(reader, needs, main, settle),
      orders: needs.orders ? ordersOf(reader, placed, legs, CONTRACT_OF[venue]?.settle) : [],
      wallets: multi ? multiWallets(reader, needs) : singleWallets(reader, needs, main, settle),
      rates: multi ? [usdtRate(reader, needs)] : [],
    },
    aboutLeg: main !== undefined && !isZeroText(main.size),
    tierRows: reader.has('tiers') ? (tierRowsOf(reader.rows('tiers')) ?? []) : [],
    implied: impliedBy(reader, main),
  });
}

function shapeProblem(reader: CaseReader, venue: BinanceVenue): string | undefined {
  const nested = [...reader.list('positions'), ...reader.list('otherPositions')];
  return (
    unknownKey(reader, [...LEG_KEYS, ...ACCOUNT_KEYS, ...IRRELEVANT]) ??
    nested
      .map((one) => unknownKey(one, [...LEG_KEYS, ...ORDER_KEYS, ...IRRELEVANT]))
      .find(isText) ??
    [reader, ...nested].map((one) => valueProblem(one, venue)).find(isText)
  );
}

function isText(found: string | undefined): found is string {
  return found !== undefined;
}

function unknownKey(reader: CaseReader, known: readonly string[]): string | undefined {
  const strange = reader.entries.find(([key]) => !known.includes(key));
  return strange === undefined ? undefined : `input "${strange[0]}" is not understood`;
}

function valueProblem(reader: CaseReader, venue: BinanceVenue): string | undefined {
  const own = CONTRACT_OF[venue]?.kind ?? 'linear';
  if ((reader.label('contractType') ?? own) !== own) {
    return `only ${own} contracts belong to this rule set`;
  }
  if (own === 'inverse' && reader.has('size') && !reader.has('contractSize')) {
    return 'an inverse contract without face value';
  }
  for (const [key, value] of reader.entries) {
    if (TEXTS.includes(key) || IRRELEVANT.includes(key) || value === null) continue;
    if (typeof value !== 'string' || !isDecimalText(value)) return `input "${key}" is no number`;
    const unused = PRICES.includes(key) && isFlat(reader);
    if (ABOVE_ZERO.includes(key) && !unused && !isAboveZero(value))
      return `input "${key}" is not above zero`;
  }
  return sideProblem(reader) ?? listProblem(reader) ?? tierProblem(reader);
}

function singleWallets(
  reader: CaseReader,
  needs: Needs,
  main: CaseLeg | undefined,
  settle: string,
): readonly CaseWallet[] {
  const alone = main !== undefined && main.collateral.kind !== 'cross';
  if (!needs.pool || (alone && !needs.wallets)) return [];
  const withPnl = reader.firstOf(...WITH_PNL_KEYS);
  if (withPnl !== undefined) return [{ asset: settle, kind: 'with-pnl', amount: withPnl }];
  const cross = reader.text('crossWalletBalance');
  if (cross !== undefined) return [{ asset: settle, kind: 'cross', amount: cross }];
  const whole = reader.firstOf('walletBalance', 'balance', 'totalWalletBalance');
  return whole === undefined ? [] : [{ asset: settle, kind: 'whole', amount: whole }];
}

function multiWallets(reader: CaseReader, needs: Needs): readonly CaseWallet[] {
  if (!needs.pool) return [];
  const dollars = reader.firstOf('totalWalletBalance', 'totalMarginBalance');
  const own = reader.firstOf('walletBalance', 'crossWalletBalance', 'balance');
  return [
    ...(dollars === undefined ? [] : [{ asset: USD, kind: 'cross', amount: dollars } as const]),
    ...(own === undefined ? [] : [{ asset: USDT, kind: 'cross', amount: own } as const]),
  ];
}

function usdtRate(reader: CaseReader, needs: Needs): CaseRate {
  const ask = reader.text('usdtAskRate');
  const index = ask === undefined ? reader.text('usdtIndex') : undefined;
  const converts = reader.has('usdtUnrealizedProfit') || index !== undefined || needs.prices;
  const buffer = (converts ? reader.text('bufferEachSide') : undefined) ?? USDT_BUFFER;
  return {
    asset: USDT,
    buffer,
    ...(ask === undefined ? {} : { ask }),
    ...(index === undefined ? {} : { index }),
  };
}

/** Totals in place of positions: USDT figures convert, USD figures stand as they are. */
function givenInMulti(
  reader: CaseReader,
  needs: Needs,
  main: CaseLeg | undefined,
): readonly CaseGiven[] {
  const balance = needs.equity || needs.cross || needs.pnl;
  const usdtPnl = balance && main === undefined ? reader.text('usdtUnrealizedProfit') : undefined;
  const usdtMaintenance = main === undefined ? reader.text('usdtMaintMargin') : undefined;
  const usdPnl =
    balance && usdtPnl === undefined ? reader.text('totalUnrealizedProfit') : undefined;
  const usdMaintenance =
    needs.ratio && usdtMaintenance === undefined && main === undefined
      ? reader.text('totalMaintenanceMargin')
      : undefined;
  const usdInitial = needs.initial || needs.cross ? reader.text('totalInitialMargin') : undefined;
  return [
    ...givenPart(USDT, { unrealizedPnl: usdtPnl, maintenanceMargin: usdtMaintenance }),
    ...givenPart(USD, {
      unrealizedPnl: usdPnl,
      maintenanceMargin: usdMaintenance,
      initialMargin: usdInitial,
    }),
  ];
}

function givenInSingle(
  reader: CaseReader,
  needs: Needs,
  main: CaseLeg | undefined,
  settle: string,
): readonly CaseGiven[] {
  const orderMargin = needs.orders ? reader.text('orderMargin') : undefined;
  if (main !== undefined) return givenPart(settle, { orderMargin, ...restOf(reader, needs, main) });
  return givenPart(settle, {
    orderMargin,
    unrealizedPnl:
      needs.equity || needs.cross || needs.pnl ? reader.text('totalUnrealizedProfit') : undefined,
    maintenanceMargin: needs.ratio ? reader.text('totalMaintenanceMargin') : undefined,
    initialMargin:
      needs.initial || needs.cross
        ? reader.firstOf('initialMargin', 'totalInitialMargin')
        : undefined,
  });
}

/** Beside a position whose price is asked, sums without positions are of the rest of the account (cex.md 1.2: TMM, UPNL). */
function restOf(reader: CaseReader, needs: Needs, main: CaseLeg) {
  const listed = reader.has('otherPositions') || reader.has('positions');
  if (!needs.prices || listed || main.collateral.kind !== 'cross') return {};
  return {
    unrealizedPnl: reader.text('totalUnrealizedProfit'),
    maintenanceMargin: reader.text('totalMaintenanceMargin'),
  };
}

type GivenKey = 'unrealizedPnl' | 'initialMargin' | 'maintenanceMargin' | 'orderMargin';

/** Nothing where no part is given. */
function givenPart(
  asset: string,
  parts: Partial<Readonly<Record<GivenKey, string | undefined>>>,
): readonly CaseGiven[] {
  const found = Object.entries(parts).filter(([, text]) => text !== undefined);
  return found.length === 0 ? [] : [{ asset, ...Object.fromEntries(found) }];
}

/** A requirement that stands beside the notional and rate it follows from. */
function impliedBy(reader: CaseReader, main: CaseLeg | undefined): readonly ImpliedInput[] {
  const value = main === undefined ? undefined : reader.text('usdtMaintMargin');
  return value === undefined ? [] : [{ key: 'usdtMaintMargin', figure: 'assetMaintMargin', value }];
}
