/**
 * What drills did and what the engine did about them: counted from journal rows and faults while they last. Saved with the source of
 * a run, and counted again from there when steps are taken again after a restart.
 */
import { severityOf } from '#lib/engine/alert-row.ts';
import { type EngineEvent, type OperatorCommand } from '#lib/engine/event.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { MINUTE_MS } from '#lib/units/time.ts';
import { type DrillReport } from '#lib/wire/protocol.ts';

const REPORTS_KEPT = 6;
/** What a drill caused shows for a while after it: marks grow fresh again, states are left after their hold. */
const AFTERMATH_MS = MINUTE_MS;

export interface DrillLog {
  /** After a step: a drill that it ordered begins, and its rows count for every drill that is not over. */
  step(state: EngineState, events: readonly EngineEvent[], rows: readonly JournalRow[]): void;
  /** The newest drills, oldest first. */
  readonly reports: readonly DrillReport[];
  save(): string;
  load(text: string): void;
}

interface Noted {
  readonly report: DrillReport;
  /** Marks refused before it began, by kind of fault. */
  readonly faultsBefore: Faults;
}

type Faults = Readonly<Record<string, number>>;

export function createDrillLog(): DrillLog {
  let drills: readonly Noted[] = [];
  return {
    step: (state, events, rows) => {
      for (const event of events) {
        if (event.kind !== 'operator-command' || event.command.kind !== 'feed-drill') continue;
        const number = (drills.at(-1)?.report.number ?? 0) + 1;
        drills = [...drills, begun(state, event.command, number)].slice(-REPORTS_KEPT);
      }
      if (drills.some(({ report }) => !report.isOver))
        drills = drills.map((noted) => advanced(state, noted, rows));
    },
    get reports() {
      return drills.map(({ report }) => report);
    },
    save: () => JSON.stringify(drills),
    load: (text) => {
      // Written by `save` above and kept beside the digest of its checkpoint.
      drills = JSON.parse(text) as readonly Noted[];
    },
  };
}

/** A step of a command refuses no mark: what was refused so far was refused before. */
function begun(
  state: EngineState,
  { drill, instrumentId, durationMs }: Extract<OperatorCommand, { readonly kind: 'feed-drill' }>,
  number: number,
): Noted {
  const report: DrillReport = {
    number,
    drill,
    instrument: instrumentId,
    startedAt: state.time,
    endsAt: state.time + durationMs,
    isOver: false,
    faults: {},
    unknown: 0,
    known: 0,
    worse: 0,
    better: 0,
    liquidations: 0,
  };
  return { report, faultsBefore: Object.fromEntries(state.faults) };
}

function advanced(state: EngineState, noted: Noted, rows: readonly JournalRow[]): Noted {
  const { report, faultsBefore } = noted;
  if (report.isOver) return noted;
  const faults = faultsSince(state, faultsBefore);
  const isOver = state.time > report.endsAt + AFTERMATH_MS;
  return { faultsBefore, report: { ...rows.reduce(counted, report), faults, isOver } };
}

function faultsSince(state: EngineState, before: Faults): Faults {
  const since = [...state.faults].map(
    ([kind, count]) => [kind, count - (before[kind] ?? 0)] as const,
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
