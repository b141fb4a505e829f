'use client';
/** The positions that a reader asked to see, in the order that is held. */
import { inPlaces, useHeldOrder, type HeldOrder } from '#components/table/held-order.ts';
import { type PositionView } from './pool-view.ts';
import { sortText, type PositionChoice } from './position-choice.ts';
import { sortPositions } from './position-columns.ts';
import { filterPositions } from './position-filter.ts';

interface PositionRows {
  readonly order: HeldOrder;
  /** Filtered, in the order that is held. */
  readonly rows: readonly PositionView[];
}

export function usePositionRows(
  views: readonly PositionView[],
  { sort, filter }: PositionChoice,
  held: boolean,
): PositionRows {
  const shown = filterPositions(views, filter);
  const order = useHeldOrder({
    present: shown.map(({ key }) => key),
    wanted: () => sortPositions(shown, sort).map(({ key }) => key),
    held,
    reason: sortText(sort),
  });
  return { order, rows: inPlaces(shown, order.places) };
}
