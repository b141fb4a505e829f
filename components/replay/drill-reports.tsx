'use client';
/** What the drills of this server did and what the system did about them, newest first; and what this page threw away. */
import { useLive } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Moment } from '#components/primitives/moment.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { ageText } from '#lib/display/time.ts';
import { type DrillReport } from '#lib/wire/protocol.ts';
import { FEED_DRILL_WORDS, faultSentence, outcomeSentence } from './drill-words.ts';

export function DrillReports() {
  const drills = useLive((state) => state.frame?.drills);
  return (
    <Panel bodyClassName="flex flex-col" title="What happened">
      <WireReport />
      {drills === undefined || drills.length === 0 ? (
        <Notice head="No drill of prices yet">
          Each one is listed here with the prices that were refused and the states that changed.
        </Notice>
      ) : (
        <ol className="divide-y divide-line">
          {drills.toReversed().map((report) => (
            <ReportItem key={report.number} report={report} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function ReportItem({ report }: { readonly report: DrillReport }) {
  const format = useFormat();
  const runTime = useLive((state) => state.frame?.runTime ?? 0);
  const left = report.endsAt - runTime;
  return (
    <li className="px-3 py-2" data-figure>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">
          {report.number}. {FEED_DRILL_WORDS[report.drill].name}, {report.instrument}
        </span>
        <span className="text-small text-ink-3">
          <Moment time={report.startedAt} /> to <Moment time={report.endsAt} />
        </span>
        <span className="ml-auto text-small text-ink-2">
          {report.isOver ? 'over' : left > 0 ? `${ageText(left)} left` : 'over, still watching'}
        </span>
      </p>
      <p className="text-small text-ink-2">{faultSentence(report.faults, format.count)}.</p>
      <p className="text-small text-ink-2">
        {outcomeSentence(report, format.count)}
        <span className="text-ink-3"> (whole book, other causes included)</span>.
      </p>
    </li>
  );
}

function WireReport() {
  const format = useFormat();
  const { repeated, gaps } = useLive((state) => state.wire);
  return (
    <p className="border-b border-line px-3 py-2 text-small text-ink-2" data-figure>
      <span className="font-medium text-ink">This page&rsquo;s connection:</span>{' '}
      {format.count(repeated)} repeated or overtaken messages dropped, {format.count(gaps)} gaps
      closed by a snapshot, since the page was opened.
    </p>
  );
}
