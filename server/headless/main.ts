/**
 * `npm run headless`: one run without server or screen, told as JSON. Options as for the demo (SEED, SCENARIO, REPLAY, ACCOUNTS);
 * `--steps N` (3600), `--promise 1-100` checks the demo's promise for these seeds instead.
 */
import { fail, ok, type Result } from '#lib/contract.ts';
import { digestOf } from '#lib/engine/memory.ts';
import { SCENARIOS } from '#lib/sim/scenario.ts';
import { readConfig, type Config } from '#server/config.ts';
import { type SourceSettings } from '#server/run-source.ts';
import { checkPromise } from './promise.ts';
import { houseWallets, runHeadless } from './run.ts';

const DEFAULT_STEPS = 3_600;
const STEPS_MAX = 10_000_000;
const HELP = `npm run --silent headless -- [--steps N] [--promise FIRST-LAST]
  --steps N              steps of run time, ${DEFAULT_STEPS} unless told
  --promise FIRST-LAST   checks the demo's promise for these seeds, for example 1-100
SEED, SCENARIO, REPLAY, ACCOUNTS and SPEED come through the environment, as for the demo.`;

interface Orders {
  readonly steps: number;
  readonly seeds: { readonly first: number; readonly last: number } | undefined;
}

/** What was asked on the command line, or a sentence. */
function readOrders(words: readonly string[]): Result<Orders | 'help'> {
  let steps = DEFAULT_STEPS;
  let seeds: Orders['seeds'];
  for (let at = 0; at < words.length; at += 2) {
    const [name, value = ''] = words.slice(at, at + 2);
    if (name === '--help') return ok('help');
    if (name === '--steps') {
      steps = Number(value);
      if (!/^\d{1,8}$/.test(value) || steps < 1 || steps > STEPS_MAX) {
        return fail(`--steps is "${value}", expected a whole number from 1 to ${STEPS_MAX}`);
      }
    } else if (name === '--promise') {
      const [, first, last] = /^(\d{1,6})-(\d{1,6})$/.exec(value) ?? [];
      seeds = { first: Number(first), last: Number(last) };
      if (!(seeds.first <= seeds.last)) {
        return fail(`--promise is "${value}", expected seeds such as 1-100`);
      }
    } else {
      return fail(
        `${name ?? ''} is no option; see --help. SEED and SCENARIO are environment variables`,
      );
    }
  }
  return ok({ steps, seeds });
}

function settingsOf(config: Config): SourceSettings {
  const { seed, accounts, input } = config;
  return { seed, accounts, input };
}

function tell(config: Config, steps: number): void {
  const started = performance.now();
  const ran = runHeadless({ settings: settingsOf(config), steps });
  if (!ran.ok) return refuse(ran.error);
  const run = ran.value;
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

function checkSeeds(config: Config, { first, last }: NonNullable<Orders['seeds']>): void {
  let kept = 0;
  for (let seed = first; seed <= last; seed += 1) {
    const found = checkPromise({ ...settingsOf(config), seed: String(seed) }, config.speed);
    if (!found.ok) return refuse(found.error);
    if (found.value.kept) kept += 1;
    console.log(JSON.stringify(found.value));
  }
  const total = last - first + 1;
  console.log(`${kept} of ${total} seeds keep the promise at ${config.speed}x`);
  if (kept < total) process.exitCode = 1;
}

function refuse(sentence: string): void {
  console.error(`plimsoll: ${sentence}`);
  process.exitCode = 1;
}

const orders = readOrders(process.argv.slice(2));
const config = readConfig(
  process.env,
  SCENARIOS.map(({ id }) => id),
);
if (!orders.ok) refuse(orders.error);
else if (orders.value === 'help') console.log(HELP);
else if (!config.ok) for (const sentence of config.error) refuse(sentence);
else if (orders.value.seeds === undefined) tell(config.value, orders.value.steps);
else checkSeeds(config.value, orders.value.seeds);
