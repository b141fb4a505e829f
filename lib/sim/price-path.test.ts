import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../market/catalogue.ts';
import { type Instrument } from '../market/instrument.ts';
import { DAY_MS, MINUTE_MS } from '../units/time.ts';
import { choleskyRows, correlationOf, traitsOf } from './coins.ts';
import { createMemory } from './memory.ts';
import { createPricePath } from './price-path.ts';

function coins(...bases: readonly string[]): readonly Instrument[] {
  return CATALOGUE.filter(({ base }) => bases.includes(base));
}

/** Log returns by coin, minute by minute. */
function minuteReturns(p: {
  seed: string;
  instruments: readonly Instrument[];
  minutes: number;
}): readonly Float64Array[] {
  const path = createPricePath(
    { ...p, stepMs: MINUTE_MS, volatilityFactor: 1, jumpFactor: 1 },
    createMemory(),
  );
  const returns = new Float64Array(p.instruments.length);
  const kept = p.instruments.map(() => new Float64Array(p.minutes));
  for (let minute = 0; minute < p.minutes; minute += 1) {
    path.advance(returns);
    for (const [index, list] of kept.entries()) list[minute] = returns[index] ?? Number.NaN;
  }
  return kept;
}

function moment(values: Float64Array, power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0) / values.length;
}

function kurtosisOf(values: Float64Array): number {
  return moment(values, 4) / moment(values, 2) ** 2;
}

function correlationIn(a: Float64Array, b: Float64Array): number {
  const product = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) / a.length;
  return product / Math.sqrt(moment(a, 2) * moment(b, 2));
}

const MINUTES_A_YEAR = (365 * DAY_MS) / MINUTE_MS;
const SIXTY_DAYS = (60 * DAY_MS) / MINUTE_MS;

describe('price path', () => {
  it('[G1] same seed, same path; another seed, another', () => {
    const run = (seed: string): readonly Float64Array[] =>
      minuteReturns({ seed, instruments: CATALOGUE, minutes: 500 });
    expect(run('demo-1')).toEqual(run('demo-1'));
    expect(run('demo-2')).not.toEqual(run('demo-1'));
  });

  it('[G2] a coin more at the end leaves the others as they were', () => {
    const [two, three] = [coins('BTC', 'ETH'), coins('BTC', 'ETH', 'SOL')];
    const before = minuteReturns({ seed: 'demo-1', instruments: two, minutes: 2_000 });
    const after = minuteReturns({ seed: 'demo-1', instruments: three, minutes: 2_000 });
    expect(after.slice(0, 2)).toEqual(before);
  });

  it('[G4] over sixty days: volatility within 30 % of the table, tails fat, coins together as stated', () => {
    const instruments = coins('BTC', 'ETH', 'SOL', 'DOGE');
    const byCoin = new Map(instruments.map(({ base }): [string, number] => [base, 0]));
    const seeds = ['demo-1', 'demo-2', 'demo-3', 'demo-4'];
    for (const seed of seeds) {
      const returns = minuteReturns({ seed, instruments, minutes: SIXTY_DAYS });
      for (const [index, { base }] of instruments.entries()) {
        const values = returns[index] ?? new Float64Array(0);
        byCoin.set(
          base,
          (byCoin.get(base) ?? 0) + Math.sqrt(moment(values, 2) * MINUTES_A_YEAR) / seeds.length,
        );
        expect(kurtosisOf(values), `${seed} ${base}`).toBeGreaterThan(5);
      }
      const [bitcoin, ether, solana] = returns;
      expect(
        correlationIn(bitcoin ?? new Float64Array(0), ether ?? new Float64Array(0)),
      ).toBeGreaterThan(0.7);
      expect(
        correlationIn(bitcoin ?? new Float64Array(0), solana ?? new Float64Array(0)),
      ).toBeGreaterThan(0.55);
    }
    for (const [base, target] of [
      ['BTC', 0.5],
      ['ETH', 0.7],
      ['SOL', 0.85],
      ['DOGE', 0.95],
    ] as const) {
      const realised = byCoin.get(base) ?? Number.NaN;
      expect(Math.abs(realised / target - 1), `${base} ${realised}`).toBeLessThan(0.3);
    }
  });
});

describe('correlations', () => {
  it('are those of the source for the four coins that it has', () => {
    const [btc, eth, sol, doge] = coins('BTC', 'ETH', 'SOL', 'DOGE').map(({ base }) =>
      traitsOf(base),
    );
    if (btc === undefined || eth === undefined || sol === undefined || doge === undefined)
      throw new Error('four coins');
    expect([correlationOf(btc, eth), correlationOf(btc, sol), correlationOf(eth, sol)]).toEqual([
      0.85, 0.75, 0.75,
    ]);
    expect([correlationOf(btc, doge), correlationOf(eth, doge), correlationOf(sol, doge)]).toEqual([
      0.6, 0.6, 0.6,
    ]);
  });

  it('come back from their own triangle', () => {
    const traits = CATALOGUE.map(({ base }) => traitsOf(base));
    const wanted = (i: number, j: number): number => {
      const [a, b] = [traits[i], traits[j]];
      return i === j || a === undefined || b === undefined ? 1 : correlationOf(a, b);
    };
    const rows = choleskyRows(traits.length, wanted);
    for (const [i, row] of rows.entries()) {
      for (const [j, other] of rows.slice(0, i + 1).entries()) {
        expect(other.reduce((sum, value, k) => sum + value * (row[k] ?? 0), 0)).toBeCloseTo(
          wanted(i, j),
          12,
        );
      }
    }
  });
});
