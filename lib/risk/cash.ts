/** Money that comes, goes, or moves between pools (SPEC WI2, WI8). */
import { fail, ok, type Result } from '../contract.ts';
import { type AssessInput } from '../margin/health.ts';
import { type AssetId } from '../units/ids.ts';
import { negate, plus, smaller, type Money } from '../units/money.ts';
import { MONEY_DECIMALS } from '../units/scaled.ts';
import { type PositionRef, type Refusal } from './change.ts';
import {
  credited,
  crossPoolOf,
  freeIn,
  heldPosition,
  isolatedPoolOf,
  walletOf,
  withPosition,
} from './lookup.ts';

const LARGEST_AMOUNT = '1e15';

function amountRefusal(amount: Money): Refusal | undefined {
  if (!amount.gt(0)) return { kind: 'not-above-zero' };
  return amount.decimalPlaces() > MONEY_DECIMALS || amount.gt(LARGEST_AMOUNT)
    ? { kind: 'not-in-the-ledger' }
    : undefined;
}

/** [WI2] An asset without a price would blank a multi-asset pool; one that nothing settles in would back nothing. */
export function deposit(
  facts: AssessInput,
  asset: AssetId,
  amount: Money,
): Result<AssessInput, Refusal> {
  const refusal = amountRefusal(amount);
  if (refusal !== undefined) return fail(refusal);
  const { instruments, assetPrices } = facts.market;
  const isKnown =
    assetPrices.has(asset) ||
    (facts.account.assetMode === 'single' &&
      [...instruments.values()].some(({ settle }) => settle === asset));
  return isKnown ? ok(credited(facts, asset, amount)) : fail({ kind: 'asset-unknown', asset });
}

/** [WI2] At most what is withdrawable, and what the wallet holds. */
export function withdraw(
  facts: AssessInput,
  asset: AssetId,
  amount: Money,
): Result<AssessInput, Refusal> {
  const refusal = amountRefusal(amount) ?? leavingRefusal(facts, asset, amount);
  return refusal === undefined ? ok(credited(facts, asset, negate(amount))) : fail(refusal);
}

function leavingRefusal(facts: AssessInput, asset: AssetId, amount: Money): Refusal | undefined {
  const pool = crossPoolOf(facts, asset);
  const free = freeIn(facts, { pool, asset, figureOf: (of) => of.withdrawable });
  if (!free.ok) return free.error;
  const limit = smaller(walletOf(facts, asset), free.value);
  return amount.lte(limit) ? undefined : { kind: 'above-withdrawable', asset, limit };
}

/** [WI8] To an isolated position what may leave the cross pool; back from it what may leave the position's own. */
export function moveMargin(
  facts: AssessInput,
  ref: PositionRef,
  amount: Money,
): Result<AssessInput, Refusal> {
  const { instrumentId } = ref;
  const held = heldPosition(facts, ref);
  const asset = facts.market.instruments.get(instrumentId)?.settle;
  if (asset === undefined) return fail({ kind: 'instrument-unknown', instrumentId });
  if (held === undefined) return fail({ kind: 'no-position', instrumentId });
  if (held.marginMode.kind !== 'isolated') return fail({ kind: 'not-isolated', instrumentId });
  const returns = amount.isNegative();
  const refusal =
    amountRefusal(returns ? negate(amount) : amount) ??
    (returns
      ? returningRefusal(facts, ref, { asset, amount: negate(amount) })
      : leavingRefusal(facts, asset, amount));
  if (refusal !== undefined) return fail(refusal);
  const wallet = plus(held.marginMode.wallet, amount);
  const next = { ...held, marginMode: { kind: 'isolated', wallet } } as const;
  return ok(credited(withPosition(facts, ref, next), asset, negate(amount)));
}

function returningRefusal(
  facts: AssessInput,
  ref: PositionRef,
  { asset, amount }: { readonly asset: AssetId; readonly amount: Money },
): Refusal | undefined {
  const pool = isolatedPoolOf(facts, ref);
  const free = freeIn(facts, { pool, asset, figureOf: (of) => of.withdrawable });
  if (!free.ok) return free.error;
  return amount.lte(free.value)
    ? undefined
    : { kind: 'above-withdrawable', asset, limit: free.value };
}
