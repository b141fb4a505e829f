/** Fills against the outside market: judged first, booked whole or not at all. */
import { fail, ok, type Result } from '../contract.ts';
import { magnitudeOf } from '../market/grid.ts';
import { type Instrument } from '../market/instrument.ts';
import { moneyUnits, negated, NO_UNITS, type Lots, type MoneyUnits } from '../units/scaled.ts';
import {
  admitFill,
  fillRefusal,
  type AdmittedFill,
  type FillFact,
  type MarginSource,
} from './admit-fill.ts';
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
  systemAccount,
  walletOf,
  type Movement,
} from './ledger.ts';
import { coverDeficit, type DeficitCover } from './settlement.ts';
import {
  SYSTEM_ACCOUNTS,
  type EngineState,
  type LedgerAccount,
  type LedgerPosition,
} from './state.ts';

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
  const refusal = fillRefusal(admitted.value, freeMargin);
  return refusal === undefined ? ok(bookFill(state, admitted.value)) : fail(refusal);
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
  const share = closing === 0n ? 0n : (position.isolatedWallet * closing) / negated(p.lotsBefore);
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
  // The fee is paid by the cross wallet, which gets it from here: an open isolated position carries its own costs.
  const earned = share + p.realizedPnl;
  const atLeastFee = earned > fill.fee ? earned : fill.fee;
  return atLeastFee < wallet ? atLeastFee : wallet;
}

/** Moves collateral from the cross wallet to a position, back when negative. */
function assignMargin(
  fill: { readonly account: LedgerAccount; readonly instrument: Instrument },
  position: LedgerPosition,
  amount: MoneyUnits,
): readonly Movement[] {
  if (amount === 0n) return [];
  const asset = fill.instrument.settle;
  credit(fill.account, asset, negated(amount));
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
  const closes = fill.opening !== fill.trade.lots;
  if (!closes || account.assetMode === 'multi' || balance >= 0n) return undefined;
  if (hasCrossPosition(state, account, asset)) return undefined;
  return coverDeficit(state, { account, asset, amount: negated(balance) });
}
