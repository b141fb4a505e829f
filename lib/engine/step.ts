/** One step of run time: events into the ledger, pools watched, liquidations planned, made durable, carried out. */
import { type AccountId } from '../units/ids.ts';
import { type Applied } from './applied.ts';
import { type StepInput } from './event.ts';
import { applyEvent } from './apply.ts';
import { applyFunding, type StampEvent } from './funding.ts';
import { rowOf } from './journal.ts';
import { systemAccount } from './ledger.ts';
import { planLiquidation, planRow, type LiquidationPlan } from './liquidation-plan.ts';
import { carryOut } from './liquidation.ts';
import { moneyText } from './statement.ts';
import { forgetFacts } from './notes.ts';
import { openPopulation } from './opening.ts';
import { type Breach } from './phase.ts';
import { type JournalRow } from './row.ts';
import { type EngineState } from './state.ts';
import { liquidatedRow } from './transition.ts';
import { assessAgain, endAlert, watchPools } from './watch.ts';

/**
 * Takes one step. Each yielded group of rows must be durable before the generator is resumed: a plan is on disk before it is
 * carried out, and what it did is on disk before anyone is told. An empty group tells only that a long step is going on.
 */
export function* takeStep(
  state: EngineState,
  input: StepInput,
): Generator<readonly JournalRow[], void, void> {
  state.step = input.step;
  state.time = input.time;
  const rows: JournalRow[] = state.head.seq === 0 ? [runStarted(state)] : [];
  const note = (applied: Applied): void => {
    rows.push(...applied.rows);
    for (const account of applied.touched) forgetFacts(state, account);
  };
  // Stamps that follow each other, of a contract each, take one pass over the accounts.
  let stamps: StampEvent[] = [];
  const settle = (): void => {
    note(applyFunding(state, stamps));
    stamps = [];
  };
  for (const event of input.events) {
    if (event.kind === 'funding-settled') {
      if (stamps.some(({ instrumentId }) => instrumentId === event.instrumentId)) settle();
      stamps.push(event);
      continue;
    }
    settle();
    if (event.kind === 'population-opened') note(yield* openPopulation(state, event));
    else note(applyEvent(state, event));
  }
  settle();
  const seen = yield* watchPools(state);
  rows.push(...seen.rows);
  const [first, later] = firstOfEachAccount(seen.breached);
  yield* liquidate(state, rows, first);
  for (const breach of later) {
    const still = assessAgain(state, breach);
    if (still !== undefined) yield* liquidate(state, [], [still]);
  }
  state.accounts.rest();
}

/** One pool's liquidation may pay into another pool of the same account: that one is read again before it is touched (rulings E2). */
function firstOfEachAccount(
  breached: readonly Breach[],
): readonly [first: readonly Breach[], later: readonly Breach[]] {
  const seen = new Set<AccountId>();
  const first = breached.filter(({ account }) => {
    const isFirst = !seen.has(account.accountId);
    seen.add(account.accountId);
    return isFirst;
  });
  return [first, breached.filter((breach) => !first.includes(breach))];
}

function* liquidate(
  state: EngineState,
  rows: readonly JournalRow[],
  breached: readonly Breach[],
): Generator<readonly JournalRow[], void, void> {
  const plans = breached.map((breach) => planLiquidation(state, breach));
  const planned = [...rows, ...plans.map((plan) => beginLiquidation(state, plan))];
  if (planned.length > 0) yield planned;
  for (const plan of plans) {
    const done = carryOut(state, plan);
    forgetFacts(state, plan.account.accountId);
    const told = liquidatedRow(state, plan);
    endAlert(plan.row, state.time);
    yield [...done, told];
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
