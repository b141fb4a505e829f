'use client';
/** Positions on a narrow screen, worst first: state, name, distance with bar, both prices, and the rest on demand (ux.md 11). */
import { useState, type ReactNode } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { openPosition } from '#components/position/open-position.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import {
  DistanceCell,
  FundingCell,
  LiquidationCell,
  LossCell,
  MarkCell,
  PnlCell,
  RatioCell,
  SizeCell,
} from './position-cells.tsx';
import { trustOfPool, type PositionView } from './pool-view.ts';
import { PositionName } from './position-name.tsx';

export function PositionCards({ views }: { readonly views: readonly PositionView[] }) {
  return (
    <ul className="grid gap-px bg-line sm:grid-cols-2">
      {views.map((view) => (
        <Card key={view.key} view={view} />
      ))}
    </ul>
  );
}

function Card({ view }: { readonly view: PositionView }) {
  const format = useFormat();
  const [more, setMore] = useState(false);
  return (
    <li className="bg-panel p-3 sm:odd:last:col-span-2" data-trust={trustOfPool(view.pool)}>
      <div className="flex items-baseline justify-between gap-3">
        <PositionName view={view} />
        <StateTag state={view.pool.state} />
      </div>
      <dl className="mt-2 grid grid-cols-2 gap-x-6 gap-y-2">
        <Entry name="Distance to liquidation" wide>
          <DistanceCell view={view} />
        </Entry>
        <Entry name="Mark">
          <MarkCell view={view} />
        </Entry>
        <Entry name="Liquidation price">
          <LiquidationCell view={view} />
        </Entry>
        <Entry name="PnL after fee / gross">
          <PnlCell view={view} />
        </Entry>
        <Entry name={view.pool.health.positions.length === 1 ? format.convention.heading : 'Share'}>
          <RatioCell view={view} />
        </Entry>
        <Entry name="If liquidated / fee">
          <LossCell view={view} />
        </Entry>
        {more ? (
          <>
            <Entry name="Size / notional">
              <SizeCell view={view} />
            </Entry>
            <Entry name="Funding / per day">
              <FundingCell view={view} />
            </Entry>
          </>
        ) : null}
      </dl>
      <Button
        aria-expanded={more}
        className="mt-1 -ml-2"
        onClick={() => setMore(!more)}
        size="small"
        tone="bare"
      >
        {more ? 'Less' : 'More'}
      </Button>
      <Button className="mt-1" onClick={() => openPosition(view.position)} size="small" tone="bare">
        All about it
      </Button>
    </li>
  );
}

function Entry({
  name,
  wide = false,
  children,
}: {
  readonly name: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={wide ? 'col-span-2' : undefined}>
      <dt className="text-small text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
