'use client';
/** What all accounts hold of each contract: long, short, net, its part of the book, and what the next funding stamp moves. */
import { useLive } from '#components/live/live-provider.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { money, rate } from '#lib/units/money.ts';
import { type InstrumentTotals } from '#lib/wire/protocol.ts';
import { type DeskView } from './desk-query.ts';

interface ContractPanelProps {
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
  readonly className?: string;
}

const HEAD = 'numeric px-2 font-medium';

export function ContractPanel({ view, setView, className }: ContractPanelProps) {
  const totals = useLive((state) => state.deskSummary?.instruments);
  return (
    <Panel
      aside="USD at the marks"
      bodyClassName="relative overflow-x-auto"
      className={className}
      title="Contracts"
    >
      {totals === undefined ? (
        <p className="p-3">
          <Pending width="30ch" />
        </p>
      ) : totals.length === 0 ? (
        <Notice head="Nobody holds a position">Contracts stand here once somebody does.</Notice>
      ) : (
        <table className="w-full min-w-[40rem]">
          <caption className="sr-only">Positions of all accounts by contract</caption>
          <thead>
            <tr className="h-7 border-b border-line text-small text-ink-3">
              <th className="pl-3 text-left font-medium" scope="col">
                Contract
              </th>
              <th className={HEAD} scope="col">
                Long
              </th>
              <th className={HEAD} scope="col">
                Short
              </th>
              <th className={HEAD} scope="col">
                Net
              </th>
              <th className={HEAD} scope="col">
                Of all
              </th>
              <th className={HEAD} scope="col">
                Accounts
              </th>
              <th
                className="numeric pr-3 pl-2 font-medium"
                scope="col"
                title="What these accounts together pay or receive at the next stamp, if mark and rate stay"
              >
                Next funding
              </th>
            </tr>
          </thead>
          <tbody>
            {totals.map((one) => (
              <ContractRow
                key={one.instrument}
                most={Number(totals[0]?.share ?? 1)}
                setView={setView}
                totals={one}
                view={view}
              />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

interface ContractRowProps {
  readonly totals: InstrumentTotals;
  /** The largest share: its bar is full. */
  readonly most: number;
  readonly view: DeskView;
  readonly setView: (view: DeskView) => void;
}

function ContractRow({ totals, most, view, setView }: ContractRowProps) {
  const { base } = totals;
  const isStale = useLive((state) => state.marks.get(totals.instrument)?.status === 'stale');
  const on = view.coin === base;
  return (
    <tr className={classNames('h-7 border-b border-line last:border-b-0', isStale && 'hatch')}>
      <th className="pl-2 text-left font-normal" scope="row">
        <button
          aria-label={`${totals.instrument}: accounts whose largest position is in ${base}`}
          aria-pressed={on}
          className={classNames(
            'h-6 rounded-control border border-transparent px-1 hover:bg-hover',
            on && 'border-ink bg-hover',
          )}
          onClick={() => setView({ ...view, coin: on ? null : base })}
          type="button"
        >
          {totals.instrument}
        </button>
      </th>
      <MoneyCell text={totals.longUsd} />
      <MoneyCell text={totals.shortUsd} />
      <MoneyCell signed text={totals.netUsd} />
      <ShareCell most={most} share={totals.share} />
      <CountCell count={totals.accounts} />
      <FundingCell {...totals} />
    </tr>
  );
}

/** What hangs on a missing price. */
function Unknown() {
  return <span className="hatch rounded-[3px] px-1 text-unknown">Unknown</span>;
}

function MoneyCell({
  text,
  signed = false,
}: {
  readonly text: string | null;
  readonly signed?: boolean;
}) {
  const format = useFormat();
  return (
    <td className="numeric px-2">
      {text === null ? (
        <Unknown />
      ) : (
        <NumberText
          shown={
            signed ? format.change(money(text), 'USD') : format.requirement(money(text), 'USD')
          }
        />
      )}
    </td>
  );
}

function ShareCell({ share, most }: { readonly share: string | null; readonly most: number }) {
  const format = useFormat();
  return (
    <td className="numeric px-2">
      {share === null ? (
        <Unknown />
      ) : (
        <span className="inline-flex items-center gap-2">
          <span aria-hidden className="h-1.5 w-12 overflow-hidden rounded-[2px] bg-track">
            <span
              className="block h-full origin-left bg-ink-3"
              style={{ transform: `scaleX(${most === 0 ? 0 : Math.min(1, Number(share) / most)})` }}
            />
          </span>
          <NumberText className="min-w-[6ch]" shown={format.share(rate(share))} />
        </span>
      )}
    </td>
  );
}

function CountCell({ count }: { readonly count: number }) {
  const format = useFormat();
  return (
    <td className="numeric px-2" data-figure>
      {format.count(count)}
    </td>
  );
}

/** Above zero the accounts pay: shown as what they lose. */
function FundingCell({ instrument, fundingUsd }: InstrumentTotals) {
  const format = useFormat();
  const mark = useLive((state) => state.marks.get(instrument));
  const runTime = useLive((state) => state.frame?.runTime);
  if (fundingUsd === null || mark === undefined)
    return <td className="numeric pr-3 pl-2 text-ink-3">none</td>;
  const { nextFundingTime, fundingRate } = mark;
  const until =
    nextFundingTime === null || runTime === undefined
      ? ''
      : ` in ${format.age(nextFundingTime - runTime)}`;
  const told = fundingRate === null ? '' : format.fundingRate(rate(fundingRate)).text;
  return (
    <td className="numeric pr-3 pl-2" title={`rate ${told}${until}`}>
      <NumberText result shown={format.change(money(negated(fundingUsd)), 'USD')} />
    </td>
  );
}

function negated(text: string): string {
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}
