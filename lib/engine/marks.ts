/** The door for prices: a mark is taken, or refused as a counted fault that changes no decision. */
import { fail, ok, type Result } from '../contract.ts';
import { advanceVolatility } from '../market/volatility.ts';
import { type AssetId, type InstrumentId } from '../units/ids.ts';
import { MINUTE_MS, SECOND_MS } from '../units/time.ts';
import { type FaultKind, type MarkFact } from './event.ts';
import { instrumentOf } from './ledger.ts';
import { type EngineState, type MarkState } from './state.ts';

/** Rulings C4: a mark ten times (or a tenth of) the last accepted one is a fault, not a price, unless the coin was silent for a minute. */
const LARGEST_JUMP = 10n;
const JUMP_WINDOW_MS = MINUTE_MS;
/** A venue's clock may run ahead of ours by this much. */
const CLOCK_TOLERANCE_MS = SECOND_MS;

/** Takes a mark into the state, or says which fault it is. */
export function acceptMark(state: EngineState, fact: MarkFact): Result<MarkState, FaultKind> {
  const fault = faultOf(state, fact);
  const before = state.marks.get(fact.instrumentId);
  if (fault === 'price-jump' && before !== undefined) before.jumpRefusedAt = fact.venueTime;
  if (fault !== undefined) return fail(fault);
  if (before !== undefined) measureVolatility(state, before.fact, fact);
  const taken: MarkState = { fact, operatorAcceptsJump: false, jumpRefusedAt: undefined };
  state.marks.set(fact.instrumentId, taken);
  return ok(taken);
}

function faultOf(state: EngineState, fact: MarkFact): FaultKind | undefined {
  if (!state.instruments.has(fact.instrumentId)) return 'unknown-instrument';
  if (fact.markTicks <= 0n || fact.indexTicks <= 0n || fact.lastTicks <= 0n)
    return 'price-not-positive';
  if (!Number.isFinite(fact.venueTime)) return 'time-in-future';
  if (fact.venueTime > state.time + CLOCK_TOLERANCE_MS) return 'time-in-future';
  const before = state.marks.get(fact.instrumentId);
  return before === undefined ? undefined : faultAfter(before, fact);
}

function faultAfter(before: MarkState, fact: MarkFact): FaultKind | undefined {
  const last = before.fact;
  const heardAt = before.jumpRefusedAt ?? last.venueTime;
  if (fact.venueTime < last.venueTime) return 'time-backwards';
  if (fact.venueTime === last.venueTime) return 'duplicate';
  const soon = fact.venueTime - heardAt <= JUMP_WINDOW_MS;
  const jumps = isJump(last.markTicks, fact.markTicks) || isJump(last.indexTicks, fact.indexTicks);
  return soon && jumps && !before.operatorAcceptsJump ? 'price-jump' : undefined;
}

/** The index too: it prices collateral. */
function isJump(before: bigint, after: bigint): boolean {
  return after > before * LARGEST_JUMP || after * LARGEST_JUMP < before;
}

/** Floats are allowed here: volatility places alert levels, it never decides a breach (rulings D4). */
function measureVolatility(state: EngineState, last: MarkFact, fact: MarkFact): void {
  const { base } = instrumentOf(state, fact.instrumentId);
  if (leadingInstrument(state, base) !== fact.instrumentId) return;
  const logReturn = Math.log(Number(fact.markTicks) / Number(last.markTicks));
  const elapsedMs = fact.venueTime - last.venueTime;
  state.volatility.set(
    base,
    advanceVolatility(state.volatility.get(base), { logReturn, elapsedMs }),
  );
}

/** A coin's volatility is measured on one of its contracts: two would count each move twice. */
function leadingInstrument(state: EngineState, base: AssetId): InstrumentId | undefined {
  for (const instrument of state.instruments.values())
    if (instrument.base === base) return instrument.id;
  return undefined;
}

export function countFault(state: EngineState, fault: string): void {
  state.faults.set(fault, (state.faults.get(fault) ?? 0) + 1);
}
