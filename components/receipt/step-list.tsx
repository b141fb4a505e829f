'use client';
/** The steps in their order: what was taken, how, what came out in full, and how it was rounded. */
import { useFormat } from '#components/primitives/figure-text.tsx';
import { roundingSentence } from '#lib/display/receipt-words.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { type Receipt, type StepText } from '#lib/wire/receipt.ts';
import { SectionHead } from './section-head.tsx';

export function StepList({ receipt }: { readonly receipt: Receipt }) {
  const { steps, result, figure } = receipt;
  const isPrice = figure !== 'margin-ratio';
  return (
    <section aria-label="Steps">
      <SectionHead aside={`${steps.length}`} title="Steps" />
      <ol className="px-4">
        {steps.map((step, index) => (
          <Step index={index} key={step.name} step={step} />
        ))}
      </ol>
      {typeof result === 'string' || !isPrice ? null : (
        <p className="border-t border-line px-4 py-2 text-small text-ink-2">
          No price follows: {result.why}.
        </p>
      )}
      {steps.some(({ operands }) => operands.some(({ name }) => name.includes('multiple'))) ? (
        <p className="border-t border-line px-4 py-2 text-small text-ink-3">
          The multiple is the price that is looked for, divided by the mark: at today’s mark it is
          1.
        </p>
      ) : null}
    </section>
  );
}

function Step({ step, index }: { readonly step: StepText; readonly index: number }) {
  return (
    <li className="border-t border-line py-2 first:border-t-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="w-5 shrink-0 text-small text-ink-3 tabular-nums">{index + 1}</span>
        <span className="min-w-0 flex-1 font-medium">{step.name}</span>
        <Amount className="text-right font-medium" unit={step.unit} value={step.result} />
      </div>
      <div className="mt-0.5 flex flex-col gap-0.5 pl-8 text-small text-ink-3">
        {step.formula === 'sum' ? null : <p className="text-ink-2">{step.formula}</p>}
        <Operands step={step} />
        <RoundingLine step={step} />
      </div>
    </li>
  );
}

/** What is added up stands in columns, what is multiplied in a line; on a phone everything in one column. */
function Operands({ step: { formula, operands } }: { readonly step: StepText }) {
  if (operands.length === 0) return null;
  const look =
    formula === 'sum' ? 'sm:grid sm:grid-cols-2 sm:gap-x-6' : 'sm:flex sm:flex-wrap sm:gap-x-4';
  const row = formula === 'sum' ? '' : 'sm:justify-start sm:gap-1.5';
  return (
    <dl className={look}>
      {operands.map(({ name, value, unit }) => (
        <div className={`flex justify-between gap-3 ${row}`} key={name}>
          <dt className="shrink-0">{name}</dt>
          <dd className="min-w-0 text-right text-ink-2 sm:text-left">
            <Amount unit={unit} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The rounding that decides; those before it only take off the solver's own last digits, and stand in the title. */
function RoundingLine({ step }: { readonly step: StepText }) {
  const format = useFormat();
  const { rounding, exact, result } = step;
  if (rounding.length === 0) return null;
  return (
    <p title={roundingSentence(rounding)}>
      {roundingSentence(rounding.slice(-1))}
      {exact === result ? null : (
        <>
          {' '}
          from{' '}
          <span className="wrap-anywhere text-ink-2 tabular-nums">
            {format.exact(new Decimal(exact)).text}
          </span>
        </>
      )}
    </p>
  );
}

interface AmountProps {
  readonly value: string;
  readonly unit: string;
  readonly className?: string;
}

/** Uncut: a receipt with rounded parts proves nothing. */
export function Amount({ value, unit, className = '' }: AmountProps) {
  const format = useFormat();
  return (
    <span className={`min-w-0 wrap-anywhere tabular-nums ${className}`}>
      {format.exact(new Decimal(value)).text}
      {unit === '' ? null : (
        <span className="ml-1 inline-block text-[0.85em] font-normal text-ink-3">{unit}</span>
      )}
    </span>
  );
}
