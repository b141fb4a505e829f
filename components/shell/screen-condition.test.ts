import { expect, it } from 'vitest';
import { frameExample } from '#components/live/example-facts.ts';
import { NOTHING_KNOWN, trustOf, type LiveState } from '#components/live/live-store.ts';
import { conditionOf } from './screen-condition.ts';

const NOON = Date.UTC(2026, 0, 14, 12);
const well: LiveState = {
  ...NOTHING_KNOWN,
  connection: { kind: 'open' },
  frame: frameExample(1, []),
  heardAt: NOON,
  framedAt: NOON,
  wallNow: NOON,
};
const at = (laterMs: number, changes: Partial<LiveState> = {}): LiveState => ({
  ...well,
  wallNow: NOON + laterMs,
  ...changes,
});

it('says nothing while frames come, nor before anything was heard', () => {
  expect(conditionOf(at(2_500))).toBeUndefined();
  expect(conditionOf({ ...NOTHING_KNOWN })).toBeUndefined();
});

it('says how far a run is that takes long to open', () => {
  const message = 'The server is opening 340,000 of 1,000,000 accounts.';
  const opening = at(60_000, { connection: { kind: 'opening', message } });
  expect(trustOf(opening)).toBe('never');
  expect(conditionOf(opening)).toEqual({ head: 'Not live yet', text: message, mayRetry: false });
});

it('says how far a step is that takes long, and what the figures are of meanwhile', () => {
  const frame = (forMs: number, what: 'accounts' | 'liquidations' | 'counts', of = 1_000_000) => ({
    frame: { ...frameExample(1, []), longStep: { step: 2, forMs, what, done: 3_400, of } },
  });
  expect(conditionOf(at(900, frame(900, 'accounts')))).toBeUndefined();
  expect(trustOf(at(900, frame(2_100, 'accounts')))).toBe('live');
  expect(conditionOf(at(900, frame(2_100, 'accounts')))).toEqual({
    head: 'The engine is taking a long step',
    text: '3,400 of 1,000,000 accounts read, 3 s so far. Until it is through, every figure is of the step before it, and commands wait.',
    mayRetry: false,
  });
  expect(conditionOf(at(900, frame(2_100, 'liquidations', 9_000)))?.text).toMatch(
    /^3,400 of 9,000 liquidations carried out, /,
  );
  expect(conditionOf(at(900, frame(2_100, 'accounts', 0)))?.text).toMatch(/^It books what /);
  expect(conditionOf(at(900, frame(2_100, 'counts', 9_000)))).toBeUndefined();
  expect(conditionOf(at(900, frame(0, 'counts', 34_000)))).toMatchObject({
    head: 'The last step is being counted',
  });
});

it('tells an engine that is behind from one that is silent', () => {
  const beats = { heardAt: NOON + 4_000 };
  expect(conditionOf(at(4_000, beats))).toMatchObject({ head: 'The engine is behind' });
  expect(trustOf(at(4_000, beats))).toBe('live');
  const later = at(5_001, { heardAt: NOON + 5_000 });
  expect(trustOf(later)).toBe('silent');
  expect(conditionOf(later)).toEqual({
    head: 'The engine is silent',
    text: 'The server answers. Last update 12:00:00 UTC, 6 s ago. Figures may be wrong.',
    mayRetry: false,
  });
});

it('tells a server of which nothing is heard', () => {
  expect(conditionOf(at(5_001))).toMatchObject({ head: 'The server is silent', mayRetry: true });
});

it('counts the seconds to the next try down', () => {
  const connection = { kind: 'down', since: NOON, retryAt: NOON + 8_000 } as const;
  const texts = [1_000, 5_000, 9_000].map((ms) => conditionOf(at(ms, { connection }))?.text);
  expect(texts.map((text) => text?.split('wrong. ')[1])).toEqual([
    'Next try in 7 s.',
    'Next try in 3 s.',
    'Trying now.',
  ]);
});

it('names the drill that cuts the connection, and its end', () => {
  const connection = { kind: 'down', since: NOON, retryAt: NOON + 20_000, byDrill: true } as const;
  const condition = conditionOf(at(2_000, { connection }));
  expect(condition?.text).toContain(
    'The drill Drop socket cuts it for 18 s more, until 12:00:20 UTC.',
  );
  expect(condition?.mayRetry).toBe(false);
});

it('shows no state while snapshots are on their way, and says so once that lasts', () => {
  const catchingUp = { since: NOON, rows: 214 };
  expect(trustOf(at(10, { catchingUp }))).toBe('catching-up');
  expect(conditionOf(at(10, { catchingUp }))).toBeUndefined();
  expect(conditionOf(at(1_000, { catchingUp }))).toMatchObject({
    head: 'Catching up',
    text: expect.stringContaining('214 changes'),
  });
});

it('passes on why a server refuses', () => {
  const connection = { kind: 'refused', message: 'This page is too old.' } as const;
  expect(conditionOf(at(0, { connection }))?.text).toBe('This page is too old. Reload the page.');
});
