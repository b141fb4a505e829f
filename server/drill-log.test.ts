/** What the engine does about each drill, on the demo's own prices. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { FEED_DRILLS, type FeedDrillKind } from '#lib/engine/event.ts';
import { MINUTE_MS } from '#lib/units/time.ts';
import { type DrillReport } from '#lib/wire/protocol.ts';
import { createExampleSource } from './example-run.ts';
import { resumeRun } from './resume.ts';
import { createRiskLoop } from './risk-loop.ts';
import { openSqlStore } from './store/sql-store.ts';
import { passEveryPoint } from './write-points.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-drills-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Plays until the drill and its aftermath are over, and some steps more. */
async function reportOf(drill: FeedDrillKind, durationMs: number): Promise<DrillReport> {
  const source = createExampleSource('7', 40);
  const store = openSqlStore(join(folder, `${drill}.db`));
  const start = await resumeRun({ engine, source, store, runId: 'drills' });
  assert(start.ok, start.ok ? '' : start.error);
  const { state } = start.value;
  const parts = { engine, source, store, pass: passEveryPoint, now: () => 0 };
  const loop = createRiskLoop(parts, start.value);
  const log = source.drillLog;
  for (let step = 0; step < 60; step += 1) await loop.takeTapeStep();
  const [instrumentId] = state.instruments.keys();
  assert(instrumentId !== undefined, 'a run has instruments');
  const command = { kind: 'feed-drill', drill, instrumentId, durationMs } as const;
  await loop.takeCommand({ kind: 'operator-command', command, by: 'test' });
  const until = state.time + durationMs + 3 * MINUTE_MS;
  while (state.time < until) await loop.takeTapeStep();
  await store.close();
  const [report] = log.reports;
  assert(report !== undefined, 'the drill was noted');
  return report;
}

const FAULT_OF: Readonly<Record<FeedDrillKind, string | undefined>> = {
  freeze: undefined,
  gap: undefined,
  'bad-value': 'price-jump',
  duplicate: 'duplicate',
  reorder: 'time-backwards',
  'clock-skew': 'time-in-future',
};

it.each(FEED_DRILLS)(
  '%s: what is no price is refused and counted, and nothing else',
  async (drill) => {
    const report = await reportOf(drill, 10_000);
    expect(report.isOver).toBe(true);
    const fault = FAULT_OF[drill];
    const tampered = Object.entries(report.faults).filter(([kind]) =>
      Object.values(FAULT_OF).includes(kind),
    );
    expect(tampered).toEqual(fault === undefined ? [] : [[fault, 10]]);
  },
);

it('freeze: after ten seconds the pools on that coin are unknown, and known again when it speaks', async () => {
  const short = await reportOf('freeze', 9_000);
  expect({ unknown: short.unknown, known: short.known }).toEqual({ unknown: 0, known: 0 });
  rmSync(join(folder, 'freeze.db'), { force: true });
  const long = await reportOf('freeze', 30_000);
  expect(long.unknown).toBeGreaterThan(0);
  expect(long.known).toBe(long.unknown);
});

it('counts on after a restart, from a checkpoint and from the steps after it, as if there had been none', async () => {
  const path = join(folder, 'restarted.db');
  async function opened() {
    const source = createExampleSource('7', 40);
    const store = openSqlStore(path);
    const start = await resumeRun({ engine, source, store, runId: 'drills' });
    assert(start.ok, start.ok ? '' : start.error);
    const parts = { engine, source, store, pass: passEveryPoint, now: () => 0 };
    return { source, store, loop: createRiskLoop(parts, start.value) };
  }
  const first = await opened();
  for (let step = 0; step < 60; step += 1) await first.loop.takeTapeStep();
  const [instrumentId] = first.loop.state.instruments.keys();
  assert(instrumentId !== undefined, 'a run has instruments');
  const command = {
    kind: 'feed-drill',
    drill: 'freeze',
    instrumentId,
    durationMs: 60_000,
  } as const;
  const order = { kind: 'operator-command', command, by: 'test' } as const;
  await first.loop.takeCommand(order);
  for (let step = 0; step < 20; step += 1) await first.loop.takeTapeStep();
  await first.loop.keepUp('now');
  for (let step = 0; step < 10; step += 1) await first.loop.takeTapeStep();
  await first.loop.takeCommand({ ...order, command: { ...command, drill: 'gap' } });
  for (let step = 0; step < 5; step += 1) await first.loop.takeTapeStep();
  await first.store.noteCompleteStep(first.loop.state.step);
  const before = first.source.drillLog.reports;
  expect(before.map(({ number, drill }) => [number, drill])).toEqual([
    [1, 'freeze'],
    [2, 'gap'],
  ]);
  expect(before[0]?.unknown).toBeGreaterThan(0);
  await first.store.close();
  const second = await opened();
  expect(second.source.drillLog.reports).toEqual(before);
  await second.store.close();
});
