/** One step of run time: events into the ledger, pools watched, liquidations planned, made durable, carried out. */
import { type Market } from '../margin/account.ts';
import { type AccountId } from '../units/ids.ts';
import { type Applied } from './applied.ts';
import { type StepInput } from './event.ts';
import { applyEvent } from './apply.ts';
import { marketOf } from './facts.ts';
import { applyFunding, type StampEvent } from './funding.ts';
import { hashRowsBy, rowOf } from './journal.ts';
import { systemAccount } from './ledger.ts';
import { planLiquidation, planRow, type LiquidationPlan } from './liquidation-plan.ts';
import { carryOut } from './liquidation.ts';
import { moneyText } from './statement.ts';
import { forgetFacts, NOT_BEGUN, notesFor } from './notes.ts';
import { openPopulation } from './opening.ts';
import { type Breach } from './phase.ts';
import { type JournalRow } from './row.ts';
import { type EngineState, type HashOfText } from './state.ts';
import { liquidatedRow } from './transition.ts';
import { assessAgain, endAlert, watchPools } from './watch.ts';
import { worstFirst } from './worst-first.ts';

/**
 * Takes one step. Each yielded group of rows must be durable before the generator is resumed: a plan is on disk before it is
 * carried out, and what it did is on disk before anyone is told. An empty group tells only that a long step is going on.
 */
export function* takeStep(
  state: EngineState,
  input: StepInput,
  hash?: HashOfText,
): Generator<readonly JournalRow[], void, void> {
  if (hash !== undefined) hashRowsBy(state, hash);
  state.step = input.step;
  state.time = input.time;
  notesFor(state).progress = NOT_BEGUN;
  const rows: JournalRow[] = state.head.seq === 0 ? [runStarted(state)] : [];
  const note = (applied: Applied): void => {
    for (const row of applied.rows) rows.push(row);
    for (const account of applied.touched) forgetFacts(state, account);
  };
  // Stamps that follow each other, of a contract each, take one pass over the accounts.
  let stamps: StampEvent[] = [];
  function* settle(): Generator<readonly JournalRow[], void, void> {
    note(yield* applyFunding(state, stamps));
    stamps = [];
  }
  for (const event of input.events) {
    if (event.kind === 'funding-settled') {
      if (stamps.some(({ instrumentId }) => instrumentId === event.instrumentId)) yield* settle();
      stamps.push(event);
      continue;
    }
    yield* settle();
    if (event.kind === 'population-opened') note(yield* openPopulation(state, event));
    else note(applyEvent(state, event));
  }
  yield* settle();
  const seen = yield* watchPools(state);
  const [first, later] = firstOfEachAccount(worstFirst(seen.breached));
  const market = marketOf(state);
  const { assetPrices } = market;
  let open = yield* liquidate(state, first, { rows: rows.concat(seen.rows), assetPrices });
  for (const breach of later) {
    const still = assessAgain(state, market, breach);
    if (still !== undefined) open = yield* liquidate(state, [still], { rows: open, assetPrices });
  }
  yield* inGroups(open);
  state.accounts.rest();
}

/** One pool's liquidation may pay into another pool of the same account: that one is read again before it is touched (rulings E2). */
function firstOfEachAccount(
  breached: readonly Breach[],
): readonly [first: readonly Breach[], later: readonly Breach[]] {
  const seen = new Set<AccountId>();
  const first: Breach[] = [];
  const later: Breach[] = [];
  for (const breach of breached) {
    const { accountId } = breach.account;
    (seen.has(accountId) ? later : first).push(breach);
    seen.add(accountId);
  }
  return [first, later];
}

/** So many rows become durable at once, or the few more of a last plan. */
const ROWS_AT_ONCE = 1_000;
/** So many plans are made, or carried out, between two looks of the caller. */
const PLANS_AT_ONCE = 50;

function* inGroups(rows: readonly JournalRow[]): Generator<readonly JournalRow[], void, void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    yield rows.slice(from, from + ROWS_AT_ONCE);
}

/** Gives the rows that are not durable yet: the last of what was done. None are open once a plan is carried out. */
function* liquidate(
  state: EngineState,
  breached: readonly Breach[],
  open: { readonly rows: readonly JournalRow[]; readonly assetPrices: Market['assetPrices'] },
): Generator<readonly JournalRow[], readonly JournalRow[], void> {
  if (breached.length === 0) return open.rows;
  const plans: LiquidationPlan[] = [];
  const planned: JournalRow[] = [];
  for (const breach of breached) {
    const plan = planLiquidation(state, breach);
    plans.push(plan);
    planned.push(beginLiquidation(state, plan));
    if (plans.length % PLANS_AT_ONCE === 0) yield [];
  }
  yield* inGroups(open.rows.concat(planned));
  let done: JournalRow[] = [];
  for (const [place, plan] of plans.entries()) {
    done.push(...endLiquidation(state, plan, open.assetPrices));
    const isMany = done.length >= ROWS_AT_ONCE;
    if (!isMany && place % PLANS_AT_ONCE < PLANS_AT_ONCE - 1) continue;
    notesFor(state).progress = { what: 'liquidations', done: place + 1, of: plans.length };
    yield isMany ? done : [];
    if (isMany) done = [];
  }
  return done;
}

function endLiquidation(
  state: EngineState,
  plan: LiquidationPlan,
  assetPrices: Market['assetPrices'],
): readonly JournalRow[] {
  const done = carryOut(state, plan, assetPrices);
  forgetFacts(state, plan.account.accountId);
  const told = liquidatedRow(state, plan);
  endAlert(plan.row, state.time);
  return [...done, told];
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
