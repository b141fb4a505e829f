import { expect, it } from 'vitest';
import { type RowBody } from '#lib/engine/row.ts';
import { accountId, poolId } from '#lib/units/ids.ts';
import { timestampMs } from '#lib/units/time.ts';
import { type RowWire } from '#lib/wire/protocol.ts';
import { alertEntries } from './alert-rows.ts';

const POOL = poolId('A0007/cross:USDT');

function row(seq: number, body: RowBody): RowWire {
  return {
    seq,
    step: seq,
    time: timestampMs(seq * 1_000),
    accountId: accountId('A0007'),
    body,
    hash: '',
  };
}
function transition(
  seq: number,
  from: 'healthy' | 'watch' | 'critical',
  to: 'healthy' | 'watch' | 'critical',
): RowWire {
  return row(seq, {
    kind: 'transition',
    poolId: POOL,
    from,
    to,
    by: 'distance',
    value: '1.9',
    level: '2',
    instrument: 'BTCUSDT',
    mark: '60000',
    markAgeMs: 0,
    marginRatio: '0.1',
    distanceShare: '0.1',
    lastedMs: 0,
    returns: 0,
  });
}
const answer = (seq: number, note: string): RowWire =>
  row(seq, { kind: 'acknowledged', poolId: POOL, by: 'desk-3', note, state: 'watch' });

it('is newest first, and only the newest of a pool is the latest', () => {
  const entries = alertEntries([
    transition(1, 'healthy', 'watch'),
    transition(2, 'watch', 'critical'),
  ]);
  expect(entries.map(({ seq, isLatest }) => [seq, isLatest])).toEqual([
    [2, true],
    [1, false],
  ]);
});

it('gives an acknowledgement to the transition that it answered', () => {
  const entries = alertEntries([
    transition(1, 'healthy', 'watch'),
    answer(2, 'seen'),
    transition(3, 'watch', 'critical'),
  ]);
  expect(entries.map(({ acknowledged }) => acknowledged?.note)).toEqual([undefined, 'seen']);
});
