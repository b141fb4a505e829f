/** Finds in the facts what a change names, or says what is missing. */
import { fail, ok, type Result } from '../contract.ts';
import { type Position } from '../margin/account.ts';
import { type Figure, type PoolHealth } from '../margin/figures.ts';
import { assessPool, type AssessInput } from '../margin/health.ts';
import { poolsOf, type PoolScope } from '../margin/pool.ts';
import { type Instrument } from '../market/instrument.ts';
import { roundTo } from '../units/decimal.ts';
import { type AssetId, type InstrumentId } from '../units/ids.ts';
import { money, plus, NO_MONEY, type Money, type Price } from '../units/money.ts';
import { MONEY_DECIMALS } from '../units/scaled.ts';
import { type PositionRef, type Refusal } from './change.ts';

export interface PricedInstrument {
  readonly instrument: Instrument;
  readonly mark: Price;
}

/** A contract whose price may be used: known and not stale (ux.md 9). */
export function pricedInstrument(
  facts: AssessInput,
  instrumentId: InstrumentId,
): Result<PricedInstrument, Refusal> {
  const instrument = facts.market.instruments.get(instrumentId);
  if (instrument === undefined) return fail({ kind: 'instrument-unknown', instrumentId });
  const mark = facts.market.marks.get(instrumentId);
  if (mark === undefined) return fail({ kind: 'mark-missing', instrumentId });
  if (mark.status === 'stale') return fail({ kind: 'mark-stale', instrumentId });
  return ok({ instrument, mark: mark.price });
}

export function heldPosition(facts: AssessInput, ref: PositionRef): Position | undefined {
  return facts.account.positions.find(
    (position) =>
      position.instrumentId === ref.instrumentId && position.positionSide === ref.positionSide,
  );
}

/** Assesses one pool of the account; undefined where it has none of that scope. */
function poolHealthOf(
  facts: AssessInput,
  isSought: (scope: PoolScope) => boolean,
): PoolHealth | undefined {
  const found = poolsOf(facts.account, facts.market).find(({ scope }) => isSought(scope));
  return found === undefined ? undefined : assessPool(found, facts.market, facts.rules);
}

export function crossPoolOf(facts: AssessInput, asset: AssetId): PoolHealth | undefined {
  return poolHealthOf(
    facts,
    (scope) => scope.kind === 'multi-asset' || (scope.kind === 'cross' && scope.asset === asset),
  );
}

export function isolatedPoolOf(facts: AssessInput, ref: PositionRef): PoolHealth | undefined {
  return poolHealthOf(
    facts,
    (scope) =>
      scope.kind === 'isolated' &&
      scope.instrumentId === ref.instrumentId &&
      scope.positionSide === ref.positionSide,
  );
}

/** A figure of a pool in one of its assets, rounded down to what the ledger holds; nothing where there is no pool. */
export function freeIn(
  facts: AssessInput,
  p: {
    readonly pool: PoolHealth | undefined;
    readonly asset: AssetId;
    readonly figureOf: (pool: PoolHealth) => Figure<Money>;
  },
): Result<Money, Refusal> {
  if (p.pool === undefined) return ok(NO_MONEY);
  const [missing] = p.pool.missing;
  if (missing !== undefined) return fail({ kind: 'pool-unknown', why: missing });
  const figure = p.figureOf(p.pool);
  if (!figure.known) return fail({ kind: 'pool-unknown', why: figure.why });
  const index = facts.market.assetPrices.get(p.asset)?.index;
  const amount =
    p.pool.scope.kind === 'multi-asset' && index !== undefined
      ? figure.value.div(index)
      : figure.value;
  return ok(money(roundTo(amount, MONEY_DECIMALS, 'floor')));
}

export function walletOf(facts: AssessInput, asset: AssetId): Money {
  return facts.account.wallets.get(asset) ?? NO_MONEY;
}

/** The facts with an amount added to a cross wallet. */
export function credited(facts: AssessInput, asset: AssetId, amount: Money): AssessInput {
  const wallets = new Map(facts.account.wallets);
  wallets.set(asset, plus(walletOf(facts, asset), amount));
  return { ...facts, account: { ...facts.account, wallets } };
}

/** The facts with a position in the place of the one named, or without it. */
export function withPosition(
  facts: AssessInput,
  ref: PositionRef,
  next: Position | undefined,
): AssessInput {
  const held = heldPosition(facts, ref);
  const added = next === undefined ? [] : [next];
  const positions =
    held === undefined
      ? [...facts.account.positions, ...added]
      : facts.account.positions.flatMap((position) => (position === held ? added : [position]));
  return { ...facts, account: { ...facts.account, positions } };
}
