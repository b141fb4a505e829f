/** Slots in order of their names. Accounts mostly come with rising names: those are put at the end. */

export interface NameOrder {
  /** Slots come in order, from 0. */
  add(name: string): void;
  compare(left: number, right: number): number;
  /** From a place of the order on. */
  page(descending: boolean, offset: number, limit: number): readonly number[];
}

export function createNameOrder(): NameOrder {
  const names: string[] = [];
  const order: number[] = [];

  function placeFor(name: string): number {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((names[order[middle] ?? 0] ?? '') < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add: (name) => {
      const last = order.at(-1);
      const isLast = last === undefined || (names[last] ?? '') < name;
      names.push(name);
      if (isLast) order.push(names.length - 1);
      else order.splice(placeFor(name), 0, names.length - 1);
    },
    compare: (left, right) => ((names[left] ?? '') < (names[right] ?? '') ? -1 : 1),
    page: (descending, offset, limit) => {
      if (!descending) return order.slice(offset, offset + limit);
      const end = Math.max(0, order.length - offset);
      return order.slice(Math.max(0, end - limit), end).toReversed();
    },
  };
}
