import { describe, expect, it } from 'vitest';
import { checkMemory, heapLimitMb } from './room.ts';

const GB = 1_000_000_000;

describe('memory for accounts', () => {
  it('lets in what fits, and says how many do where it does not', () => {
    expect(checkMemory(200, GB)).toMatchObject({ ok: true });
    expect(checkMemory(1_000_000, 3 * GB)).toEqual({
      ok: false,
      error:
        'ACCOUNTS asks for 1,000,000 accounts; 800,000 fit into the 3.0 GB of memory that are free',
    });
    expect(checkMemory(800_000, 3 * GB)).toMatchObject({ ok: true });
    expect(checkMemory(800_001, 3 * GB)).toMatchObject({ ok: false });
    expect(checkMemory(1, GB / 10)).toMatchObject({
      error: expect.stringContaining('0 fit into the 0.1 GB'),
    });
  });

  it('gives the heap of the loop room for them, and never less than a small run has', () => {
    expect(heapLimitMb(200)).toBe(heapLimitMb(1));
    expect(heapLimitMb(2_000_000)).toBeGreaterThan(heapLimitMb(200));
  });
});
