/** What the command menu offers, and what of it matches the words typed so far. Pure. */

export interface Command {
  readonly id: string;
  readonly group: 'Do' | 'Go to' | 'Accounts' | 'Symbols' | 'Settings';
  readonly name: string;
  /** Keys that do the same, as they are printed. */
  readonly keys?: readonly string[];
  readonly run: () => void;
}

/** More of one group than a screen holds helps nobody: typing on narrows it. */
const GROUP_MAX = 7;
/** Long groups stay out of sight until something is typed. */
const ONLY_WHEN_TYPED: ReadonlySet<Command['group']> = new Set(['Accounts', 'Symbols', 'Settings']);

/** Commands in whose name or group every word occurs, those whose name begins with the text first in their group. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = commands.filter(({ group, name }) => {
    const own = `${group} ${name}`.toLowerCase();
    return words.length === 0
      ? !ONLY_WHEN_TYPED.has(group)
      : words.every((word) => own.includes(word));
  });
  const start = text.trim().toLowerCase();
  const groups = [...new Set(fitting.map(({ group }) => group))];
  return groups.flatMap((group) => {
    const own = fitting.filter((one) => one.group === group);
    const isFirst = (one: Command): boolean => one.name.toLowerCase().startsWith(start);
    const ordered = [...own.filter(isFirst), ...own.filter((one) => !isFirst(one))];
    return words.length === 0 ? ordered : ordered.slice(0, GROUP_MAX);
  });
}
