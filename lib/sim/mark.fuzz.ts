import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeIndex, composeMark, type SourceQuote } from './mark.ts';

const honestQuote = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
  price: fc.double({ min: 90, max: 110, noNaN: true }),
  weight: fc.integer({ min: 1, max: 9 }),
  ageMs: fc.constant(0),
});
const anyPrice = fc.oneof(
  fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
  fc.double({ min: 80, max: 120, noNaN: true }),
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY),
);

function weightOf(quotes: readonly SourceQuote[]): number {
  return quotes.reduce((sum, { weight }) => sum + weight, 0);
}

describe('index', () => {
  it('[K1] one corrupted source of under half of the weight cannot move it out of the honest range by over 0.5 %', () => {
    fc.assert(
      fc.property(
        fc.array(honestQuote, { minLength: 1, maxLength: 6 }),
        anyPrice,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (honest, price, share) => {
          const corrupted = { name: 'bad', price, weight: weightOf(honest) * share, ageMs: 0 };
          const index = composeIndex([...honest, corrupted]);
          const prices = honest.map((quote) => quote.price);
          expect(index?.price).toBeGreaterThanOrEqual(Math.min(...prices) * (0.995 - 1e-12));
          expect(index?.price).toBeLessThanOrEqual(Math.max(...prices) * (1.005 + 1e-12));
        },
      ),
    );
  });

  it('[K3] does not depend on the order of the sources, to the last bit', () => {
    fc.assert(
      fc.property(
        fc.array(honestQuote, { minLength: 1, maxLength: 7 }),
        fc.infiniteStream(fc.nat()),
        (quotes, order) => {
          const keyed = quotes.map((quote) => ({ quote, key: order.next().value }));
          const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ quote }) => quote);
          expect(composeIndex(shuffled)?.price).toBe(composeIndex(quotes)?.price);
          expect(composeIndex(shuffled)?.rejected.toSorted()).toEqual(
            composeIndex(quotes)?.rejected.toSorted(),
          );
        },
      ),
    );
  });
});

describe('mark', () => {
  it('[K2] is within the band around the index, whatever book, basis and funding say', () => {
    const price = fc.double({ min: 1e-3, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(
        price,
        price,
        price,
        price,
        fc.double({ min: -1e7, max: 1e7, noNaN: true }),
        fc.constantFrom(0.02, 0.05),
        (index, bid, ask, last, basis, band) => {
          const mark = composeMark({
            index,
            basis,
            book: { bid, ask, last },
            fundingRate: 0.003,
            fundingShareLeft: 1,
            band,
          });
          expect(mark).toBeGreaterThanOrEqual(index * (1 - band));
          expect(mark).toBeLessThanOrEqual(index * (1 + band));
        },
      ),
    );
  });
});
