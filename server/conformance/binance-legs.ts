/** Positions of Binance USDⓈ-M cases: which key is which fact of a leg, as far as the expected figures need it. */
import {
  type CaseContract,
  type CaseCollateral,
  type CaseLeg,
  type CaseRequirement,
} from '#lib/wire/case-account.ts';
import { type CaseReader } from './case-reader.ts';
import { tierRowsOf } from './tier-rows.ts';
import { type Needs } from './needs.ts';

export const LEG_KEYS = [
  'contractType',
  'symbol',
  'side',
  'size',
  'contractSize',
  'entryPrice',
  'markPrice',
  'notional',
  'notionalValue',
  'positionValue',
  'leverage',
  'initialMarginRate',
  'maintenanceMarginRate',
  'maintenanceAmount',
  'maintenanceDeduction',
  'tiers',
  'isolatedWallet',
  'isolatedMargin',
  'extraMargin',
];

const VALUES = ['notional', 'notionalValue', 'positionValue'] as const;
const ONE_UNIT = '1';
const NOTHING_ASKED: CaseRequirement = { kind: 'flat', rate: '0', amount: '0' };

export interface LegPlace {
  /** Its own figures are asked for, not only what it does to the pool. */
  readonly asked: boolean;
  /** The pool's balance is given with PnL inside. */
  readonly balanceWithPnl: boolean;
  /** The pool has a balance of its own; without one, a leg with leverage is isolated. */
  readonly hasBalance: boolean;
  /** Its price is the one that is looked for. */
  readonly moves: boolean;
  /** Set for contracts of one coin. */
  readonly contract?: CaseContract;
  /** Stands for a missing symbol. */
  readonly name: string;
}

export function isLeg(reader: CaseReader): boolean {
  return reader.has('size') || VALUES.some((key) => reader.has(key));
}

/** A bare value without size is one unit at that price. */
export function legOf(reader: CaseReader, needs: Needs, place: LegPlace): CaseLeg {
  const collateral = collateralOf(reader, needs, place);
  const wants = wantsOf(needs, place, collateral);
  const bare = !reader.has('size');
  const markPrice = wants.mark && !bare ? reader.text('markPrice') : undefined;
  const leverage = wants.leverage ? reader.text('leverage') : undefined;
  return {
    symbol: reader.label('symbol') ?? place.name,
    side: wants.side ? sideOf(reader) : 'long',
    size: bare ? ONE_UNIT : (reader.text('size') ?? ONE_UNIT),
    collateral,
    requirement: wants.requirement ? requirementOf(reader) : NOTHING_ASKED,
    ...(place.contract === undefined ? {} : { contract: place.contract }),
    ...optional('contractSize', reader.text('contractSize')),
    ...optional('entryPrice', wants.entry ? reader.text('entryPrice') : undefined),
    ...optional('markPrice', markPrice),
    ...optional(
      'notional',
      wants.mark && markPrice === undefined ? reader.firstOf(...VALUES) : undefined,
    ),
    ...optional('leverage', leverage),
    ...optional(
      'initialMarginRate',
      wants.leverage && leverage === undefined ? reader.text('initialMarginRate') : undefined,
    ),
  };
}

interface Wants {
  readonly side: boolean;
  readonly entry: boolean;
  readonly mark: boolean;
  readonly leverage: boolean;
  readonly requirement: boolean;
}

/**
 * Where the balance already contains PnL, the entry cancels out and the mark does not; where it does not, an own liquidation
 * price depends on the entry and not on the mark.
 */
function wantsOf(needs: Needs, place: LegPlace, collateral: CaseCollateral): Wants {
  const withPnl = place.balanceWithPnl || collateral.kind === 'isolated-with-pnl';
  const byLeverage = collateral.kind === 'isolated-by-leverage';
  const inCross = needs.cross && collateral.kind === 'cross';
  const equity = needs.equity || inCross;
  const ownPnl = place.asked && needs.pnl;
  const ownMark = place.asked && (needs.value || needs.initial || needs.maintenance || needs.pnl);
  const walletBehindPnl = needs.wallets && withPnl;
  return {
    side: ownPnl || equity || needs.prices || walletBehindPnl,
    entry: ownPnl || byLeverage || walletBehindPnl || ((equity || needs.prices) && !withPnl),
    mark: ownMark || equity || walletBehindPnl || (needs.prices && (withPnl || !place.moves)),
    leverage: byLeverage || inCross || (place.asked && needs.initial),
    requirement: needs.prices || needs.ratio || (place.asked && needs.maintenance),
  };
}

type OptionalText =
  | 'contractSize'
  | 'entryPrice'
  | 'markPrice'
  | 'notional'
  | 'leverage'
  | 'initialMarginRate';

function optional(
  key: OptionalText,
  text: string | undefined,
): Partial<Record<OptionalText, string>> {
  return text === undefined ? {} : { [key]: text };
}

const SHORT_WORDS = ['short', 'sell'];

function sideOf(reader: CaseReader): CaseLeg['side'] {
  const word = reader.text('side')?.toLowerCase() ?? '';
  return SHORT_WORDS.includes(word) ? 'short' : 'long';
}

/** Figures of the position alone need no collateral, and then none is read. */
function collateralOf(reader: CaseReader, needs: Needs, place: LegPlace): CaseCollateral {
  if (reader.has('isolatedWallet')) {
    const amount = needs.pool ? reader.text('isolatedWallet') : undefined;
    return { kind: 'isolated-wallet', amount: amount ?? '0' };
  }
  if (reader.has('isolatedMargin')) {
    const amount = needs.pool ? reader.text('isolatedMargin') : undefined;
    return { kind: 'isolated-with-pnl', amount: amount ?? '0' };
  }
  const lent = reader.has('leverage') || reader.has('initialMarginRate');
  if (needs.prices && !place.hasBalance && lent) {
    return { kind: 'isolated-by-leverage', extra: reader.text('extraMargin') ?? '0' };
  }
  return { kind: 'cross' };
}

function requirementOf(reader: CaseReader): CaseRequirement {
  const rows = reader.has('tiers') ? tierRowsOf(reader.rows('tiers')) : undefined;
  if (rows !== undefined) return { kind: 'table', rows };
  const rate = reader.text('maintenanceMarginRate');
  if (rate === undefined) return { kind: 'built-in' };
  const amount = reader.firstOf('maintenanceAmount', 'maintenanceDeduction') ?? '0';
  return { kind: 'flat', rate, amount };
}
