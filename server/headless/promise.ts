/**
 * What the default demo promises a first-time viewer (README): a warning within half a minute and a liquidation within two, of
 * pools that were Healthy or on Watch when the run began (rulings J7).
 */
import { ok, type Result } from '#lib/contract.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { type PoolId } from '#lib/units/ids.ts';
import { SECOND_MS } from '#lib/units/time.ts';
import { type SourceSettings } from '#server/run-source.ts';
import { allPoolRows } from '#lib/engine/ledger.ts';
import { runHeadless } from './run.ts';

const WARNING_WITHIN_S = 30;
const LIQUIDATION_WITHIN_S = 120;

/** It opens the accounts and takes no run time. */
const OPENING_STEP = 1;

export interface PromiseKept {
  readonly seed: string;
  /** Wall seconds at the given speed; undefined: not within the limit. */
  readonly warningAfterS: number | undefined;
  readonly liquidationAfterS: number | undefined;
  readonly kept: boolean;
}

export function checkPromise(settings: SourceSettings, speed: number): Result<PromiseKept> {
  let calmAtStart: ReadonlySet<PoolId> | undefined;
  let warningStep: number | undefined;
  let liquidationStep: number | undefined;
  const watch = (row: JournalRow, state: EngineState): 'go on' | 'enough' => {
    if (row.step <= OPENING_STEP) return 'go on';
    calmAtStart ??= calmPools(state);
    const { body } = row;
    if (
      body.kind === 'transition' &&
      isAlarm(body.to) &&
      body.from !== body.to &&
      calmAtStart.has(body.poolId)
    ) {
      warningStep ??= row.step;
    }
    if (body.kind === 'liquidation-settled' && calmAtStart.has(body.poolId))
      liquidationStep ??= row.step;
    return warningStep !== undefined && liquidationStep !== undefined ? 'enough' : 'go on';
  };
  // At speed s a wall second is s run seconds, and a step is one run second.
  const run = runHeadless({ settings, steps: LIQUIDATION_WITHIN_S * speed, watch });
  if (!run.ok) return run;
  const { stepMs } = run.value;
  const seconds = (step: number | undefined): number | undefined =>
    step === undefined ? undefined : ((step - OPENING_STEP) * stepMs) / SECOND_MS / speed;
  const warningAfterS = seconds(warningStep);
  const liquidationAfterS = seconds(liquidationStep);
  const kept =
    warningAfterS !== undefined &&
    warningAfterS <= WARNING_WITHIN_S &&
    liquidationAfterS !== undefined &&
    liquidationAfterS <= LIQUIDATION_WITHIN_S;
  return ok({ seed: settings.seed, warningAfterS, liquidationAfterS, kept });
}

/** The states that pools were opened in: the first row after the opening is the first chance for any of them to change. */
function calmPools(state: EngineState): ReadonlySet<PoolId> {
  const calm = allPoolRows(state).filter(
    ({ alert }) => alert.state === 'healthy' || alert.state === 'watch',
  );
  return new Set(calm.map(({ poolId }) => poolId));
}

function isAlarm(state: string): boolean {
  return state === 'warning' || state === 'critical';
}
