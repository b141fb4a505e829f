/** From a breach to a decision: which marks may start a liquidation (rulings C2, LQ 1.4). */
import { type Market } from '../margin/account.ts';
import { type PoolHealth } from '../margin/figures.ts';
import { type Decimal } from '../units/decimal.ts';
import { type InstrumentId } from '../units/ids.ts';
import { rate } from '../units/money.ts';
import { SECOND_MS, timestampMs } from '../units/time.ts';
import { ONE_SECOND_FEED } from '../market/mark.ts';
import { indexContractOf } from './facts.ts';
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
    readonly market: Market;
  },
): Breach | undefined {
  const { row, health } = p;
  if (health.status === 'unknown') return undefined;
  if (health.status !== 'liquidatable' && health.status !== 'bankrupt') {
    row.phase = { kind: 'none' };
    return undefined;
  }
  const ids = marksBehind(state, p.account, health);
  const times = ids.map((id) => p.market.marks.get(id)?.time ?? 0);
  if (row.phase.kind === 'none')
    row.phase = { kind: 'confirming', since: timestampMs(Math.max(0, ...times)) };
  if (row.phase.kind !== 'confirming') return undefined;
  const confirmed = Math.min(...times) - row.phase.since >= CONFIRMATION_MS;
  return confirmed || (isSevere(health) && ids.every((id) => isFresh(state, id)))
    ? breachOf(p)
    : undefined;
}

/** Contracts whose marks the breach rests on: those of its positions, and those that price a multi-asset pool's coins. */
function marksBehind(
  state: EngineState,
  account: LedgerAccount,
  health: PoolHealth,
): readonly InstrumentId[] {
  const own = health.positions.map(({ instrumentId }) => instrumentId);
  if (health.scope.kind !== 'multi-asset') return own;
  const coins = [...account.wallets].flatMap(([asset, amount]) => {
    const id = amount === 0n ? undefined : indexContractOf(state, asset);
    return id === undefined ? [] : [id];
  });
  return [...own, ...coins];
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
