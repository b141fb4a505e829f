import { describe, expect, it } from 'vitest';
import { type JournalRow } from '../engine/row.ts';
import { timestampMs } from '../units/time.ts';
import { type AccountText } from './protocol.ts';
import { applyAccountPatch, applyRowsPatch, type RowsReplica } from './replica.ts';

function accountNamed(accountId: string): AccountText {
  return {
    accountId,
    label: 'careful',
    openedAt: 0,
    positionMode: 'one-way',
    assetMode: 'single',
    wallets: [],
    positions: [],
    orders: [],
    pools: [],
  };
}
const account = accountNamed('A0001');

describe('applyAccountPatch', () => {
  const replica = { seq: 4, account };
  it.each([
    ['the next number is applied', 5, 'applied'],
    ['a number that it has is a repeat', 4, 'repeated'],
    ['an older number is a repeat', 1, 'repeated'],
    ['a number too many is a gap', 6, 'resync'],
  ] as const)('%s', (_case, seq, kind) => {
    expect(applyAccountPatch(replica, { seq, snapshot: false, account }).kind).toBe(kind);
  });

  it('asks for what came after the last number it has', () => {
    const patch = { seq: 9, snapshot: false, account };
    expect(applyAccountPatch(replica, patch)).toEqual({ kind: 'resync', since: 4 });
  });

  it('takes a snapshot of any number, also a lower one', () => {
    const applied = applyAccountPatch(replica, { seq: 1, snapshot: true, account });
    expect(applied).toEqual({ kind: 'applied', replica: { seq: 1, account } });
  });

  it('begins with a snapshot only, and never mixes accounts', () => {
    expect(applyAccountPatch(undefined, { seq: 1, snapshot: false, account }).kind).toBe('resync');
    const other = { seq: 5, snapshot: false, account: accountNamed('A0002') };
    expect(applyAccountPatch(replica, other).kind).toBe('resync');
  });
});

function row(seq: number): JournalRow {
  const body = { kind: 'transfer', asset: 'USDT', amount: '1' } as const;
  return { seq, step: seq, time: timestampMs(seq), accountId: null, body, hash: `${seq}` };
}
function rowsAfter(previousSeq: number, ...seqs: number[]) {
  return { topic: 'alerts', snapshot: false, previousSeq, rows: seqs.map(row) } as const;
}

describe('applyRowsPatch', () => {
  const replica: RowsReplica = { seq: 20, rows: [row(10), row(20)] };
  const seqsOf = (patch: ReturnType<typeof rowsAfter>, keep = 10): readonly number[] | string => {
    const applied = applyRowsPatch(replica, patch, keep);
    return applied.kind === 'applied' ? applied.replica.rows.map(({ seq }) => seq) : applied.kind;
  };

  it('appends what follows its newest row, journal numbers being sparse', () => {
    expect(seqsOf(rowsAfter(20, 35, 36))).toEqual([10, 20, 35, 36]);
  });
  it('refuses rows when one before them is missing', () => {
    expect(applyRowsPatch(replica, rowsAfter(30, 35), 10)).toEqual({ kind: 'resync', since: 20 });
  });
  it('takes only the news of rows that overlap', () => {
    expect(seqsOf(rowsAfter(10, 20, 35))).toEqual([10, 20, 35]);
    expect(seqsOf(rowsAfter(10, 20))).toBe('repeated');
  });
  it('keeps no more than it was told to', () => {
    expect(seqsOf(rowsAfter(20, 35, 36), 3)).toEqual([20, 35, 36]);
  });
  it('starts from a snapshot; an empty one says where it stands', () => {
    const empty = { topic: 'alerts', snapshot: true, previousSeq: 7, rows: [] } as const;
    expect(applyRowsPatch(undefined, empty, 10)).toEqual({
      kind: 'applied',
      replica: { seq: 7, rows: [] },
    });
    expect(applyRowsPatch(undefined, rowsAfter(0, 1), 10).kind).toBe('resync');
  });
});
