'use client';
/** Where the whole book stands, below the accounts: fetched after the first paint. */
import { CallAgesPanel } from './call-ages-panel.tsx';
import { ContractPanel } from './contract-panel.tsx';
import { type DeskView } from './desk-query.ts';
import { DistanceMap } from './distance-map.tsx';
import { LargestPanel } from './largest-panel.tsx';
import { ShockPanel } from './shock-panel.tsx';

interface BookPanelsProps {
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
}

export function BookPanels({ view, setView }: BookPanelsProps) {
  return (
    <div className="grid grid-cols-1 items-start gap-3 wide:grid-cols-5">
      <div className="grid min-w-0 grid-cols-1 gap-3 wide:col-span-3">
        <DistanceMap setView={setView} view={view} />
        <ContractPanel setView={setView} view={view} />
      </div>
      <div className="grid min-w-0 grid-cols-1 items-start gap-3 lg:grid-cols-2 wide:col-span-2 wide:grid-cols-1">
        <div className="grid min-w-0 grid-cols-1 gap-3">
          <ShockPanel setView={setView} view={view} />
          <CallAgesPanel />
        </div>
        <LargestPanel />
      </div>
    </div>
  );
}
