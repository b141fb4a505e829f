import { expect, it } from 'vitest';
import { openAlertRow } from '#lib/engine/alerts.ts';
import { type PoolRow } from '#lib/engine/state.ts';
import { accountId, poolId } from '#lib/units/ids.ts';
import { timestampMs } from '#lib/units/time.ts';
import { createOpenAlerts } from './open-alerts.ts';

const MINUTE_MS = 60_000;

interface Told {
  readonly state: PoolRow['alert']['state'];
  readonly since: number;
  readonly answered?: boolean;
}

function row(nth: number, { state, since, answered = false }: Told): PoolRow {
  return {
    accountId: accountId(`A${nth}`),
    poolId: poolId(`A${nth}/cross:USDT`),
    phase: { kind: 'none' },
    bounded: false,
    alert: {
      ...openAlertRow('unknown', timestampMs(since)),
      state,
      unknownSince: undefined,
      acknowledged: answered ? { by: 'Mara', note: '', at: timestampMs(since) } : undefined,
    },
  };
}

it('counts every margin call by its age, however many there are', () => {
  const alerts = createOpenAlerts();
  for (let slot = 0; slot < 12_000; slot += 1)
    alerts.set(slot, [row(slot, { state: 'critical', since: slot % 2, answered: slot < 3_000 })]);
  expect(alerts.counts(MINUTE_MS)).toMatchObject({
    open: { critical: 12_000 },
    unanswered: { critical: 9_000 },
    calls: { open: [4_500, 4_500, 0, 0, 0], acknowledged: [1_500, 1_500, 0, 0, 0] },
  });
  expect(alerts.counts(90 * MINUTE_MS).calls.open).toEqual([0, 0, 0, 0, 9_000]);
});

it('follows an account through its states, and counts each of its pools', () => {
  const alerts = createOpenAlerts();
  alerts.set(7, [row(7, { state: 'warning', since: 0 }), row(8, { state: 'critical', since: 0 })]);
  expect(alerts.counts(1).open).toMatchObject({ warning: 1, critical: 1 });
  alerts.set(7, [row(7, { state: 'critical', since: 1, answered: true })]);
  expect(alerts.counts(1)).toMatchObject({
    open: { warning: 0, critical: 1 },
    unanswered: { warning: 0, critical: 0 },
    calls: { open: [0, 0, 0, 0, 0], acknowledged: [1, 0, 0, 0, 0] },
  });
  alerts.set(7, [row(7, { state: 'healthy', since: 2 })]);
  expect(alerts.counts(2).open.critical).toBe(0);
});
