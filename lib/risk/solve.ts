/** The smallest deposit, and the smallest close of a position, with which a pool reaches a target (SPEC SV2 to SV4). */
import { type Absence, type PoolHealth } from '../margin/figures.ts';
import { assessPool, type AssessInput } from '../margin/health.ts';
import { poolsOf, type PoolScope } from '../margin/pool.ts';
import { Decimal } from '../units/decimal.ts';
import { type AssetId, type PoolId } from '../units/ids.ts';
import { NO_MONEY, quantity, type Money, type Quantity } from '../units/money.ts';
import { moneyFromUnits, moneyUnits, moneyToUnits } from '../units/scaled.ts';
import { type Change, type PositionRef, type Refusal } from './change.ts';
import { heldPosition } from './lookup.ts';
import { edgeBetween, type End, type Probe } from './search.ts';
import { readTarget, type Target, type TargetReading } from './target.ts';
import { applyWhatIf } from './what-if.ts';

export type Answer<Way> =
  | { readonly kind: 'reached-already' }
  | ({ readonly kind: 'found'; readonly changes: readonly Change[] } & Way)
  /** No amount does. */
  | { readonly kind: 'out-of-reach' }
  /** The pool, or a price that the target needs, is unknown. */
  | { readonly kind: 'unknown'; readonly why: Absence }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface DepositWay {
  readonly asset: AssetId;
  /** Above zero, on the grid of 1e-8. */
  readonly amount: Money;
}

export interface CloseWay extends PositionRef {
  /** Above zero, in whole lots. */
  readonly size: Quantity;
  readonly isWhole: boolean;
  readonly fee: Money;
  readonly asset: AssetId;
}

export interface Goal {
  readonly facts: AssessInput;
  readonly poolId: PoolId;
  readonly target: Target;
  /** What happens after the answer and before the target is judged: price moves, mostly. */
  readonly afterwards?: readonly Change[];
}

const OUT_OF_REACH: TargetReading = { reached: false, gap: undefined };
/** Nothing done: it was seen before that this does not reach. */
const BASE: End = { at: 0n, ...OUT_OF_REACH };

function poolOf({ facts, poolId }: Goal): PoolHealth | undefined {
  const found = poolsOf(facts.account, facts.market).find(({ id }) => id === poolId);
  return found === undefined ? undefined : assessPool(found, facts.market, facts.rules);
}

/** What needs no search: reached already, or unknown. */
function verdictWithout(goal: Goal): NoAnswer | undefined {
  const pool = poolOf(goal);
  const why = pool?.missing[0];
  if (why !== undefined) return { kind: 'unknown', why };
  const end = applyWhatIf(goal.facts, goal.afterwards ?? []);
  if (!end.ok) return { kind: 'refused', refusal: end.error.refusal };
  return readTarget(end.value.facts, goal.poolId, goal.target).reached
    ? { kind: 'reached-already' }
    : undefined;
}

function probeOf(goal: Goal, changesOf: (units: bigint) => readonly Change[]): Probe {
  return (units) => {
    const outcome = applyWhatIf(goal.facts, [...changesOf(units), ...(goal.afterwards ?? [])]);
    if (!outcome.ok || outcome.value.cost.deficits.size > 0) return OUT_OF_REACH;
    return readTarget(outcome.value.facts, goal.poolId, goal.target);
  };
}

/** Nobody has more: a million million of an asset, in 1e-8. */
const LARGEST_DEPOSIT = 10n ** 20n;
/** How much larger each deposit is that is tried before the search closes in. */
const GROWTH = 4n;

/** [SV2] In the pool's own asset, to an isolated position by way of the cross wallet. */
export function smallestDeposit(goal: Goal): Answer<DepositWay> {
  const verdict = verdictWithout(goal);
  if (verdict !== undefined) return verdict;
  const pool = poolOf(goal);
  const asset = pool === undefined ? undefined : depositAssetOf(goal.facts, pool);
  if (pool === undefined || asset === undefined) return { kind: 'out-of-reach' };
  const changesOf = (units: bigint): readonly Change[] =>
    depositChanges(pool.scope, { asset, amount: moneyFromUnits(moneyUnits(units)) });
  const first = applyWhatIf(goal.facts, changesOf(1n));
  if (!first.ok) return { kind: 'refused', refusal: first.error.refusal };
  const probe = probeOf(goal, changesOf);
  const bracket = bracketFrom(probe, firstStep(pool));
  if (bracket === undefined) return { kind: 'out-of-reach' };
  const units = edgeBetween(probe, ...bracket);
  const amount = moneyFromUnits(moneyUnits(units));
  return { kind: 'found', asset, amount, changes: changesOf(units) };
}

function depositChanges(scope: PoolScope, way: DepositWay): readonly Change[] {
  const { asset, amount } = way;
  const deposited: Change = { kind: 'deposit', asset, amount };
  if (scope.kind !== 'isolated') return [deposited];
  const { instrumentId, positionSide } = scope;
  return [deposited, { kind: 'margin', instrumentId, positionSide, amount }];
}

