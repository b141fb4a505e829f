/** A cell of the account grid, and the row of an account that is found while its figures are on the way. */
import { type ReactNode } from 'react';
import { classNames } from '#components/primitives/class-names.ts';
import { Pending } from '#components/primitives/panel.tsx';
import { type FoundAccount } from '#lib/wire/protocol.ts';
import { AccountCell } from './account-columns.tsx';
import { placeOf } from './account-headings.tsx';

interface DeskCellProps {
  readonly column: string;
  readonly children: ReactNode;
}

export function DeskCell({ column, children }: DeskCellProps) {
  return (
    <td
      className={classNames(
        'min-w-0 self-center truncate px-1 focus-visible:-outline-offset-2 lg:px-1.5',
        placeOf(column),
      )}
      data-cell
      data-column={column}
      tabIndex={-1}
    >
      {children}
    </td>
  );
}

interface FoundCellsProps {
  readonly account: FoundAccount;
  readonly columns: readonly string[];
}

export function FoundCells({ account, columns }: FoundCellsProps) {
  return columns.map((column) => (
    <DeskCell column={column} key={column}>
      {column === 'account' ? <AccountCell row={account} /> : <Pending />}
    </DeskCell>
  ));
}
