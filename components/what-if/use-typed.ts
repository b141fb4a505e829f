'use client';
/** Everything that a reader types on the page. The rows keep their fields whatever becomes of them. */
import { useMemo, useRef, useState } from 'react';
import { type NumberStyle } from '#lib/display/format.ts';
import { numberInputText } from '#lib/display/number-input.ts';
import { type Change } from '#lib/risk/change.ts';
import { rowOfChange, type ChangeRow } from './change-row.ts';
import { type Typed } from './plan.ts';

export interface KeyedRow extends ChangeRow {
  readonly id: number;
}

export interface TypedState extends Typed {
  readonly rows: readonly KeyedRow[];
  readonly add: (row: ChangeRow) => void;
  readonly alter: (id: number, change: Partial<ChangeRow>) => void;
  readonly remove: (id: number) => void;
  readonly append: (changes: readonly Change[]) => void;
  readonly setPrice: (coin: string, percent: string) => void;
  readonly reset: () => void;
}

export function useTyped(initial: readonly Change[], style: NumberStyle): TypedState {
  const nextId = useRef(0);
  const keyed = (row: ChangeRow): KeyedRow => ({ ...row, id: (nextId.current += 1) });
  const rowsOf = (changes: readonly Change[]): readonly KeyedRow[] =>
    changes.flatMap((change) => rowOfChange(change, style) ?? []).map(keyed);
  const [rows, setRows] = useState(() => rowsOf(initial));
  const [prices, setPrices] = useState(() => pricesOf(initial, style));
  return useMemo(
    () => ({
      rows,
      prices,
      add: (row) => setRows((before) => [...before, keyed(row)]),
      alter: (id, change) =>
        setRows((before) => before.map((row) => (row.id === id ? { ...row, ...change } : row))),
      remove: (id) => setRows((before) => before.filter((row) => row.id !== id)),
      append: (changes) => setRows((before) => [...before, ...rowsOf(changes)]),
      setPrice: (coin, percent) => setPrices((before) => new Map([...before, [coin, percent]])),
      reset: () => {
        setRows([]);
        setPrices(new Map());
      },
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the functions only reach for what is given to them
    [rows, prices, style],
  );
}

function pricesOf(changes: readonly Change[], style: NumberStyle): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap((change) =>
      change.kind === 'price'
        ? [[change.coin, numberInputText(change.share.times(100), style)] as const]
        : [],
    ),
  );
}
