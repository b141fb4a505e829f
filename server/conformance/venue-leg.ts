/** One position of a case as a leg: only what the asked figure depends on is read. */
import { type CaseCollateral, type CaseLeg, type CaseRequirement } from '#lib/wire/case-account.ts';
import { isZeroText } from '#lib/wire/case-text.ts';
import { sideOf } from './side.ts';
import { tierRowsOf } from './tier-rows.ts';
import { type CaseReader } from './case-reader.ts';
import { type Backing, type VenueWords, type Wants } from './venue-words.ts';

const GROWTH_KEYS = ['imBase', 'mmBase', 'slopePerCoin'];

/** More leverage than any tier lends. */
const AS_THE_TIER_ALLOWS = '1000000000';
const NOTHING_ASKED: CaseRequirement = { kind: 'flat', rate: '0', amount: '0' };

/** What a leg belongs to. */
export interface Context {
  readonly words: VenueWords;
  readonly backing: Backing['kind'];
  readonly settle: string;
}

export function legOf(reader: CaseReader, wants: Wants, context: Context, name: string): CaseLeg {
  const { words, backing, settle } = context;
  const kind = kindOf(reader, settle);
  const bare = !reader.has('size') || (!wants.mark && isScaleFree(reader, wants, words, backing));
  const valued = wants.mark || wants.entry || wants.index;
  const value =
    valued && needsValue(reader, wants, bare) ? reader.firstOf(...words.value) : undefined;
  const indexed = wants.index && kind === 'linear' ? reader.text('indexPrice') : undefined;
  const marked = wants.mark || (wants.index && indexed === undefined);
  const mark = marked && value === undefined ? reader.text('markPrice') : undefined;
  const entry = entryOf(reader, wants);
  const leverage = wants.leverage ? leverageOf(reader, words) : undefined;
  const rate =
    wants.leverage && leverage === undefined ? reader.text('initialMarginRate') : undefined;
  const size = bare ? '1' : (reader.text('size') ?? '1');
  const contractSize = bare ? undefined : reader.text('contractSize');
  return {
    symbol: reader.label('symbol') ?? name,
    side: wants.side ? sideOf(reader) : 'long',
    size,
    requirement: wants.requirement ? requirementOf(reader, words) : NOTHING_ASKED,
    collateral: collateralOf(reader, wants, words, backing),
    ...(contractSize === undefined ? {} : { contractSize }),
    ...(mark === undefined ? {} : { markPrice: mark }),
    ...(value === undefined ? {} : { notional: value }),
    ...(entry === undefined ? {} : { entryPrice: entry }),
    ...(leverage === undefined ? {} : { leverage }),
    ...(rate === undefined ? {} : { initialMarginRate: rate }),
    contract: contractOf(reader, wants, { ...context, settle }, kind, indexed),
  };
}

function leverageOf(reader: CaseReader, words: VenueWords): string | undefined {
  const byTier = words.initialByTier === true && reader.has('tiers');
  const chosen = reader.text('leverage');
  return chosen === undefined && byTier ? AS_THE_TIER_ALLOWS : chosen;
}

/** What leverage alone gives is the same for every size, unless an amount stands beside it or units are whole. */
function isScaleFree(
  reader: CaseReader,
  wants: Wants,
  words: VenueWords,
  backing: Backing['kind'],
): boolean {
  if (words.unitsPerCoin !== undefined) return false;
  const amounts = ['extraMargin', 'maintenanceAmount', 'maintenanceDeduction'];
  const adds = amounts.some((key) => !isZeroText(reader.label(key) ?? '0'));
  return backing === 'by-leverage' && wants.tick && !adds && !reader.has('tiers');
}

/** A value given stands for the price that it would follow from. */
function needsValue(reader: CaseReader, wants: Wants, bare: boolean): boolean {
  if (bare) return true;
  const priced = wants.mark ? reader.has('markPrice') : reader.has('entryPrice');
  return !priced && !(wants.index && reader.has('indexPrice'));
}

