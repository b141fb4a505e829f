'use client';
/** Funding so far, what the next stamp costs, when it comes, and where liquidation stands after it. */
import { shownLiquidationsOf } from '#components/health/pool-view.ts';
import { useLive } from '#components/live/live-provider.tsx';
import {
  AbsenceText,
  FigureText,
  NumberText,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { Term } from '#components/primitives/term.tsx';
import { type Money } from '#lib/units/money.ts';
import { fundingForecastOf, type FundingForecast, type Subject } from './panel-data.ts';

export function FundingSection({ subject }: { readonly subject: Subject }) {
  const format = useFormat();
  const { position, fundingReceived, instrument } = subject.one;
  const forecast = fundingForecastOf(subject);
  const change = (value: Money) => format.change(value, position.settle);
  if (instrument?.funding === undefined)
    return (
      <Panel bodyClassName="px-3 py-2 text-small text-ink-3" title="Funding">
        This contract has no funding.
      </Panel>
    );
  return (
    <Panel aside={<Countdown time={forecast?.time} />} bodyClassName="px-3 py-2" title="Funding">
      <dl className="grid grid-cols-3 gap-x-4 gap-y-2">
        <Term name="So far" title="Received is above zero, paid below">
          {fundingReceived === undefined ? (
            <AbsenceText why={{ kind: 'not-recorded' }} />
          ) : (
            <NumberText result shown={change(fundingReceived)} unit={position.settle} />
          )}
        </Term>
        <Term
          name="Next, at this mark"
          note={
            forecast === undefined ? undefined : (
              <>
                at <NumberText shown={format.fundingRate(forecast.fundingRate)} />
              </>
            )
          }
        >
          {forecast === undefined ? (
            <AbsenceText why={{ kind: 'not-recorded' }} />
          ) : (
            <FigureText figure={forecast.received} result show={change} />
          )}
        </Term>
        <Term name="Liq. price after it">
          <After forecast={forecast} subject={subject} />
        </Term>
      </dl>
    </Panel>
  );
}

function Countdown({ time }: { readonly time: number | undefined }) {
  const runTime = useLive((state) => state.frame?.runTime);
  const format = useFormat();
  if (time === undefined || runTime === undefined) return null;
  return (
    <span data-figure>
      next in <span className="tabular-nums text-ink-2">{format.age(time - runTime)}</span>
    </span>
  );
}

function After({
  forecast,
  subject,
}: {
  readonly forecast: FundingForecast | undefined;
  readonly subject: Subject;
}) {
  const format = useFormat();
  const tick = subject.one.instrument?.tickSize;
  const after = forecast?.after;
  if (after === undefined || tick === undefined)
    return <AbsenceText why={{ kind: 'not-recorded' }} />;
  const { nearest } = after.liquidation();
  if (!nearest.known) return <AbsenceText why={nearest.why} />;
  return shownLiquidationsOf({ ...subject.one, position: after }).map(({ side, price }) => (
    <span className="block" key={side}>
      <NumberText shown={format.price(price, tick)} />
    </span>
  ));
}
