import { describe, expect, it } from 'vitest';
import { createFormat, POINT_STYLE } from '#lib/display/format.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { levelProblem, ruleOf, shownLevel, type RuleDraft } from './rule-draft.ts';

const format = createFormat(POINT_STYLE);
const level = (enter: string, leave: string) => ({
  enter: new Decimal(enter),
  leave: new Decimal(leave),
});
const draft: RuleDraft = {
  account: 'A0007',
  base: 'BTC',
  measure: 'percent',
  levels: { watch: level('20', '22'), warning: level('10', '12'), critical: level('5.5', '6') },
};
const read = (changes: Partial<RuleDraft>) => ruleOf({ ...draft, ...changes }, ['A0007'], format);

it('reads percents as shares and leaves daily moves as they are', () => {
  const levels = {
    watch: { enter: 0.2, leave: 0.22 },
    warning: { enter: 0.1, leave: 0.12 },
    critical: { enter: 0.055, leave: 0.06 },
  };
  expect(read({})).toEqual({
    ok: true,
    value: { account: 'A0007', base: 'BTC', measure: 'percent', levels },
  });
  const moves = read({ measure: 'z', account: '', base: '' });
  expect(moves).toMatchObject({
    value: { account: null, base: null, levels: { watch: { enter: 20 } } },
  });
  expect(shownLevel('ratio', 0.85).toString()).toBe('85');
});

it.each([
  ['percent', '-1', 'Above 0 and up to 95\u202f%.'],
  ['percent', '95', undefined],
  ['ratio', '100.1', 'Above 0 and up to 100\u202f%.'],
  ['z', '0', 'Above 0 and up to 100 daily moves.'],
] as const)('refuses in its field what is no level: %s %s', (measure, typed, sentence) => {
  expect(levelProblem(measure, new Decimal(typed), format)).toBe(sentence);
});

describe('says what is wrong, in the figures that were typed', () => {
  it.each([
    [{ account: 'A9' }, 'There is no account A9.'],
    [
      { levels: { ...draft.levels, watch: { enter: undefined, leave: new Decimal(22) } } },
      'Each state needs a level to enter and one to leave.',
    ],
    [
      { levels: { ...draft.levels, warning: level('25', '26') } },
      'Warning: enter 25\u202f% must be nearer to liquidation than watch 20\u202f%.',
    ],
    [
      { levels: { ...draft.levels, critical: level('5', '4') } },
      'Critical: leave 4\u202f% must be looser than enter 5\u202f%.',
    ],
    [
      { levels: { ...draft.levels, watch: level('120', '130') } },
      'Watch: enter 120\u202f%; expected a level above 0 and up to 95\u202f%.',
    ],
  ])('%#', (changes, error) => {
    expect(read(changes)).toEqual({ ok: false, error });
  });
});
