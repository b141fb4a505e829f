'use client';
/** What a reader may do with the whole table: find, filter, choose columns, freeze, take the figures along. */
import { Columns3, ListFilter } from 'lucide-react';
import dynamic from 'next/dynamic';
import { buttonLook } from '#components/primitives/button.tsx';
import { PopButton } from '#components/primitives/pop-button.tsx';
import { FindField } from '#components/table/find-field.tsx';
import { ViewButtons } from '#components/table/view-buttons.tsx';
import { type PositionChoosing } from './use-position-choice.ts';
import { type Freeze } from './position-freeze.ts';

const FilterPanel = dynamic<PositionChoosing>(
  () => import('./position-panels.tsx').then((module) => module.FilterPanel),
  { ssr: false },
);
const ViewPanel = dynamic<PositionChoosing>(
  () => import('./position-panels.tsx').then((module) => module.ViewPanel),
  { ssr: false },
);

interface PositionToolsProps extends PositionChoosing {
  /** Columns have a meaning where there is a table. */
  readonly isWide: boolean;
  readonly freeze: Freeze;
  readonly onExport: () => void;
}

const POP_LOOK = buttonLook({ tone: 'bare', size: 'small' });

export function PositionTools({ choice, choose, isWide, freeze, onExport }: PositionToolsProps) {
  return (
    <>
      <FindField
        className="hidden w-28 sm:block"
        label="Find a position by symbol"
        onText={(text) => choose({ filter: { ...choice.filter, text } })}
        placeholder="Find symbol"
        text={choice.filter.text}
      />
      <PopButton
        aria-label="Filter positions"
        className={POP_LOOK}
        panel={() => <FilterPanel choice={choice} choose={choose} />}
        panelClassName="w-56 p-3"
        panelLabel="Filter positions"
        title="Filter"
      >
        <ListFilter aria-hidden size={14} />
      </PopButton>
      {isWide ? (
        <PopButton
          aria-label="Columns and grouping"
          className={POP_LOOK}
          panel={() => <ViewPanel choice={choice} choose={choose} />}
          panelClassName="w-56 p-3"
          panelLabel="Columns and grouping"
          title="Columns and grouping"
        >
          <Columns3 aria-hidden size={14} />
        </PopButton>
      ) : null}
      <ViewButtons exported="what is shown" freeze={freeze} onExport={onExport} />
    </>
  );
}
