import { describe, expect, it } from 'vitest';
import { parseNumberInput } from './number-input.ts';
import { NUMBER_STYLES, type NamedStyle } from './number-style.ts';

function read(text: string, style: NamedStyle): string {
  const result = parseNumberInput(text, NUMBER_STYLES[style]);
  return result.ok ? result.value.value.toFixed() : 'refused';
}

const STYLES: readonly NamedStyle[] = ['english', 'german', 'swiss', 'plain'];

describe.each(STYLES)('in %s style', (style) => {
  it.each([
    ['0,5', '0.5'],
    ['0.5', '0.5'],
    [',5', '0.5'],
    ['5.', '5'],
    ['0.125', '0.125'], // no group begins with a zero
    ['0,125', '0.125'],
    ['1234', '1234'],
    ['1234.567', '1234.567'], // four digits are no group
    ['1234,567', '1234.567'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1.234.567', '1234567'],
    ['1,234,567', '1234567'],
    ['1’234.56', '1234.56'],
    ["1'234", '1234'],
    ['1 234 567,8', '1234567.8'],
    ['−2,5', '-2.5'],
    ['-0', '0'],
    ['+7', '7'],
    ['  12 ', '12'],
  ])('%s means %s', (text, value) => {
    expect(read(text, style)).toBe(value);
  });

  it.each(['', ' ', '.', '-', '1,23,4', '1.23.456', '12 34', '1e5', '5%', 'abc', '1,2.3,4', '--1'])(
    'refuses “%s”',
    (text) => expect(read(text, style)).toBe('refused'),
  );
});

describe('one mark before three digits', () => {
  it.each([
    ['1.234', 'english', '1.234'],
    ['1.234', 'swiss', '1.234'],
    ['1.234', 'plain', '1.234'],
    ['1,234', 'german', '1.234'],
    ['1.234', 'german', 'refused'],
    ['1,234', 'english', 'refused'],
    ['1,234', 'swiss', 'refused'],
    ['1,234', 'plain', 'refused'],
  ] as const)('%s in %s style: %s', (text, style, value) => {
    expect(read(text, style)).toBe(value);
  });

  it('is refused with both meanings named', () => {
    expect(parseNumberInput('12.345', NUMBER_STYLES.german)).toEqual({
      ok: false,
      error: 'This could mean 12345 or 12,345. Write it as one of them.',
    });
  });
});

it('tells what it understood in the reader’s style, uncut', () => {
  const read = parseNumberInput('1234.56789', NUMBER_STYLES.german);
  expect(read.ok ? read.value.text : read.error).toBe('1.234,56789');
});
