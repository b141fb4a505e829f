'use client';
/** Prices that everything hangs on: mark, age, state of each feed, and what was refused. */
import { useLive } from '#components/live/live-provider.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { instrumentId } from '#lib/units/ids.ts';
import { price, rate } from '#lib/units/money.ts';
import { type MarkWire } from '#lib/wire/protocol.ts';

export function FeedPanel() {
  const frame = useLive((state) => state.frame);
  const faults = Object.values(frame?.faults ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <Panel
      aside={<FaultCount faults={frame?.faults ?? {}} total={faults} />}
      bodyClassName="overflow-x-auto"
      title="Prices"
    >
      <table className="w-full">
        <caption className="sr-only">Prices with their age and state</caption>
        <thead>
          <tr className="h-7 border-b border-line text-small text-ink-3">
            <th className="pl-3 text-left font-medium" scope="col">
              Instrument
            </th>
            <th className="numeric px-2 font-medium" scope="col">
              Mark
            </th>
            <th className="numeric px-2 font-medium" scope="col">
              Funding
            </th>
            <th className="numeric pr-3 pl-2 font-medium" scope="col">
              Age
            </th>
          </tr>
        </thead>
        <tbody>
          {frame?.marks.map((mark) => (
            <FeedRow key={mark.id} mark={mark} runTime={frame.runTime} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function FeedRow({ mark, runTime }: { readonly mark: MarkWire; readonly runTime: number }) {
  const format = useFormat();
  const tick = useLive((state) => state.market?.instruments.get(instrumentId(mark.id))?.tickSize);
  const stale = mark.status === 'stale';
  return (
    <tr className={classNames('h-7 border-b border-line last:border-b-0', stale && 'hatch')}>
      <th className="truncate pl-3 text-left font-normal" scope="row">
        {mark.id}
        {mark.modelled ? (
          <span
            className="ml-1 text-micro text-ink-3"
            title="The tape lacks this coin: its price follows BTC"
          >
            modelled
          </span>
        ) : null}
      </th>
      <td className="numeric px-2">
        {tick === undefined ? null : <NumberText shown={format.price(price(mark.mark), tick)} />}
      </td>
      <td className="numeric px-2 text-small text-ink-3">
        {mark.fundingRate === null ? (
          'none'
        ) : (
          <NumberText shown={format.fundingRate(rate(mark.fundingRate))} />
        )}
      </td>
      <td
        className={classNames(
          'numeric pr-3 pl-2 text-small',
          stale ? 'text-unknown' : 'text-ink-3',
        )}
        data-figure
      >
        {mark.status === 'fresh' ? '' : `${mark.status} `}
        {format.age(runTime - mark.time)}
      </td>
    </tr>
  );
}

function FaultCount({
  faults,
  total,
}: {
  readonly faults: Readonly<Record<string, number>>;
  readonly total: number;
}) {
  const format = useFormat();
  const detail = Object.entries(faults)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
  return (
    <span data-figure title={detail}>
      {format.count(total)} {total === 1 ? 'fault' : 'faults'} refused
    </span>
  );
}
