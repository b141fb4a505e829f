/** A run as of its last complete step: what anybody is shown, also while the next step is being taken. */
import { type EngineState, type ShownState } from './state.ts';

export interface LastStep {
  /** Always the same object: as the state was when it was held, else as it is. */
  readonly shown: ShownState;
  /** A step begins. */
  hold(): void;
  /** It is through, and durable. */
  release(): void;
}

/** Facts of a state that a step changes, accounts apart. */
type Facts = Omit<EngineState, 'accounts' | 'runId' | 'seed' | 'scenario'>;

export function lastStepOf(state: EngineState): LastStep {
  let facts: Facts = state;
  const { runId, seed, scenario } = state;
  return {
    shown: {
      runId,
      seed,
      scenario,
      accounts: state.accounts.shown,
      get step() {
        return facts.step;
      },
      get time() {
        return facts.time;
      },
      get instruments() {
        return facts.instruments;
      },
      get marks() {
        return facts.marks;
      },
      get volatility() {
        return facts.volatility;
      },
      get alertRules() {
        return facts.alertRules;
      },
      get faults() {
        return facts.faults;
      },
      get nextPlanNumber() {
        return facts.nextPlanNumber;
      },
      get head() {
        return facts.head;
      },
    },
    hold: () => {
      state.accounts.hold();
      facts = factsOf(state);
    },
    release: () => {
      state.accounts.release();
      facts = state;
    },
  };
}

/** What stands in the maps is replaced, never changed, but for what a mark remembers of refused jumps: nobody is shown that. */
function factsOf(state: EngineState): Facts {
  return {
    ...state,
    instruments: new Map(state.instruments),
    marks: new Map(state.marks),
    volatility: new Map(state.volatility),
    alertRules: new Map(state.alertRules),
    faults: new Map(state.faults),
    head: { ...state.head },
  };
}
