'use client';
/** The lines of the result: what decides, liquidation prices, balances, costs. */
import { type ReactNode } from 'react';
import { printedDistanceOf } from '#components/health/pool-view.ts';
import { positionKeyOf } from '#components/position/open-position.ts';
import { classNames } from '#components/primitives/class-names.ts';
import { FigureText, NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { type Format } from '#lib/display/format.ts';
import { type Shown } from '#lib/display/shown.ts';
import { type Figure, type PoolHealth, type PositionHealth } from '#lib/margin/figures.ts';
import { minus, NO_MONEY, type Money } from '#lib/units/money.ts';
import { type Beside } from './beside.ts';
import { type Base, type Plan } from './plan.ts';
import { Distance, NOTHING_HERE, Ratio, StateOf } from './result-cells.tsx';

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

export function Decisive({ base, beside }: { readonly base: Base; readonly beside: Beside }) {
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

/** Points of what the convention tells. */
function ratioChange({ now, after }: Beside, format: Format): ReactNode {
  const [before, then] = [now?.marginRatio, after?.marginRatio];
  if (before?.known !== true || then?.known !== true) return null;
  if (before.value.kind !== 'ratio' || then.value.kind !== 'ratio') return null;
  const { told } = format.convention;
  const [from, to] = [told(before.value.value), told(then.value.value)];
  if (from === undefined || to === undefined) return null;
  return <NumberText shown={format.points(from, to, 'ratio')} />;
}

function distanceChange({ now, after }: Beside, format: Format): ReactNode {
  const [before, then] = [now && printedDistanceOf(now), after && printedDistanceOf(after)];
  if (before?.known !== true || then?.known !== true) return null;
  return <NumberText shown={format.points(before.value.share, then.value.share, 'distance')} />;
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
export function Liquidations({ base, beside }: { readonly base: Base; readonly beside: Beside }) {
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

export function Balances({ beside }: { readonly beside: Beside }) {
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
export function Costs({ plan, unit }: { readonly plan: Plan; readonly unit: string }) {
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
