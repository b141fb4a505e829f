/**
 * What arrives from outside waits here until the loop takes it, at its own pace. Bounded: the newest mark of an instrument
 * replaces an older one that was not taken yet (live feeds), everything else is kept, and a full box says so aloud.
 */
import { type EngineEvent } from '#lib/engine/event.ts';
import { type InstrumentId } from '#lib/units/ids.ts';

type MarkUpdated = Extract<EngineEvent, { readonly kind: 'mark-updated' }>;

export interface Inbox<Item> {
  /** A mark: never refused, since it replaces its forerunner. */
  putMark(mark: MarkUpdated): void;
  /** Anything that must not get lost: 'overrun' when the box is full, and then it was not taken. */
  put(item: Item): 'taken' | 'overrun';
  /** The oldest item, taken out. */
  next(): Item | undefined;
  /** The oldest of those that fit, taken out. */
  nextOf(fits: (item: Item) => boolean): Item | undefined;
  /** Everything, oldest first: items in their order, then the newest mark of each instrument. Empties the box. */
  drain(): { readonly items: readonly Item[]; readonly marks: readonly MarkUpdated[] };
  readonly size: number;
}

export function createInbox<Item>(itemsMax: number): Inbox<Item> {
  let items: Item[] = [];
  let marks = new Map<InstrumentId, MarkUpdated>();
  return {
    putMark: (event) => {
      marks.delete(event.mark.instrumentId);
      marks.set(event.mark.instrumentId, event);
    },
    put: (item) => {
      if (items.length >= itemsMax) return 'overrun';
      items.push(item);
      return 'taken';
    },
    next: () => items.shift(),
    nextOf: (fits) => {
      const place = items.findIndex(fits);
      return place < 0 ? undefined : items.splice(place, 1)[0];
    },
    drain: () => {
      const drained = { items, marks: [...marks.values()] };
      items = [];
      marks = new Map();
      return drained;
    },
    get size() {
      return items.length + marks.size;
    },
  };
}
