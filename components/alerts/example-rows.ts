/** Rows of the alerts topic for tests: one a second. */
import { type TransitionBody } from '#lib/display/alert-words.ts';
import { type RowBody } from '#lib/engine/row.ts';
import { accountId, poolId } from '#lib/units/ids.ts';
import { timestampMs } from '#lib/units/time.ts';
import { type RowWire } from '#lib/wire/protocol.ts';

const SECOND_MS = 1_000;

export function rowExample(
  seq: number,
  body: RowBody,
  account = 'A0007',
  time = seq * SECOND_MS,
): RowWire {
  return {
    seq,
    step: seq,
    time: timestampMs(time),
    accountId: accountId(account),
    body,
    hash: '',
  };
}

export function transitionExample(
  from: TransitionBody['from'],
  to: TransitionBody['to'],
  changes: Partial<TransitionBody> = {},
): TransitionBody {
  return {
    kind: 'transition',
    poolId: poolId('A0007/cross:USDT'),
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
    ...changes,
  };
}
