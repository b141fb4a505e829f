import { clsx, type ClassValue } from 'clsx';

/** What one class of ours replaces another in. A kind that comes to be overridden has to be added. */
const KINDS: readonly RegExp[] = [
  /^text-(left|center|right)$/,
  /^text-(micro|small|base|lead|figure|hero)$/,
  /^text-(current|transparent|panel|ink|on|healthy|watch|warning|critical|liquidat|unknown|gain|loss|sim)/,
  /^border-(current|transparent|line|ink|track|healthy|watch|warning|critical|liquidat|unknown|sim)/,
  /^bg-/,
  /^font-(normal|medium|semibold|bold)$/,
  /^w-/,
  /^min-w-/,
];

/** Class names joined; a later one wins over an earlier one of the same kind. */
export function classNames(...values: ClassValue[]): string {
  const joined = clsx(values);
  const known = merged.get(joined) ?? merge(joined);
  merged.set(joined, known);
  return known;
}

/** Class names are written in sources, so there are few: what was merged is kept. */
const merged = new Map<string, string>();

function merge(joined: string): string {
  const classes = joined.split(' ');
  return classes
    .filter((name, index) => {
      const kind = kindOf(name);
      return (
        kind === undefined || !classes.slice(index + 1).some((later) => kindOf(later) === kind)
      );
    })
    .join(' ');
}

/** With its condition, as in `hover:bg-hover`: that replaces only what holds under the same. */
function kindOf(name: string): string | undefined {
  const start = name.lastIndexOf(':') + 1;
  const kind = KINDS.findIndex((one) => one.test(name.slice(start)));
  return kind < 0 ? undefined : `${name.slice(0, start)}${kind}`;
}
