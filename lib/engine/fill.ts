/** Fills against the outside market: judged first, booked whole or not at all. */
import { fail, ok, type Result } from '../contract.ts';
import {
  gridOf,
  integerTierAt,
  leverageUnitsOf,
  magnitudeOf,
  marginAtLeverage,
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
  NO_UNITS,
  RATE_SCALE,
  type Lots,
  type MoneyUnits,
} from '../units/scaled.ts';
import { type EngineEvent } from './event.ts';
import {
  bookIntoPosition,
  bookOutside,
  credit,
  dropIfFlat,
  hasCrossPosition,
  isolatedPartyOf,
  movementOf,
  moveMoney,
  positionOf,
  splitTrade,
  systemAccount,
  tradeOf,
  traderOf,
  walletOf,
  type Movement,
  type Trade,
} from './ledger.ts';
import { coverDeficit, type DeficitCover } from './settlement.ts';
import {
  positionKey,
  SYSTEM_ACCOUNTS,
  type EngineState,
  type LedgerAccount,
  type LedgerPosition,
} from './state.ts';

export type FillFact = Omit<Extract<EngineEvent, { readonly kind: 'fill' }>, 'kind'>;

/** Free margin of the pool that pays, in the settle asset; undefined when it cannot be told (a mark is missing or stale). */
export type MarginSource = () => MoneyUnits | undefined;

export interface FillOutcome {
  readonly instrument: Instrument;
  readonly notional: MoneyUnits;
  /** Paid, never negative. */
  readonly fee: MoneyUnits;
  readonly realizedPnl: MoneyUnits;
  readonly movements: readonly Movement[];
  /** What a voluntary close lost beyond everything the pool had (rulings E8). */
  readonly deficit: DeficitCover | undefined;
}

