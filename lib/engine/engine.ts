/**
 * The engine's door: open a run, feed it steps, read it. See step.ts for what a step does.
 * (Signatures are fixed; bodies follow.)
 */
import { type Account, type Market } from '../margin/account.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AccountId, type AssetId } from '../units/ids.ts';
import { type MoneyUnits } from '../units/scaled.ts';
import { type TimestampMs } from '../units/time.ts';
import { type StepInput } from './event.ts';
import { type JournalRow } from './row.ts';
import { type EngineState } from './state.ts';

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
   * it (a liquidation's plan before its execution). When it is done, the step is complete and may be published.
   */
  takeStep(state: EngineState, input: StepInput): Generator<readonly JournalRow[], void, void>;
  /** Facts of one account as lib/margin reads them. */
  accountOf(state: EngineState, id: AccountId): Account | undefined;
  marketOf(state: EngineState): Market;
  /** Canonical text of everything: the checkpoint, and what the digest hashes. */
  saveState(state: EngineState): string;
  loadState(run: RunIdentity, text: string): EngineState;
  digestOf(state: EngineState): string;
}
