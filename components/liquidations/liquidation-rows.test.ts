import { expect, it } from 'vitest';
import { type RowBody } from '#lib/engine/row.ts';
import { accountId, poolId } from '#lib/units/ids.ts';
import { timestampMs } from '#lib/units/time.ts';
import { type RowWire } from '#lib/wire/protocol.ts';
import { closedNames, liquidationEntries } from './liquidation-rows.ts';

const POOL = poolId('A0007/cross:USDT');
let seq = 0;

function row(body: RowBody): RowWire {
  seq += 1;
  return { seq, step: seq, time: timestampMs(seq), accountId: accountId('A0007'), body, hash: '' };
}
const planned = (planId: string): RowWire =>
  row({
    kind: 'liquidation-planned',
    planId,
    poolId: POOL,
    unit: 'USDT',
    marginBalance: '50',
    maintenanceMargin: '60',
    marks: [],
    cancelOrders: [],
    closes: [{ instrument: 'BTCUSDT', side: 'both', size: '-1', mark: '60000' }],
  });
const step = (planId: string, instrument: string, size: string): RowWire =>
  row({
    kind: 'liquidation-step',
    planId,
    poolId: POOL,
    instrument,
    side: 'both',
    size,
    price: '60000',
    notional: '60000',
    realizedPnl: '-10',
    movements: [],
  });

it('joins plan, steps and settlement of one liquidation, newest first', () => {
  const entries = liquidationEntries([planned('P1'), planned('P2'), step('P1', 'BTCUSDT', '-1')]);
  expect(entries.map(({ planId, steps }) => [planId, steps.length])).toEqual([
    ['P2', 0],
    ['P1', 1],
  ]);
});

it('keeps a liquidation whose plan is older than what is held', () => {
  const [entry] = liquidationEntries([step('P9', 'BTCUSDT', '-1')]);
  expect(entry?.planned).toBeUndefined();
});

it('names what was closed by the side it had', () => {
  const [entry] = liquidationEntries([step('P1', 'BTCUSDT', '-1'), step('P1', 'ETHUSDT', '2')]);
  expect(entry === undefined ? '' : closedNames(entry)).toBe('BTCUSDT short, ETHUSDT long');
});