function contractOf(
  reader: CaseReader,
  wants: Wants,
  { words, settle }: Context,
  kind: 'linear' | 'inverse',
  indexPrice: string | undefined,
): NonNullable<CaseLeg['contract']> {
  const fee = wants.fee
    ? (reader.firstOf('takerFeeRate', 'assumedTakerFeeRate') ?? words.feeRate)
    : undefined;
  const unitsPerCoin = words.unitsPerCoin?.(reader);
  const tick = wants.tick ? reader.text('tickSize') : undefined;
  const grows = GROWTH_KEYS.some((key) => reader.has(key));
  const symbol = reader.label('symbol');
  const underlying = symbol === undefined ? undefined : words.underlyingOf?.(symbol);
  return {
    kind,
    settle,
    ...(unitsPerCoin === undefined ? {} : { unitsPerCoin }),
    ...(underlying === undefined ? {} : { underlying }),
    ...(indexPrice === undefined ? {} : { indexPrice }),
    ...(fee === undefined ? {} : { takerFeeRate: fee }),
    ...(tick === undefined ? {} : { tickSize: tick }),
    ...(grows ? { growth: growthOf(reader, wants) } : {}),
  };
}

function entryOf(reader: CaseReader, wants: Wants): string | undefined {
  if (wants.settlement) return reader.text('settlementPrice');
  return wants.entry ? reader.text('entryPrice') : undefined;
}

function growthOf(
  reader: CaseReader,
  wants: Wants,
): {
  readonly initialBase: string;
  readonly maintenanceBase: string;
  readonly perCoin: string;
} {
  const grows = wants.initialRate || wants.requirement;
  return {
    initialBase: (wants.initialRate ? reader.text('imBase') : undefined) ?? '0',
    maintenanceBase: (wants.requirement ? reader.text('mmBase') : undefined) ?? '0',
    perCoin: (grows ? reader.text('slopePerCoin') : undefined) ?? '0',
  };
}

function requirementOf(reader: CaseReader, words: VenueWords): CaseRequirement {
  const rows = reader.has('tiers') ? tierRowsOf(reader.rows('tiers')) : undefined;
  if (rows !== undefined) return { kind: words.table, rows };
  const rate = reader.text('maintenanceMarginRate');
  if (rate === undefined) return NOTHING_ASKED;
  const amount = reader.firstOf('maintenanceAmount', 'maintenanceDeduction') ?? '0';
  return { kind: 'flat', rate, amount };
}

function collateralOf(
  reader: CaseReader,
  wants: Wants,
  words: VenueWords,
  backing: Backing['kind'],
): CaseCollateral {
  const extra =
    wants.collateral || backing === 'by-leverage' ? reader.text('extraMargin') : undefined;
  switch (backing) {
    case 'isolated':
      return {
        kind: 'isolated-wallet',
        amount: (wants.collateral ? reader.firstOf(...words.isolated) : undefined) ?? '0',
        ...(extra === undefined ? {} : { extra }),
      };
    case 'isolated-with-pnl':
      return {
        kind: 'isolated-with-pnl',
        amount: (wants.collateral ? reader.firstOf(...words.isolatedWithPnl) : undefined) ?? '0',
      };
    case 'by-leverage':
      return wants.leverage
        ? { kind: 'isolated-by-leverage', extra: extra ?? '0' }
        : { kind: 'isolated-wallet', amount: '0' };
    case 'cross':
    case 'with-pnl':
    case 'by-ratio':
      return { kind: 'cross' };
  }
}

/** As the contract says, or as the pool it belongs to. */
export function kindOf(reader: CaseReader, settle: string): 'linear' | 'inverse' {
  const kind = reader.label('contractType');
  if (kind === undefined) return settle === 'COIN' ? 'inverse' : 'linear';
  return kind === 'inverse' ? 'inverse' : 'linear';
}