interface AdmittedFill {
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

/**
 * Books a fill, or says in a sentence why not and changes nothing.
 * @param freeMargin what an opening fill may reserve; left out, margin is not checked (the account then lives with what it has).
 */
export function applyFill(
  state: EngineState,
  fact: FillFact,
  freeMargin?: MarginSource,
): Result<FillOutcome> {
  const admitted = admitFill(state, fact);
  if (!admitted.ok) return admitted;
  const refusal = exposureRefusal(admitted.value) ?? marginRefusal(admitted.value, freeMargin);
  return refusal === undefined ? ok(bookFill(state, admitted.value)) : fail(refusal);
}

function admitFill(state: EngineState, fact: FillFact): Result<AdmittedFill> {
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

/** Risk limits bind what opens; a fill that only reduces always passes. */
function exposureRefusal(fill: AdmittedFill): string | undefined {
  if (fill.opening === 0n) return undefined;
  const { instrument, fact } = fill;
  const lotsAfter = lots((fill.held === undefined ? 0n : fill.held.lots) + fact.lots);
  const tier = integerTierAt(
    gridOf(instrument),
    notionalUnits(instrument, lotsAfter, fact.priceTicks),
  );
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
  if (fill.opening === 0n || freeMargin === undefined) return undefined;
  const free = freeMargin();
  if (free === undefined) return 'free margin is unknown while a mark is missing or stale';
  const needed = moneyUnits(fill.openingMargin + fill.fee);
  if (needed <= free) return undefined;
  const settle = fill.instrument.settle;
  return `opening needs ${amountText(needed, settle)}, free are ${amountText(free, settle)}`;
}

export function amountText(amount: MoneyUnits, asset: AssetId): string {
  return `${moneyFromUnits(amount).toFixed()} ${asset}`;
}

function bookFill(state: EngineState, fill: AdmittedFill): FillOutcome {
  const position = positionOf(state, fill.account, {
    instrument: fill.instrument,
    positionSide: fill.fact.positionSide,
  });
  const lotsBefore = position.lots;
  const realizedPnl = bookIntoPosition(position, fill.trade);
  bookOutside(state, fill.trade);
  openTerms(state, fill, { position, lotsBefore });
  const movements =
    position.marginKind === 'isolated'
      ? settleIsolated(state, fill, { position, lotsBefore, realizedPnl })
      : settleCross(state, fill, realizedPnl);
  dropIfFlat(fill.account, position);
  const deficit = coverVoluntaryDeficit(state, fill);
  return {
    instrument: fill.instrument,
    notional: magnitudeOf(fill.trade.value),
    fee: fill.fee,
    realizedPnl,
    movements: [...movements, ...(deficit === undefined ? [] : deficit.movements)],
    deficit,
  };
}

/** What opens brings its own leverage; from flat or through zero the position is a new one. */
function openTerms(
  state: EngineState,
  fill: AdmittedFill,
  p: { readonly position: LedgerPosition; readonly lotsBefore: Lots },
): void {
  if (fill.opening === 0n) return;
  p.position.leverage = fill.fact.leverage;
  p.position.marginKind = fill.fact.marginKind;
  if (p.lotsBefore !== 0n && p.lotsBefore > 0n === p.position.lots > 0n) return;
  p.position.openedAt = state.time;
  p.position.fundingReceived = NO_UNITS;
}

function pnlMovement(fill: AdmittedFill, to: string, realizedPnl: MoneyUnits): readonly Movement[] {
  if (realizedPnl === 0n) return [];
  const asset = fill.instrument.settle;
  return [
    movementOf({ from: SYSTEM_ACCOUNTS.outside, to, asset, amount: realizedPnl, reason: 'PNL' }),
  ];
}

function settleCross(
  state: EngineState,
  fill: AdmittedFill,
  realizedPnl: MoneyUnits,
): readonly Movement[] {
  credit(fill.account, fill.instrument.settle, realizedPnl);
  return [...pnlMovement(fill, fill.account.accountId, realizedPnl), ...payFee(state, fill)];
}

function payFee(state: EngineState, fill: AdmittedFill): readonly Movement[] {
  if (fill.fee === 0n) return [];
  return [
    moveMoney({
      from: fill.account,
      to: systemAccount(state, 'fees'),
      asset: fill.instrument.settle,
      amount: fill.fee,
      reason: 'FEE',
    }),
  ];
}

/**
 * An isolated position: realized PnL and, while it stays open, the fee of a reducing fill touch its own wallet first. A partial
 * close gives back its share of the wallet as far as the loss leaves it; a full close gives back everything, which may be
 * negative and then comes from the cross wallet. Opening assigns the initial margin of what opens.
 */
function settleIsolated(
  state: EngineState,
  fill: AdmittedFill,
  p: {
    readonly position: LedgerPosition;
    readonly lotsBefore: Lots;
    readonly realizedPnl: MoneyUnits;
  },
): readonly Movement[] {
  const { position, realizedPnl } = p;
  const closing = fill.fact.lots - fill.opening;
  const share = closing === 0n ? 0n : (position.isolatedWallet * closing) / -p.lotsBefore;
  position.isolatedWallet = moneyUnits(position.isolatedWallet + realizedPnl);
  const returned = returnedMargin(fill, p, share);
  const party = isolatedPartyOf(fill.account, position);
  return [
    ...pnlMovement(fill, party, realizedPnl),
    ...assignMargin(fill, position, moneyUnits(fill.openingMargin - returned)),
    ...payFee(state, fill),
  ];
}

function returnedMargin(
  fill: AdmittedFill,
  p: {
    readonly position: LedgerPosition;
    readonly lotsBefore: Lots;
    readonly realizedPnl: MoneyUnits;
  },
  share: bigint,
): bigint {
  const closing = fill.fact.lots - fill.opening;
  if (closing === 0n) return 0n;
  const wallet = p.position.isolatedWallet;
  if (closing === -p.lotsBefore) return wallet;
  // The fee is paid by the cross wallet, which gets it from here: an open isolated position carries its own costs.
  const earned = share + p.realizedPnl;
  const atLeastFee = earned > fill.fee ? earned : fill.fee;
  return atLeastFee < wallet ? atLeastFee : wallet;
}

/** Moves collateral from the cross wallet to a position, back when negative. */
export function assignMargin(
  fill: { readonly account: LedgerAccount; readonly instrument: Instrument },
  position: LedgerPosition,
  amount: MoneyUnits,
): readonly Movement[] {
  if (amount === 0n) return [];
  const asset = fill.instrument.settle;
  credit(fill.account, asset, -amount);
  position.isolatedWallet = moneyUnits(position.isolatedWallet + amount);
  const to = isolatedPartyOf(fill.account, position);
  return [movementOf({ from: fill.account.accountId, to, asset, amount, reason: 'MARGIN' })];
}

/**
 * A single-asset pool without positions that a fill left below zero: nobody can win it back, so it is booked as a deficit at
 * once (rulings E8). In multi-asset mode the debt stays: other assets back it.
 */
function coverVoluntaryDeficit(state: EngineState, fill: AdmittedFill): DeficitCover | undefined {
  const { account } = fill;
  const asset = fill.instrument.settle;
  const balance = walletOf(account, asset);
  if (account.assetMode === 'multi' || balance >= 0n) return undefined;
  if (hasCrossPosition(state, account, asset)) return undefined;
  return coverDeficit(state, { account, asset, amount: moneyUnits(-balance) });
}
