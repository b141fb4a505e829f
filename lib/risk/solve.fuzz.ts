/** Searches for a solved amount that does not reach, or that is not the smallest. A failure prints the seed that shows it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { accountFrom, marketFrom } from '../margin/examples.ts';
import { assessAccount, type AssessInput } from '../margin/health.ts';
import { houseRules } from '../margin/venues/house.ts';
import { chanceOf, randomScene, type Chance, type PoolKind } from '../margin/random-pools.ts';
import { Decimal, roundToStep } from '../units/decimal.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { type Change } from './change.ts';
import { smallestClose, smallestDeposit, type Goal } from './solve.ts';
import { readTarget, type Target } from './target.ts';
import { applyWhatIf } from './what-if.ts';

const DEPTH = process.env['PLIMSOLL_DEEP'] === '1' ? 100 : 1;
const RUNS = 150;
const VOLATILITY = new Map([
  ['BTC', 0.03],
  ['ETH', 0.04],
  ['SOL', 0.06],
  ['BNB', 0.035],
  ['XRP', 0.05],
]);

/** Runs a search on seeded draws and counts what it found: a search that finds nothing proves nothing. */
function onSeeds(check: (chance: Chance) => number): number {
  let found = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      found += check(chanceOf(seed));
    }),
    { numRuns: RUNS * DEPTH },
  );
  return found;
}

function goalOf(chance: Chance, kind?: PoolKind): Goal {
  const scene = randomScene(chance, kind);
  const facts: AssessInput = {
    account: accountFrom(scene),
    market: marketFrom(scene),
    rules: scene.rules ?? houseRules,
  };
  const pool = assessAccount(facts).pools.find(({ positions }) => positions.length > 0);
  assert(pool !== undefined, 'a random scene has a pool with a position');
  return { facts, poolId: pool.id, target: targetOf(chance, facts) };
}

function targetOf(chance: Chance, { market }: AssessInput): Target {
  const [instrument, mark] = chance.pick([...market.marks]);
  const at = market.instruments.get(instrument);
  assert(at !== undefined, 'a mark has its instrument');
  const exact = mark.price.times(chance.between(0.6, 1.5).toFixed(6));
  return chance.pick<Target>([
    { kind: 'ratio', atMost: rate(chance.between(0.02, 0.98).toFixed(4)) },
    { kind: 'distance', atLeast: rate(chance.between(0.005, 0.9).toFixed(4)) },
    { kind: 'moves', atLeast: chance.between(0.1, 5), dailyVolatility: VOLATILITY },
    {
      kind: 'survive',
      instrumentId: instrument,
      at: price(roundToStep(exact, at.tickSize, 'half-up')),
    },
  ]);
}

function reachesWith(goal: Goal, changes: readonly Change[]): boolean {
  const outcome = applyWhatIf(goal.facts, changes);
  if (!outcome.ok || outcome.value.cost.deficits.size > 0) return false;
  return readTarget(outcome.value.facts, goal.poolId, goal.target).reached;
}

/** The same changes with one unit of money less in each. */
function lessMoney(changes: readonly Change[]): readonly Change[] {
  return changes.map((change) =>
    'amount' in change ? { ...change, amount: money(change.amount.minus('0.00000001')) } : change,
  );
}

function shrunk(goal: Goal, changes: readonly Change[], size: Decimal): readonly Change[] {
  return changes.flatMap((change): readonly Change[] => {
    if (change.kind !== 'close' && change.kind !== 'resize') return [];
    const { instrumentId, positionSide } = change;
    const held = goal.facts.account.positions.find(
      (one) => one.instrumentId === instrumentId && one.positionSide === positionSide,
    );
    const lot = goal.facts.market.instruments.get(instrumentId)?.lotSize;
    assert(held !== undefined && lot !== undefined, 'what is closed is held');
    const less = size.minus(lot);
    if (less.isZero()) return [];
    const by = quantity(held.signedSize.isNegative() ? less : less.negated());
    return [{ kind: 'resize', instrumentId, positionSide, by }];
  });
}

describe('the smallest deposit', () => {
  test('[SV2] reaches, and with one unit less it does not', () => {
    const found = onSeeds((chance) => {
      const goal = goalOf(chance);
      const answer = smallestDeposit(goal);
      if (answer.kind !== 'found') return 0;
      expect(reachesWith(goal, answer.changes)).toBe(true);
      expect(reachesWith(goal, lessMoney(answer.changes))).toBe(false);
      return 1;
    });
    expect(found).toBeGreaterThan(RUNS / 4);
  });

  test('[SV2] no smaller one reaches, and every larger one does, while the deposit moves with no coin', () => {
    onSeeds((chance) => {
      const goal = goalOf(chance, chance.pick(['linear', 'hedged', 'multi'] as const));
      const answer = smallestDeposit(goal);
      if (answer.kind !== 'found') return 0;
      const { asset, amount } = answer;
      const scaled = (factor: number): readonly Change[] => {
        const part = roundToStep(amount.times(factor), new Decimal('0.00000001'), 'down');
        return part.isZero() ? [] : [{ kind: 'deposit', asset, amount: money(part) }];
      };
      expect(reachesWith(goal, scaled(chance.share()))).toBe(false);
      expect(reachesWith(goal, scaled(1 + 10 * chance.share()))).toBe(true);
      return 1;
    });
  });
});

describe('the smallest close', () => {
  test('[SV3] reaches, and with one lot less it does not', () => {
    const found = onSeeds((chance) => {
      const goal = goalOf(chance);
      const ref = chance.pick(goal.facts.account.positions);
      const answer = smallestClose(goal, ref);
      if (answer.kind !== 'found') return 0;
      expect(reachesWith(goal, answer.changes)).toBe(true);
      expect(reachesWith(goal, shrunk(goal, answer.changes, answer.size))).toBe(false);
      return 1;
    });
    expect(found).toBeGreaterThan(RUNS / 10);
  });

  test('[SV3] no smaller one reaches a ratio or survives a price', () => {
    onSeeds((chance) => {
      const drawn = goalOf(chance);
      const ratio = { kind: 'ratio', atMost: rate(chance.between(0.02, 0.98).toFixed(4)) } as const;
      const goal: Goal = drawn.target.kind === 'survive' ? drawn : { ...drawn, target: ratio };
      const ref = chance.pick(goal.facts.account.positions);
      const answer = smallestClose(goal, ref);
      if (answer.kind !== 'found') return 0;
      const lot = goal.facts.market.instruments.get(ref.instrumentId)?.lotSize;
      assert(lot !== undefined, 'the position has an instrument');
      const part = roundToStep(answer.size.times(chance.share()), lot, 'down').plus(lot);
      if (part.gt(answer.size)) return 0;
      expect(reachesWith(goal, shrunk(goal, answer.changes, part))).toBe(false);
      return 1;
    });
  });
});
