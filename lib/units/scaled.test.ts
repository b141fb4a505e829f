import { describe, expect, it } from 'vitest';
import { Decimal } from './decimal.ts';
import { money, price, quantity, rate } from './money.ts';
import {
  divide,
  lots,
  moneyFromUnits,
  moneyToUnits,
  moneyUnits,
  priceFromTicks,
  quantityFromLots,
  rateToUnits,
  stepsOf,
  ticks,
} from './scaled.ts';

describe('integers of the ledger', () => {
  it('money counts in 1e-8, rounded by name or not at all', () => {
    expect(moneyToUnits(money('1.23456789'), 'exact')).toBe(123_456_789n);
    expect(moneyToUnits(money('-0.000000019'), 'floor')).toBe(-2n);
    expect(moneyToUnits(money('-0.000000019'), 'down')).toBe(-1n);
    expect(() => moneyToUnits(money('0.000000001'), 'exact')).toThrow('more than 8 decimals');
    expect(moneyFromUnits(moneyUnits(-150_000_000n)).toFixed()).toBe('-1.5');
  });

  it('a funding rate of 0.00125 % fits into 1e-12', () => {
    expect(rateToUnits(rate('0.0000125'))).toBe(12_500_000n);
  });

  it('prices count in ticks, sizes in lots, and off the grid is an error of the programmer', () => {
    expect(stepsOf(new Decimal('60000.5'), new Decimal('0.5'))).toBe(120_001n);
    expect(() => stepsOf(new Decimal('60000.3'), new Decimal('0.5'))).toThrow('not a multiple');
    expect(priceFromTicks(ticks(120_001n), price('0.5')).toFixed()).toBe('60000.5');
    expect(quantityFromLots(lots(-7n), quantity('0.001')).toFixed()).toBe('-0.007');
  });
});

describe('integer division with a name', () => {
  it.each([
    ['floor', 3n, -4n],
    ['ceil', 4n, -3n],
    ['down', 3n, -3n],
    ['up', 4n, -4n],
  ] as const)('7 / 2 and -7 / 2, %s', (mode, positive, negative) => {
    expect(divide(7n, 2n, mode)).toBe(positive);
    expect(divide(-7n, 2n, mode)).toBe(negative);
  });

  it('leaves what divides exactly as it is, and refuses a divisor of zero', () => {
    for (const mode of ['floor', 'ceil', 'down', 'up'] as const)
      expect(divide(-8n, 2n, mode)).toBe(-4n);
    expect(() => divide(1n, 0n, 'floor')).toThrow('a divisor above zero');
  });
});
