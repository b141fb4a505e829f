/** Hands out the inputs of a case and remembers which were read: each of those must matter, or the case proves nothing. */
import { type CaseObject, type CaseValue } from './case-file.ts';

export type InputPath = readonly (string | number)[];

export interface CaseReader {
  readonly has: (key: string) => boolean;
  /** The text under the key, remembered as read; undefined where there is none. */
  readonly text: (key: string) => string | undefined;
  /** The first of several words for one thing that the case uses. */
  readonly firstOf: (...keys: readonly string[]) => string | undefined;
  readonly list: (key: string) => readonly CaseReader[];
  /** Rows of a table, remembered as one input. */
  readonly rows: (key: string) => readonly CaseValue[];
  /** A name that only tells things apart: not remembered. */
  readonly label: (key: string) => string | undefined;
  /** Everything that is there, for a first look: not remembered. */
  readonly entries: readonly (readonly [key: string, value: CaseValue])[];
}

export interface Readings {
  readonly reader: CaseReader;
  readonly read: () => readonly InputPath[];
}

export function readingsOf(inputs: CaseObject): Readings {
  const paths = new Map<string, InputPath>();
  const reader = readerAt(inputs, [], (path) => paths.set(path.join('.'), path));
  return { reader, read: () => [...paths.values()] };
}

function readerAt(
  inputs: CaseObject,
  base: InputPath,
  remember: (path: InputPath) => void,
): CaseReader {
  const own = (key: string): CaseValue | undefined =>
    Object.hasOwn(inputs, key) ? inputs[key] : undefined;
  const text = (key: string): string | undefined => {
    const found = own(key);
    if (typeof found !== 'string') return undefined;
    remember([...base, key]);
    return found;
  };
  const listAt = (key: string): readonly CaseValue[] => {
    const found = own(key);
    return isList(found) ? found : [];
  };
  return {
    has: (key) => (own(key) ?? null) !== null,
    text,
    firstOf: (...keys) => {
      const key = keys.find((name) => typeof own(name) === 'string');
      return key === undefined ? undefined : text(key);
    },
    list: (key) =>
      listAt(key).flatMap((item, index) =>
        isObject(item) ? [readerAt(item, [...base, key, index], remember)] : [],
      ),
    rows: (key) => {
      if (own(key) !== undefined) remember([...base, key]);
      return listAt(key);
    },
    label: (key) => {
      const found = own(key);
      return typeof found === 'string' ? found : undefined;
    },
    entries: Object.entries(inputs),
  };
}

export function isList(value: CaseValue | undefined): value is readonly CaseValue[] {
  return Array.isArray(value);
}

export function isObject(value: CaseValue | undefined): value is CaseObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
