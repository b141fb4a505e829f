'use client';
/** How far accounts are from liquidation: of all as bars, of each coin as shades. Every count is a way into the grid. */
import { useLive } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { bandHeading, BANDS, bandWords } from './band-words.ts';
import { type DeskView } from './desk-query.ts';
import { distanceTable, type DistanceRow, type DistanceTable } from './distance-table.ts';

const COINS_MAX = 24;
const BAR_PX = 44;
/** Strongest shade: text on it keeps its contrast in both themes. */
const SHADE_MAX = 30;

interface DistanceMapProps {
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
  readonly className?: string;
}

export function DistanceMap({ view, setView, className }: DistanceMapProps) {
  const cells = useLive((state) => state.deskSummary?.cells);
  const table = cells && distanceTable(cells, COINS_MAX);
  return (
    <Panel
      aside="% of the mark, by largest coin"
      bodyClassName="relative overflow-x-auto"
      className={className}
      title="Distance to liquidation"
    >
      {table === undefined ? (
        <p className="p-3">
          <Pending width="30ch" />
        </p>
      ) : table.rows.length === 0 ? (
        <Notice head="No account in this run yet">Accounts arrive as run time passes.</Notice>
      ) : (
        <Map setView={setView} table={table} view={view} />
      )}
    </Panel>
  );
}

interface MapProps {
  readonly table: DistanceTable;
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
}

function Map({ table, view, setView }: MapProps) {
  const format = useFormat();
  return (
    <table className="w-full min-w-[46rem] table-fixed">
      <caption className="sr-only">
        Accounts by distance to liquidation and by the coin of their largest position, from sampled
        figures
      </caption>
      <thead>
        <tr className="h-7 border-b border-line text-micro text-ink-3">
          <th className="sticky left-0 z-1 w-16 bg-panel pl-3 text-left font-medium" scope="col">
            Coin
          </th>
          {BANDS.map((band) => (
            <th className="px-0.5 text-center font-medium" key={band} scope="col">
              <span aria-hidden>{bandHeading(band, format)}</span>
              <span className="sr-only">{bandWords(band, format)}</span>
            </th>
          ))}
          <th className="numeric w-14 pr-3 font-medium" scope="col">
            All
          </th>
        </tr>
      </thead>
      <tbody>
        <Bars setView={setView} table={table} view={view} />
        {table.rows.map((row) => (
          <CoinRow
            key={row.coin ?? ''}
            most={table.mostInCell}
            row={row}
            setView={setView}
            view={view}
          />
        ))}
      </tbody>
      {table.others > 0 ? (
        <tfoot>
          <tr>
            <td className="px-3 py-1.5 text-small text-ink-3" colSpan={BANDS.length + 2}>
              {table.others} coins with fewer accounts are left out
            </td>
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}

function Bars({ table, view, setView }: MapProps) {
  const format = useFormat();
  const all = table.all.reduce((sum, count) => sum + count, 0);
  return (
    <tr className="border-b border-line align-bottom">
      <th
        className="sticky left-0 z-1 bg-panel pb-1 pl-3 text-left text-small font-medium"
        scope="row"
      >
        All
      </th>
      {BANDS.map((band) => {
        const count = table.all[band] ?? 0;
        const on = view.band === band && view.coin === null;
        return (
          <td className="px-0.5 pt-2 pb-1 text-center" key={band}>
            <button
              aria-label={`${format.count(count)} accounts, ${bandWords(band, format)}`}
              aria-pressed={on}
              className={classNames(
                'flex w-full flex-col items-center justify-end rounded-control border border-transparent text-micro hover:bg-hover disabled:text-ink-3',
                on && 'border-ink bg-hover',
              )}
              disabled={count === 0 && !on}
              onClick={() => setView({ ...view, coin: null, band: on ? null : band })}
              style={{ height: BAR_PX + 18 }}
              type="button"
            >
              <span data-figure>{count === 0 ? '' : format.count(count)}</span>
              <span
                aria-hidden
                className="w-full rounded-t-[2px] bg-ink-3"
                style={{
                  height: count === 0 ? 1 : Math.max(2, (count / table.mostInBand) * BAR_PX),
                }}
              />
            </button>
          </td>
        );
      })}
      <td className="numeric pr-3 pb-1 text-small" data-figure>
        {format.count(all)}
      </td>
    </tr>
  );
}

interface CoinRowProps {
  readonly row: DistanceRow;
  readonly most: number;
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
}

function CoinRow({ row, most, view, setView }: CoinRowProps) {
  const format = useFormat();
  const { coin } = row;
  const isChosen = coin !== null && view.coin === coin && view.band === null;
  return (
    <tr className="h-7 border-b border-line last:border-b-0">
      <th className="sticky left-0 z-1 bg-panel pl-2 text-left text-small font-normal" scope="row">
        {coin === null ? (
          <span className="px-1 text-ink-3">none</span>
        ) : (
          <button
            aria-pressed={isChosen}
            className={classNames(
              'h-6 rounded-control border border-transparent px-1 hover:bg-hover',
              isChosen && 'border-ink bg-hover',
            )}
            onClick={() => setView({ ...view, coin: isChosen ? null : coin, band: null })}
            type="button"
          >
            {coin}
          </button>
        )}
      </th>
      {BANDS.map((band) => (
        <Cell
          band={band}
          count={row.counts[band] ?? 0}
          key={band}
          most={most}
          row={row}
          setView={setView}
          view={view}
        />
      ))}
      <td className="numeric pr-3 text-small" data-figure>
        {format.count(row.accounts)}
      </td>
    </tr>
  );
}

function Cell(p: CoinRowProps & { readonly band: number; readonly count: number }) {
  const { row, band, count, most, view, setView } = p;
  const format = useFormat();
  const { coin } = row;
  const on = coin !== null && view.coin === coin && view.band === band;
  if (count === 0 && !on)
    return (
      <td className="text-center text-micro text-ink-3">
        <span className="sr-only">0</span>
      </td>
    );
  const shade = Math.round(4 + Math.sqrt(count / most) * (SHADE_MAX - 4));
  const style = { backgroundColor: `color-mix(in oklch, var(--ink) ${shade}%, transparent)` };
  const text = <span data-figure>{format.count(count)}</span>;
  return (
    <td className="p-px text-center text-micro">
      {coin === null ? (
        <span className="flex h-6 items-center justify-center rounded-[3px]" style={style}>
          {text}
        </span>
      ) : (
        <button
          aria-label={`${format.count(count)} accounts, ${coin}, ${bandWords(band, format)}`}
          aria-pressed={on}
          className={classNames(
            'h-6 w-full rounded-[3px] border border-transparent hover:border-line-strong',
            on && 'border-ink',
          )}
          onClick={() => setView({ ...view, coin: on ? null : coin, band: on ? null : band })}
          style={style}
          type="button"
        >
          {text}
        </button>
      )}
    </td>
  );
}
