import { expect, it } from 'vitest';
import { Decimal } from '../units/decimal.ts';
import { poolId } from '../units/ids.ts';
import { worstFirst } from './worst-first.ts';

function pool(id: string, equity: string, maintenance: string) {
  return {
    row: { poolId: poolId(id) },
    equity: new Decimal(equity),
    maintenance: new Decimal(maintenance),
  };
}

it.each([
  ['deficits, the largest first', ['-3', '1'], ['-2', '9'], ['-1', '99']],
  ['any deficit before any health', ['-0.01', '1'], ['0', '5'], ['1', '1000']],
  ['equity / maintenance, the lowest first', ['8', '10'], ['9', '10'], ['95', '100']],
  [
    'deficits that floats cannot tell apart',
    ['-100.0000000000000000001', '1'],
    ['-100', '1'],
    ['-99.9999999999999999999', '1'],
  ],
  [
    'ratios that floats cannot tell apart',
    ['0.3333333333333333333332', '1'],
    ['0.6666666666666666666666', '2'],
    ['1', '3'],
  ],
  ['equal ones by id', ['0.1', '0.3', 'A'], ['1', '3', 'B'], ['2', '6', 'C']],
])('[LI1] %s', (_case, ...figures) => {
  const inOrder = figures.map(([equity = '', maintenance = '', id], place) =>
    // Where the id must not decide, it says the opposite.
    pool(id ?? `${9 - place}`, equity, maintenance),
  );
  const [first, second, third] = inOrder;
  const shuffles = [inOrder, inOrder.toReversed(), [second, third, first], [third, first, second]];
  for (const shuffled of shuffles)
    expect(worstFirst(shuffled.filter((found) => found !== undefined))).toEqual(inOrder);
});
