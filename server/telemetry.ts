/** Counters for Prometheus. The loop reports once a second; what the main thread knows is read when somebody asks. */
import { type Verified } from '#lib/engine/verify.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Gateway } from './gateway/gateway.ts';
import { type LoopReport } from './worker-messages.ts';

const MS_PER_SECOND = 1_000;
const LATENCY_BUCKETS_SECONDS = [
  0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.015, 0.025, 0.04, 0.1, 0.25, 1,
];

export interface Telemetry {
  report(report: LoopReport): void;
  verified(round: Pick<Verified, 'pools' | 'differing'>): void;
  /** The page of text that Prometheus reads. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** A counter that follows a total kept elsewhere; a total that falls (another run) starts it over. */
function follow(
  counter: Counter<string>,
  labels: Record<string, string>,
  before: number,
  total: number,
): void {
  if (total > before) counter.inc(labels, total - before);
}

export function createTelemetry(gateway: Pick<Gateway, 'clients' | 'tally'>): Telemetry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'plimsoll_' });
  const gauge = (name: string, help: string): Gauge<string> =>
    new Gauge({ name: `plimsoll_${name}`, help, registers });
  const counter = (name: string, help: string, labelNames: string[] = []): Counter<string> =>
    new Counter({ name: `plimsoll_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string): Histogram<string> =>
    new Histogram({ name: `plimsoll_${name}`, help, buckets: LATENCY_BUCKETS_SECONDS, registers });

  const steps = counter('steps_total', 'Steps of run time taken since the start of the process');
  const marks = counter('marks_total', 'Marks handed to the engine');
  const faults = counter('feed_faults_total', 'Marks and frames without effect, by reason', [
    'kind',
  ]);
  const transitions = counter(
    'alert_transitions_total',
    'Changes of alert state, by the new state',
    ['to'],
  );
  const liquidations = counter('liquidations_total', 'Margin pools liquidated in this run');
  const step = gauge('run_step', 'Step that the run is at');
  const stepUnderWay = gauge(
    'step_under_way_seconds',
    'How long the step that is being taken has taken so far; 0 between two steps',
  );
  const runTime = gauge('run_time_seconds', 'Run time, seconds since 1970');
  const speedAsked = gauge('speed_asked', 'Run time per wall time, as asked');
  const speedReached = gauge('speed_reached', 'Run time per wall time, as reached');
  const journal = gauge('journal_rows', 'Rows in the journal of this run');
  const accounts = gauge('accounts', 'Accounts in the book');
  const verifiedPools = counter('verified_pools_total', 'Pools held against the exact path');
  const differences = counter(
    'verify_differences_total',
    'Pools that the exact path says otherwise of',
  );
  const conserved = gauge(
    'conservation_holds',
    '1 while money and lots sum to zero over all accounts',
  );
  // Nothing has been booked yet: that sums to zero.
  conserved.set(1);
  const decision = histogram('decision_seconds', 'From a step pulled to its decisions durable');
  const commit = histogram('commit_seconds', 'One durable write of journal rows');
  new Gauge({
    name: 'plimsoll_clients',
    help: 'Sockets connected',
    registers,
    collect() {
      this.set(gateway.clients);
    },
  });

  new Counter({
    name: 'plimsoll_clients_turned_away_total',
    help: 'Requests refused and clients cut off, by code',
    labelNames: ['kind', 'code'],
    registers,
    collect() {
      this.reset();
      for (const { kind, code, total } of gateway.tally.totals) this.inc({ kind, code }, total);
    },
  });

  let last: LoopReport | undefined;
  return {
    report: (report) => {
      follow(steps, {}, last?.stepsTaken ?? 0, report.stepsTaken);
      follow(marks, {}, last?.marksAccepted ?? 0, report.marksAccepted);
      follow(liquidations, {}, last?.liquidations ?? 0, report.liquidations);
      for (const [kind, total] of Object.entries(report.faults)) {
        follow(faults, { kind }, last?.faults[kind] ?? 0, total);
      }
      for (const [to, total] of Object.entries(report.transitions)) {
        follow(transitions, { to }, last?.transitions[to] ?? 0, total);
      }
      step.set(report.step);
      stepUnderWay.set(report.stepUnderWayMs / MS_PER_SECOND);
      runTime.set(report.runTime / MS_PER_SECOND);
      speedAsked.set(report.speedAsked);
      speedReached.set(report.speedReached);
      journal.set(report.journalSeq);
      accounts.set(report.accounts);
      conserved.set(report.conservationHolds ? 1 : 0);
      for (const ms of report.decisionMs) decision.observe(ms / MS_PER_SECOND);
      for (const ms of report.commitMs) commit.observe(ms / MS_PER_SECOND);
      last = report;
    },
    verified: ({ pools, differing }) => {
      verifiedPools.inc(pools);
      differences.inc(differing);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
