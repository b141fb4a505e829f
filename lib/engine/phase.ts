/** From a breach to a decision: which marks may start a liquidation (rulings C2, LQ 1.4). */
import { type Market } from '../margin/account.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { type Decimal } from '../units/decimal.ts';
import { type InstrumentId } from '../units/ids.ts';
import { rate } from '../units/money.ts';
import { SECOND_MS, timestampMs } from '../units/time.ts';
import { ONE_SECOND_FEED } from '../market/mark.ts';
import { indexContractOf } from './facts.ts';
import {
  type EngineState,
  type LedgerAccount,
  type LiquidationPhase,
  type PoolRow,
} from './state.ts';

export interface Breach {
  readonly row: PoolRow;
  readonly account: LedgerAccount;
  readonly health: PoolHealth;
  readonly equity: Decimal;
  readonly maintenance: Decimal;
}

/** A ratio this bad does not wait for a second mark. */
export const AT_ONCE_RATIO = rate('1.1');
/** Composed marks behind an immediate liquidation need this many live sources each. */
const AT_ONCE_SOURCES_MIN = 2;
/**
 * Otherwise two marks at least this far apart must both say so, of every coin in the pool: one coin's only mark is not confirmed
 * by another coin's next one.
 */
const CONFIRMATION_MS = SECOND_MS;

/** Moves the pool's liquidation phase; gives the breach when it is to be liquidated now. */
export function advancePhase(
  state: EngineState,
  p: {
    readonly row: PoolRow;
    readonly account: LedgerAccount;
    readonly health: PoolHealth;
    /** Contracts of its positions. */
    readonly own: readonly InstrumentId[];
    readonly market: Market;
  },
): Breach | undefined {
  const { row, account, health, own, market } = p;
  if (health.status === 'unknown') return undefined;
  if (health.status !== 'liquidatable' && health.status !== 'bankrupt') {
    row.phase = { kind: 'none' };
    return undefined;
  }
  const isMulti = health.scope.kind === 'multi-asset';
  const found = { own, coinsOf: isMulti ? account : undefined, isSevere: isSevere(health) };
  const { phase, isDue } = phaseOfBreach(state, market, { phase: row.phase, ...found });
  row.phase = phase;
  return isDue ? breachOf(p) : undefined;
}

/** The phase that a pool past its line is in by now, and whether it is to be liquidated now. */
export function phaseOfBreach(
  state: EngineState,
  market: Market,
  found: {
    readonly phase: LiquidationPhase;
    /** Contracts of its positions. */
    readonly own: readonly InstrumentId[];
    /** Whose coins back it; undefined where one asset does. */
    readonly coinsOf: LedgerAccount | undefined;
    readonly isSevere: boolean;
  },
): { readonly phase: LiquidationPhase; readonly isDue: boolean } {
  const { own, coinsOf } = found;
  const ids = coinsOf === undefined ? own : [...own, ...coinContracts(state, coinsOf)];
  const times = ids.map((id) => market.marks.get(id)?.time ?? 0);
  const phase: LiquidationPhase =
    found.phase.kind === 'none'
      ? { kind: 'confirming', since: timestampMs(Math.max(0, ...times)) }
      : found.phase;
  if (phase.kind !== 'confirming') return { phase, isDue: false };
  const isConfirmed = Math.min(...times) - phase.since >= CONFIRMATION_MS;
  const isAtOnce = found.isSevere && ids.every((id) => isFresh(state, id));
  return { phase, isDue: isConfirmed || isAtOnce };
}

/** What prices the coins of a multi-asset pool: a breach rests on these marks too. */
function coinContracts(state: EngineState, { wallets }: LedgerAccount): readonly InstrumentId[] {
  return [...wallets].flatMap(([asset, amount]) => {
    const id = amount === 0n ? undefined : indexContractOf(state, asset);
    return id === undefined ? [] : [id];
  });
}

function breachOf(p: {
  readonly row: PoolRow;
  readonly account: LedgerAccount;
  readonly health: PoolHealth;
}): Breach | undefined {
  const { marginBalance, maintenanceMargin } = p.health;
  if (!marginBalance.known || !maintenanceMargin.known) return undefined;
  const { row, account, health } = p;
  return {
    row,
    account,
    health,
    equity: marginBalance.value,
    maintenance: maintenanceMargin.value,
  };
}

function isSevere({ marginRatio }: PoolHealth): boolean {
  if (!marginRatio.known) return false;
  const ratio = marginRatio.value;
  return ratio.kind === 'ratio' ? ratio.value.gte(AT_ONCE_RATIO) : ratio.kind === 'equity-gone';
}

function isFresh(state: EngineState, instrumentId: InstrumentId): boolean {
  const fact = state.marks.get(instrumentId)?.fact;
  if (fact === undefined) return false;
  const young = state.time - fact.venueTime < ONE_SECOND_FEED.laggingFromMs;
  return young && (fact.sources === undefined || fact.sources >= AT_ONCE_SOURCES_MIN);
}
