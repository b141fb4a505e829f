'use client';
/** The pool in danger: what would end it, how far away that is, and what is left either way. */
import dynamic from 'next/dynamic';
import {
  AbsenceText,
  FigureText,
  NumberText,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { type WaysToTargetProps } from '#components/what-if/ways-to-target-props.ts';
import { Term } from '#components/primitives/term.tsx';
import { useLive } from '#components/live/live-provider.tsx';
import { mapFigure, type PoolDistance } from '#lib/margin/figures.ts';
import { distanceSupposes, moveSentence, poolName } from '#lib/display/words.ts';
import { dailyMovesOf, type DailyMoves } from './daily-moves.ts';
import { DistanceMeter } from './distance-meter.tsx';
import { MarkAge } from './mark-age.tsx';
import {
  jointDistanceOf,
  printedDistanceOf,
  trustOfPool,
  type AccountView,
  type PoolView,
  type PositionView,
} from './pool-view.ts';
import { reasonOf } from './pool-reason.ts';
import { PositionName } from './position-name.tsx';
import { StateSince } from './state-since.tsx';
import { waysOutOf } from './ways-out.ts';

const WaysToTarget = dynamic<WaysToTargetProps>(
  () => import('#components/what-if/ways-to-target.tsx').then((module) => module.WaysToTarget),
  { ssr: false, loading: () => <div className="min-h-6 pointer-coarse:min-h-11" /> },
);

interface PoolCardProps {
  readonly view: AccountView;
  readonly pool: PoolView;
  /** The position that ends the pool first; undefined when it holds none. */
  readonly worst: PositionView | undefined;
  readonly isWorst: boolean;
  readonly className?: string;
}

export function PoolCard({ view, pool, worst, isWorst, className }: PoolCardProps) {
  return (
    <Panel
      aside={<StateSince pool={pool} />}
      bodyClassName="flex flex-col px-3 py-2"
      className={className}
      title={`${isWorst ? 'Worst pool' : 'Pool'}: ${poolName(pool.health.scope)}`}
    >
      {worst === undefined ? (
        <Notice head="No position in this pool">Nothing here can be liquidated.</Notice>
      ) : (
        <Danger pool={pool} view={view} worst={worst} />
      )}
    </Panel>
  );
}

interface DangerProps {
  readonly view: AccountView;
  readonly pool: PoolView;
  readonly worst: PositionView;
}

function Danger({ view, pool, worst }: DangerProps) {
  const marks = useLive((state) => state.marks);
  const instruments = useLive((state) => state.market?.instruments);
  const moves = instruments === undefined ? [] : dailyMovesOf(pool.health, marks, instruments);
  return (
    <div className="flex flex-1 flex-col justify-between gap-2" data-trust={trustOfPool(pool)}>
      <div className="flex flex-wrap items-center gap-x-3">
        <PositionName view={worst} />
        <MarkAge view={worst} words />
        <Reason pool={pool} />
      </div>
      <Distance moves={moves} pool={pool} worst={worst} />
      <dl className="grid grid-cols-2 gap-x-4 gap-y-1.5 sm:grid-cols-4">
        <Prices worst={worst} />
        <WaysOut pool={pool} view={view} worst={worst} />
      </dl>
      <WaysToTarget pool={pool.health} position={worst.position} />
    </div>
  );
}

function Reason({ pool }: { readonly pool: PoolView }) {
  const format = useFormat();
  const reason = pool.row === undefined ? undefined : reasonOf(pool.row, pool.health, format);
  return reason === undefined ? null : (
    <span className="text-small text-ink-2 sm:ml-auto" data-figure>
      {reason}
    </span>
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

function WaysOut({ view, pool, worst }: DangerProps) {
  const format = useFormat();
  const unit = pool.health.unit;
  const ways = waysOutOf(view, pool, worst);
  if (ways === undefined) return null;
  return (
    <>
      <Term
        name="Left if closed now"
        title="What the pool has after closing all positions of the pool at the mark, taker fees paid"
      >
        <FigureText
          figure={mapFigure(ways.closed, ({ left }) => left)}
          show={(value) => format.balance(value, unit)}
          unit={unit}
        />
      </Term>
      <Term
        name="Left if liquidated"
        title="What the pool has after its liquidation at this price, as the engine would book it"
      >
        <FigureText
          figure={mapFigure(ways.liquidated, ({ left }) => left)}
          show={(value) => format.balance(value, unit)}
          unit={unit}
        />
      </Term>
    </>
  );
}

interface DistanceProps {
  readonly pool: PoolView;
  readonly worst: PositionView;
  /** Every way to liquidation, the smallest z first. */
  readonly moves: readonly DailyMoves[];
}

/** The nearest way to liquidation (rulings A6), what it supposes, and the other one in small print. */
function Distance({ pool, worst, moves }: DistanceProps) {
  const format = useFormat();
  const deciding = printedDistanceOf(pool.health);
  if (!deciding.known)
    return <AbsenceText className="my-2 self-start text-lead" full why={deciding.why} />;
  const { share, by } = deciding.value;
  return (
    <div>
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <NumberText
            className="text-hero font-semibold tracking-tight"
            shown={format.distance(share)}
          />
          <span className="text-small text-ink-3">
            <span className="font-medium text-ink-2">from liquidation</span>
            {by.kind === 'one' ? <PriceMove worst={worst} /> : null}
          </span>
        </p>
        <Moves by={by} moves={moves} />
      </div>
      <Supposes by={by} pool={pool} worst={worst} />
      <DistanceMeter moves={moves[0]} pool={pool} />
    </div>
  );
}

function PriceMove({ worst }: { readonly worst: PositionView }) {
  const format = useFormat();
  const { distancePrice } = worst.position.liquidation();
  const tick = worst.instrument?.tickSize;
  if (!distancePrice.known || tick === undefined) return null;
  const way = format.price(distancePrice.value, tick).text;
  return <span data-figure>, {moveSentence(isBelow(worst) ? 'down' : 'up', way)}</span>;
}

/** The nearest price is the one below the mark. */
function isBelow(view: PositionView): boolean {
  const { nearest, below } = view.position.liquidation();
  return nearest.known && below.known && nearest.value.eq(below.value);
}

interface MovesProps {
  readonly by: PoolDistance['by'];
  readonly moves: readonly DailyMoves[];
}

/** z of the printed distance; where another way has the smallest z, that decides the state, and it is said too. */
function Moves({ by, moves }: MovesProps) {
  const format = useFormat();
  const own = moves.find(({ distance }) => isSameWay(distance.by, by));
  const [nearest] = moves;
  if (own === undefined || nearest === undefined) return null;
  return (
    <span className="ml-auto text-right text-small text-ink-3" data-figure>
      <span title={`measured volatility ${format.measure(own.volatility * 100, 1)} % a day`}>
        <span className="font-medium text-ink-2">{format.measure(own.value, 2)}</span> daily moves
      </span>
      {own === nearest ? null : (
        <span className="block">
          {format.measure(nearest.value, 2)} {distanceSupposes(nearest.distance.by)}
        </span>
      )}
    </span>
  );
}

function isSameWay(a: PoolDistance['by'], b: PoolDistance['by']): boolean {
  if (a.kind === 'joint' || b.kind === 'joint') return a.kind === b.kind;
  return a.instrumentId === b.instrumentId && a.direction === b.direction;
}

interface SupposesProps {
  readonly by: PoolDistance['by'];
  readonly pool: PoolView;
  readonly worst: PositionView;
}

/** What the printed distance takes for granted, and the other distance beside it (design R8). */
function Supposes({ by, pool, worst }: SupposesProps) {
  if (pool.health.positions.length < 2) return null;
  return (
    <p className="mb-1 text-small text-ink-3">
      {distanceSupposes(by)}
      {by.kind === 'joint' ? <AloneDistance worst={worst} /> : <JointDistance pool={pool} />}
    </p>
  );
}

function JointDistance({ pool }: { readonly pool: PoolView }) {
  const format = useFormat();
  const joint = jointDistanceOf(pool.health);
  if (joint === undefined) return null;
  return (
    <>
      ; <NumberText className="text-ink-2" shown={format.distance(joint.share)} />{' '}
      {distanceSupposes(joint.by)}
    </>
  );
}

function AloneDistance({ worst }: { readonly worst: PositionView }) {
  const format = useFormat();
  const { distanceShare, nearest } = worst.position.liquidation();
  const { instrument } = worst;
  if (!distanceShare.known || !nearest.known || instrument === undefined) return null;
  return (
    <>
      ; <NumberText className="text-ink-2" shown={format.distance(distanceShare.value)} /> if only{' '}
      {instrument.base} moves, to{' '}
      <NumberText shown={format.price(nearest.value, instrument.tickSize)} />
    </>
  );
}
