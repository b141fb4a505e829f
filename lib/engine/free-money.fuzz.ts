/**
 * What integers say is free is what the figures say, to the last unit, for every account of random runs at every step: whoever asks
 * is answered alike by both. A seed is printed with what it finds.
 */
import { expect, it } from 'vitest';
import { assetId } from '../units/ids.ts';
import { engine } from './engine.ts';
import { assessedFreeMoney, quickFreeMoney } from './free-money.ts';
import { isSystemAccount } from './ledger.ts';
import { openRandomRun, randomStep, USDT } from './random-book.ts';
import { type EngineState, type LedgerAccount } from './state.ts';

const DEEP = process.env.PLIMSOLL_DEEP === '1';
const RUNS = DEEP ? 100 : 6;
const STEPS = DEEP ? 200 : 40;
const ASSETS = [USDT, assetId('BTC'), assetId('USDC')];
const FIGURES = ['availableMargin', 'withdrawable'] as const;

/** Counts of what was compared. */
interface Seen {
  asked: number;
  quick: number;
  multi: number;
  free: number;
}

function compare(state: EngineState, account: LedgerAccount, seen: Seen, seed: number): void {
  for (const asset of ASSETS) {
    for (const figure of FIGURES) {
      seen.asked += 1;
      const quick = quickFreeMoney(state, account, { asset, figure });
      if (quick === undefined) continue;
      seen.quick += 1;
      seen.multi += Number(account.assetMode === 'multi');
      seen.free += Number(quick > 0n);
      const where = `seed ${seed}, step ${state.step}, ${account.accountId}, ${figure} in ${asset}`;
      expect(quick, where).toBe(assessedFreeMoney(state, account, { asset, figure }));
    }
  }
}

it('[ST9] integers and figures let the same money out', () => {
  const seen: Seen = { asked: 0, quick: 0, multi: 0, free: 0 };
  const first = Number(process.env.FUZZ_SEED ?? 1);
  for (let seed = first; seed < first + RUNS; seed += 1) {
    const drawn = openRandomRun(seed);
    for (let step = 0; step <= STEPS; step += 1) {
      for (const group of engine.takeStep(drawn.state, randomStep(drawn, step))) void group;
      for (const account of drawn.state.accounts.values())
        if (!isSystemAccount(account.accountId)) compare(drawn.state, account, seen, seed);
    }
  }
  console.log(`free money: ${JSON.stringify(seen)}`);
  expect(seen.multi).toBeGreaterThan(0);
  expect(seen.free).toBeGreaterThan(0);
});
