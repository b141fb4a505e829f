'use client';
/** What one margin pool comes to: ratio, state, distance. */
import { printedDistanceOf } from '#components/health/pool-view.ts';
import {
  AbsenceText,
  FigureText,
  NumberText,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { distanceSupposes } from '#lib/display/words.ts';
import { mapFigure, type PoolHealth } from '#lib/margin/figures.ts';
import { stateOfPool, type Base } from './plan.ts';

export const NOTHING_HERE = <span className="text-ink-3">no pool</span>;

export function Ratio({ pool }: { readonly pool: PoolHealth | undefined }) {
  const format = useFormat();
  return pool === undefined ? (
    NOTHING_HERE
  ) : (
    <FigureText figure={pool.marginRatio} show={format.marginRatio} />
  );
}

export function StateOf({
  base,
  pool,
}: {
  readonly base: Base;
  readonly pool: PoolHealth | undefined;
}) {
  if (pool === undefined) return NOTHING_HERE;
  const over = pool.status === 'liquidatable' || pool.status === 'bankrupt';
  return (
    <>
      <StateTag state={stateOfPool(pool, base)} />
      {over ? <span className="block text-small">liquidation would begin</span> : null}
    </>
  );
}

export function Distance({ pool }: { readonly pool: PoolHealth | undefined }) {
  const format = useFormat();
  if (pool === undefined) return NOTHING_HERE;
  const deciding = printedDistanceOf(pool);
  if (!deciding.known) return <AbsenceText why={deciding.why} />;
  return (
    <>
      <NumberText shown={format.distance(deciding.value.share)} />
      <span className="block text-small font-normal whitespace-normal text-ink-3">
        {distanceSupposes(deciding.value.by)}
      </span>
    </>
  );
}

export function ShortDistance({ pool }: { readonly pool: PoolHealth | undefined }) {
  const format = useFormat();
  return pool === undefined ? (
    NOTHING_HERE
  ) : (
    <FigureText
      figure={mapFigure(printedDistanceOf(pool), ({ share }) => share)}
      show={format.distance}
    />
  );
}
