'use client';
/** Where prices go after the changes: one share for all contracts of a coin, by slider or by number. */
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { NumberInput } from '#components/primitives/number-input.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { numberFieldOf } from '#components/primitives/use-number-field.ts';
import { refusalSentence } from '#lib/display/refusal-words.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { type Base, type Plan } from './plan.ts';
import { type TypedState } from './use-typed.ts';

/** Beyond this a number is typed: a slider that long could not be set to a tenth of a percent. */
const SLIDER_PERCENT = 50;

interface PricesPanelProps {
  readonly base: Base;
  readonly plan: Plan;
  readonly typed: TypedState;
  readonly coins: readonly string[];
}

export function PricesPanel({ base, plan, typed, coins }: PricesPanelProps) {
  if (coins.length === 0) return null;
  return (
    <Panel aside="after the changes" title="Then prices move">
      <ul className="divide-y divide-line">
        {coins.map((coin) => (
          <li className="px-3 py-2" key={coin}>
            <CoinMove base={base} coin={coin} plan={plan} typed={typed} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function CoinMove({
  coin,
  base,
  plan,
  typed,
}: Omit<PricesPanelProps, 'coins'> & { readonly coin: string }) {
  const format = useFormat();
  const { style } = format;
  const standing = plan.prices.get(coin);
  const stale = staleOf(base, coin);
  const blocked = stale && refusalSentence({ kind: 'mark-stale', instrumentId: stale.id }, format);
  const setText = (text: string): void => typed.setPrice(coin, text);
  const field = numberFieldOf(typed.prices.get(coin) ?? '', setText, style);
  // A refused move moves no price: the slider stays where the price is.
  const percent = standing?.kind === 'refused' ? 0 : (field.value?.toNumber() ?? 0);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_7rem] items-start gap-x-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{coin}</span>
          <CoinPrices base={base} coin={coin} plan={plan} />
        </div>
        <input
          aria-label={`${coin} price, slider`}
          aria-valuetext={`${percent} percent`}
          className="mt-1 h-6 w-full accent-ink disabled:opacity-45 pointer-coarse:h-11"
          disabled={stale !== undefined}
          max={SLIDER_PERCENT}
          min={-SLIDER_PERCENT}
          onChange={(event) => setText(event.target.value.replace('.', style.decimal))}
          step={0.5}
          type="range"
          value={Math.max(-SLIDER_PERCENT, Math.min(SLIDER_PERCENT, percent))}
        />
      </div>
      <NumberInput
        field={field}
        label={`${coin} by`}
        placeholder="0"
        problem={standing?.kind === 'refused' ? standing.sentence : blocked}
        unit="%"
      />
    </div>
  );
}

/** The coin's first contract whose mark is stale: from there no move can be supposed. */
function staleOf({ facts }: Base, coin: string): Instrument | undefined {
  const { instruments, marks } = facts.market;
  return [...instruments.values()].find(
    ({ id, base }) => base === coin && marks.get(id)?.status === 'stale',
  );
}

/** Price of the coin's first contract, now and then; of its index where it has none. */
function CoinPrices({
  coin,
  base,
  plan,
}: {
  readonly coin: string;
  readonly base: Base;
  readonly plan: Plan;
}) {
  const format = useFormat();
  const instrument = [...base.facts.market.instruments.values()].find(
    ({ base: of }) => of === coin,
  );
  const now = instrument && base.facts.market.marks.get(instrument.id);
  const after = instrument && plan.outcome.facts.market.marks.get(instrument.id);
  if (instrument === undefined || now === undefined || after === undefined) return null;
  return (
    <span
      className="ml-auto text-small whitespace-nowrap text-ink-3"
      data-trust={now.status === 'stale' ? 'lost' : undefined}
    >
      <NumberText shown={format.price(now.price, instrument.tickSize)} />
      {' \u2192 '}
      <NumberText className="text-ink-2" shown={format.price(after.price, instrument.tickSize)} />
    </span>
  );
}
