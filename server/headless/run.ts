/** A run without a clock, a store or a screen: as fast as the machine can, and the same rows as any other way. */
import { ok, type Result } from '#lib/contract.ts';
import { conservationOf } from '#lib/engine/conservation.ts';
import { engine } from '#lib/engine/engine.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { SYSTEM_ACCOUNTS, type EngineState } from '#lib/engine/state.ts';
import { accountId } from '#lib/units/ids.ts';
import { moneyFromUnits } from '#lib/units/scaled.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { runIdOf, runInputName } from '#server/run-id.ts';
import { createRunSource, type SourceSettings } from '#server/run-source.ts';

export interface HeadlessRun {
  readonly state: EngineState;
  readonly stepMs: number;
  /** Whether the money of every asset and the lots of every contract still sum to zero. */
  readonly conserved: boolean;
  readonly rowsByKind: ReadonlyMap<string, number>;
}

/** Runs until the tape ends, `steps` are done, or `watch` says that it has seen enough. */
export function runHeadless(p: {
  readonly settings: SourceSettings;
  readonly steps: number;
  readonly watch?: (row: JournalRow, state: EngineState) => 'go on' | 'enough';
}): Result<HeadlessRun> {
  const opened = createRunSource(p.settings);
  if (!opened.ok) return opened;
  const source = opened.value;
  const input = runInputName(p.settings.input);
  if (!input.ok) return input;
  const { seed, accounts } = p.settings;
  const key = { seed, input: input.value, accounts, rulesVersion: houseRules.version, take: 0 };
  const state = engine.openRun({ ...source.identity, runId: runIdOf(key) });
  const rowsByKind = new Map<string, number>();
  let enough = false;
  // The first step opens the accounts and takes no run time, as in the server: same step, same digest.
  while (state.step <= p.steps && !enough) {
    const next = source.next(state);
    if (next === undefined) break;
    for (const rows of engine.takeStep(state, { step: state.step + 1, ...next })) {
      for (const row of rows) {
        rowsByKind.set(row.body.kind, (rowsByKind.get(row.body.kind) ?? 0) + 1);
        if (p.watch?.(row, state) === 'enough') enough = true;
      }
    }
  }
  const { stepMs } = source.tape;
  return ok({ state, stepMs, conserved: conservationOf(state).holds, rowsByKind });
}

/** What a house account holds, by asset, as text. */
export function houseWallets(
  state: EngineState,
  name: keyof typeof SYSTEM_ACCOUNTS,
): Readonly<Record<string, string>> {
  const wallets = state.accounts.read(accountId(SYSTEM_ACCOUNTS[name]))?.wallets ?? new Map();
  return Object.fromEntries(
    [...wallets].map(([asset, units]) => [asset, moneyFromUnits(units).toFixed()]),
  );
}
