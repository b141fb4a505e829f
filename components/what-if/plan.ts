/** Now beside after: what was typed, made of the facts one after the other, and assessed by the same engine. Pure. */
import { levelsOfPool } from '#components/levels/rules-in-force.ts';
import { type Format, type NumberStyle } from '#lib/display/format.ts';
import { parseNumberInput } from '#lib/display/number-input.ts';
import { refusalSentence } from '#lib/display/refusal-words.ts';
import { distanceReadingOf } from '#lib/engine/distance-reading.ts';
import { type AlertState } from '#lib/engine/alert-row.ts';
import { type AlertRules } from '#lib/engine/alert-rule.ts';
import { readingOf } from '#lib/engine/levels.ts';
import { type AccountHealth, type PoolHealth } from '#lib/margin/figures.ts';
import { assessAccount, type AssessInput } from '#lib/margin/health.ts';
import { NO_COST, type Change, type Outcome, type Refusal } from '#lib/risk/change.ts';
import { applyChange } from '#lib/risk/what-if.ts';
import { assetId } from '#lib/units/ids.ts';
import { rate } from '#lib/units/money.ts';
import { type MarkWire, type PoolText, type ScreenState } from '#lib/wire/protocol.ts';
import { changeOfRow, type ChangeRow } from './change-row.ts';

/** The facts that a what-if stands on, of one moment. */
export interface Base {
  readonly facts: AssessInput;
  readonly health: AccountHealth;
  /** Run time. */
  readonly at: number;
  /** Standard deviation of a day's log return, by coin. */
  readonly volatility: ReadonlyMap<string, number>;
  /** Levels that people set. */
  readonly rules: AlertRules;
  /** Pools that are being liquidated, or were: no figure tells of that. */
  readonly phases?: ReadonlyMap<string, LiquidationPhase>;
}

export type LiquidationPhase = Extract<ScreenState, 'liquidating' | 'liquidated'>;

export function phasesOf(pools: readonly PoolText[]): ReadonlyMap<string, LiquidationPhase> {
  return new Map(
    pools.flatMap(({ poolId, screenState }) =>
      screenState === 'liquidating' || screenState === 'liquidated'
        ? [[poolId, screenState] as const]
        : [],
    ),
  );
}

/** What is typed: rows in their order, then a percentage for each coin. */
export interface Typed {
  readonly rows: readonly ChangeRow[];
  readonly prices: ReadonlyMap<string, string>;
}

/** `counted`: it is in the result. `waiting`: nothing, or nothing clear, was typed. */
export type Standing =
  | { readonly kind: 'counted' | 'waiting' }
  | {
      readonly kind: 'refused';
      readonly sentence: string;
      /** The leverage is what cannot be, not the amount. */
      readonly ofLeverage: boolean;
    };

export interface Plan {
  readonly rows: readonly Standing[];
  readonly prices: ReadonlyMap<string, Standing>;
  /** What is counted: changes that act now, then price moves. */
  readonly changes: readonly Change[];
  readonly moves: readonly Change[];
  /** Before prices move: what an answer acts on. */
  readonly acted: Outcome;
  readonly outcome: Outcome;
  readonly after: AccountHealth;
}

export function planOf(base: Base, typed: Typed, format: Format): Plan {
  const rows = takeAll({ facts: base.facts, cost: NO_COST }, typed.rows, format, (row) => {
    const change = changeOfRow(row, format.style);
    return change.ok ? change.value : undefined;
  });
  const coins = [...typed.prices];
  const prices = takeAll(rows.outcome, coins, format, ([coin, text]) =>
    moveOf(coin, text, format.style),
  );
  return {
    rows: rows.standings,
    prices: new Map(
      coins.map(([coin], index) => [coin, prices.standings[index] ?? { kind: 'waiting' }]),
    ),
    changes: rows.counted,
    moves: prices.counted,
    acted: rows.outcome,
    outcome: prices.outcome,
    after: assessAccount(prices.outcome.facts),
  };
}

interface Taken {
  readonly standings: readonly Standing[];
  readonly counted: readonly Change[];
  readonly outcome: Outcome;
}

