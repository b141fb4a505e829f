'use client';
/** The insurance fund by asset: what it holds, what it began with, and what nobody could pay. */
import { useLive } from '#components/live/live-provider.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Panel, Pending } from '#components/primitives/panel.tsx';
import { Term } from '#components/primitives/term.tsx';
import { minus, money } from '#lib/units/money.ts';
import { type MarketFrame } from '#lib/wire/protocol.ts';

type FundLine = MarketFrame['fund'][number];

export function FundTiles() {
  const fund = useLive((state) => state.frame?.fund);
  const liquidations = useLive((state) => state.totals?.liquidations);
  const format = useFormat();
  return (
    <Panel
      aside={
        liquidations === undefined ? null : (
          <span data-figure>
            {format.count(liquidations)} liquidations
            <span className="max-lg:sr-only"> in this run</span>
          </span>
        )
      }
      title="Insurance fund and bad debt"
    >
      {fund === undefined ? (
        <p className="p-3">
          <Pending width="24ch" />
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {fund.map((line) => (
            <FundRow key={line.asset} line={line} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function FundRow({ line }: { readonly line: FundLine }) {
  const format = useFormat();
  const { asset } = line;
  const change = minus(money(line.balance), money(line.seed));
  return (
    <li className="px-3 py-2">
      <dl className="grid grid-cols-3 gap-3 max-[22rem]:grid-cols-2">
        <Term name={`Fund, ${asset}`} title={`began with ${line.seed} ${asset}`}>
          <NumberText shown={format.compact(money(line.balance), asset)} />
        </Term>
        <Term name="Since start">
          <NumberText result shown={format.compactChange(change, asset)} />
        </Term>
        <Term name="Bad debt">
          <NumberText shown={format.requirement(money(line.badDebt), asset)} />
        </Term>
      </dl>
    </li>
  );
}
