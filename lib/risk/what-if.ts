/** What if: facts are changed one after the other, and the same engine assesses what comes out (SPEC WI1). */
import { assertNever, fail, ok, type Result } from '../contract.ts';
import { type AssessInput } from '../margin/health.ts';
import { type AssetId } from '../units/ids.ts';
import { negate, NO_MONEY, plus, type Money } from '../units/money.ts';
import { deposit, moveMargin, withdraw } from './cash.ts';
import {
  NO_COST,
  type Change,
  type Cost,
  type Outcome,
  type PositionRef,
  type Refusal,
} from './change.ts';
import { heldPosition } from './lookup.ts';
import { changeLeverage, movePrice } from './terms.ts';
import { tradeAtMark } from './trade.ts';

/** The first change that cannot be made, by its place in the list. */
export interface RefusedChange {
  readonly index: number;
  readonly refusal: Refusal;
}

export function applyWhatIf(
  facts: AssessInput,
  changes: readonly Change[],
): Result<Outcome, RefusedChange> {
  let outcome: Outcome = { facts, cost: NO_COST };
  for (const [index, change] of changes.entries()) {
    const next = applyChange(outcome, change);
    if (!next.ok) return fail({ index, refusal: next.error });
    outcome = next.value;
  }
  return ok(outcome);
}

/** One more change on top of others. */
export function applyChange(before: Outcome, change: Change): Result<Outcome, Refusal> {
  const next = changed(before.facts, change);
  return next.ok
    ? ok({ facts: next.value.facts, cost: addedCost(before.cost, next.value.cost) })
    : next;
}

function changed(facts: AssessInput, change: Change): Result<Outcome, Refusal> {
  switch (change.kind) {
    case 'deposit':
      return free(deposit(facts, change.asset, change.amount));
    case 'withdraw':
      return free(withdraw(facts, change.asset, change.amount));
    case 'margin':
      return free(moveMargin(facts, change, change.amount));
    case 'leverage':
      return free(changeLeverage(facts, change, change.leverage));
    case 'price':
      return free(movePrice(facts, change.coin, change.share));
    case 'open':
      return tradeAtMark(facts, change);
    case 'resize':
      return resize(facts, change, change.by);
    case 'close':
      return resize(facts, change, undefined);
    default:
      return assertNever(change);
  }
}

/** @param by undefined: all of it. */
function resize(
  facts: AssessInput,
  ref: PositionRef,
  by: Parameters<typeof tradeAtMark>[1]['size'] | undefined,
): Result<Outcome, Refusal> {
  const held = heldPosition(facts, ref);
  if (held === undefined) return fail({ kind: 'no-position', instrumentId: ref.instrumentId });
  return tradeAtMark(facts, {
    instrumentId: ref.instrumentId,
    positionSide: ref.positionSide,
    size: by ?? negate(held.signedSize),
    leverage: held.leverage,
    marginKind: held.marginMode.kind,
  });
}

function free(facts: Result<AssessInput, Refusal>): Result<Outcome, Refusal> {
  return facts.ok ? ok({ facts: facts.value, cost: NO_COST }) : facts;
}

function addedCost(before: Cost, more: Cost): Cost {
  return {
    fees: added(before.fees, more.fees),
    realizedPnl: added(before.realizedPnl, more.realizedPnl),
    deficits: added(before.deficits, more.deficits),
  };
}

function added(
  before: ReadonlyMap<AssetId, Money>,
  more: ReadonlyMap<AssetId, Money>,
): ReadonlyMap<AssetId, Money> {
  const sums = new Map(before);
  for (const [asset, amount] of more) sums.set(asset, plus(sums.get(asset) ?? NO_MONEY, amount));
  return sums;
}
