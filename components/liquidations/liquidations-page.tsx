'use client';
/** Liquidations as they happen, each with its statement. */
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { useLive, useRows } from '#components/live/live-provider.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Button } from '#components/primitives/button.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { clockText, momentText } from '#lib/display/time.ts';
import { poolNameOfId } from '#lib/display/words.ts';
import { money, negate } from '#lib/units/money.ts';
import { FundTiles } from './fund-tiles.tsx';
import { closedNames, liquidationEntries, type LiquidationEntry } from './liquidation-rows.ts';
import { LiquidationStatement } from './liquidation-statement.tsx';

const SHOWN_AT_FIRST = 50;
const TRACKS = 'md:grid-cols-[1.25rem_4.5rem_7.5rem_5rem_minmax(8rem,1fr)_8.5rem_8rem_8rem_8.5rem]';

export function LiquidationsPage() {
  const rows = useRows('liquidations');
  const entries = rows === undefined ? undefined : liquidationEntries(rows);
  return (
    <div className="grid gap-3 wide:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">Liquidations</h1>
      <Panel
        aside={entries === undefined ? null : <span>newest first, all of this engine&apos;s own book</span>}
        className="order-2 wide:order-none"
        title="Liquidations"
      >
        <LiquidationList entries={entries} />
      </Panel>
      <div className="grid content-start gap-3">
        <FundTiles />
      </div>
    </div>
  );
}

function LiquidationList({ entries }: { readonly entries: readonly LiquidationEntry[] | undefined }) {
  const [limit, setLimit] = useState(SHOWN_AT_FIRST);
  if (entries === undefined) {
    return (
      <p className="p-3">
        <Pending width="32ch" />
      </p>
    );
  }
  if (entries.length === 0) {
    return <Notice head="No liquidation yet">When a pool is liquidated, its statement appears here at once.</Notice>;
  }
  return (
    <>
      <div aria-hidden className={`hidden h-8 items-center gap-x-3 border-b border-line bg-raised px-3 text-small font-medium text-ink-3 md:grid ${TRACKS}`}>
        <span />
        <span>Time</span>
        <span>State</span>
        <span>Account</span>
        <span>Closed</span>
        <span className="text-right">Notional</span>
        <span className="text-right">Fee</span>
        <span className="text-right">Left / deficit</span>
        <span className="text-right">Bad debt</span>
      </div>
      <ul>
        {entries.slice(0, limit).map((entry) => (
          <Entry entry={entry} key={entry.planId} />
        ))}
      </ul>
      {entries.length > limit ? (
        <div className="flex justify-center p-2">
          <Button onClick={() => setLimit(limit + SHOWN_AT_FIRST)} tone="bare">
            Show older ({entries.length - limit})
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Entry({ entry }: { readonly entry: LiquidationEntry }) {
  const [open, setOpen] = useState(false);
  const bookIsNewest = useLive((state) => (state.frame?.runTime ?? 0) - entry.time < 10_000);
  return (
    <li className="border-b border-line last:border-b-0">
      <div className={`relative grid grid-cols-[1.25rem_1fr_auto] items-center gap-x-3 gap-y-0.5 px-3 py-2 hover:bg-hover md:h-10 md:py-0 ${TRACKS}`}>
        <button
          aria-expanded={open}
          aria-label={`Statement of the liquidation of ${entry.accountId}`}
          className="flex size-5 items-center justify-center after:absolute after:inset-0"
          onClick={() => setOpen(!open)}
          type="button"
        >
          <ChevronRight aria-hidden className={classNames('text-ink-3 transition-transform duration-(--quick)', open && 'rotate-90')} size={14} />
        </button>
        <time className="text-small text-ink-3" dateTime={new Date(entry.time).toISOString()} title={momentText(entry.time)}>
          {clockText(entry.time)}
        </time>
        <StateTag past state={entry.settled === undefined || bookIsNewest ? 'liquidating' : 'liquidated'} />
        <Link
          className="relative z-10 col-start-2 justify-self-start font-mono underline-offset-2 hover:underline md:col-start-auto"
          href={`/desk/account?id=${encodeURIComponent(entry.accountId)}`}
          prefetch={false}
        >
          {entry.accountId}
        </Link>
        <span className="col-span-2 col-start-2 truncate md:col-span-1 md:col-start-auto">
          {closedNames(entry)} <span className="text-small text-ink-3">{poolNameOfId(entry.poolId)}</span>
        </span>
        <Figures entry={entry} />
      </div>
      {open ? <LiquidationStatement entry={entry} /> : null}
    </li>
  );
}

function Figures({ entry }: { readonly entry: LiquidationEntry }) {
  const format = useFormat();
  const { settled } = entry;
  if (settled === undefined) return <span className="text-small text-ink-3 md:col-span-4">being carried out</span>;
  const { unit } = settled;
  const deficit = money(settled.deficit);
  return (
    <>
      <Amount name="Notional">
        <NumberText shown={format.requirement(money(settled.notional), unit)} unit={unit} />
      </Amount>
      <Amount name="Fee">
        <NumberText shown={format.requirement(money(settled.fee), unit)} />
      </Amount>
      <Amount name="Left / deficit">
        {deficit.isZero() ? (
          <NumberText shown={format.balance(money(settled.left), unit)} />
        ) : (
          <NumberText className="font-medium" shown={format.change(negate(deficit), unit)} />
        )}
      </Amount>
      <Amount name="Bad debt">
        <NumberText shown={format.requirement(money(settled.badDebt), unit)} />
      </Amount>
    </>
  );
}

function Amount({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <span className="numeric col-span-2 col-start-2 flex justify-between gap-3 md:col-span-1 md:col-start-auto md:block">
      <span className="text-small text-ink-3 md:sr-only">{name}</span>
      <span>{children}</span>
    </span>
  );
}
