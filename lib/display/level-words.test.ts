import { expect, it } from 'vitest';
import { createFormat, POINT_STYLE } from './format.ts';
import { enterText, leaveText, levelText, previewSentence, scopeText } from './level-words.ts';

const format = createFormat(POINT_STYLE);
const german = createFormat({ decimal: ',', group: '.' });

it('writes a level as it was chosen, whatever floats do to it', () => {
  expect(levelText('z', 0.35, format)).toBe('0.35 daily moves');
  expect(levelText('percent', 0.07, format)).toBe('7\u202f%');
  expect(levelText('percent', 0.055, german)).toBe('5,5\u202f%');
});

it('says in which direction a state begins and ends', () => {
  expect([enterText('z', 2, format), leaveText('z', 2.3, format)]).toEqual([
    'under 2 daily moves',
    'until above 2.3 daily moves',
  ]);
  expect([enterText('ratio', 0.85, format), leaveText('ratio', 0.8, format)]).toEqual([
    'from 85\u202f%',
    'until under 80\u202f%',
  ]);
});

it('tells levels of the ratio in the convention of the reader', () => {
  const coverage = createFormat(POINT_STYLE, 'coverage');
  expect([enterText('ratio', 0.5, coverage), leaveText('ratio', 0.8, coverage)]).toEqual([
    'from 200\u202f% down',
    'until above 125\u202f%',
  ]);
});

it('names whom a rule is about', () => {
  expect(scopeText({ account: null, base: null })).toBe('every account, every coin');
});

it.each([
  [0, [], 'There is no pool that this rule would decide for.'],
  [1, [], '1 pool is judged by it. Would now be: all Healthy.'],
  [
    40,
    [
      ['warning', 5],
      ['critical', 3],
    ],
    '40 pools are judged by it. Would now be: 3 Critical, 5 Warning.',
  ],
] as const)('says what a rule would do now: %i pools', (applies, counts, sentence) => {
  expect(previewSentence(new Map(counts), applies)).toBe(sentence);
});
