import { expect, it } from 'vitest';
import { alertEntries } from '#components/alerts/alert-rows.ts';
import { rowExample, transitionExample } from '#components/alerts/example-rows.ts';
import { poolId } from '#lib/units/ids.ts';
import { type DeskRow } from '#lib/wire/protocol.ts';
import { breachesOf } from './attention.ts';
import { EXAMPLE_DESK_ROW } from './example-desk-row.ts';

const poolOf = (account: string) => poolId(`${account}/cross:USDT`);

function turns(seq: number, account: string, to: 'critical' | 'warning', distanceShare: string) {
  const change = { poolId: poolOf(account), distanceShare };
  return rowExample(seq, transitionExample('watch', to, change), account);
}
const answer = (seq: number, account: string) =>
  rowExample(
    seq,
    { kind: 'acknowledged', poolId: poolOf(account), by: 'desk-3', note: '', state: 'critical' },
    account,
  );

const ENTRIES = alertEntries([
  turns(1, 'A1', 'critical', '0.01'),
  turns(2, 'A2', 'critical', '0.03'),
  turns(3, 'A3', 'warning', '0.001'),
  turns(4, 'A4', 'critical', '0.02'),
  answer(5, 'A1'),
]);
const ids = (rows: readonly DeskRow[] = []) =>
  breachesOf(ENTRIES, rows).map(({ entry, distanceShare, at }) => [
    entry.accountId,
    distanceShare,
    at,
  ]);

it('has critical pools only, unanswered ones first, nearest first, with the time of their distance', () => {
  expect(ids()).toEqual([
    ['A4', '0.02', 4_000],
    ['A2', '0.03', 2_000],
    ['A1', '0.01', 1_000],
  ]);
});

it('puts past liquidation before every distance, and says so', () => {
  const past = { poolId: poolOf('A9'), distanceShare: null, marginRatio: 'equity-gone' } as const;
  const rows = [
    turns(1, 'A1', 'critical', '0.0001'),
    rowExample(2, transitionExample('watch', 'critical', past), 'A9'),
  ];
  expect(breachesOf(alertEntries(rows), []).map(({ distanceShare }) => distanceShare)).toEqual([
    'past',
    '0.0001',
  ]);
});

it('keeps a pool that got well while somebody is there', () => {
  const well = rowExample(
    6,
    transitionExample('critical', 'watch', { poolId: poolOf('A2') }),
    'A2',
  );
  const rows = [turns(1, 'A1', 'critical', '0.01'), turns(2, 'A2', 'critical', '0.03'), well];
  const pools = (held?: ReadonlySet<string>) =>
    breachesOf(alertEntries(rows), [], held).map(({ entry }) => entry.accountId);
  expect(pools()).toEqual(['A1']);
  expect(pools(new Set([poolOf('A2')]))).toEqual(['A1', 'A2']);
});

it('takes the distance of now where the desk shows it', () => {
  const shown: DeskRow = {
    ...EXAMPLE_DESK_ROW,
    accountId: 'A2',
    worstPool: poolOf('A2'),
    marginRatio: '0.5',
    distanceShare: '0.004',
    distanceBy: 'BTC down',
    z: null,
  };
  expect(ids([shown])[0]).toEqual(['A2', '0.004', undefined]);
});
