import { expect, it } from 'vitest';
import { engine } from './engine.ts';
import { type EngineEvent, type TraderEvent } from './event.ts';
import { LINEAR } from './example-book.ts';
import {
  at,
  bodiesOf,
  depositEvent,
  exampleRun,
  markOf,
  openEvent,
  orderEvent,
  take,
  tradeEvent,
  traderId,
} from './example-run.ts';
import { type EngineState } from './state.ts';

const MARK = markOf(LINEAR, 60_000, { second: 1 });
/** A fill that fits and one that does not, an order, a multi-asset account, and an account that stands twice. */
const EVENTS: readonly TraderEvent[] = [
  openEvent(traderId(1)),
  depositEvent(traderId(1), 5_000),
  tradeEvent({ of: traderId(1), in: LINEAR, lots: 1_000, price: 60_000 }),
  tradeEvent({ of: traderId(1), in: LINEAR, lots: 1_000, price: 60_000 }),
  openEvent(traderId(2), { multi: true }),
  depositEvent(traderId(2), 1, 'BTC'),
  depositEvent(traderId(2), 100),
  tradeEvent({ of: traderId(2), in: LINEAR, lots: -500, price: 60_010 }),
  orderEvent({ of: traderId(2), in: LINEAR, lots: -10, price: 61_000 }),
  openEvent(traderId(1)),
];

function stateAfter(events: readonly EngineEvent[]): EngineState {
  const state = exampleRun({ fund: 10 });
  // The watch has begun: it has to be told of newcomers.
  take(state, 1, [MARK]);
  take(state, 2, events);
  return state;
}

function opened(events: Iterable<TraderEvent>): EngineEvent {
  return { kind: 'population-opened', accounts: 2, events };
}

it('[ST8] books what each account alone would have booked', () => {
  const together = stateAfter([opened(EVENTS)]);
  const alone = stateAfter(EVENTS);
  expect(together.accounts.get(traderId(2))?.orders.size).toBe(1);
  expect(together.head).not.toEqual(alone.head);
  Object.assign(together.head, alone.head);
  expect(engine.digestOf(together)).toBe(engine.digestOf(alone));
});

it('[ST8] tells it in one row, refusals counted', () => {
  const rows = take(exampleRun({ fund: 10 }), 1, [MARK, opened(EVENTS)]);
  expect(bodiesOf(rows, 'population-opened')).toEqual([
    { kind: 'population-opened', accounts: 2, transfers: 3, fills: 2, orders: 1, refused: 2 },
  ]);
  expect(rows.flat().map(({ body }) => body.kind)).toEqual(['run-started', 'population-opened']);
});

it('[ST8] lets the caller look up while it goes on, and draws no further than it has come', () => {
  let drawn = 0;
  function* accounts(): Generator<TraderEvent> {
    for (; drawn < 2_500; drawn += 1) yield openEvent(traderId(drawn + 1));
  }
  const state = exampleRun({ fund: 10 });
  const input = { step: 1, time: at(1), events: [opened(accounts())] };
  const seen: (readonly [rows: number, drawn: number])[] = [];
  for (const rows of engine.takeStep(state, input)) seen.push([rows.length, drawn]);
  expect(seen.filter(([, upTo]) => upTo < 2_500)).toEqual([
    [0, 999],
    [0, 1_999],
  ]);
  expect(seen.at(-1)).toEqual([2, 2_500]);
});
