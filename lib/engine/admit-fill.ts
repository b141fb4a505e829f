/** Which fills may happen: every refusal is one sentence, and nothing has been touched when it is said. */
import { fail, ok, type Result } from '../contract.ts';
import {
  gridOf,
  integerTierAt,
  leverageUnitsOf,
  magnitudeOf,
  marginAtLeverage,
  notionalFraction,
  notionalUnits,
  type IntegerTier,
} from '../market/grid.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AssetId } from '../units/ids.ts';
import {
  divide,
  lots,
  moneyFromUnits,
  moneyUnits,
  RATE_SCALE,
  type Lots,
  type MoneyUnits,
} from '../units/scaled.ts';
import { type EngineEvent } from './event.ts';
import { bookIntoPosition, splitTrade, tradeOf, traderOf, walletOf, type Trade } from './ledger.ts';
import { positionKey, type EngineState, type LedgerAccount, type LedgerPosition } from './state.ts';

export type FillFact = Omit<Extract<EngineEvent, { readonly kind: 'fill' }>, 'kind'>;

/** Free margin of the pool that pays, in the settle asset; undefined when it cannot be told (a mark is missing or stale). */
export type MarginSource = () => MoneyUnits | undefined;

/** A fill that is well formed, with what it will cost. */
export interface AdmittedFill {
  readonly account: LedgerAccount;
  readonly instrument: Instrument;
  readonly trade: Trade;
  readonly held: LedgerPosition | undefined;
  readonly opening: Lots;
  readonly leverageUnits: bigint;
  readonly fee: MoneyUnits;
  /** notional of the opening part / leverage, rounded up. */
  readonly openingMargin: MoneyUnits;
  readonly fact: FillFact;
}

/** Checks what the fill names and says; what it would risk and reserve is `fillRefusal`. */
export function admitFill(state: EngineState, fact: FillFact): Result<AdmittedFill> {
  const account = traderOf(state, fact.accountId);
  if (account === undefined) return fail(`account ${fact.accountId} is not known`);
  const instrument = state.instruments.get(fact.instrumentId);
  if (instrument === undefined) return fail(`instrument ${fact.instrumentId} is not known`);
  const leverageUnits = leverageUnitsOf(fact.leverage);
  if (leverageUnits === undefined) {
    return fail(`leverage ${fact.leverage} must be above zero with at most four decimals`);
  }
  const held = account.positions.get(positionKey(fact.instrumentId, fact.positionSide));
  const refusal = shapeRefusal(account, fact, held);
  if (refusal !== undefined) return fail(refusal);
  const trade = tradeOf(instrument, fact.lots, fact.priceTicks);
  const { opening } = splitTrade(held === undefined ? lots(0n) : held.lots, fact.lots);
  return ok({
    account,
    instrument,
    trade,
    held,
    opening,
    leverageUnits,
    fee: takerFee(instrument, magnitudeOf(trade.value)),
    openingMargin: marginAtLeverage(
      notionalUnits(instrument, opening, fact.priceTicks),
      leverageUnits,
    ),
    fact,
  });
}

/** ceil(rate x notional). */
function takerFee(instrument: Instrument, notional: MoneyUnits): MoneyUnits {
  return moneyUnits(divide(notional * gridOf(instrument).takerFeeRate, RATE_SCALE, 'ceil'));
}

function shapeRefusal(
  account: LedgerAccount,
  fact: FillFact,
  held: LedgerPosition | undefined,
): string | undefined {
  if (fact.lots === 0n) return 'a fill of no lots';
  if (fact.priceTicks <= 0n) return `a fill at ${fact.priceTicks} ticks, a price is above zero`;
  const hedged = fact.positionSide !== 'both';
  if (hedged !== (account.positionMode === 'hedge')) {
    return `side ${fact.positionSide} does not exist in ${account.positionMode} mode`;
  }
  if (fact.marginKind === 'isolated' && account.assetMode === 'multi') {
    return 'isolated margin needs single-asset mode';
  }
  if (held !== undefined && held.marginKind !== fact.marginKind) {
    return `${fact.instrumentId} is held with ${held.marginKind} margin and must be closed before it becomes ${fact.marginKind}`;
  }
  return hedged ? legRefusal(fact, held) : undefined;
}

/** A hedge leg keeps its sign: more than it holds cannot be taken from it. */
function legRefusal(fact: FillFact, held: LedgerPosition | undefined): string | undefined {
  const after = (held === undefined ? 0n : held.lots) + fact.lots;
  const wrong = fact.positionSide === 'long' ? after < 0n : after > 0n;
  return wrong ? `the ${fact.positionSide} leg holds fewer lots than this fill closes` : undefined;
}

/** Why a well formed fill may not happen: above a risk limit, or more margin than is free. */
export function fillRefusal(
  fill: AdmittedFill,
  freeMargin: MarginSource | undefined,
): string | undefined {
  return exposureRefusal(fill) ?? marginRefusal(fill, freeMargin);
}

/** Risk limits bind what opens; a fill that only reduces always passes. */
function exposureRefusal(fill: AdmittedFill): string | undefined {
  if (fill.opening === 0n) return undefined;
  const { instrument, fact } = fill;
  const lotsAfter = lots((fill.held === undefined ? 0n : fill.held.lots) + fact.lots);
  const grid = gridOf(instrument);
  const tier = integerTierAt(grid, notionalFraction(grid, lotsAfter, fact.priceTicks));
  if (tier === undefined)
    return `${instrument.id}: the position would lie above the last risk tier`;
  return leverageRefusal(fill, tier);
}

function leverageRefusal(fill: AdmittedFill, tier: IntegerTier): string | undefined {
  if (fill.leverageUnits <= tier.leverageMaxUnits) return undefined;
  return `${fill.instrument.id}: leverage ${fill.fact.leverage} is above the maximum of risk tier ${tier.tier}`;
}

function marginRefusal(
  fill: AdmittedFill,
  freeMargin: MarginSource | undefined,
): string | undefined {
  if (fill.opening === 0n) return undefined;
  const { settle } = fill.instrument;
  const needed = moneyUnits(fill.openingMargin + fill.fee);
  const released = releasedByClosing(fill);
  const assignable = moneyUnits(walletOf(fill.account, settle) + released);
  if (fill.fact.marginKind === 'isolated' && assignable < needed) {
    return `opening needs ${amountText(needed, settle)}, the wallet holds ${amountText(assignable, settle)}`;
  }
  if (freeMargin === undefined) return undefined;
  const known = freeMargin();
  if (known === undefined) return 'free margin is unknown while a mark is missing or stale';
  const free = moneyUnits(known + released);
  if (needed <= free) return undefined;
  return `opening needs ${amountText(needed, settle)}, free are ${amountText(free, settle)}`;
}

/** A fill through zero first frees what the old position tied up: its collateral with its result, or its margin in the cross pool. */
function releasedByClosing(fill: AdmittedFill): bigint {
  const { held, trade, instrument } = fill;
  if (held === undefined || fill.opening === trade.lots) return 0n;
  if (held.marginKind === 'isolated') {
    return held.isolatedWallet + bookIntoPosition({ ...held }, trade);
  }
  const leverageUnits = leverageUnitsOf(held.leverage);
  const notional = notionalUnits(instrument, held.lots, trade.priceTicks);
  return leverageUnits === undefined ? 0n : marginAtLeverage(notional, leverageUnits);
}

export function amountText(amount: MoneyUnits, asset: AssetId): string {
  return `${moneyFromUnits(amount).toFixed()} ${asset}`;
}
