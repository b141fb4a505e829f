import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine, type Engine } from '#lib/engine/engine.ts';
import { createExampleSource } from './example-run.ts';
import { openSession } from './run-session.ts';
import { type FromWorker } from './worker-messages.ts';
import { passEveryPoint } from './write-points.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-session-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ACCOUNTS = 5;

/** Every step of it takes long enough to tell that it goes on. */
const slowEngine: Engine = {
  ...engine,
  *takeStep(state, input) {
    yield* engine.takeStep(state, input);
    yield [];
  },
};

it('tells how far an opening is, and of no later step that it were one', async () => {
  const told: FromWorker['kind'][] = [];
  const opened = await openSession({
    engine: slowEngine,
    source: createExampleSource('session', ACCOUNTS),
    key: { seed: 'session', input: '', accounts: ACCOUNTS, rulesVersion: '', take: 0 },
    dataDir: folder,
    replayName: undefined,
    speed: 1_000,
    verify: false,
    pass: passEveryPoint,
    post: (message) => told.push(message.kind),
    now: () => performance.now(),
    wallTime: () => Date.now(),
  });
  assert(opened.ok, opened.ok ? '' : opened.error);
  expect(told).toEqual(['opening']);
  const session = opened.value;
  while (session.loop.state.step < 3) await session.turn();
  await session.close();
  expect(told.filter((kind) => kind === 'opening')).toHaveLength(1);
});
