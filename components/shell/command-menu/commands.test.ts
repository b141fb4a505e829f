import { expect, it } from 'vitest';
import { matching, type Command } from './commands.ts';

function command(group: Command['group'], name: string): Command {
  return { id: `${group} ${name}`, group, name, run: () => undefined };
}
const accounts = Array.from({ length: 30 }, (_none, index) =>
  command('Accounts', `A00${index + 10}`),
);
const commands = [
  command('Do', 'Freeze or resume the view'),
  command('Go to', 'Desk'),
  command('Go to', 'Overview'),
  ...accounts,
  command('Settings', 'Density: compact'),
];
const names = (text: string): readonly string[] => matching(commands, text).map(({ name }) => name);

it('shows pages and actions at first, and not hundreds of accounts', () => {
  expect(names('')).toEqual(['Freeze or resume the view', 'Desk', 'Overview']);
});

it('finds by every word, in any order, the group’s name included', () => {
  expect(names('compact set')).toEqual(['Density: compact']);
  expect(names('view')).toEqual(['Freeze or resume the view', 'Overview']);
  expect(names('nothing of the kind')).toEqual([]);
});

it('puts names that begin so first, and cuts a group that is long', () => {
  expect(names('A00')).toHaveLength(7);
  expect(names('A0031')).toEqual(['A0031']);
  expect(names('de')[0]).toBe('Desk');
});
