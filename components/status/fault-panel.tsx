'use client';
/** What came over a feed and was refused, counted since the run began. */
import { useLive } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';

export function FaultPanel() {
  const format = useFormat();
  const faults = useLive((state) => state.frame?.faults);
  const counted = Object.entries(faults ?? {}).filter(([, count]) => count > 0);
  return (
    <Panel aside="since the run began" title="Refused from the feeds">
      {counted.length === 0 ? (
        <Notice head="Nothing was refused">
          Late, repeated and impossible prices are counted here; none of them changes a figure.
        </Notice>
      ) : (
        <ul className="grid gap-x-6 px-3 py-1">
          {counted.map(([kind, count]) => (
            <li className="flex items-baseline justify-between gap-3 py-1" key={kind}>
              <span className="text-ink-2">{kind.replaceAll('-', ' ')}</span>
              <span className="numeric font-medium" data-figure>
                {format.count(count)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
