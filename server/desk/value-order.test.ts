import { expect, it } from 'vitest';
import { createPassingStream } from '#lib/sim/random.ts';
import { bucketByBits, bucketByWidth, createValueOrder, type ValueOrder } from './value-order.ts';

function slotsOf(order: ValueOrder, descending: boolean, skip = 0): readonly number[] {
  return [...order.runs(descending, skip)].flatMap(({ slots }) => slots);
}

it('puts numbers of every size, sign and kind into order, unknown ones last either way', () => {
  const order = createValueOrder(bucketByBits);
  const values = [3, -1, Infinity, Number.NaN, 0, -0, 1e-9, -Infinity, 3.0001, 1e12];
  for (const [slot, value] of values.entries()) order.set(slot, value);
  expect(slotsOf(order, false)).toEqual([7, 1, 4, 5, 6, 0, 8, 9, 2, 3]);
  expect(slotsOf(order, true)).toEqual([2, 9, 8, 0, 6, 4, 5, 1, 7, 3]);
});

it('stays in order while numbers change, and finds a page from anywhere', () => {
  const random = createPassingStream({ seed: '1', asset: 'BTC', purpose: 'order' });
  const order = createValueOrder(bucketByBits);
  const values: number[] = [];
  for (let change = 0; change < 20_000; change += 1) {
    const slot = Math.floor(random.uniform() * 3_000);
    values[slot] = random.uniform() < 0.05 ? Number.NaN : (random.uniform() - 0.3) * 1_000;
    order.set(slot, values[slot]);
  }
  const known = [...values.keys()].filter((slot) => values[slot] !== undefined);
  const inOrder = known.toSorted((left, right) => order.compare(left, right, true));
  expect(slotsOf(order, true)).toEqual(inOrder);
  for (const skip of [0, 1, 777, 2_500, inOrder.length]) {
    const [first] = order.runs(true, skip);
    const found = slotsOf(order, true, skip);
    const before = first?.before ?? inOrder.length;
    expect(found).toEqual(inOrder.slice(before));
    expect(before).toBeLessThanOrEqual(Math.max(skip, inOrder.length - found.length));
  }
});

it('keeps what lies beyond its buckets', () => {
  const order = createValueOrder(bucketByWidth(2));
  for (const [slot, value] of [1e9, -5, 3].entries()) order.set(slot, value);
  expect(slotsOf(order, false)).toEqual([1, 2, 0]);
});
