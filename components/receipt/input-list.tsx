'use client';
/** Everything that the figure was made of, with source and time; whole tables of tiers are folded. */
import { ChevronRight } from 'lucide-react';
import { useZone } from '#components/settings/use-zone.ts';
import { stampText } from '#lib/display/time.ts';
import { parseDecimal } from '#lib/units/decimal.ts';
import { type InputValue, type ReceiptInput } from '#lib/wire/receipt-inputs.ts';
import { SectionHead } from './section-head.tsx';
import { Amount } from './step-list.tsx';

export function InputList({ inputs }: { readonly inputs: readonly ReceiptInput[] }) {
  const tiers = inputs.filter(({ input }) => input === 'risk tier');
  const others = inputs.filter(({ input }) => input !== 'risk tier');
  const symbols = [...new Set(tiers.map(symbolOf))];
  return (
    <section aria-label="Inputs">
      <SectionHead
        aside={`${inputs.reduce((sum, { values }) => sum + values.length, 0)} values`}
        title="Inputs"
      />
      <ul className="px-4">
        {others.map((input) => (
          <li
            className="border-t border-line py-2 first:border-t-0"
            key={`${input.input} ${input.of}`}
          >
            <Head input={input} name={`${capitalized(input.input)} ${input.of}`} />
            <dl className="mt-0.5 flex flex-wrap gap-x-4 text-small">
              {input.values.map((value) => (
                <div className="flex min-w-0 gap-1.5" key={value.name}>
                  <dt className="text-ink-3">{value.name}</dt>
                  <dd className="min-w-0 wrap-anywhere text-ink-2">
                    <Value value={value} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
        {symbols.map((symbol) => (
          <Tiers
            key={symbol}
            symbol={symbol}
            tiers={tiers.filter((one) => symbolOf(one) === symbol)}
          />
        ))}
      </ul>
    </section>
  );
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function symbolOf({ values }: ReceiptInput): string {
  return values.find(({ name }) => name === 'symbol')?.value ?? '';
}

function Head({ input, name }: { readonly input: ReceiptInput; readonly name: string }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <span className="font-medium wrap-anywhere">{name}</span>
      <Source input={input} />
    </div>
  );
}

function Source({ input }: { readonly input: ReceiptInput }) {
  const zone = useZone();
  const { time } = input;
  const isDay = time !== null && !time.includes('T');
  return (
    <span className="text-small text-ink-3">
      {input.source}
      {time === null ? null : (
        <>
          , <time dateTime={time}>{isDay ? time : stampText(Date.parse(time), zone)}</time>
        </>
      )}
    </span>
  );
}

function Value({ value: { value, unit } }: { readonly value: InputValue }) {
  const isNumber = parseDecimal(value).ok;
  return isNumber ? <Amount unit={unit} value={value} /> : <span>{value}</span>;
}

const TIER_COLUMNS = ['tier', 'floor', 'cap', 'largest leverage', 'maintenance rate', 'deduction'];

function Tiers({
  symbol,
  tiers,
}: {
  readonly symbol: string;
  readonly tiers: readonly ReceiptInput[];
}) {
  const [first] = tiers;
  if (first === undefined) return null;
  return (
    <li className="border-t border-line py-2 first:border-t-0">
      <details>
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-1.5 rounded-control pointer-coarse:min-h-11">
          <ChevronRight
            aria-hidden
            className="shrink-0 text-ink-3 transition-transform duration-(--quick) in-open:rotate-90"
            size={14}
          />
          <span className="font-medium">Risk tiers of {symbol}</span>
          <span className="text-small text-ink-3">{tiers.length}</span>
          <span className="sm:ml-auto">
            <Source input={first} />
          </span>
        </summary>
        <div className="mt-1 overflow-x-auto">
          <table className="w-full text-small">
            <thead>
              <tr className="text-ink-3">
                {TIER_COLUMNS.map((name) => (
                  <th className="numeric px-1 font-medium" key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tiers.map((tier) => (
                <tr className="border-t border-line" key={tier.of}>
                  {TIER_COLUMNS.map((name) => (
                    <td className="numeric px-1" key={name}>
                      <Amount
                        unit=""
                        value={tier.values.find((one) => one.name === name)?.value ?? '0'}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </li>
  );
}
