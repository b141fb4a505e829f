/** Lines that the panel's price chart has besides mark, entry and liquidation: alert levels and tier steps. Floats: they draw. */
import { type Level } from '#components/charts/label-places.ts';
import { type Format } from '#lib/display/format.ts';
import { stateWord } from '#lib/display/words.ts';
import { levelPricesOf } from '#lib/engine/level-prices.ts';
import { price } from '#lib/units/money.ts';
import { nextTierPricesOf, type Subject } from './panel-data.ts';

export function chartLevelsOf(subject: Subject, format: Format): readonly Level[] {
  return [...alertLevels(subject, format), ...tierLevels(subject, format)];
}

/** Of the nearest liquidation price, where only this coin moves. */
function alertLevels({ one }: Subject, format: Format): readonly Level[] {
  const { nearest, below } = one.position.liquidation();
  const { instrument, wire } = one;
  if (!nearest.known || instrument === undefined || wire === undefined) return [];
  const levels = levelPricesOf({
    liquidationPrice: nearest.value.toNumber(),
    side: below.known && below.value.eq(nearest.value) ? 'below' : 'above',
    dailyVolatility: wire.volatility,
  });
  return levels.map(({ state, price: value }) => ({
    name: stateWord(state),
    value,
    text: format.price(price(value), instrument.tickSize).text,
    colour: `var(--${state})`,
    dashed: true,
  }));
}

function tierLevels(subject: Subject, format: Format): readonly Level[] {
  const tick = subject.one.instrument?.tickSize;
  if (tick === undefined) return [];
  return nextTierPricesOf(subject).map(({ tier, price: value }) => ({
    name: `Tier ${tier}`,
    value: value.toNumber(),
    text: format.price(value, tick).text,
    colour: 'var(--ink-3)',
    dashed: true,
  }));
}
