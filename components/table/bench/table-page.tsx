/** The page that is measured: our positions grid, AG Grid with the same figures, or our cells in a plain table of all rows. */
import { createRoot } from 'react-dom/client';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { exampleStore, OnStore } from '#components/health/example-account.tsx';
import {
  DEFAULT_COLUMNS,
  sortPositions,
  WORST_FIRST,
} from '#components/health/position-columns.ts';
import { PositionGrid } from '#components/health/position-grid.tsx';
import { DEFAULT_CHOICE } from '#components/health/position-choice.ts';
import { usePositionRows } from '#components/health/position-rows.ts';
import { type PositionView } from '#components/health/pool-view.ts';
import { markExample } from '#components/live/example-facts.ts';
import { browserClock, createPainter } from '#components/live/painter.ts';
import { openAgGrid, plainRowsOf } from './ag-grid.ts';
import { positionsAt } from './many-positions.ts';

const query = new URLSearchParams(location.search);
const ROWS = Number(query.get('rows'));
const EVERY_MS = Number(query.get('every'));
/** Ours paints figures at the product's own pace; the others get every update. */
const TABLE = query.get('table');
const IS_OURS = TABLE === 'ours';

/** Made before anything is measured: what changes is which of them is shown. */
const MOMENTS = Array.from({ length: 8 }, (_none, moment) => positionsAt(moment, ROWS));

function viewsAt(moment: number): readonly PositionView[] {
  return MOMENTS[moment % MOMENTS.length] ?? [];
}

function Ours({ views }: { readonly views: readonly PositionView[] }) {
  const { rows } = usePositionRows(views, DEFAULT_CHOICE, false);
  return (
    <PositionGrid
      columns={DEFAULT_COLUMNS}
      grouping="none"
      onOpen={() => undefined}
      onSort={() => undefined}
      selected={undefined}
      sort={WORST_FIRST}
      views={rows}
    />
  );
}

function Plain({ views }: { readonly views: readonly PositionView[] }) {
  return (
    <table>
      <tbody>
        {sortPositions(views, WORST_FIRST).map((view) => (
          <tr key={view.key}>
            <td>{view.pool.state}</td>
            <td>{view.key}</td>
            {DEFAULT_COLUMNS.map(({ id, Cell }) => (
              <td key={id}>
                <Cell view={view} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is painted, outside of React as the product keeps it. */
const shown = createStore(() => ({ moment: 0 }));

function Driven() {
  const views = viewsAt(useStore(shown, ({ moment }) => moment));
  return IS_OURS ? <Ours views={views} /> : <Plain views={views} />;
}

function drive(): void {
  let moment = 0;
  const everything = (): void => shown.setState({ moment });
  const painter = createPainter({ states: everything, everything }, browserClock);
  setInterval(() => {
    moment += 1;
    if (IS_OURS) painter.figuresChanged();
    else everything();
  }, EVERY_MS);
}

function driveAgGrid(place: HTMLElement, columns: 'default' | 'alike'): void {
  place.style.height = '70dvh';
  const moments = MOMENTS.map(plainRowsOf);
  const grid = openAgGrid(place, moments[0] ?? [], columns);
  let moment = 0;
  setInterval(() => {
    moment += 1;
    grid.applyTransactionAsync({ update: moments[moment % moments.length] ?? [] });
  }, EVERY_MS);
}

function driveOurs(place: HTMLElement): void {
  createRoot(place).render(
    <OnStore store={exampleStore([markExample('BTCUSDT', '60000')])}>
      <Driven />
    </OnStore>,
  );
  drive();
}

const root = document.getElementById('root');
if (root !== null) {
  if (TABLE === 'ag') driveAgGrid(root, 'default');
  else if (TABLE === 'alike') driveAgGrid(root, 'alike');
  else driveOurs(root);
}
