'use client';
/** Now beside after, figure by figure, of one margin pool. */
import { type ReactNode } from 'react';
import {
  AbsenceText,
  FigureText,
  NumberText,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { Panel } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { Told } from '#components/shell/told.tsx';
import { type Format } from '#lib/display/format.ts';
import { type Shown } from '#lib/display/shown.ts';
import { distanceSupposes, poolName } from '#lib/display/words.ts';
import {
  known,
  type Figure,
  type PoolDistance,
  type PoolHealth,
  type PositionHealth,
} from '#lib/margin/figures.ts';
import { minus, NO_MONEY, type Money } from '#lib/units/money.ts';
import { stateByFigures, type Base, type Plan } from './plan.ts';
import { positionKeyOf } from '#components/position/open-position.ts';

interface ResultProps {
  readonly base: Base;
  readonly plan: Plan;
  readonly poolId: string | undefined;
}

interface Beside {
  readonly now: PoolHealth | undefined;
  readonly after: PoolHealth | undefined;
}

function besideOf({ base, plan, poolId }: ResultProps): Beside {
  return {
    now: base.health.pools.find(({ id }) => id === poolId),
    after: plan.after.pools.find(({ id }) => id === poolId),
  };
}

/** A stale input makes what is now as doubtful as what would be. */
function trustOf({ now, after }: Beside): 'lost' | undefined {
  return now?.status === 'unknown' || after?.status === 'unknown' ? 'lost' : undefined;
}

export function ResultPanel({
  onPool,
  ...result
}: ResultProps & { readonly onPool: (poolId: string) => void }) {
  const { base, plan } = result;
  const beside = besideOf(result);
  const counted = plan.changes.length + plan.moves.length;
  const refused = [...plan.rows, ...plan.prices.values()].filter(({ kind }) => kind === 'refused');
  return (
    <Panel
      aside={
        <Told>
          {`${counted === 1 ? '1 change' : `${counted} changes`} counted${refused.length > 0 ? `, ${refused.length} refused` : ''}`}
        </Told>
      }
      title="Result"
    >
      <PoolChoice base={base} onPool={onPool} plan={plan} poolId={result.poolId} />
      <div className="overflow-x-auto" data-trust={trustOf(beside)}>
        <table aria-label="Now and after" className="w-full border-collapse">
          <thead>
            <tr className="h-8 border-b border-line bg-raised text-small text-ink-3">
              <th className="pl-3 text-left font-medium" scope="col">
                Figure
              </th>
              {['Now', 'After', 'Change'].map((heading) => (
                <th
                  className={classNames(
                    'pr-3 pl-1 text-right font-medium',
                    heading === 'Change' && 'max-sm:hidden',
                  )}
                  key={heading}
                  scope="col"
                >
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Decisive base={base} beside={beside} />
            <Liquidations base={base} beside={beside} />
            <Balances beside={beside} />
            <Costs plan={plan} unit={(beside.after ?? beside.now)?.unit ?? ''} />
          </tbody>
        </table>
      </div>
      <p className="border-t border-line px-3 py-2 text-small text-ink-3">
        State by figures, at the house’s levels: alert states are timed, so the real one may follow
        later. Fees are taker fees at the mark; the book’s depth is not in them.
      </p>
    </Panel>
  );
}

function PoolChoice({
  base,
  plan,
  poolId,
  onPool,
}: ResultProps & { readonly onPool: (poolId: string) => void }) {
  const pools = new Map(
    [...base.health.pools, ...plan.after.pools].map((pool) => [pool.id, pool] as const),
  );
  if (pools.size < 2) return null;
  return (
    <fieldset
      aria-label="Margin pools"
      className="flex min-w-0 gap-1 overflow-x-auto border-b border-line px-2 py-1"
    >
      {[...pools.values()].map(({ id, scope }) => (
        <button
          aria-pressed={id === poolId}
          className={classNames(
            'flex h-6 shrink-0 items-center rounded-control px-2 text-small text-ink-2 hover:bg-hover pointer-coarse:h-11',
            id === poolId && 'bg-hover font-medium text-ink',
          )}
          key={id}
          onClick={() => onPool(id)}
          type="button"
        >
          {poolName(scope)}
        </button>
      ))}
    </fieldset>
  );
}

interface LineProps {
  readonly name: ReactNode;
  readonly title?: string;
  readonly now: ReactNode;
  readonly after: ReactNode;
  readonly change?: ReactNode;
  readonly strong?: boolean;
}

function Line({ name, title, now, after, change, strong = false }: LineProps) {
  const cell = 'numeric py-1.5 pr-3 pl-1 align-top';
  return (
    <tr
      className={classNames('border-b border-line last:border-b-0', strong && 'text-lead')}
      title={title}
    >
      <th className="py-1.5 pr-2 pl-3 text-left align-top font-normal text-ink-2" scope="row">
        {name}
      </th>
      <td className={cell}>{now}</td>
      <td className={classNames(cell, 'font-medium')}>{after}</td>
      <td className={classNames(cell, 'text-ink-2 max-sm:hidden')}>{change}</td>
    </tr>
  );
}

const NOTHING_HERE = <span className="text-ink-3">no pool</span>;

function Decisive({ base, beside }: { readonly base: Base; readonly beside: Beside }) {
  const format = useFormat();
  const { now, after } = beside;
  return (
    <>
      <Line
        after={<Ratio pool={after} />}
        change={ratioChange(beside, format)}
        name={format.convention.title}
        now={<Ratio pool={now} />}
        strong
      />
      <Line
        after={<StateOf base={base} pool={after} />}
        name="State by figures"
        now={<StateOf base={base} pool={now} />}
        title="The level that the figures alone would enter; alert states are timed"
      />
      <Line
        after={<Distance pool={after} />}
        change={distanceChange(beside, format)}
        name="Worst distance"
        now={<Distance pool={now} />}
        title="Nearest way to liquidation and what it supposes"
      />
    </>
  );
}

function Ratio({ pool }: { readonly pool: PoolHealth | undefined }) {
  const format = useFormat();
  return pool === undefined ? (
    NOTHING_HERE
  ) : (
    <FigureText figure={pool.marginRatio} show={format.marginRatio} />
  );
}

/** Points of the ratio itself; told in another convention a difference would read the other way round. */
function ratioChange({ now, after }: Beside, format: Format): ReactNode {
  const [before, then] = [now?.marginRatio, after?.marginRatio];
  if (before?.known !== true || then?.known !== true) return null;
  if (before.value.kind !== 'ratio' || then.value.kind !== 'ratio') return null;
  if (format.convention.name !== 'ratio') return null;
  return <NumberText shown={format.points(before.value.value, then.value.value, 'ratio')} />;
}

function distanceChange({ now, after }: Beside, format: Format): ReactNode {
  const [before, then] = [now && distanceShare(now), after && distanceShare(after)];
  if (before?.known !== true || then?.known !== true) return null;
  return <NumberText shown={format.points(before.value, then.value, 'distance')} />;
}

function StateOf({ base, pool }: { readonly base: Base; readonly pool: PoolHealth | undefined }) {
  if (pool === undefined) return NOTHING_HERE;
  const over = pool.status === 'liquidatable' || pool.status === 'bankrupt';
  return (
    <>
      <StateTag state={stateByFigures(pool, base)} />
      {over ? <span className="block text-small">liquidation would begin</span> : null}
    </>
  );
}

function distanceShare(pool: PoolHealth): Figure<PoolDistance['share']> {
  const deciding = pool.decidingDistance();
  return deciding.known ? known(deciding.value.share) : deciding;
}

function Distance({ pool }: { readonly pool: PoolHealth | undefined }) {
  const format = useFormat();
  if (pool === undefined) return NOTHING_HERE;
  const deciding = pool.decidingDistance();
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

/** The difference of a figure that both have. */
function Change<Value extends Parameters<typeof minus>[0]>({
  beside,
  of,
  show,
}: {
  readonly beside: Beside;
  readonly of: (pool: PoolHealth) => Figure<Value>;
  readonly show: (value: Value) => Shown;
}) {
  const now = beside.now && of(beside.now);
  const after = beside.after && of(beside.after);
  if (now?.known !== true || after?.known !== true) return null;
  return <NumberText shown={show(minus(after.value, now.value))} />;
}

/** One line for each position that is held before or after. */
function Liquidations({ base, beside }: { readonly base: Base; readonly beside: Beside }) {
  const keys = new Set(
    [beside.now, beside.after].flatMap((pool) => pool?.positions.map(positionKeyOf) ?? []),
  );
  const format = useFormat();
  return [...keys].map((key) => {
    const inPool = (pool: PoolHealth | undefined): PositionHealth | undefined =>
      pool?.positions.find((one) => positionKeyOf(one) === key);
    const [now, after] = [inPool(beside.now), inPool(beside.after)];
    const id = (now ?? after)?.instrumentId;
    const tick = id === undefined ? undefined : base.facts.market.instruments.get(id)?.tickSize;
    const [before, then] = [now?.liquidation().nearest, after?.liquidation().nearest];
    const priceOf = (figure: typeof before): ReactNode =>
      figure === undefined || tick === undefined ? (
        <span className="text-ink-3">not held</span>
      ) : (
        <FigureText figure={figure} show={(value) => format.price(value, tick)} />
      );
    const change =
      before?.known === true && then?.known === true && tick !== undefined ? (
        <NumberText shown={format.priceChange(minus(then.value, before.value), tick)} />
      ) : null;
    return (
      <Line
        after={priceOf(then)}
        change={change}
        key={key}
        name={
          <>
            {key.replace(':', ' ')} <span className="text-ink-3">liquidation price</span>
          </>
        }
        now={priceOf(before)}
      />
    );
  });
}

const BALANCES = [
  { name: 'Margin balance', of: (pool: PoolHealth) => pool.marginBalance },
  { name: 'Excess', of: (pool: PoolHealth) => pool.marginExcess },
  { name: 'Available', of: (pool: PoolHealth) => pool.availableMargin },
] as const;

function Balances({ beside }: { readonly beside: Beside }) {
  const format = useFormat();
  const unit = (beside.after ?? beside.now)?.unit ?? '';
  const figure = (value: Figure<Money> | undefined): ReactNode =>
    value === undefined ? (
      NOTHING_HERE
    ) : (
      <FigureText figure={value} show={(amount) => format.balance(amount, unit)} />
    );
  return BALANCES.map(({ name, of }) => (
    <Line
      after={figure(beside.after && of(beside.after))}
      change={<Change beside={beside} of={of} show={(amount) => format.change(amount, unit)} />}
      key={name}
      name={
        <>
          {name} <span className="text-ink-3">{unit}</span>
        </>
      }
      now={figure(beside.now && of(beside.now))}
    />
  ));
}

/** @param unit what nothing is told in. */
function Costs({ plan, unit }: { readonly plan: Plan; readonly unit: string }) {
  const format = useFormat();
  const { fees, realizedPnl, deficits } = plan.outcome.cost;
  const amounts = (
    by: ReadonlyMap<string, Money>,
    show: (value: Money, asset: string) => Shown,
  ): ReactNode =>
    (by.size === 0 ? [[unit, NO_MONEY] as const] : [...by]).map(([asset, amount]) => (
      <span className="block" key={asset}>
        <NumberText shown={show(amount, asset)} unit={asset} />
      </span>
    ));
  return (
    <>
      <Line after={amounts(fees, format.requirement)} name="Fee of the changes" now="" />
      {realizedPnl.size === 0 ? null : (
        <Line after={amounts(realizedPnl, format.change)} name="Realized by closing" now="" />
      )}
      {deficits.size === 0 ? null : (
        <Line
          after={amounts(deficits, format.requirement)}
          name="Not covered by the account"
          now=""
        />
      )}
    </>
  );
}

/** On a phone the answer stays in sight while changes are typed above it. */
export function ResultStrip(result: ResultProps) {
  const beside = besideOf(result);
  const { now, after } = beside;
  const format = useFormat();
  return (
    <section
      aria-label="Result in short"
      className="fixed inset-x-0 bottom-[calc(3.25rem+env(safe-area-inset-bottom))] z-30 flex items-center gap-3 border-t border-line-strong bg-raised px-3 py-1.5 md:hidden"
      data-trust={trustOf(beside)}
    >
      <span className="min-w-0">
        <span className="block text-micro text-ink-3">{format.convention.title}</span>
        <Ratio pool={now} /> {'\u2192'}{' '}
        <span className="font-semibold">
          <Ratio pool={after} />
        </span>
      </span>
      <span className="min-w-0">
        <span className="block text-micro text-ink-3">Distance</span>
        <ShortDistance pool={now} /> {'\u2192'}{' '}
        <span className="font-semibold">
          <ShortDistance pool={after} />
        </span>
      </span>
      {after === undefined ? null : (
        <span className="ml-auto">
          <StateTag state={stateByFigures(after, result.base)} />
        </span>
      )}
    </section>
  );
}

function ShortDistance({ pool }: { readonly pool: PoolHealth | undefined }) {
  const format = useFormat();
  return pool === undefined ? (
    NOTHING_HERE
  ) : (
    <FigureText figure={distanceShare(pool)} show={format.distance} />
  );
}
