'use client';
/** One liquidation: a line with what it cost, and its statement on demand. */
import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { AccountLink } from '#components/primitives/account-link.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { Moment } from '#components/primitives/moment.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { poolNameOfId } from '#lib/display/words.ts';
import { money, negate } from '#lib/units/money.ts';
import { closedNames, type LiquidationEntry } from './liquidation-rows.ts';
import { LiquidationStatement } from './liquidation-statement.tsx';

const TRACKS =
  'lg:grid-cols-[1.5rem_4.5rem_7.5rem_4.5rem_minmax(7rem,1fr)_8.5rem_minmax(5rem,8rem)_minmax(6rem,8rem)_minmax(5rem,8.5rem)]';

/** Above a list of cards, where there is room for columns; each card names its figures for assistive technology. */
export function LiquidationHeadings() {
  return (
    <div
      aria-hidden
      className={`hidden h-8 items-center gap-x-3 border-b border-line bg-raised px-3 text-small font-medium text-ink-3 lg:grid ${TRACKS}`}
    >
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
  );
}

export function LiquidationCard({ entry }: { readonly entry: LiquidationEntry }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="tick-flash border-b border-line last:border-b-0" data-nav-row>
      <div
        className={`relative grid grid-cols-[1.5rem_1fr_auto] items-center gap-x-3 gap-y-0.5 px-3 py-(--card-pad) hover:bg-hover lg:min-h-10 lg:py-1 ${TRACKS}`}
      >
        <button
          aria-expanded={open}
          aria-label={`Statement of the liquidation of ${entry.accountId}`}
          className="flex size-6 items-center justify-center after:absolute after:inset-0"
          onClick={() => setOpen(!open)}
          type="button"
        >
          <ChevronRight
            aria-hidden
            className={classNames(
              'text-ink-3 transition-transform duration-(--quick)',
              open && 'rotate-90',
            )}
            size={14}
          />
        </button>
        <Moment className="text-small text-ink-3" time={entry.time} />
        <StateTag past state={entry.settled === undefined ? 'liquidating' : 'liquidated'} />
        <AccountLink
          accountId={entry.accountId}
          className="relative z-10 col-start-2 justify-self-start lg:col-start-auto"
        />
        <span className="col-span-2 col-start-2 lg:col-span-1 lg:col-start-auto">
          {closedNames(entry)}{' '}
          <span className="text-small text-ink-3">{poolNameOfId(entry.poolId)}</span>
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
  if (settled === undefined)
    return <span className="text-small text-ink-3 lg:col-span-4">being carried out</span>;
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
    <span className="numeric col-span-2 col-start-2 flex items-baseline justify-between gap-3 lg:col-span-1 lg:col-start-auto lg:block">
      <span className="text-small text-ink-3 lg:sr-only">{name}</span>
      <span>{children}</span>
    </span>
  );
}
