import { expect, it } from 'vitest';
import { LABEL_HEIGHT, placeLabels, type Level } from './label-places.ts';

const plot = { low: 0, high: 100, height: 180 };
const level = (value: number): Level => ({
  name: String(value),
  value,
  text: '',
  colour: '',
  dashed: false,
});

it('puts labels at their level', () => {
  expect(placeLabels([level(50)], plot)[0]?.y).toBe(90);
});

it.each([[[50, 50, 50]], [[100, 99, 98, 97]], [[0, 1, 2, 3]], [[-50, 0, 50, 100, 150, 151]]])(
  'never lets labels of %j overlap or leave the plot',
  (values) => {
    const places = placeLabels(values.map(level), plot).map(({ y }) => y);
    for (const [index, y] of places.entries()) {
      expect(y).toBeLessThanOrEqual(plot.height);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y - (places[index - 1] ?? -LABEL_HEIGHT)).toBeGreaterThanOrEqual(LABEL_HEIGHT);
    }
  },
);

it('points to levels that lie beyond the plot', () => {
  const [above, below] = placeLabels([level(120), level(-5)], plot);
  expect([above?.arrow, below?.arrow]).toEqual(['▲ ', '▼ ']);
});