function takeAll<Item>(
  start: Outcome,
  items: readonly Item[],
  format: Format,
  changeOf: (item: Item) => Change | undefined,
): Taken {
  let outcome = start;
  const standings: Standing[] = [];
  const counted: Change[] = [];
  for (const item of items) {
    const change = changeOf(item);
    const next = change === undefined ? undefined : applyChange(outcome, change);
    if (change === undefined || next === undefined) standings.push({ kind: 'waiting' });
    else if (next.ok) {
      outcome = next.value;
      counted.push(change);
      standings.push({ kind: 'counted' });
    } else standings.push(refusedFor(next.error, format));
  }
  return { standings, counted, outcome };
}

function refusedFor(refusal: Refusal, format: Format): Standing {
  const ofLeverage =
    refusal.kind === 'leverage-not-sound' || refusal.kind === 'leverage-above-tier';
  return { kind: 'refused', sentence: refusalSentence(refusal, format), ofLeverage };
}

/** A percentage as a price move; none where nothing is read, or nothing moves. */
function moveOf(coin: string, percent: string, style: NumberStyle): Change | undefined {
  const read = percent.trim() === '' ? undefined : parseNumberInput(percent, style);
  if (read?.ok !== true || read.value.value.isZero()) return undefined;
  return { kind: 'price', coin: assetId(coin), share: rate(read.value.value.div(100)) };
}

/** The liquidation that the server tells of, else the state by figures. A liquidated pool with a new position is an ordinary one. */
export function stateOfPool(pool: PoolHealth, base: Base): ScreenState {
  const phase = base.phases?.get(pool.id);
  if (phase === 'liquidating') return phase;
  const isOver = pool.positions.length === 0 && (phase !== undefined || isLiquidated(base));
  return isOver ? 'liquidated' : stateByFigures(pool, base);
}

/** Nothing is held any more, and a pool that may be gone was liquidated: the account's state is that. */
function isLiquidated({ health, phases }: Base): boolean {
  return phases !== undefined && phases.size > 0 && health.pools.every(isEmpty);
}

function isEmpty({ positions }: PoolHealth): boolean {
  return positions.length === 0;
}

/** What the figures alone would enter, by the levels in force: real alert states have holds and memory. */
export function stateByFigures(pool: PoolHealth, base: Base): AlertState | 'unknown' {
  if (pool.status === 'unknown') return 'unknown';
  if (pool.status === 'deficit') return 'critical';
  const { ways, probability } = distanceReadingOf(pool, {
    daily: base.volatility,
    wildest: base.volatility,
  });
  const ratio = pool.marginRatio;
  const { account, market } = base.facts;
  return readingOf(
    {
      ways,
      probability,
      ratio: ratio.known && ratio.value.kind === 'ratio' ? ratio.value.value.toNumber() : Infinity,
      positions: pool.positions.length,
    },
    levelsOfPool(base.rules, { account: account.id, health: pool, market }),
  ).worstEnter;
}

export function volatilityByCoin(
  marks: ReadonlyMap<string, MarkWire>,
  { market }: Pick<AssessInput, 'market'>,
): ReadonlyMap<string, number> {
  const byCoin = new Map<string, number>();
  for (const { id, base } of market.instruments.values()) {
    const mark = marks.get(id);
    if (mark !== undefined) byCoin.set(base, mark.volatility);
  }
  return byCoin;
}

/** Coins whose prices matter: those of the positions, before and after, and what else backs a multi-asset pool. */
export function coinsOf(base: Base, plan: Plan, typed: Typed): readonly string[] {
  const { instruments, assetPrices } = base.facts.market;
  const held = [...base.facts.account.positions, ...plan.outcome.facts.account.positions].flatMap(
    ({ instrumentId }) => instruments.get(instrumentId)?.base ?? [],
  );
  const backing =
    base.facts.account.assetMode === 'multi'
      ? [...base.facts.account.wallets.keys()].filter((asset) => assetPrices.has(asset))
      : [];
  return [...new Set([...held, ...backing, ...typed.prices.keys()])];
}
