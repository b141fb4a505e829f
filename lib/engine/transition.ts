/** An alert's change as a journal row: everything its card says, as it was at that moment. */
import { type PoolHealth } from '../margin/figures.ts';
import { decimalText } from '../units/decimal.ts';
import { type InstrumentId } from '../units/ids.ts';
import { priceFromTicks } from '../units/scaled.ts';
import { type AlertDoubt, type AlertTransition } from './alert-row.ts';
import { type Asking } from './escalation.ts';
import { rowOf } from './journal.ts';
import { instrumentOf } from './ledger.ts';
import { type JournalRow, type RowBody } from './row.ts';
import { type EngineState, type PoolRow } from './state.ts';

type TransitionBody = Extract<RowBody, { readonly kind: 'transition' }>;

/** Decimals of measures on a card: z, ratio and probability are read, never booked. */
const MEASURE_DECIMALS = 6;

export function transitionRow(
  state: EngineState,
  p: {
    readonly row: PoolRow;
    readonly change: AlertTransition | AlertDoubt;
    readonly health: PoolHealth | undefined;
    /** The contract of its first position. */
    readonly first: InstrumentId | undefined;
  },
): JournalRow {
  const body: TransitionBody = {
    kind: 'transition',
    poolId: p.row.poolId,
    ...whatChanged(p.change, p.row),
    ...(p.change.kind === 'unknown' ? priceOf(state, silentOf(p.health)) : priceOfIt(state, p)),
    ...figuresOf(p.health),
  };
  return rowOf(state, body, p.row.accountId);
}

/** Time has ended an acknowledgement: the alert asks again. */
export function lapsedRow(state: EngineState, { poolId, accountId, alert }: PoolRow): JournalRow {
  const body: RowBody = { kind: 'acknowledgement-lapsed', poolId, state: alert.state };
  return rowOf(state, body, accountId);
}

/** Nobody has answered: the alert is told again. */
export function escalatedRow(
  state: EngineState,
  { poolId, accountId }: PoolRow,
  { since, told }: Asking,
): JournalRow {
  const unansweredMs = state.time - since;
  return rowOf(state, { kind: 'escalated', poolId, attempt: told, unansweredMs }, accountId);
}

/** The end of an alert by the liquidation of its pool: the change of state that matters most. */
export function liquidatedRow(
  state: EngineState,
  p: {
    readonly row: PoolRow;
    readonly health: PoolHealth;
    readonly positions: readonly { readonly instrumentId: InstrumentId }[];
  },
): JournalRow {
  const { alert } = p.row;
  const figures = figuresOf(p.health);
  const body: TransitionBody = {
    kind: 'transition',
    poolId: p.row.poolId,
    from: alert.state,
    to: 'liquidated',
    by: 'liquidation',
    value: figures.marginRatio ?? 'none',
    level: '1',
    lastedMs: state.time - alert.since,
    returns: alert.returns.length,
    ...priceOfIt(state, { health: p.health, first: p.positions[0]?.instrumentId }),
    ...figures,
  };
  return rowOf(state, body, p.row.accountId);
}

type Change = Pick<
  TransitionBody,
  'from' | 'to' | 'by' | 'value' | 'level' | 'lastedMs' | 'returns'
>;

function whatChanged(change: AlertTransition | AlertDoubt, row: PoolRow): Change {
  if (change.kind === 'state') {
    const { from, to, by, lastedMs, returns } = change;
    return {
      from,
      to,
      by,
      value: measureText(change.value),
      level: measureText(change.level),
      lastedMs,
      returns,
    };
  }
  const { state, lastedMs } = change;
  const returns = row.alert.returns.length;
  return {
    from: state,
    to: state,
    by: 'unknown',
    value: change.kind,
    level: 'none',
    lastedMs,
    returns,
  };
}

function measureText(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value))
    return value === Infinity ? 'equity-gone' : 'none';
  return String(Number(value.toFixed(MEASURE_DECIMALS)));
}

type PriceUsed = Pick<TransitionBody, 'instrument' | 'mark' | 'markAgeMs'>;

/** The contract whose mark is missing or stale: what makes the pool unknown. Undefined where it is something else. */
function silentOf(health: PoolHealth | undefined): InstrumentId | undefined {
  for (const why of health?.missing ?? [])
    if (why.kind === 'mark-missing' || why.kind === 'mark-stale') return why.instrumentId;
  return undefined;
}

/** The mark of the instrument that decides, else of the first, with its age. */
function priceOfIt(
  state: EngineState,
  p: { readonly health: PoolHealth | undefined; readonly first: InstrumentId | undefined },
): PriceUsed {
  const { health, first } = p;
  const deciding = health?.decidingDistance();
  const by = deciding?.known === true ? deciding.value.by : undefined;
  return priceOf(state, by?.kind === 'one' ? by.instrumentId : first);
}

function priceOf(state: EngineState, id: InstrumentId | undefined): PriceUsed {
  const fact = id === undefined ? undefined : state.marks.get(id)?.fact;
  if (id === undefined || fact === undefined)
    return { instrument: id ?? null, mark: null, markAgeMs: null };
  return {
    instrument: id,
    mark: decimalText(priceFromTicks(fact.markTicks, instrumentOf(state, id).tickSize)),
    markAgeMs: state.time - fact.venueTime,
  };
}

function figuresOf(
  health: PoolHealth | undefined,
): Pick<TransitionBody, 'marginRatio' | 'distanceShare'> {
  const ratio = health?.marginRatio;
  const distance = health?.decidingDistance();
  const ratioText =
    ratio?.known !== true
      ? null
      : ratio.value.kind === 'ratio'
        ? decimalText(ratio.value.value)
        : ratio.value.kind;
  return {
    marginRatio: ratioText,
    distanceShare: distance?.known === true ? decimalText(distance.value.share) : null,
  };
}
