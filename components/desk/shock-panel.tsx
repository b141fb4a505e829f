'use client';
/** If every price moves at once: who is liquidated, what margin does not cover, and how sure that is. */
import { useLive } from '#components/live/live-provider.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Panel, Pending } from '#components/primitives/panel.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { useZone } from '#components/settings/use-zone.ts';
import { clockText } from '#lib/display/time.ts';
import { money } from '#lib/units/money.ts';
import { type ShockResult, type ShockTable } from '#lib/wire/protocol.ts';
import { moveText } from './band-words.ts';
import { type DeskView } from './desk-query.ts';

interface ShockPanelProps {
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
  readonly className?: string;
}

const HEAD = 'numeric px-2 font-medium';

export function ShockPanel({ view, setView, className }: ShockPanelProps) {
  const table = useLive((state) => state.deskSummary?.shocks);
  return (
    <Panel
      aside="USD"
      bodyClassName="relative overflow-x-auto"
      className={className}
      title="If every price moves at once"
    >
      {table === undefined || table === null ? (
        <p className="p-3">
          <Pending width="30ch" />
        </p>
      ) : (
        <>
          <table className="w-full min-w-[32rem]">
            <caption className="sr-only">What happens if every price moves by one share</caption>
            <thead>
              <tr className="h-7 border-b border-line text-small text-ink-3">
                <th className="pl-3 text-left font-medium" scope="col">
                  Move
                </th>
                <th className={HEAD} scope="col">
                  Liquidated
                </th>
                <th
                  className={HEAD}
                  scope="col"
                  title="Change of what all accounts together are worth"
                >
                  Book
                </th>
                <th
                  className={HEAD}
                  scope="col"
                  title="Taken from those who are liquidated, for the fund"
                >
                  Fees
                </th>
                <th
                  className="numeric pr-3 pl-2 font-medium"
                  scope="col"
                  title="What margin does not cover: the insurance fund pays it, or nobody"
                >
                  Shortfall
                </th>
              </tr>
            </thead>
            <tbody>
              {table.results.map((result) => (
                <ShockRow key={result.share} result={result} setView={setView} view={view} />
              ))}
            </tbody>
          </table>
          <Basis table={table} />
        </>
      )}
    </Panel>
  );
}

interface ShockRowProps {
  readonly result: ShockResult;
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
}

function ShockRow({ result, view, setView }: ShockRowProps) {
  const format = useFormat();
  const { share, accounts, pools, changeUsd, feeUsd, deficitUsd, boundUsd } = result;
  const on = view.shock === share;
  return (
    <tr className="h-7 border-b border-line">
      <th className="pl-2 text-left font-normal" scope="row">
        <button
          aria-label={`Only accounts that are liquidated at ${moveText(share)}`}
          aria-pressed={on}
          className={classNames(
            'h-6 rounded-control border border-transparent px-1 font-medium hover:bg-hover',
            on && 'border-ink bg-hover',
          )}
          onClick={() => setView({ ...view, shock: on ? null : share })}
          type="button"
        >
          {moveText(share)}
        </button>
      </th>
      <td className="numeric px-2" data-figure>
        {format.count(accounts)}{' '}
        <span className="text-small text-ink-3">
          {accounts === 1 ? 'account' : 'accounts'}
          {pools === accounts ? '' : `, ${format.count(pools)} pools`}
        </span>
      </td>
      <td className="numeric px-2">
        {changeUsd === null ? (
          <span className="hatch rounded-[3px] px-1 text-unknown">Unknown</span>
        ) : (
          <NumberText result shown={format.change(money(changeUsd), 'USD')} />
        )}
      </td>
      <td className="numeric px-2">
        <NumberText shown={format.balance(money(feeUsd), 'USD')} />
      </td>
      <td className="numeric pr-3 pl-2">
        <NumberText
          className={classNames(Number(deficitUsd) > 0 ? 'font-medium' : 'text-ink-3')}
          shown={format.requirement(money(deficitUsd), 'USD')}
        />
        {boundUsd === null ? null : (
          <span className="block text-small text-ink-3">
            ± <NumberText shown={format.requirement(money(boundUsd), 'USD')} />
          </span>
        )}
      </td>
    </tr>
  );
}

/** What the table hangs on, and what it leaves out. */
function Basis({ table }: { readonly table: ShockTable }) {
  const format = useFormat();
  const zone = useZone();
  const { asOf, unknown, results } = table;
  const isEstimated = results.some(({ boundUsd }) => boundUsd !== null);
  return (
    <p className="px-3 py-2 text-small text-ink-3">
      At the marks of <span data-figure>{clockText(asOf, zone)}</span>.{' '}
      {isEstimated
        ? 'Who is liquidated is exact; fees and shortfall are estimates where ± stands.'
        : 'Exact.'}{' '}
      Positions are closed at the moved prices; what the closing itself would move is not counted.
      {unknown === 0
        ? ''
        : ` ${format.count(unknown)} accounts with a price that is not known are left out.`}
    </p>
  );
}
