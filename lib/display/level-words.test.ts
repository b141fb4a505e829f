import { expect, it } from 'vitest';
import { createFormat, POINT_STYLE } from './format.ts';
import {
  enterText,
  jumpSentence,
  leaveText,
  levelText,
  previewSentence,
  scopeText,
} from './level-words.ts';

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

it('says which jump passes a rule unsaid, for the coin where there is one', () => {
  const levels = (watch: number, warning: number, critical: number) => ({
    watch: { enter: watch, leave: watch * 1.1 },
    warning: { enter: warning, leave: warning * 1.1 },
    critical: { enter: critical, leave: critical * 1.1 },
  });
  const percent = { measure: 'percent', levels: levels(0.2, 0.1, 0.05) } as const;
  expect(jumpSentence(percent, undefined, format)).toBe(
    'One jump of more than 5\u202f% passes Critical unsaid, of more than 20\u202f% all three.',
  );
  const moves = { measure: 'z', levels: levels(2, 1, 0.35) } as const;
  // 1 - exp(-2 x 0.05) = 9.516 %, 1 - exp(-0.35 x 0.05) = 1.734 %.
  expect(jumpSentence(moves, 0.05, format)).toBe(
    'One jump of more than 0.35 daily moves (a fall of 1.7\u202f%) passes Critical unsaid, of more than 2 daily moves (a fall of 9.5\u202f%) all three.',
  );
});
