'use client';
/** The figure, in full, with what it is of and by which rules. */
import { type ReactNode } from 'react';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { poolNameOfId } from '#lib/display/words.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { rate } from '#lib/units/money.ts';
import { figureName } from '#lib/wire/receipt-names.ts';
import { type Receipt } from '#lib/wire/receipt.ts';

export function ResultHead({ receipt }: { readonly receipt: Receipt }) {
  const { rules, account, pool, symbol, positionSide, digest } = receipt;
  const side = positionSide === null || positionSide === 'both' ? '' : ` ${positionSide}`;
  return (
    <section aria-label="Result" className="px-4 py-3">
      <h3 className="text-small text-ink-3">
        {figureName(receipt.figure)}
        {symbol === null ? '' : ` of ${symbol}${side}`}
      </h3>
      <Result receipt={receipt} />
      <dl className="mt-2 grid grid-cols-1 gap-x-6 gap-y-1 text-small sm:grid-cols-2">
        <Named name="Account">
          <span className="font-mono">{account}</span>, {poolNameOfId(pool)}
        </Named>
        <Named name="Rule set">
          <span className="font-mono">{rules.version}</span>, in force from{' '}
          <span className="whitespace-nowrap">{rules.effectiveFrom}</span>
        </Named>
        <Named className="sm:col-span-2" name="Digest">
          <span className="font-mono wrap-anywhere">{digest}</span>
        </Named>
      </dl>
    </section>
  );
}

function Result({ receipt }: { readonly receipt: Receipt }) {
  const format = useFormat();
  const { result, unit, figure } = receipt;
  if (typeof result !== 'string') {
    const isGap = ['mark-missing', 'mark-stale'].includes(result.absent);
    return (
      <p className="text-lead font-medium">
        {isGap ? 'Unknown' : 'None'}: {result.why}
      </p>
    );
  }
  const exact = format.exact(new Decimal(result));
  if (figure !== 'margin-ratio') {
    return (
      <p className="flex flex-wrap items-baseline gap-x-2">
        <NumberText className="text-hero font-semibold tracking-tight" shown={exact} />
        <span className="text-lead text-ink-3">{unit}</span>
      </p>
    );
  }
  return (
    <>
      <NumberText
        className="text-hero font-semibold tracking-tight"
        shown={format.share(rate(result))}
      />
      <p className="text-small wrap-anywhere text-ink-2 tabular-nums">{exact.text}</p>
    </>
  );
}

interface NamedProps {
  readonly name: string;
  readonly className?: string;
  readonly children: ReactNode;
}

function Named({ name, className = '', children }: NamedProps) {
  return (
    <div className={`flex min-w-0 gap-2 ${className}`}>
      <dt className="w-16 shrink-0 text-ink-3">{name}</dt>
      <dd className="min-w-0 text-ink-2">{children}</dd>
    </div>
  );
}
