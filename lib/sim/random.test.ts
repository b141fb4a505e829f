import { describe, expect, it } from 'vitest';
import { createMemory } from './memory.ts';
import { createPassingStream, createStream, fnv1a, inverseNormal } from './random.ts';

const DEMO = { seed: 'demo-1', asset: 'BTC', purpose: 'diff' };

describe('random streams', () => {
  it('[G1] gives the four golden words of stream demo-1|BTC|diff', () => {
    const stream = createPassingStream(DEMO);
    const words = Array.from({ length: 4 }, () => stream.nextWord());
    expect(words).toEqual([1548599686, 3593314961, 3910501509, 3391093707]); // liquidation.md 1.7
  });

  it('hashes as FNV-1a does', () => {
    expect(fnv1a('')).toBe(0x811c9dc5);
    expect(fnv1a('a')).toBe(0xe40c292c);
    expect(fnv1a('foobar')).toBe(0xbf9cf968);
  });

  it('spends exactly one word on each draw, whatever is drawn', () => {
    const [drawn, counted] = [createPassingStream(DEMO), createPassingStream(DEMO)];
    drawn.normal();
    drawn.uniform();
    drawn.exponential();
    for (let turn = 0; turn < 3; turn += 1) counted.nextWord();
    expect(drawn.nextWord()).toBe(counted.nextWord());
  });

  it('is another stream for another seed, asset or purpose', () => {
    const firsts = [
      DEMO,
      { ...DEMO, seed: 'demo-2' },
      { ...DEMO, asset: 'ETH' },
      { ...DEMO, purpose: 'jump' },
    ].map((name) => createPassingStream(name).nextWord());
    expect(new Set(firsts).size).toBe(4);
  });

  it('continues after a save as if nothing had happened', () => {
    const memory = createMemory();
    const stream = createStream(memory, DEMO);
    stream.normal();
    const saved = memory.save();
    const expected = [stream.normal(), stream.normal()];
    const otherMemory = createMemory();
    const other = createStream(otherMemory, DEMO);
    otherMemory.load(saved);
    expect([other.normal(), other.normal()]).toEqual(expected);
  });
});

describe('inverse of the normal distribution', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.99865010196837, 3],
    [0.0001, -3.719016485455709],
    [1e-9, -5.997807015007687],
  ])('at %f is %f', (share, expected) => {
    expect(inverseNormal(share)).toBeCloseTo(expected, 7);
  });

  it('is odd around one half', () => {
    for (const share of [1e-6, 0.02, 0.02425, 0.3])
      expect(inverseNormal(1 - share)).toBeCloseTo(-inverseNormal(share), 8);
  });

  it('draws mean 0 and deviation 1', () => {
    const stream = createPassingStream(DEMO);
    const draws = Array.from({ length: 200_000 }, () => stream.normal());
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const square = draws.reduce((sum, value) => sum + value ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.01); // 4.5 standard errors
    expect(Math.abs(square - 1)).toBeLessThan(0.015);
  });
});
