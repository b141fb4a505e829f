'use client';
/** The run itself: where it stands, what has happened in it, and drills that disturb it on purpose. */
import { Notice } from '#components/primitives/panel.tsx';
import { useLive } from '#components/live/live-provider.tsx';
import { DrillPanel } from './drill-panel.tsx';
import { DrillReports } from './drill-reports.tsx';
import { TimeMachine } from './time-machine.tsx';

export function ReplayPage() {
  const run = useLive((state) => state.run);
  if (run === undefined)
    return <Notice head="Waiting for the run">Its tape and clock come with the connection.</Notice>;
  return (
    <div className="grid items-start gap-2 sm:gap-3 lg:grid-cols-2">
      <TimeMachine className="lg:col-span-2" run={run} />
      <DrillPanel run={run} />
      <DrillReports />
    </div>
  );
}
