/** What the loop counts about itself, reported once a second for /metrics. */
import { conservationOf } from '#lib/engine/conservation.ts';
import { type ShownState } from '#lib/engine/state.ts';
import { type DeskBook } from './desk/desk-book.ts';
import { type Pace } from './pace.ts';
import { type TakenStep } from './risk-loop.ts';
import { type LoopReport } from './worker-messages.ts';

/** Samples kept between two reports. */
const SAMPLES_MAX = 2_000;

export interface LoopCounters {
  stepsTaken: number;
  marksAccepted: number;
  liquidations: number;
  readonly transitions: Map<string, number>;
  decisionMs: number[];
  commitMs: number[];
}

export function createCounters(liquidationsBefore: number): LoopCounters {
  return {
    stepsTaken: 0,
    marksAccepted: 0,
    liquidations: liquidationsBefore,
    transitions: new Map(),
    decisionMs: [],
    commitMs: [],
  };
}

export function countStep(counters: LoopCounters, taken: TakenStep): void {
  counters.stepsTaken += 1;
  for (const { kind } of taken.events) if (kind === 'mark-updated') counters.marksAccepted += 1;
  for (const { body } of taken.rows) {
    if (body.kind === 'liquidation-settled') counters.liquidations += 1;
    if (body.kind !== 'transition') continue;
    counters.transitions.set(body.to, (counters.transitions.get(body.to) ?? 0) + 1);
  }
  if (counters.decisionMs.length < SAMPLES_MAX) counters.decisionMs.push(taken.decisionMs);
  if (counters.commitMs.length < SAMPLES_MAX) counters.commitMs.push(...taken.commitMs);
}

/** The counters as they stand; samples start over. */
export function takeReport(
  counters: LoopCounters,
  p: {
    readonly state: ShownState;
    readonly book: DeskBook;
    readonly pace: Pace;
    readonly stepUnderWayMs: number;
  },
): LoopReport {
  const { state, pace, stepUnderWayMs } = p;
  const { decisionMs, commitMs } = counters;
  counters.decisionMs = [];
  counters.commitMs = [];
  return {
    step: state.step,
    runTime: state.time,
    stepUnderWayMs,
    stepsTaken: counters.stepsTaken,
    speedAsked: pace.speed,
    speedReached: pace.reached,
    marksAccepted: counters.marksAccepted,
    faults: Object.fromEntries(state.faults),
    journalSeq: state.head.seq,
    transitions: Object.fromEntries(counters.transitions),
    liquidations: counters.liquidations,
    accounts: p.book.size,
    conservationHolds: conservationOf(state).holds,
    decisionMs,
    commitMs,
  };
}
