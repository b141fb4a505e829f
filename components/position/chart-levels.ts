/** Lines that the panel's price chart has besides mark, entry and liquidation: alert levels and tier steps. Floats: they draw. */
import { type Level } from '#components/charts/label-places.ts';
import { alertRulesFrom, levelsOfPool } from '#components/levels/rules-in-force.ts';
import { type Format } from '#lib/display/format.ts';
import { stateWord } from '#lib/display/words.ts';
import { levelsOfWay, type MeasureLevels } from '#lib/engine/levels.ts';
import { levelPricesOf } from '#lib/engine/level-prices.ts';
import { type AssetId } from '#lib/units/ids.ts';
import { price } from '#lib/units/money.ts';
import { type AlertRuleText } from '#lib/wire/protocol.ts';
import { nextTierPricesOf, type Subject } from './panel-data.ts';

export function chartLevelsOf(
  subject: Subject,
  rules: readonly AlertRuleText[],
  format: Format,
): readonly Level[] {
  return [...alertLevels(subject, rules, format), ...tierLevels(subject, format)];
}

/** Levels of this coin's own way, by the account's rules or the default ones. */
function levelsOfCoin(
  { view, one }: Subject,
  texts: readonly AlertRuleText[],
  base: AssetId,
): MeasureLevels {
  const { account, market } = view.basis;
  const { health } = one.pool;
  const levels = levelsOfPool(alertRulesFrom(texts), { account: account.id, health, market });
  return levelsOfWay(levels, { base, z: 0, share: 0 });
}

/** Of the nearest liquidation price, where only this coin moves. */
function alertLevels(
  subject: Subject,
  rules: readonly AlertRuleText[],
  format: Format,
): readonly Level[] {
  const { one } = subject;
  const { nearest, below } = one.position.liquidation();
  const { instrument, wire } = one;
  if (!nearest.known || instrument === undefined || wire === undefined) return [];
  const levels = levelPricesOf({
    levels: levelsOfCoin(subject, rules, instrument.base),
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