/** Of a multi-asset pool one that moves with no coin: more of it brings no way to liquidation nearer. */
function depositAssetOf({ account, market }: AssessInput, pool: PoolHealth): AssetId | undefined {
  if (pool.scope.kind !== 'multi-asset') return pool.unit;
  const coins = new Set([...market.instruments.values()].map(({ base }) => base));
  const settled = pool.positions.map(({ settle }) => settle);
  const assets = [...settled, ...account.wallets.keys(), ...market.assetPrices.keys()].filter(
    (asset) => market.assetPrices.has(asset),
  );
  return assets.find((asset) => !coins.has(asset)) ?? assets[0];
}

function firstStep({ maintenanceMargin }: PoolHealth): bigint {
  const maintenance = maintenanceMargin.known ? maintenanceMargin.value : NO_MONEY;
  const units = moneyToUnits(maintenance, 'ceil');
  return units > 1n ? units : 1n;
}

/** Two amounts around the edge: the smaller does not reach, the larger does. */
function bracketFrom(probe: Probe, step: bigint): readonly [End, End] | undefined {
  let below: End = BASE;
  for (let at = step; at <= LARGEST_DEPOSIT; at *= GROWTH) {
    const end: End = { at, ...probe(at) };
    if (end.reached) return [below, end];
    below = end;
  }
  return undefined;
}

/** Parts of a position that are tried before the search closes in. */
const PARTS = 8n;

/** [SV3] Of one position of the pool, at the mark, its fee paid. */
export function smallestClose(goal: Goal, ref: PositionRef): Answer<CloseWay> {
  const verdict = verdictWithout(goal);
  if (verdict !== undefined) return verdict;
  const held = heldPosition(goal.facts, ref);
  const instrument = goal.facts.market.instruments.get(ref.instrumentId);
  if (held === undefined || instrument === undefined) return { kind: 'out-of-reach' };
  const all = held.signedSize.div(instrument.lotSize);
  if (!all.isInteger())
    return { kind: 'refused', refusal: { kind: 'not-on-lot', lotSize: instrument.lotSize } };
  const sizeOf = (lots: bigint): Quantity =>
    quantity(new Decimal(lots.toString()).times(instrument.lotSize));
  const changesOf = (lots: bigint): readonly Change[] => [
    closing(ref, held.signedSize, sizeOf(lots)),
  ];
  const first = applyWhatIf(goal.facts, changesOf(1n));
  if (!first.ok) return { kind: 'refused', refusal: first.error.refusal };
  const probe = probeOf(goal, changesOf);
  const bracket = partsBracket(probe, BigInt(all.abs().toFixed(0)));
  if (bracket === undefined) return { kind: 'out-of-reach' };
  const lots = edgeBetween(probe, ...bracket);
  const done = applyWhatIf(goal.facts, changesOf(lots));
  const asset = instrument.settle;
  return {
    kind: 'found',
    instrumentId: ref.instrumentId,
    positionSide: ref.positionSide,
    size: sizeOf(lots),
    isWhole: sizeOf(lots).eq(held.signedSize.abs()),
    fee: (done.ok ? done.value.cost.fees.get(asset) : undefined) ?? NO_MONEY,
    asset,
    changes: changesOf(lots),
  };
}

function closing(ref: PositionRef, held: Quantity, size: Quantity): Change {
  const { instrumentId, positionSide } = ref;
  if (size.eq(held.abs())) return { kind: 'close', instrumentId, positionSide };
  const by = quantity(held.isNegative() ? size : size.negated());
  return { kind: 'resize', instrumentId, positionSide, by };
}

/** The first of eight parts that reaches, and the part before it, which does not. */
function partsBracket(probe: Probe, all: bigint): readonly [End, End] | undefined {
  let below: End = BASE;
  for (let part = 1n; part <= PARTS; part += 1n) {
    const at = (all * part) / PARTS;
    if (at <= below.at) continue;
    const end: End = { at, ...probe(at) };
    if (end.reached) return [below, end];
    below = end;
  }
  return undefined;
}

export type NoAnswer = Exclude<Answer<unknown>, { readonly kind: 'found' }>;

export interface Closes {
  /** By fee, the smallest first; each is of one position alone. */
  readonly found: readonly Extract<Answer<CloseWay>, { readonly kind: 'found' }>[];
  /** Why there is none, where there is none. */
  readonly otherwise: NoAnswer | undefined;
}

/** [SV3] One close for each position of the pool that can reach the target. */
export function smallestCloses(goal: Goal): Closes {
  const turns = closesByTurns(goal);
  for (;;) {
    const turn = turns.next();
    if (turn.done === true) return turn.value;
  }
}

/** The same with a pause after each position, for who has to look up meanwhile. */
export function* closesByTurns(goal: Goal): Generator<void, Closes, void> {
  const feeIn = ({ fee, asset }: CloseWay): Decimal =>
    fee.times(goal.facts.market.assetPrices.get(asset)?.index ?? 1);
  const answers: ReturnType<typeof smallestClose>[] = [];
  for (const position of poolOf(goal)?.positions ?? []) {
    answers.push(smallestClose(goal, position));
    yield;
  }
  const found = answers
    .flatMap((answer) => (answer.kind === 'found' ? [answer] : []))
    .toSorted((left, right) => feeIn(left).comparedTo(feeIn(right)));
  const others = answers.flatMap((answer) => (answer.kind === 'found' ? [] : [answer]));
  return { found, otherwise: found.length === 0 ? others[0] : undefined };
}
