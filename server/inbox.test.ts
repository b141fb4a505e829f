import { describe, expect, it } from 'vitest';
import { type MarkFact } from '#lib/engine/event.ts';
import { instrumentId } from '#lib/units/ids.ts';
import { ticks } from '#lib/units/scaled.ts';
import { timestampMs } from '#lib/units/time.ts';
import { createBackground } from './background.ts';
import { createInbox } from './inbox.ts';

function markOf(
  id: string,
  at: bigint,
): { readonly kind: 'mark-updated'; readonly mark: MarkFact } {
  const mark: MarkFact = {
    instrumentId: instrumentId(id),
    markTicks: ticks(at),
    indexTicks: ticks(at),
    lastTicks: ticks(at),
    venueTime: timestampMs(0),
    receivedTime: timestampMs(0),
    sources: 3,
    rejected: [],
    fundingRate: undefined,
    nextFundingTime: undefined,
    modelled: false,
  };
  return { kind: 'mark-updated', mark };
}

describe('inbox', () => {
  it('gives the oldest item that fits, and leaves the others in their order', () => {
    const inbox = createInbox<string>(10);
    for (const item of ['stop', 'read 1', 'go', 'read 2']) inbox.put(item);
    const isReader = (item: string) => item.startsWith('read');
    expect([inbox.nextOf(isReader), inbox.nextOf(isReader), inbox.nextOf(isReader)]).toEqual([
      'read 1',
      'read 2',
      undefined,
    ]);
    expect([inbox.next(), inbox.next(), inbox.next()]).toEqual(['stop', 'go', undefined]);
  });

  it('keeps the newest mark of each instrument and every other item', () => {
    const inbox = createInbox<string>(10);
    inbox.putMark(markOf('BTCUSDT', 1n));
    inbox.put('fill 1');
    inbox.putMark(markOf('ETHUSDT', 2n));
    inbox.putMark(markOf('BTCUSDT', 3n));
    inbox.put('fill 2');
    expect(inbox.size).toBe(4);
    expect(inbox.drain()).toEqual({
      items: ['fill 1', 'fill 2'],
      marks: [markOf('ETHUSDT', 2n), markOf('BTCUSDT', 3n)],
    });
    expect(inbox.drain()).toEqual({ items: [], marks: [] });
  });

  it('says overrun at its limit, takes nothing then, and takes again once drained', () => {
    const inbox = createInbox<number>(2);
    expect([inbox.put(1), inbox.put(2), inbox.put(3)]).toEqual(['taken', 'taken', 'overrun']);
    expect([inbox.next(), inbox.put(3), inbox.next()]).toEqual([1, 'taken', 2]);
    expect(inbox.put(2)).toBe('taken');
    expect(inbox.drain().items).toEqual([3, 2]);
    expect(inbox.next()).toBeUndefined();
    expect(inbox.put(4)).toBe('taken');
  });
});

describe('background', () => {
  it('gives tasks turns, at least one slice, and no more than its time', () => {
    let clock = 0;
    const done: string[] = [];
    function* task(name: string, slices: number) {
      for (let slice = 1; slice <= slices; slice += 1) {
        clock += 2;
        done.push(`${name}${slice}`);
        yield;
      }
    }
    const background = createBackground(() => clock);
    background.ask('a', () => task('a', 3));
    background.ask('b', () => task('b', 1));
    background.ask('a', () => task('again', 1));
    background.work(0);
    expect(done).toEqual(['a1']);
    background.work(3);
    expect(done).toEqual(['a1', 'b1', 'a2']);
    background.work(100);
    expect(done).toEqual(['a1', 'b1', 'a2', 'a3']);
    expect(background.isIdle()).toBe(true);
  });

  it('answers who waits before what is renewed by itself, in a time of its own, and forgets neither', () => {
    let clock = 0;
    const done: string[] = [];
    function* task(name: string, slices: number) {
      for (let slice = 1; slice <= slices; slice += 1) {
        clock += 10;
        done.push(`${name}${slice}`);
        yield;
      }
    }
    const background = createBackground(() => clock);
    background.ask('p', () => task('p', 3));
    background.ask('w', () => task('w', 4), 'waited-for');
    background.work(3);
    expect(done).toEqual(['w1', 'w2', 'w3', 'p1']);
    background.work(3);
    expect(done).toEqual(['w1', 'w2', 'w3', 'p1', 'w4', 'p2']);
  });
});
