/** One step of run time: events into the ledger, pools watched, liquidations planned, made durable, carried out. */
import { type StepInput } from './event.ts';
import { applyEvent } from './apply.ts';
import { rowOf } from './journal.ts';
import { systemAccount } from './ledger.ts';
import { carryOut, moneyText, planLiquidation, planRow, type LiquidationPlan } from './liquidation.ts';
import { type JournalRow } from './row.ts';
import { type EngineState } from './state.ts';
import { endAlert, forgetFacts, watchPools } from './watch.ts';

/**
 * Takes one step. Each yielded group of rows must be durable before the generator is resumed: a plan is on disk before it is
 * carried out, and what it did is on disk before anyone is told.
 */
export function* takeStep(state: EngineState, input: StepInput): Generator<readonly JournalRow[], void, void> {
  state.step = input.step;
  state.time = input.time;
  const rows: JournalRow[] = state.head.seq === 0 ? [runStarted(state)] : [];
  for (const event of input.events) {
    const applied = applyEvent(state, event);
    rows.push(...applied.rows);
    for (const account of applied.touched) forgetFacts(state, account);
  }
  const seen = watchPools(state);
  rows.push(...seen.rows);
  const plans = seen.breached.map((breach) => planLiquidation(state, breach));
  for (const plan of plans) rows.push(beginLiquidation(state, plan));
  if (rows.length > 0) yield rows;
  for (const plan of plans) {
    const done = carryOut(state, plan);
    forgetFacts(state, plan.account.accountId);
    endAlert(plan.row, state.time);
    yield done;
  }
}

function beginLiquidation(state: EngineState, plan: LiquidationPlan): JournalRow {
  plan.row.phase = { kind: 'liquidating', planId: plan.planId, since: state.time };
  return planRow(state, plan);
}

/** The first row of every journal: what this run is. */
function runStarted(state: EngineState): JournalRow {
  const { runId, seed, scenario } = state;
  const fund = [...systemAccount(state, 'insuranceFund').wallets].map(([asset, amount]) => ({
    asset,
    amount: moneyText(amount),
  }));
  return rowOf(state, { kind: 'run-started', runId, seed, scenario, fund }, null);
}
