'use client';
/** The order of the book where not every column has room for its heading. */
import { useFormat } from '#components/primitives/figure-text.tsx';
import { type DeskSortKey } from '#lib/wire/protocol.ts';
import { moveText } from './band-words.ts';
import { type DeskView } from './desk-query.ts';

interface OrderFieldProps {
  readonly view: DeskView;
  readonly onSort: (sort: DeskSortKey) => void;
}

const NAMES: Readonly<Record<DeskSortKey, string>> = {
  state: 'State',
  marginRatio: 'Margin ratio',
  distance: 'Distance',
  z: 'Daily moves',
  excess: 'Excess',
  ifDown: `Result at ${moveText('-0.1')}`,
  notional: 'Notional',
  marginBalance: 'Margin balance',
  maintenanceMargin: 'Maintenance',
  coin: 'Largest coin',
  since: 'Time in state',
  account: 'Account',
};
const KEYS = Object.keys(NAMES) as readonly DeskSortKey[];

export function OrderField({ view, onSort }: OrderFieldProps) {
  const { convention } = useFormat();
  return (
    <select
      aria-label="Order of the accounts"
      className="h-6 min-w-0 rounded-control border border-line bg-panel px-1 text-small text-ink-2 hover:bg-hover wide:hidden pointer-coarse:h-11"
      onChange={({ target }) => {
        const sort = KEYS.find((key) => key === target.value);
        if (sort !== undefined) onSort(sort);
      }}
      value={view.sort}
    >
      {KEYS.map((key) => (
        <option key={key} value={key}>
          {key === 'marginRatio' ? convention.heading : NAMES[key]}
        </option>
      ))}
    </select>
  );
}
