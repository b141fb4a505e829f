'use client';
/** All positions of an account: a table where there is room, cards on a phone. Liquidation price and distance are in both. */
import { useEffect, useMemo, type ReactNode } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { openPosition } from '#components/position/open-position.ts';
import { Button } from '#components/primitives/button.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { useMedia } from '#components/primitives/use-media.ts';
import { useKeyAction } from '#components/shell/keyboard/use-key-action.ts';
import { say } from '#components/shell/say.ts';
import { WorstAccountLink } from '#components/shell/worst-account-link.tsx';
import { FilterChips } from '#components/table/filter-chips.tsx';
import { type HeldOrder } from '#components/table/held-order.ts';
import { useHolding } from '#components/table/holding.ts';
import { fileName, saveFile } from '#components/table/save-file.ts';
import { type AccountView, type PositionView } from './pool-view.ts';
import { PositionCards } from './position-cards.tsx';
import { NO_FILTER, type PositionChoice } from './position-choice.ts';
import { columnsOf } from './position-columns.ts';
import { filterParts } from './position-filter.ts';
import { useFreeze, type Freeze } from './position-freeze.ts';
import { PositionGrid, shownIds } from './position-grid.tsx';
import { usePositionRows } from './position-rows.ts';
import { PositionTools } from './position-tools.tsx';
import { type PositionChoosing } from './use-position-choice.ts';

interface PositionTableProps extends PositionChoosing {
  readonly accountId: string;
  readonly view: AccountView;
  readonly selected?: string | undefined;
  readonly onSelect?: (key: string) => void;
}

export function PositionTable({
  accountId,
  view,
  choice,
  choose,
  selected,
  onSelect,
}: PositionTableProps) {
  const isWide = useMedia('(min-width: 64rem)');
  const holding = useHolding();
  const freeze = useFreeze(view.positions);
  const columns = useMemo(() => columnsOf(choice.extra), [choice.extra]);
  const { order, rows } = usePositionRows(freeze.views, choice, holding.held);
  const exportShown = useExport(accountId, rows, freeze.views.length, choice);
  useKeyAction('freeze', freeze.toggle);
  useKeyAction('export', exportShown);

  return (
    <Panel
      aside={
        <>
          <OrderNote choice={choice} freeze={freeze} order={order} />
          <PositionTools
            choice={choice}
            choose={choose}
            freeze={freeze}
            isWide={isWide}
            onExport={exportShown}
          />
        </>
      }
      label="Positions"
      title={
        <>
          Positions <span className="font-normal text-ink-3">{view.positions.length}</span>
        </>
      }
    >
      <FilterChips
        chips={filterParts(choice.filter).map(({ text, without }) => ({
          text,
          remove: () => choose({ filter: without }),
        }))}
        note={`${rows.length} of ${freeze.views.length}`}
        onClear={() => choose({ filter: NO_FILTER })}
      />
      <div {...holding.handlers}>
        {rows.length === 0 ? (
          <NoRows choice={choice} choose={choose} hidden={freeze.views.length} />
        ) : isWide ? (
          <PositionGrid
            columns={columns}
            grouping={choice.grouping}
            onOpen={(one) => {
              onSelect?.(one.key);
              openPosition(one.position);
            }}
            onSort={(sort) => choose({ sort })}
            selected={selected}
            sort={choice.sort}
            views={rows}
          />
        ) : (
          <PositionCards views={rows} />
        )}
      </div>
    </Panel>
  );
}

/** Writes the file with what is on screen; the writer is fetched with the first one. */
function useExport(
  accountId: string,
  views: readonly PositionView[],
  total: number,
  choice: PositionChoice,
): () => void {
  const runId = useLive(({ run }) => run?.runId) ?? '';
  const runTime = useLive(({ frame }) => frame?.runTime) ?? 0;
  async function write(): Promise<void> {
    const { positionsCsv } = await import('./position-export.ts');
    const exportedAt = Date.now();
    const columns = shownIds(columnsOf(choice.extra));
    const text = positionsCsv({
      accountId,
      runId,
      runTime,
      exportedAt,
      views,
      total,
      columns,
      choice,
    });
    saveFile(fileName(`positions-${accountId}`, exportedAt), text);
    say(`${views.length} positions exported`);
  }
  return () => void write();
}

interface OrderNoteProps {
  readonly choice: PositionChoice;
  readonly freeze: Freeze;
  readonly order: HeldOrder;
}

/** The reader is told that the view or its order is held, and may take the new one. */
function OrderNote({ choice, freeze, order }: OrderNoteProps): ReactNode {
  const isDisplaced = order.displaced > 0;
  useEffect(() => {
    if (isDisplaced) say('The order of the positions changed.');
  }, [isDisplaced]);
  if (freeze.isFrozen)
    return (
      <span className="font-medium text-ink" data-figure>
        frozen, {freeze.waiting} updates waiting
      </span>
    );
  if (isDisplaced)
    return (
      <Button onClick={order.renew} size="small">
        order changed ({order.displaced})
      </Button>
    );
  return choice.sort.key === 'state' && !choice.sort.descending ? (
    <span className="hidden md:inline">worst state first, then nearest</span>
  ) : null;
}

function NoRows({ choice, choose, hidden }: PositionChoosing & { readonly hidden: number }) {
  if (hidden === 0)
    return (
      <Notice action={<WorstAccountLink />} head="No open position">
        This account holds only its wallet. Nothing can be liquidated.
      </Notice>
    );
  const parts = filterParts(choice.filter).map(({ text }) => text);
  return (
    <Notice
      action={<Button onClick={() => choose({ filter: NO_FILTER })}>Clear the filter</Button>}
      head="No position matches"
    >
      {hidden === 1 ? 'One position is' : `All ${hidden} positions are`} hidden by the filter:{' '}
      {parts.join(', ')}.
    </Notice>
  );
}
