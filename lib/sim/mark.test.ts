import { describe, expect, it } from 'vitest';
import {
  basisOf,
  bandOf,
  composeIndex,
  composeMark,
  fundingRateOf,
  type SourceQuote,
  updateBasis,
} from './mark.ts';

function quote(name: string, price: number, weight: number, ageMs = 0): SourceQuote {
  return { name, price, weight, ageMs };
}

/** The worked example of liquidation.md 1.3. */
const EXAMPLE = [
  quote('a', 60_000, 3),
  quote('b', 60_012, 2),
  quote('c', 59_990, 2),
  quote('d', 57_000, 1),
  quote('e', 60_020, 1),
];

describe('index', () => {
  it('throws the outlier of the worked example out', () => {
    const index = composeIndex(EXAMPLE);
    expect(index?.price).toBeCloseTo(60_003, 9); // (3 x 60,000 + 2 x 60,012 + 2 x 59,990 + 60,020) / 8
    expect(index?.rejected).toEqual(['d']);
    expect(index?.sources).toBe(4);
  });

  it('takes the median itself when more than one source is out', () => {
    const index = composeIndex([...EXAMPLE.slice(0, 4), quote('e', 66_000, 1)]);
    expect(index).toEqual({ price: 60_000, sources: 3, rejected: ['d', 'e'] });
  });

  it('clamps a believed source to half a percent of the median', () => {
    const index = composeIndex([quote('a', 100, 1), quote('b', 100, 1), quote('c', 102, 1)]);
    expect(index?.price).toBeCloseTo((100 + 100 + 100.5) / 3, 12);
  });

  it.each([
    ['at ten seconds it counts', 10_000, 2],
    ['a millisecond later it does not', 10_001, 1],
  ])('drops an old source: %s', (_case, ageMs, sources) => {
    expect(composeIndex([quote('a', 100, 1), quote('b', 100, 1, ageMs)])?.sources).toBe(sources);
  });

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY])('drops a price of %d', (price) => {
    expect(composeIndex([quote('a', price, 9), quote('b', 100, 1)])).toEqual({
      price: 100,
      sources: 1,
      rejected: [],
    });
  });

  it('is none without a live source', () => {
    expect(composeIndex([])).toBeUndefined();
    expect(composeIndex([quote('a', 100, 1, 60_000), quote('b', 0, 1)])).toBeUndefined();
  });
});

describe('mark', () => {
  const example = {
    index: 60_003,
    basis: -9,
    book: { bid: 59_700, ask: 59_700, last: 59_700 },
    fundingRate: 0.0001,
    fundingShareLeft: 3 / 8,
    band: bandOf('BTC'),
  };

  it('is the median of index with funding, index with basis, and book', () => {
    expect(composeMark(example)).toBeCloseTo(59_994, 9); // P1 60,005.25; P2 59,994; book 59,700
  });

  it('lies on P1 when the book is above and the basis below', () => {
    const book = { bid: 61_000, ask: 61_001, last: 61_000 };
    expect(composeMark({ ...example, book })).toBeCloseTo(60_005.25013, 4); // 60,003 x (1 + 0.0001 x 3/8)
  });

  it('[K2] stays within the band when book and basis have both broken away', () => {
    // AVAX on 2025-10-10: Coinbase at 17.00, the COIN-M book at 6.02.
    const book = { bid: 6.02, ask: 6.02, last: 6.02 };
    const mark = composeMark({
      index: 17,
      basis: -9,
      book,
      fundingRate: 0,
      fundingShareLeft: 1,
      band: bandOf('AVAX'),
    });
    expect(mark).toBeCloseTo(16.15, 12);
  });
});

describe('basis average', () => {
  it('forgets with a time constant of 150 seconds', () => {
    const first = updateBasis({ weightedSum: 0, weightMs: 0 }, 10, 1_000);
    expect(basisOf(first)).toBe(10);
    const second = updateBasis(first, 0, 150_000);
    expect(basisOf(second)).toBeCloseTo(
      (10 * 1_000 * Math.exp(-1)) / (1_000 * Math.exp(-1) + 150_000),
      12,
    );
  });

  it('is none before the first sample', () => {
    expect(basisOf({ weightedSum: 0, weightMs: 0 })).toBe(0);
  });
});

describe('funding rate', () => {
  it.each([
    ['no premium: interest alone', 0, 0.0001],
    ['a small premium is absorbed by interest', 0.0004, 0.0001],
    ['a larger one less the damper', 0.001, 0.0005],
    ['a discount plus the damper', -0.002, -0.0015],
    ['never above the cap', 0.02, 0.003],
    ['never below the floor', -0.02, -0.003],
  ])('%s', (_case, premium, expected) => {
    expect(fundingRateOf({ premium, cap: 0.003, floor: -0.003 })).toBeCloseTo(expected, 12);
  });
});
