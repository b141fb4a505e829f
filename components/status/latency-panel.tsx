'use client';
/** The way of a price to this screen, measured over the last minute. Each line counts from the same start, so none is a sum. */
import { useLive } from '#components/live/live-provider.tsx';
import { quantile, type Delay } from '#components/live/delays.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Panel, Pending } from '#components/primitives/panel.tsx';
import { type Quantiles } from '#lib/wire/protocol.ts';
import { type AnsweredStatus } from './use-server-status.ts';

interface Stage {
  readonly name: string;
  readonly where: string;
  readonly measured: Quantiles | undefined;
}

export function LatencyPanel({ answered }: { readonly answered: AnsweredStatus | undefined }) {
  const delays = useLive((state) => state.delays);
  const paused = useLive((state) => state.frame?.paused === true);
  const stages: readonly Stage[] = [
    {
      name: 'decided and stored',
      where: 'engine',
      measured: answered?.status.decisionMs ?? undefined,
    },
    { name: 'arrived', where: 'socket', measured: quantilesOf(delays, (one) => one.arrivedMs) },
    { name: 'painted', where: 'screen', measured: quantilesOf(delays, (one) => one.paintedMs) },
  ];
  const longest = Math.max(1, ...stages.map(({ measured }) => measured?.p95 ?? 0));
  return (
    <Panel
      aside={paused ? 'paused: no new price' : 'last minute'}
      title="From a price taken to this screen"
    >
      <table className="w-full table-fixed">
        <caption className="sr-only">Delays in milliseconds since the price was taken</caption>
        <thead>
          <tr className="h-7 text-small text-ink-3">
            <th className="w-[38%] pl-3 text-left font-medium" scope="col">
              until
            </th>
            <th className="numeric w-[20%] px-2 font-medium" scope="col">
              p50
            </th>
            <th className="numeric w-[20%] px-2 font-medium" scope="col">
              p95
            </th>
            <th className="pr-3 pl-2" scope="col">
              <span className="sr-only">p95 drawn</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <StageRow key={stage.name} longest={longest} stage={stage} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function quantilesOf(
  delays: readonly Delay[],
  select: (delay: Delay) => number,
): Quantiles | undefined {
  const values = delays.map(select);
  const [p50, p95] = [quantile(values, 0.5), quantile(values, 0.95)];
  return p50 === undefined || p95 === undefined ? undefined : { p50, p95, samples: values.length };
}

function StageRow({ stage, longest }: { readonly stage: Stage; readonly longest: number }) {
  const { name, where, measured } = stage;
  return (
    <tr className="h-8 border-t border-line">
      <th className="pl-3 text-left font-normal" scope="row">
        {name} <span className="text-small text-ink-3">{where}</span>
      </th>
      <td className="numeric px-2">
        <Milliseconds value={measured?.p50} />
      </td>
      <td className="numeric px-2 font-medium">
        <Milliseconds value={measured?.p95} />
      </td>
      <td className="pr-3 pl-2" title={measured && `${measured.samples} samples`}>
        <span className="sr-only">{measured?.samples ?? 0} samples</span>
        <div aria-hidden className="h-1.5 rounded-[2px] bg-track">
          <div
            className="h-full rounded-[2px] bg-ink-3"
            data-figure
            style={{ width: `${((measured?.p95 ?? 0) / longest) * 100}%` }}
          />
        </div>
      </td>
    </tr>
  );
}

function Milliseconds({ value }: { readonly value: number | undefined }) {
  const format = useFormat();
  const paused = useLive((state) => state.frame?.paused === true);
  // A run that stands still brings no price to measure: nothing is on its way.
  if (value === undefined)
    return paused ? <span className="text-ink-3">none</span> : <Pending width="5ch" />;
  return <span data-figure>{format.measure(value, value < 10 ? 1 : 0)} ms</span>;
}
