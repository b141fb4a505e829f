'use client';
/** What the choices about figures do, on figures that do not move. */
import { useLive } from '#components/live/live-provider.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { NumberInput } from '#components/primitives/number-input.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { useNumberField } from '#components/primitives/use-number-field.ts';
import { useZone } from '#components/settings/use-zone.ts';
import { clockText, stampText } from '#lib/display/time.ts';
import { stateWord } from '#lib/display/words.ts';
import { money, price, rate } from '#lib/units/money.ts';

export function NumberSample() {
  const format = useFormat();
  const field = useNumberField();
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(12rem,100%),1fr))] gap-x-6 gap-y-1">
      <dl className="grid grid-cols-[auto_1fr] content-start items-baseline gap-x-4 text-right">
        <dt className="text-left text-small text-ink-3">Balance</dt>
        <dd>
          <NumberText shown={format.balance(money('1234567.89'), 'USDT')} unit="USDT" />
        </dd>
        <dt className="text-left text-small text-ink-3">Price</dt>
        <dd>
          <NumberText shown={format.price(price('61740.5'), price('0.1'))} />
        </dd>
        <dt className="text-left text-small text-ink-3">Tiny price</dt>
        <dd>
          <NumberText shown={format.price(price('0.000001234'), price('0.000000001'))} />
        </dd>
        <dt className="text-left text-small text-ink-3">Distance</dt>
        <dd>
          <NumberText shown={format.distance(rate('0.0418'))} />
        </dd>
      </dl>
      <NumberInput field={field} label="Type a number" placeholder="0.5 or 0,5" />
    </div>
  );
}

export function TimeSample() {
  const zone = useZone();
  const runTime = useLive((state) => state.frame?.runTime);
  if (runTime === undefined) return <span className="skeleton inline-block h-3 w-[24ch]" />;
  return (
    <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 text-right">
      <dt className="text-left text-small text-ink-3">Run time, in a list</dt>
      <dd>{clockText(runTime, zone)}</dd>
      <dt className="text-left text-small text-ink-3">In full</dt>
      <dd>{stampText(runTime, zone)}</dd>
    </dl>
  );
}

const SAMPLE_RATIOS = [
  { ratio: '0.31', state: 'healthy', enter: undefined },
  { ratio: '0.7241', state: 'warning', enter: 0.7 },
  { ratio: '0.93', state: 'critical', enter: 0.85 },
] as const;

export function ConventionSample() {
  const { convention, marginRatio } = useFormat();
  return (
    <table className="w-full">
      <caption className="sr-only">Three pools in this convention</caption>
      <thead>
        <tr className="text-left text-small text-ink-3">
          <th className="font-normal" scope="col">
            State
          </th>
          <th className="numeric font-normal" scope="col">
            {convention.title}
          </th>
          <th className="numeric font-normal max-sm:hidden" scope="col">
            State begins
          </th>
        </tr>
      </thead>
      <tbody>
        {SAMPLE_RATIOS.map(({ ratio, state, enter }) => (
          <tr key={state}>
            <td>
              <StateTag past state={state} />
            </td>
            <td className="numeric">
              <NumberText shown={marginRatio({ kind: 'ratio', value: rate(ratio) })} />
            </td>
            <td className="numeric text-small text-ink-3 max-sm:hidden">
              {enter === undefined ? '' : `${stateWord(state)} ${convention.from(enter)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ResultSample() {
  const format = useFormat();
  return (
    <dl className="grid grid-cols-3 gap-x-4 text-right text-lead font-medium">
      {(['1234.56', '-987.65', '0'] as const).map((change, place) => (
        <div key={change}>
          <dt className="text-small font-normal text-ink-3">{RESULTS[place]}</dt>
          <dd>
            <NumberText result shown={format.change(money(change), 'USDT')} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
const RESULTS = ['Gain', 'Loss', 'Neither'] as const;
