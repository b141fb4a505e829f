/** Slots in groups: each stands in one, changes it at once, and groups know their members and their number. */
import { createIntegers } from './column.ts';

export interface Partition {
  put(slot: number, group: number): void;
  groupOf(slot: number): number;
  sizeOf(group: number): number;
  members(group: number): readonly number[];
  /** Groups that have, or had, a member. */
  readonly groups: readonly number[];
  /** The group of each slot, below zero without one: for another thread. */
  readonly numbers: Int32Array;
}

const NONE = -1;
const NOBODY: readonly number[] = [];

export function createPartition(): Partition {
  const lists = new Map<number, number[]>();
  const groups = createIntegers(NONE);
  const places = createIntegers(NONE);

  /** The last member takes the place of the one that goes. */
  function leave(slot: number): void {
    const members = lists.get(groups.get(slot));
    const last = members?.pop();
    if (members === undefined || last === undefined || last === slot) return;
    const place = places.get(slot);
    members[place] = last;
    places.set(last, place);
  }

  return {
    put: (slot, group) => {
      if (groups.get(slot) === group) return;
      leave(slot);
      const members = lists.get(group) ?? [];
      lists.set(group, members);
      groups.set(slot, group);
      places.set(slot, members.length);
      members.push(slot);
    },
    groupOf: (slot) => groups.get(slot),
    sizeOf: (group) => lists.get(group)?.length ?? 0,
    members: (group) => lists.get(group) ?? NOBODY,
    get groups() {
      return [...lists.keys()];
    },
    get numbers() {
      return groups.numbers;
    },
  };
}
