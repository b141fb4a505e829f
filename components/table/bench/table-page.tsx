/** The page that is measured: our positions grid, or the same cells in a plain table of all rows. */
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { exampleStore, OnStore } from '#components/health/example-account.tsx';
import {
  DEFAULT_COLUMNS,
  sortPositions,
  WORST_FIRST,
} from '#components/health/position-columns.ts';
import { PositionGrid } from '#components/health/position-grid.tsx';
import { plainItems } from '#components/health/position-items.ts';
import { type PositionView } from '#components/health/pool-view.ts';
import { markExample } from '#components/live/example-facts.ts';
import { browserClock, createPainter } from '#components/live/painter.ts';
import { useHeldOrder } from '#components/table/held-order.ts';
import { positionsAt } from './many-positions.ts';

const query = new URLSearchParams(location.search);
const ROWS = Number(query.get('rows'));
const EVERY_MS = Number(query.get('every'));
/** Ours paints figures at the product's own pace; the plain table paints every update. */
const IS_OURS = query.get('table') === 'ours';

function Ours({ views }: { readonly views: readonly PositionView[] }) {
  const { keys } = useHeldOrder({
    present: views.map(({ key }) => key),
    wanted: () => sortPositions(views, WORST_FIRST).map(({ key }) => key),
    held: false,
    reason: 'state',
  });
  const byKey = new Map(views.map((view) => [view.key, view]));
  const rows = keys.flatMap((key) => byKey.get(key) ?? []);
  return (
    <PositionGrid
      columns={DEFAULT_COLUMNS}
      items={plainItems(rows)}
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

function Driven() {
  const [moment, setMoment] = useState(0);
  useEffect(() => {
    let arrived = 0;
    const everything = (): void => setMoment(arrived);
    const painter = createPainter({ states: everything, everything }, browserClock);
    const timer = setInterval(() => {
      arrived += 1;
      if (IS_OURS) painter.figuresChanged();
      else setMoment(arrived);
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const views = positionsAt(moment, ROWS);
  return IS_OURS ? <Ours views={views} /> : <Plain views={views} />;
}

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <OnStore store={exampleStore([markExample('BTCUSDT', '60000')])}>
      <Driven />
    </OnStore>,
  );
