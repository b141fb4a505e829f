/** Positions of Binance USDⓈ-M cases: which key is which fact of a leg, as far as the expected figures need it. */
import {
  type CaseContract,
  type CaseCollateral,
  type CaseLeg,
  type CaseRequirement,
} from '#lib/wire/case-account.ts';
import { isZeroText } from '#lib/wire/case-text.ts';
import { type CaseReader } from './case-reader.ts';
import { sideOf, tellsSide } from './side.ts';
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
  /** What it gains or loses is given beside it. */
  readonly pnlGiven: boolean;
  /** Stands for a missing symbol. */
  readonly name: string;
}

export function isLeg(reader: CaseReader): boolean {
  return reader.has('size') || VALUES.some((key) => reader.has(key));
}

export function hasOrders(reader: CaseReader): boolean {
  return reader.has('bidNotional') || reader.has('askNotional');
}

/** Nothing is held: at most orders rest. */
export function isFlat(reader: CaseReader): boolean {
  if (reader.has('size')) return isZeroText(reader.label('size') ?? '');
  const value = VALUES.map((key) => reader.label(key)).find((text) => text !== undefined);
  return value === undefined || isZeroText(value);
}

/** What the asked figures need of a leg and the case does not give; undefined where nothing lacks. */
export function missingInLeg(
  reader: CaseReader,
  needs: Needs,
  place: LegPlace,
): string | undefined {
  const lacks = (wanted: boolean, ...keys: readonly string[]): boolean =>
    wanted && !keys.some((key) => reader.has(key));
  const ordered = needs.orders && hasOrders(reader);
  if (lacks(ordered, 'leverage')) return 'needs a leverage';
  if (lacks(!ordered, 'size', ...VALUES)) return 'needs a size';
  if (isFlat(reader)) return undefined;
  const wants = wantsOf(needs, place, collateralOf(reader, needs, place), ordered);
  const movesAlong = place.moves && !place.asked;
  if (wants.side && !tellsSide(reader)) return 'needs a side';
  if (lacks(wants.entry, 'entryPrice')) return 'needs an entry price';
  if (lacks(wants.entry, 'size')) return 'needs a size';
  if (lacks(wants.mark && !movesAlong, 'markPrice', ...VALUES)) return 'needs a mark price';
  if (lacks(wants.leverage, 'leverage', 'initialMarginRate')) return 'needs a leverage';
  return lacks(wants.requirement, 'maintenanceMarginRate', 'tiers')
    ? 'needs a maintenance rate'
    : undefined;
}

/** A bare value without size is one unit at that price. */
export function legOf(reader: CaseReader, needs: Needs, place: LegPlace): CaseLeg {
  const collateral = collateralOf(reader, needs, place);
  const wants = wantsOf(
    needs,
    place,
    collateral,
    needs.orders && hasOrders(reader) && !isFlat(reader),
  );
  const bare = !reader.has('size') || isWorthGiven(reader, needs, wants);
  const markPrice = wants.mark && !bare ? reader.text('markPrice') : undefined;
  const leverage = wants.leverage ? reader.text('leverage') : undefined;
  return {
    symbol: reader.label('symbol') ?? place.name,
    side: wants.side ? sideOf(reader) : 'long',
    size: isFlat(reader) ? '0' : bare ? ONE_UNIT : (reader.text('size') ?? ONE_UNIT),
    collateral,
    requirement: wants.requirement ? requirementOf(reader) : NOTHING_ASKED,
    ...(place.contract === undefined ? {} : { contract: place.contract }),
    ...optional('contractSize', bare ? undefined : reader.text('contractSize')),
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

/** Its value stands in the case, and nothing else of it depends on its size. */
function isWorthGiven(reader: CaseReader, needs: Needs, { entry }: Wants): boolean {
  return (
    !entry && !needs.prices && !reader.has('markPrice') && VALUES.some((key) => reader.has(key))
  );
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
function wantsOf(
  needs: Needs,
  place: LegPlace,
  collateral: CaseCollateral,
  ordered: boolean,
): Wants {
  const withPnl = place.balanceWithPnl || collateral.kind === 'isolated-with-pnl';
  const byLeverage = collateral.kind === 'isolated-by-leverage';
  const inCross = needs.cross && collateral.kind === 'cross';
  const equity = needs.equity || inCross;
  const ownEquity = equity && !place.pnlGiven;
  const ownPnl = place.asked && needs.pnl;
  const ownMark = place.asked && (needs.value || needs.initial || needs.maintenance || needs.pnl);
  const walletBehindPnl = needs.wallets && withPnl;
  return {
    side: ownPnl || ownEquity || needs.prices || walletBehindPnl || ordered,
    entry: ownPnl || byLeverage || walletBehindPnl || ((ownEquity || needs.prices) && !withPnl),
    mark:
      ownMark ||
      ownEquity ||
      ordered ||
      walletBehindPnl ||
      (needs.prices && (withPnl || !place.moves)),
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

/** Figures of the position alone need no collateral, and then none is read. */
function collateralOf(reader: CaseReader, needs: Needs, place: LegPlace): CaseCollateral {
  const counts = needs.equity || needs.prices || needs.wallets;
  if (reader.has('isolatedWallet')) {
    const amount = counts ? reader.text('isolatedWallet') : undefined;
    return { kind: 'isolated-wallet', amount: amount ?? '0' };
  }
  if (reader.has('isolatedMargin')) {
    const amount = counts ? reader.text('isolatedMargin') : undefined;
    return { kind: 'isolated-with-pnl', amount: amount ?? '0' };
  }
  const lent = reader.has('leverage') || reader.has('initialMarginRate');
  if (needs.prices && !place.hasBalance && lent && reader.has('extraMargin')) {
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
