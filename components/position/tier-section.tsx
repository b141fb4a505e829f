'use client';
/** The risk tier in force and the next one: where it begins, what it asks for, and what the ratio would be there. */
import { FigureText, NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { tierLinesOf, type Subject, type TierLine } from './panel-data.ts';

export function TierSection({ subject }: { readonly subject: Subject }) {
  const lines = tierLinesOf(subject);
  const format = useFormat();
  if (lines.length === 0) return null;
  return (
    <Panel bodyClassName="px-3 py-2" title="Risk tiers">
      <table className="w-full text-small">
        <caption className="sr-only">The tier in force and the next one</caption>
        <thead>
          <tr className="text-ink-3">
            <th className="text-left font-medium" scope="col">
              Tier
            </th>
            <th className="numeric font-medium" scope="col">
              from, {subject.one.position.settle}
            </th>
            <th className="numeric font-medium" scope="col">
              at price
            </th>
            <th className="numeric font-medium" scope="col">
              maintenance
            </th>
            <th
              className="numeric font-medium"
              scope="col"
              title="Of the pool: now, and with the mark at the price where the next tier begins"
            >
              {format.convention.word}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.tier.tier} line={line} subject={subject} />
          ))}
        </tbody>
      </table>
      <p className="text-small text-ink-3">
        {lines.length === 1
          ? 'This is the last tier.'
          : `The next ${format.convention.word} is the pool’s at that price: its balance moved with it, the size as it is.`}
      </p>
    </Panel>
  );
}

function Row({ line, subject }: { readonly line: TierLine; readonly subject: Subject }) {
  const format = useFormat();
  const { position, instrument } = subject.one;
  const tick = instrument?.tickSize;
  return (
    <tr className="border-t border-line">
      <th className="py-0.5 text-left font-normal whitespace-nowrap" scope="row">
        {line.tier.tier} <span className="text-ink-3">{line.isNow ? 'now' : 'next'}</span>
      </th>
      <td className="numeric">
        <NumberText shown={format.requirement(line.tier.notionalFloor, position.settle)} />
      </td>
      <td className="numeric">
        {line.from === undefined || tick === undefined ? (
          <span className="text-ink-3">any</span>
        ) : (
          <NumberText shown={format.price(line.from, tick)} />
        )}
      </td>
      <td className="numeric">
        <NumberText shown={format.share(line.tier.maintenanceMarginRate)} />
      </td>
      <td className="numeric">
        <FigureText figure={line.ratio} show={format.marginRatio} />
      </td>
    </tr>
  );
}
