/** What drills did and what the engine did about them: counted from journal rows and faults while they last. Not durable. */
import { severityOf } from '#lib/engine/alerts.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { MINUTE_MS } from '#lib/units/time.ts';
import { type ControlCommand, type DrillReport } from '#lib/wire/protocol.ts';

const REPORTS_KEPT = 6;
/** What a drill caused shows for a while after it: marks grow fresh again, states are left after their hold. */
const AFTERMATH_MS = MINUTE_MS;

export type DrillOrder = Omit<Extract<ControlCommand, { readonly kind: 'drill' }>, 'kind'>;

export interface DrillLog {
  begin(order: DrillOrder): void;
  /** After a step: its rows count for every drill that is not over. */
  step(rows: readonly JournalRow[]): void;
  readonly reports: readonly DrillReport[];
}

interface Open {
  report: DrillReport;
  readonly faultsBefore: ReadonlyMap<string, number>;
}

export function createDrillLog(state: EngineState): DrillLog {
  let drills: readonly Open[] = [];
  let number = 0;

  function advance(open: Open, rows: readonly JournalRow[]): Open {
    if (open.report.isOver) return open;
    const { report, faultsBefore } = open;
    const faults = faultsSince(state, faultsBefore);
    const isOver = state.time > report.endsAt + AFTERMATH_MS;
    return { faultsBefore, report: { ...rows.reduce(counted, report), faults, isOver } };
  }

  return {
    begin: (order) => {
      number += 1;
      const { time } = state;
      const report: DrillReport = {
        number,
        drill: order.drill,
        instrument: order.instrument,
        startedAt: time,
        endsAt: time + order.durationMs,
        isOver: false,
        faults: {},
        unknown: 0,
        known: 0,
        worse: 0,
        better: 0,
        liquidations: 0,
      };
      const faultsBefore = new Map(state.faults);
      drills = [...drills, { report, faultsBefore }].slice(-REPORTS_KEPT);
    },
    step: (rows) => {
      drills = drills.map((open) => advance(open, rows));
    },
    get reports() {
      return drills.map(({ report }) => report);
    },
  };
}

function faultsSince(
  state: EngineState,
  before: ReadonlyMap<string, number>,
): Readonly<Record<string, number>> {
  const since = [...state.faults].map(
    ([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const,
  );
  return Object.fromEntries(since.filter(([, count]) => count > 0));
}

function counted(report: DrillReport, { body }: JournalRow): DrillReport {
  if (body.kind === 'liquidation-settled')
    return { ...report, liquidations: report.liquidations + 1 };
  if (body.kind !== 'transition' || body.to === 'liquidated') return report;
  if (body.by === 'unknown')
    return body.value === 'known'
      ? { ...report, known: report.known + 1 }
      : { ...report, unknown: report.unknown + 1 };
  return severityOf(body.to) >= severityOf(body.from)
    ? { ...report, worse: report.worse + 1 }
    : { ...report, better: report.better + 1 };
}
