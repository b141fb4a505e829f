'use client';
/** Closed now beside liquidated, by part, and what waiting until then costs (ux.md 13). The whole pool: liquidation takes all of it. */
import { type ReactNode } from 'react';
import { priceOfWaiting, waysOutOf, type WaysOut } from '#components/health/ways-out.ts';
import {
  AbsenceText,
  FigureText,
  NumberText,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { poolName } from '#lib/display/words.ts';
import { mapFigure, type Figure } from '#lib/margin/figures.ts';
import { type WayOut } from '#lib/margin/ways-out.ts';
import { negate, type Money } from '#lib/units/money.ts';
import { type Subject } from './panel-data.ts';

export function ExitSection({ subject }: { readonly subject: Subject }) {
  const { one, view } = subject;
  const ways = waysOutOf(view, one.pool, one);
  const { health } = one.pool;
  if (ways === undefined) return null;
  return (
    <Panel
      aside={<span className="truncate">{poolName(health.scope)}, whole pool</span>}
      bodyClassName="px-3 py-2"
      title={`What is left, ${health.unit}`}
    >
      <Parts subject={subject} ways={ways} />
      <Waiting unit={health.unit} ways={ways} />
    </Panel>
  );
}

interface PartsProps {
  readonly subject: Subject;
  readonly ways: WaysOut;
}

function Parts({ ways, subject }: PartsProps) {
  const format = useFormat();
  const { instrument, pool } = subject.one;
  const { unit } = pool.health;
  const tick = instrument?.tickSize;
  const balance = (value: Money) => format.balance(value, unit);
  const change = (value: Money) => format.change(value, unit);
  const line = (name: string, part: (way: WayOut) => Money, show = change) => (
    <Line key={name} name={name}>
      {[ways.closed, ways.liquidated].map((way, index) => (
        <td className="numeric py-0.5 pl-3" key={index === 0 ? 'closed' : 'liquidated'}>
          <PartText figure={mapFigure(way, part)} show={show} />
        </td>
      ))}
    </Line>
  );
  return (
    <table className="w-full text-small">
      <caption className="sr-only">
        What the pool has left, closed now and liquidated, by part
      </caption>
      <thead>
        <tr className="text-ink-3">
          <th className="text-left font-medium" scope="col">
            <span className="sr-only">Part</span>
          </th>
          <th className="numeric pl-3 font-medium" scope="col">
            closed now
          </th>
          <th className="numeric pl-3 font-medium" scope="col">
            liquidated
            {ways.at.known && tick !== undefined ? (
              <>
                {' at '}
                <NumberText shown={format.price(ways.at.value, tick)} />
              </>
            ) : null}
          </th>
        </tr>
      </thead>
      <tbody>
        {line('Worth now', (way) => way.worth, balance)}
        {line('Price move', (way) => way.move)}
        {line('Fee', (way) => negate(way.fee))}
        {isSome(ways, (way) => way.conversionCost)
          ? line('Selling collateral', (way) => negate(way.conversionCost))
          : null}
        {isSome(ways, (way) => way.deficit) ? line('Paid by others', (way) => way.deficit) : null}
        {line('Left', (way) => way.left, balance)}
      </tbody>
    </table>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <tr className="border-t border-line first:border-t-0 last:font-semibold last:text-ink">
      <th className="py-0.5 text-left font-normal text-ink-3" scope="row">
        {name}
      </th>
      {children}
    </tr>
  );
}

function PartText({
  figure,
  show,
}: {
  readonly figure: Figure<Money>;
  readonly show: (value: Money) => ReturnType<ReturnType<typeof useFormat>['balance']>;
}) {
  return figure.known ? (
    <NumberText shown={show(figure.value)} />
  ) : (
    <AbsenceText why={figure.why} />
  );
}

function isSome({ liquidated }: WaysOut, part: (way: WayOut) => Money): boolean {
  return liquidated.known && !part(liquidated.value).isZero();
}

function Waiting({ ways, unit }: { readonly ways: WaysOut; readonly unit: string }) {
  const format = useFormat();
  const cost = priceOfWaiting(ways);
  if (!cost.known) return null;
  return (
    <p className="mt-1.5 flex justify-between gap-3 border-t border-line-strong pt-1.5 text-small text-ink-3">
      Price of waiting until then
      <FigureText figure={cost} show={(value) => format.balance(value, unit)} unit={unit} />
    </p>
  );
}
