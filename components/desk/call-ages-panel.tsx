'use client';
/** Margin calls by how long they have stood: all pools that are Critical or being liquidated, answered and not. */
import { useLive } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Panel, Pending } from '#components/primitives/panel.tsx';
import { classNames } from '#components/primitives/class-names.ts';

/** `CALL_AGES_MS` in words. */
const AGES = ['1 m', '5 m', '15 m', '1 h'] as const;

export function CallAgesPanel({ className }: { readonly className?: string }) {
  const calls = useLive(({ totals }) => totals?.alerts.calls);
  return (
    <Panel
      aside="pools Critical or liquidating, run time"
      className={className}
      title="Margin calls by age"
    >
      {calls === undefined ? (
        <p className="p-3">
          <Pending width="24ch" />
        </p>
      ) : (
        <table className="w-full table-fixed">
          <caption className="sr-only">
            Pools that are Critical or being liquidated, by how long they have been so
          </caption>
          <thead>
            <tr className="h-7 border-b border-line text-small text-ink-3">
              <th className="w-28 pl-3 text-left font-medium" scope="col">
                For
              </th>
              {AGES.map((age) => (
                <th className="numeric px-1 font-medium" key={age} scope="col">
                  <span className="max-sm:sr-only">under </span>
                  {age}
                </th>
              ))}
              <th className="numeric pr-3 pl-1 font-medium" scope="col">
                longer
              </th>
            </tr>
          </thead>
          <tbody>
            <AgesRow counts={calls.open} name="Not answered" />
            <AgesRow counts={calls.acknowledged} name="Acknowledged" />
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function AgesRow({ name, counts }: { readonly name: string; readonly counts: readonly number[] }) {
  const format = useFormat();
  return (
    <tr className="h-8 border-b border-line last:border-b-0">
      <th className="truncate pl-3 text-left font-normal" scope="row">
        {name}
      </th>
      {counts.map((count, place) => (
        <td
          className={classNames(
            'numeric px-1 text-lead last:pr-3',
            count === 0 ? 'text-ink-3' : 'font-medium',
          )}
          data-figure
          key={place}
        >
          {format.count(count)}
        </td>
      ))}
    </tr>
  );
}
