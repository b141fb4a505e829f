'use client';
/** Can these figures be trusted: every feed, the way from price to pixel, the engine, the server (ux.md 13). */
import { EnginePanel } from './engine-panel.tsx';
import { FaultPanel } from './fault-panel.tsx';
import { FeedTable } from './feed-table.tsx';
import { LatencyPanel } from './latency-panel.tsx';
import { ServerPanel } from './server-panel.tsx';
import { useServerStatus } from './use-server-status.ts';

export function StatusPage() {
  const answered = useServerStatus();
  return (
    <div className="grid items-start gap-3 wide:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-3">
        <FeedTable readings={answered?.status.feeds} />
        <FaultPanel />
      </div>
      <div className="grid min-w-0 gap-3 lg:grid-cols-2 wide:grid-cols-1">
        <LatencyPanel answered={answered} />
        <EnginePanel answered={answered} />
        <ServerPanel answered={answered} />
      </div>
    </div>
  );
}
