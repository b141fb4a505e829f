/** From a breach to a decision: which marks may start a liquidation (rulings C2, LQ 1.4). */
import { type Market } from '../margin/account.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { type Decimal } from '../units/decimal.ts';
import { rate } from '../units/money.ts';
import { SECOND_MS, timestampMs, type TimestampMs } from '../units/time.ts';
import { ONE_SECOND_FEED } from '../market/mark.ts';
import { type EngineState, type LedgerAccount, type PoolRow } from './state.ts';

export interface Breach {
  readonly row: PoolRow;
  readonly account: LedgerAccount;
  readonly health: PoolHealth;
  readonly equity: Decimal;
  readonly maintenance: Decimal;
}

/** A ratio this bad does not wait for a second mark. */
const AT_ONCE_RATIO = rate('1.1');
/** Composed marks behind an immediate liquidation need this many live sources each. */
const AT_ONCE_SOURCES_MIN = 2;
/** Otherwise two marks at least this far apart must both say so. */
const CONFIRMATION_MS = SECOND_MS;

/** Moves the pool's liquidation phase; gives the breach when it is to be liquidated now. */
export function advancePhase(
  state: EngineState,
  p: {
    readonly row: PoolRow;
    readonly account: LedgerAccount;
    readonly health: PoolHealth;
    readonly market: Market;
  },
): Breach | undefined {
  const { row, health } = p;
  if (health.status === 'unknown') return undefined;
  if (health.status !== 'liquidatable' && health.status !== 'bankrupt') {
    row.phase = { kind: 'none' };
    return undefined;
  }
  const newest = newestMarkTime(health, p.market);
  if (row.phase.kind === 'none') row.phase = { kind: 'confirming', since: newest };
  if (row.phase.kind !== 'confirming') return undefined;
  const confirmed = newest - row.phase.since >= CONFIRMATION_MS;
  return confirmed || actsAtOnce(state, health) ? breachOf(p) : undefined;
}

function breachOf(p: { readonly row: PoolRow; readonly account: LedgerAccount; readonly health: PoolHealth }): Breach | undefined {
  const { marginBalance, maintenanceMargin } = p.health;
  if (!marginBalance.known || !maintenanceMargin.known) return undefined;
  const { row, account, health } = p;
  return { row, account, health, equity: marginBalance.value, maintenance: maintenanceMargin.value };
}

function newestMarkTime(health: PoolHealth, market: Market): TimestampMs {
  const times = health.positions.map(({ instrumentId }) => market.marks.get(instrumentId)?.time ?? 0);
  return timestampMs(Math.max(0, ...times));
}

function actsAtOnce(state: EngineState, health: PoolHealth): boolean {
  const { marginRatio } = health;
  if (!marginRatio.known) return false;
  const ratio = marginRatio.value;
  const severe = ratio.kind === 'ratio' ? ratio.value.gte(AT_ONCE_RATIO) : ratio.kind === 'equity-gone';
  return severe && health.positions.every(({ instrumentId }) => isFresh(state, instrumentId));
}

function isFresh(state: EngineState, instrumentId: PoolHealth['positions'][number]['instrumentId']): boolean {
  const fact = state.marks.get(instrumentId)?.fact;
  if (fact === undefined) return false;
  const young = state.time - fact.venueTime < ONE_SECOND_FEED.laggingFromMs;
  return young && (fact.sources === undefined || fact.sources >= AT_ONCE_SOURCES_MIN);
}
