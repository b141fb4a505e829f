'use client';
/** The account's page before its figures: the same places, so that nothing jumps when they come. */
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';

const LINES = ['w-1/3', 'w-2/3', 'w-1/2', 'w-3/5'] as const;

export function AccountSkeleton() {
  return (
    <div aria-busy className="grid gap-3 wide:grid-cols-[minmax(0,1fr)_30rem]">
      <p className="sr-only">Waiting for the account</p>
      <div className="flex min-w-0 flex-col gap-3">
        <div className="grid gap-3 lg:grid-cols-2">
          <Bones height="h-44" title="Account" />
          <Bones height="h-44" title="Worst pool" />
        </div>
        <Bones height="h-80" title="Positions" />
      </div>
      <div className="grid content-start gap-3 lg:grid-cols-2 wide:grid-cols-1">
        <PriceChartBones />
        <MarginChartBones />
      </div>
    </div>
  );
}

export function PriceChartBones() {
  return <Bones height="h-61" title="Price against liquidation" />;
}

export function MarginChartBones() {
  const { convention } = useFormat();
  return <Bones height="h-61" title={convention.heading} />;
}

function Bones({ title, height }: { readonly title: string; readonly height: string }) {
  return (
    <Panel bodyClassName={`${height} flex flex-col gap-4 p-3`} title={title}>
      {LINES.map((width) => (
        <span className={`skeleton h-3 ${width}`} key={width} />
      ))}
    </Panel>
  );
}
