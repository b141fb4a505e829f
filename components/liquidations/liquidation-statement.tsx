'use client';
/** The statement of one liquidation: it adds up to the last digit, and every movement names both parties. */
import { type ReactNode } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { partyName } from '#lib/display/words.ts';
import { instrumentId } from '#lib/units/ids.ts';
import { money, price, quantity } from '#lib/units/money.ts';
import { type LiquidationEntry } from './liquidation-rows.ts';

export function LiquidationStatement({ entry }: { readonly entry: LiquidationEntry }) {
  return (
    <div className="grid gap-x-8 gap-y-4 border-t border-line bg-raised px-3 py-3 lg:grid-cols-2 2xl:grid-cols-3">
      <Sums entry={entry} />
      <div className="flex flex-col gap-4">
        <Closes entry={entry} />
        <Marks entry={entry} />
      </div>
      <Movements entry={entry} />
    </div>
  );
}

function Sums({ entry }: { readonly entry: LiquidationEntry }) {
  const { settled } = entry;
  if (settled === undefined)
    return (
      <p className="text-ink-3">
        It is being carried out; the statement follows when it is settled.
      </p>
    );
  const { unit } = settled;
  return (
    <Block title={`Statement, ${unit}`}>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4">
        <Line name="Equity at the decision" text={settled.equityAtDecision} />
        <Line name="Liquidation fee" sign="−" text={settled.fee} />
        <Line name="Cost of selling collateral" sign="−" text={settled.conversionCost} />
        <Line name="Deficit covered" sign="+" text={settled.deficit} />
        <Line name="Left to the account" strong text={settled.left} />
        <Line gap name="Deficit" text={settled.deficit} />
        <Line name="paid by the insurance fund" sub text={settled.paidByFund} />
        <Line name="bad debt" sub text={settled.badDebt} />
        <Line gap name="Fund afterwards" text={settled.fundAfter} />
      </dl>
    </Block>
  );
}

interface LineProps {
  readonly name: string;
  readonly text: string;
  readonly sign?: string;
  readonly strong?: boolean;
  readonly sub?: boolean;
  readonly gap?: boolean;
}

/** Uncut: a statement that is rounded proves nothing. */
function Line({ name, text, sign, strong = false, sub = false, gap = false }: LineProps) {
  const format = useFormat();
  const place = `${gap ? 'mt-2' : ''} ${strong ? 'border-t border-line-strong font-semibold' : ''} ${sub ? 'pl-3 text-ink-3' : ''}`;
  return (
    <>
      <dt className={place}>{name}</dt>
      <dd className={`numeric font-mono text-small leading-5 ${place}`}>
        {sign === undefined || text === '0' ? null : (
          <span className="mr-1 text-ink-3">{sign}</span>
        )}
        {format.exact(money(text)).text}
      </dd>
    </>
  );
}

function Closes({ entry }: { readonly entry: LiquidationEntry }) {
  const instruments = useLive((state) => state.market?.instruments);
  const format = useFormat();
  if (entry.steps.length === 0) return null;
  return (
    <Block title="Closed">
      <ul>
        {entry.steps.map((step) => {
          const instrument = instruments?.get(instrumentId(step.instrument));
          return (
            <li
              className="flex flex-wrap justify-between gap-x-3"
              key={`${step.instrument} ${step.side} ${step.size}`}
            >
              <span>
                {step.instrument}{' '}
                <span className="text-ink-3">
                  {instrument === undefined
                    ? step.size
                    : format.size(quantity(step.size), instrument.lotSize).text}{' '}
                  at
                </span>{' '}
                {instrument === undefined ? (
                  step.price
                ) : (
                  <NumberText shown={format.price(price(step.price), instrument.tickSize)} />
                )}
              </span>
              <span>
                <span className="text-small text-ink-3">PnL </span>
                <NumberText
                  result
                  shown={format.change(money(step.realizedPnl), entry.settled?.unit ?? 'USD')}
                />
              </span>
            </li>
          );
        })}
      </ul>
    </Block>
  );
}

function Marks({ entry }: { readonly entry: LiquidationEntry }) {
  const instruments = useLive((state) => state.market?.instruments);
  const format = useFormat();
  const { planned } = entry;
  if (planned === undefined) return null;
  const exactly = (text: string): string =>
    text === 'unknown' ? text : format.exact(money(text)).text;
  return (
    <Block title="Decided on these marks">
      <ul>
        {planned.marks.map((mark) => {
          const tick = instruments?.get(instrumentId(mark.instrument))?.tickSize;
          const show = (text: string): string =>
            tick === undefined ? text : format.price(price(text), tick).text;
          return (
            <li className="flex flex-wrap justify-between gap-x-3" key={mark.instrument}>
              <span>
                {mark.instrument} {show(mark.mark)}{' '}
                <span className="text-small text-ink-3">index {show(mark.index)}</span>
              </span>
              <span className="text-small text-ink-3">
                {mark.status}, {format.age(entry.time - mark.time)} old
                {mark.sources === null ? '' : `, ${mark.sources} sources`}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="mt-1 text-small text-ink-3">
        margin balance {exactly(planned.marginBalance)} against maintenance{' '}
        {exactly(planned.maintenanceMargin)} {planned.unit}
      </p>
    </Block>
  );
}

function Movements({ entry }: { readonly entry: LiquidationEntry }) {
  const format = useFormat();
  const movements = [
    ...entry.steps.flatMap((step) => step.movements),
    ...(entry.settled?.movements ?? []),
  ];
  if (movements.length === 0) return null;
  return (
    <Block title="Movements of money">
      <table className="w-full text-small">
        <caption className="sr-only">Movements of money, from and to</caption>
        <thead>
          <tr className="text-left text-ink-3">
            <th className="pr-2 font-medium" scope="col">
              From → to
            </th>
            <th className="pr-2 font-medium" scope="col">
              Why
            </th>
            <th className="numeric font-medium" scope="col">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {movements.map((one, index) => (
            <tr
              className="border-t border-line [&>td]:py-0.5"
              key={`${index} ${one.from} ${one.to}`}
            >
              <td className="pr-2">
                {partyName(one.from)} → {partyName(one.to)}
              </td>
              <td className="pr-2 text-ink-3">{one.reason.toLowerCase().replace('_', ' ')}</td>
              <td className="numeric font-mono">
                {format.exact(money(one.amount)).text} {one.asset}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Block>
  );
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h4 className="mb-1 text-small font-semibold text-ink-2">{title}</h4>
      {children}
    </section>
  );
}
