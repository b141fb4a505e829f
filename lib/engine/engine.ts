/** The engine's door: open a run, feed it steps, read it. See step.ts for what a step does. */
import { type Account, type Market } from '../margin/account.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AccountId, type AssetId } from '../units/ids.ts';
import { type MoneyUnits } from '../units/scaled.ts';
import { type TimestampMs } from '../units/time.ts';
import { type StepInput } from './event.ts';
import { openAccounts } from './account-store.ts';
import { accountOf, marketOf } from './facts.ts';
import { EMPTY_CHAIN } from './journal.ts';
import { openSystemAccounts, seedInsuranceFund } from './ledger.ts';
import {
  digestOf,
  freezeState,
  loadState,
  pageDigestsIn,
  saveState,
  textOf,
  type FrozenState,
  type SavedState,
} from './memory.ts';
import { type JournalRow } from './row.ts';
import { type EngineState, type HashOfBytes, type HashOfText, type ShownState } from './state.ts';
import { takeStep } from './step.ts';

export interface RunIdentity {
  readonly runId: string;
  readonly seed: string;
  readonly scenario: string;
  readonly startTime: TimestampMs;
  readonly instruments: readonly Instrument[];
  readonly fundSeeds: readonly { readonly asset: AssetId; readonly amount: MoneyUnits }[];
}

export interface Engine {
  openRun(run: RunIdentity): EngineState;
  /**
   * Takes one step. Yields groups of rows: each group must be durable before the generator is resumed, since what follows acts on
   * it (a liquidation's plan before its execution). `hash` chains the rows, from then on. When it is done, the step is complete and may be published.
   */
  takeStep(
    state: EngineState,
    input: StepInput,
    hash?: HashOfText,
  ): Generator<readonly JournalRow[], void, void>;
  /** Facts of one account as lib/margin reads them. */
  accountOf(state: ShownState, id: AccountId): Account | undefined;
  marketOf(state: ShownState): Market;
  /** Canonical text of everything: the checkpoint, and what the digest hashes. */
  saveState(state: EngineState): SavedState;
  /** The same in two parts: holds the state as it is now, makes its text later. */
  freezeState(state: EngineState, hash?: HashOfBytes): FrozenState;
  loadState(run: RunIdentity, saved: SavedState): EngineState;
  /** Canonical text of everything, and its digest; accounts stand in it by the digests of their pages. */
  textOf(state: EngineState, hash?: HashOfBytes): string;
  digestOf(state: EngineState, hash?: HashOfBytes): string;
  /** Digests of the pages of accounts that a saved text speaks of. */
  pageDigestsIn(text: string): readonly string[];
}

/** A run before its first step: no accounts but the house's, the insurance fund with its stated seed. */
function openRun(run: RunIdentity): EngineState {
  const state: EngineState = {
    runId: run.runId,
    seed: run.seed,
    scenario: run.scenario,
    step: 0,
    time: run.startTime,
    instruments: new Map(run.instruments.map((instrument) => [instrument.id, instrument])),
    marks: new Map(),
    volatility: new Map(),
    accounts: openAccounts(),
    alertRules: new Map(),
    faults: new Map(),
    nextPlanNumber: 1,
    head: { seq: 0, hash: EMPTY_CHAIN },
  };
  openSystemAccounts(state);
  for (const { asset, amount } of run.fundSeeds) seedInsuranceFund(state, asset, amount);
  return state;
}

export const engine: Engine = {
  openRun,
  takeStep,
  accountOf,
  marketOf,
  saveState,
  freezeState,
  loadState: (_run, saved) => loadState(saved),
  textOf,
  pageDigestsIn,
  digestOf,
};
