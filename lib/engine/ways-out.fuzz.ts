/** The forecast of a liquidation (lib/margin/ways-out.ts) against the books: between plan and settlement of random runs, to the last digit. */
import { expect, it } from 'vitest';
import { poolsOf } from '../margin/pool.ts';
import { houseRules } from '../margin/venues/house.ts';
import { liquidationOf } from '../margin/ways-out.ts';
import { decimalText } from '../units/decimal.ts';
import { engine } from './engine.ts';
import { accountOf, marketOf } from './facts.ts';
import { openRandomRun, randomStep } from './random-book.ts';
import { type JournalRow, type RowBody } from './row.ts';
import { type EngineState } from './state.ts';

const DEEP = process.env.PLIMSOLL_DEEP === '1';
const RUNS = DEEP ? 150 : 10;
const STEPS = DEEP ? 300 : 120;

type Settled = Extract<RowBody, { readonly kind: 'liquidation-settled' }>;
type Parts = Pick<Settled, 'fee' | 'conversionCost' | 'deficit' | 'left'>;

function forecastOf(state: EngineState, { accountId }: JournalRow, poolId: string): Parts {
  const account = accountId === null ? undefined : accountOf(state, accountId);
  const market = marketOf(state);
  const pool = account && poolsOf(account, market).find(({ id }) => id === poolId);
  if (pool === undefined) throw new Error(`${poolId} is a pool of ${accountId}`);
  const out = liquidationOf({ pool, market, there: market, rules: houseRules });
  if (!out.known) throw new Error(`${poolId}: ${out.why.kind}`);
  const { fee, conversionCost, deficit, left } = out.value;
  return {
    fee: decimalText(fee),
    conversionCost: decimalText(conversionCost),
    deficit: decimalText(deficit),
    left: decimalText(left),
  };
}

/** Counts of what was compared. */
interface Seen {
  liquidations: number;
  sales: number;
  deficits: number;
}

/** A plan is durable before anything is booked: there the forecast is made. */
function compare(
  state: EngineState,
  row: JournalRow,
  p: { readonly forecasts: Map<string, Parts>; readonly seen: Seen; readonly seed: number },
): void {
  const { body } = row;
  if (body.kind === 'liquidation-planned')
    p.forecasts.set(body.planId, forecastOf(state, row, body.poolId));
  if (body.kind !== 'liquidation-settled') return;
  const { fee, conversionCost, deficit, left } = body;
  expect({ fee, conversionCost, deficit, left }, `seed ${p.seed}, ${body.poolId}`).toEqual(
    p.forecasts.get(body.planId),
  );
  p.seen.liquidations += 1;
  p.seen.sales += body.collateralSold.length;
  p.seen.deficits += Number(deficit !== '0');
}

function compareIn(seed: number, seen: Seen): void {
  const drawn = openRandomRun(seed);
  const forecasts = new Map<string, Parts>();
  for (let step = 0; step <= STEPS; step += 1) {
    for (const group of engine.takeStep(drawn.state, randomStep(drawn, step)))
      for (const row of group) compare(drawn.state, row, { forecasts, seen, seed });
  }
}

it('[EX3] random liquidations book what was forecast', () => {
  const seen: Seen = { liquidations: 0, sales: 0, deficits: 0 };
  const first = Number(process.env.FUZZ_SEED ?? 1);
  for (let seed = first; seed < first + RUNS; seed += 1) compareIn(seed, seen);
  console.log(`ways out: ${JSON.stringify(seen)}`);
  expect(seen.liquidations).toBeGreaterThan(0);
});
