import { describe, expect, it } from 'vitest';
import { allow, createAddressAllowances, createAllowance } from './allowance.ts';

const RATE = { burst: 100, refillPerSecond: 50 };

describe('an allowance', () => {
  it('is a burst at once and the refill after that, never more than a burst', () => {
    const allowance = createAllowance(RATE, 0);
    const takenAt = (ms: number): number => {
      let taken = 0;
      while (allow(allowance, RATE, ms)) taken += 1;
      return taken;
    };
    expect([takenAt(0), takenAt(0), takenAt(1_000), takenAt(60_000)]).toEqual([100, 0, 50, 100]);
  });
});

describe('allowances by address', () => {
  it('are one bucket for each address', () => {
    const allowances = createAddressAllowances({ burst: 2, refillPerSecond: 0 });
    const asked = ['a', 'a', 'a', 'b'].map((address) => allowances.allow(address, 0));
    expect(asked).toEqual([true, true, false, true]);
  });

  it('remember a bounded number of addresses, and forget the one that was silent longest', () => {
    const allowances = createAddressAllowances({ burst: 1, refillPerSecond: 0 });
    allowances.allow('first', 0);
    allowances.allow('second', 0);
    allowances.allow('first', 0);
    for (let other = 0; other < 9_999; other += 1) allowances.allow(`other ${other}`, 0);
    expect(allowances.size).toBe(10_000);
    expect(allowances.allow('first', 0)).toBe(false);
    expect(allowances.allow('second', 0)).toBe(true);
  });
});
