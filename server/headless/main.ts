/**
 * `npm run headless`: one run without server or screen, told as JSON. Options as for the demo (SEED, SCENARIO, REPLAY, ACCOUNTS);
 * `--steps N` (3600), `--promise 1-100` checks the demo's promise for these seeds instead.
 */
import { assert } from '#lib/contract.ts';
import { digestOf } from '#lib/engine/memory.ts';
import { SCENARIOS } from '#lib/sim/scenario.ts';
import { readConfig, type Config } from '#server/config.ts';
import { type SourceSettings } from '#server/run-source.ts';
import { checkPromise } from './promise.ts';
import { houseWallets, runHeadless } from './run.ts';

const DEFAULT_STEPS = 3_600;

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
}

function settingsOf(config: Config): SourceSettings {
  const { seed, accounts, input } = config;
  return { seed, accounts, input };
}

function tell(config: Config): void {
  const steps = Number(option('steps') ?? DEFAULT_STEPS);
  assert(Number.isInteger(steps) && steps > 0, '--steps is a whole number above 0');
  const started = performance.now();
  const run = runHeadless({ settings: settingsOf(config), steps });
  const { state } = run;
  console.log(
    JSON.stringify({
      seed: config.seed,
      input: config.input,
      accounts: config.accounts,
      steps: state.step,
      runTime: new Date(state.time).toISOString(),
      seconds: Number(((performance.now() - started) / 1_000).toFixed(1)),
      rows: Object.fromEntries(run.rowsByKind),
      insuranceFund: houseWallets(state, 'insuranceFund'),
      badDebt: houseWallets(state, 'badDebt'),
      moneyAndLotsConserved: run.conserved,
      faults: Object.fromEntries(state.faults),
      digest: digestOf(state),
    }),
  );
}

function checkSeeds(config: Config, range: string): void {
  const [first = Number.NaN, last = first] = range.split('-').map(Number);
  assert(Number.isInteger(first) && Number.isInteger(last), '--promise takes seeds such as 1-100');
  let kept = 0;
  for (let seed = first; seed <= last; seed += 1) {
    const found = checkPromise({ ...settingsOf(config), seed: String(seed) }, config.speed);
    if (found.kept) kept += 1;
    console.log(JSON.stringify(found));
  }
  const total = last - first + 1;
  console.log(`${kept} of ${total} seeds keep the promise at ${config.speed}x`);
  if (kept < total) process.exitCode = 1;
}

const config = readConfig(
  process.env,
  SCENARIOS.map(({ id }) => id),
);
if (config.ok) {
  const range = option('promise');
  if (range === undefined) tell(config.value);
  else checkSeeds(config.value, range);
} else {
  console.error(config.error.join('\n'));
  process.exitCode = 1;
}
