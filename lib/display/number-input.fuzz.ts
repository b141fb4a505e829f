/** Searches for texts that mean another number than they say. fast-check prints the seed of what it finds. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decimal } from '../units/decimal.ts';
import { createFormat } from './format.ts';
import { numberInputText, parseNumberInput } from './number-input.ts';
import { NUMBER_STYLES } from './number-style.ts';

const anyStyle = fc.constantFrom(...Object.values(NUMBER_STYLES));
const anyValue = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, decimals]) => new Decimal(`${digits}e-${decimals}`));

it('reads back every value that it writes into a field', () => {
  fc.assert(
    fc.property(anyValue, anyStyle, (value, style) => {
      const read = parseNumberInput(numberInputText(value, style), style);
      expect(read.ok && read.value.value.eq(value)).toBe(true);
    }),
  );
});

it('reads a figure of the screen as its own value or refuses it, save where the marks of reader and writer are crossed', () => {
  fc.assert(
    fc.property(anyValue, anyStyle, anyStyle, (value, written, style) => {
      const read = parseNumberInput(createFormat(written).exact(value).text, style);
      // What the reader's own decimal mark says is taken, and shown back as it was understood.
      const isCrossed = style.decimal === written.group;
      expect(!read.ok || read.value.value.eq(value) || isCrossed).toBe(true);
    }),
  );
});

it('never throws, and what it understood means the same or is refused when it is typed again', () => {
  const piece = fc.constantFrom('0', '1', '23', '456', '.', ',', ' ', '’', '-', '−', 'e', '٣');
  const text = fc.oneof(
    fc.array(piece, { maxLength: 9 }).map((all) => all.join('')),
    fc.string(),
  );
  fc.assert(
    fc.property(text, anyStyle, (typed, style) => {
      const read = parseNumberInput(typed, style);
      const again = read.ok ? parseNumberInput(read.value.text, style) : read;
      expect(!read.ok || !again.ok || again.value.value.eq(read.value.value)).toBe(true);
    }),
  );
});
