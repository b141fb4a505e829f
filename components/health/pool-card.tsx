'use client';
/** The pool in danger: what would end it, how far away that is, and what is left either way. */
import { AbsenceText, FigureText, NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { Term } from '#components/primitives/term.tsx';
import { useLive } from '#components/live/live-provider.tsx';
import { ageText, clockText } from '#lib/display/time.ts';
import { distanceSupposes, moveSentence, poolName } from '#lib/display/words.ts';
import { DistanceMeter } from './distance-meter.tsx';
import { MarkAge } from './mark-age.tsx';
import {
  jointDistanceOf,
  leftAfterClosing,
  leftAfterLiquidation,
  type PoolView,
  type PositionView,
} from './pool-view.ts';
import { PositionName } from './position-name.tsx';

interface PoolCardProps {
  readonly pool: PoolView;
  /** The position that ends the pool first; undefined when it holds none. */
  readonly worst: PositionView | undefined;
  readonly isWorst: boolean;
}

export function PoolCard({ pool, worst, isWorst }: PoolCardProps) {
  return (
    <Panel
      aside={<StateSince pool={pool} />}
      bodyClassName="flex flex-col justify-center px-3 py-2.5"
      title={`${isWorst ? 'Worst pool' : 'Pool'}: ${poolName(pool.health.scope)}`}
    >
      {worst === undefined ? (
        <Notice head="No position in this pool">Nothing here can be liquidated.</Notice>
      ) : (
        <Danger pool={pool} worst={worst} />
      )}
    </Panel>
  );
}

function StateSince({ pool }: { readonly pool: PoolView }) {
  const runTime = useLive((state) => state.frame?.runTime);
  const { row } = pool;
  return (
    <>
      <StateTag state={pool.state} />
      {row === undefined || runTime === undefined ? null : (
        <span className="min-w-[8ch] text-right" title={`since ${clockText(row.since)} UTC`}>
          {ageText(runTime - row.since)}
        </span>
      )}
      {row?.unknownSince == null ? null : <span>unknown since {clockText(row.unknownSince)}</span>}
    </>
  );
}

function Danger({ pool, worst }: { readonly pool: PoolView; readonly worst: PositionView }) {
  return (
    <div className="grid gap-x-6 gap-y-2 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <PositionName view={worst} />
          <MarkAge view={worst} words />
        </div>
        <Distance pool={pool} worst={worst} />
      </div>
      <dl className="grid grid-cols-2 gap-x-5 gap-y-2 sm:grid-cols-[repeat(2,minmax(8rem,auto))]">
        <Prices worst={worst} />
        <WaysOut pool={pool} worst={worst} />
      </dl>
    </div>
  );
}

function Prices({ worst }: { readonly worst: PositionView }) {
  const format = useFormat();
  const { mark } = worst.position;
  const { nearest } = worst.position.liquidation();
  const tick = worst.instrument?.tickSize;
  if (tick === undefined) return null;
  return (
    <>
      <Term name="Mark">
        <FigureText figure={mark} show={(reading) => format.price(reading.price, tick)} />
      </Term>
      <Term name="Liquidation price">
        <FigureText figure={nearest} show={(price) => format.price(price, tick)} />
      </Term>
    </>
  );
}

function WaysOut({ pool, worst }: { readonly pool: PoolView; readonly worst: PositionView }) {
  const format = useFormat();
  const unit = pool.health.unit;
  return (
    <>
      <Term name="Left if closed now" title="Margin balance after closing all positions of the pool at the mark, taker fees paid">
        <FigureText figure={leftAfterClosing(pool.health)} show={(value) => format.balance(value, unit)} unit={unit} />
      </Term>
      <Term name="Left if liquidated" title="Margin balance after liquidation of this position at its liquidation price">
        <FigureText
          figure={leftAfterLiquidation(pool.health, worst.position)}
          show={(value) => format.balance(value, unit)}
          unit={unit}
        />
      </Term>
    </>
  );
}

function Distance({ pool, worst }: { readonly pool: PoolView; readonly worst: PositionView }) {
  const format = useFormat();
  const { distanceShare, distancePrice, below } = worst.position.liquidation();
  const tick = worst.instrument?.tickSize;
  if (!distanceShare.known) return <AbsenceText className="my-2 text-lead" full why={distanceShare.why} />;
  const direction = below.known && isBelow(worst) ? 'down' : 'up';
  return (
    <>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2">
        <span className="text-figure font-semibold tracking-tight">
          <NumberText shown={format.distance(distanceShare.value)} />
        </span>
        <span className="text-base text-ink-2">from liquidation</span>
        {distancePrice.known && tick !== undefined ? (
          <span className="text-small text-ink-3" data-figure>
            {moveSentence(direction, format.price(distancePrice.value, tick).text)}
          </span>
        ) : null}
      </p>
      <Supposes pool={pool} worst={worst} />
      <DistanceMeter pool={pool} />
    </>
  );
}

/** The nearest price is the one below the mark. */
function isBelow(view: PositionView): boolean {
  const { nearest, below } = view.position.liquidation();
  return nearest.known && below.known && nearest.value.eq(below.value);
}

function Supposes({ pool, worst }: { readonly pool: PoolView; readonly worst: PositionView }) {
  const format = useFormat();
  const joint = jointDistanceOf(pool.health);
  const base = worst.instrument?.base ?? worst.position.instrumentId;
  if (pool.health.positions.length < 2) return null;
  return (
    <p className="text-small text-ink-3">
      if only {base} moves
      {joint === undefined ? null : (
        <>
          ; <NumberText className="text-ink-2" shown={format.distance(joint.share)} /> {distanceSupposes(joint.by)}
        </>
      )}
    </p>
  );
}
