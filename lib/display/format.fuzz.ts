/** Searches for figures that lean away from danger, or that no person should see. fast-check prints the seed of what it finds. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decimal } from '../units/decimal.ts';
import { money, rate } from '../units/money.ts';
import { createFormat, type Format } from './format.ts';
import { parseNumberInput } from './number-input.ts';
import { NUMBER_STYLES } from './number-style.ts';

const anyStyle = fc.constantFrom(...Object.values(NUMBER_STYLES));
const anyValue = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 18 }))
  .map(([digits, decimals]) => new Decimal(`${digits}e-${decimals}`));

const MONEY: readonly (readonly ['floor' | 'ceil', (format: Format, value: Decimal) => string])[] =
  [
    ['floor', (format, value) => format.balance(money(value), 'USDT').text],
    ['floor', (format, value) => format.change(money(value), 'USDT').text],
    ['ceil', (format, value) => format.requirement(money(value), 'USDT').text],
  ];

it('cuts what protects down and what is demanded up, by less than one unit of the last place', () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom(...MONEY), (value, [lean, show]) => {
      // Without groups nothing can be read twice.
      const style = NUMBER_STYLES.plain;
      const read = parseNumberInput(show(createFormat(style), value), style);
      const less = read.ok ? value.minus(read.value.value) : new Decimal(NaN);
      const cutOff = lean === 'floor' ? less : less.negated();
      expect(cutOff.gte(0) && cutOff.lt('0.01')).toBe(true);
    }),
  );
});

it('never prints what is no figure', () => {
  fc.assert(
    fc.property(
      anyValue,
      anyStyle,
      fc.constantFrom('ratio', 'coverage', 'health'),
      (value, style, told) => {
        const format = createFormat(style, told);
        const texts = [
          ...MONEY.map(([, show]) => show(format, value)),
          format.compact(money(value), 'USDT').text,
          format.distance(rate(value)).text,
          format.share(rate(value)).text,
          format.leverage(rate(value)).text,
          format.marginRatio({ kind: 'ratio', value: rate(value.abs()) }).text,
          format.measure(value.toNumber(), 2),
        ];
        expect(
          texts.filter((text) => /NaN|Infinity|undefined|\de|^[-−]0([.,]0+)?(?![.,\d])/.test(text)),
        ).toEqual([]);
      },
    ),
  );
});
