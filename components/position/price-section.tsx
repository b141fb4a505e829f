'use client';
/** Mark, index and last side by side with their age, and what the position made of them. */
import { MarkAge } from '#components/health/mark-age.tsx';
import { pnlAfterFees } from '#components/health/pool-view.ts';
import {
  AbsenceText,
  FigureText,
  NumberText,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { Term } from '#components/primitives/term.tsx';
import { mapFigure } from '#lib/margin/figures.ts';
import { entryMarginOf } from '#lib/margin/valuation.ts';
import { minus, price, type Money, type Price } from '#lib/units/money.ts';
import { factsOf, type Subject } from './panel-data.ts';

export function PriceSection({ subject }: { readonly subject: Subject }) {
  return (
    <Panel
      aside={<MarkAge view={subject.one} words />}
      bodyClassName="flex flex-col gap-2 px-3 py-2"
      title="Prices"
    >
      <ThreePrices subject={subject} />
      <Position subject={subject} />
    </Panel>
  );
}

function ThreePrices({ subject }: { readonly subject: Subject }) {
  const format = useFormat();
  const { position, instrument, wire } = subject.one;
  const tick = instrument?.tickSize;
  if (tick === undefined) return null;
  const show = (value: Price) => format.price(value, tick);
  return (
    <dl className="grid grid-cols-3 gap-x-4">
      <Term name="Mark" note="liquidates">
        <FigureText figure={mapFigure(position.mark, (mark) => mark.price)} show={show} />
      </Term>
      <Beside mark={wire?.mark} name="Index" subject={subject} text={wire?.index} />
      <Beside mark={wire?.mark} name="Last" subject={subject} text={wire?.last} />
    </dl>
  );
}

function Beside({
  name,
  text,
  mark,
  subject,
}: {
  readonly name: string;
  readonly text: string | undefined;
  readonly mark: string | undefined;
  readonly subject: Subject;
}) {
  const format = useFormat();
  const tick = subject.one.instrument?.tickSize;
  if (tick === undefined) return null;
  if (text === undefined || mark === undefined)
    return (
      <Term name={name}>
        <AbsenceText
          why={{ kind: 'mark-missing', instrumentId: subject.one.position.instrumentId }}
        />
      </Term>
    );
  return (
    <Term
      name={name}
      note={
        <>
          <NumberText shown={format.priceChange(minus(price(text), price(mark)), tick)} /> to mark
        </>
      }
    >
      <NumberText shown={format.price(price(text), tick)} />
    </Term>
  );
}

function Position({ subject }: { readonly subject: Subject }) {
  const format = useFormat();
  const { position, instrument } = subject.one;
  const facts = factsOf(subject);
  const tick = instrument?.tickSize;
  if (tick === undefined || instrument === undefined) return null;
  const change = (value: Money) => format.change(value, position.settle);
  return (
    <dl className="grid grid-cols-3 gap-x-4 gap-y-2">
      <Term name="Entry">
        <NumberText shown={format.price(position.entryPrice, tick)} />
      </Term>
      <Term
        name="Break-even"
        title="A taker fee paid on the way in and on the way out; funding apart"
      >
        <FigureText figure={position.breakEvenPrice} show={(value) => format.price(value, tick)} />
      </Term>
      <Term
        name="Size"
        note={
          <FigureText
            figure={position.notional}
            show={(value) => format.requirement(value, position.settle)}
            unit={position.settle}
          />
        }
      >
        <NumberText shown={format.size(position.signedSize, instrument.lotSize)} />
      </Term>
      <Term
        name="PnL after fee"
        note={
          <>
            <FigureText figure={position.unrealizedPnl} show={change} /> gross
          </>
        }
      >
        <FigureText figure={pnlAfterFees(position)} result show={change} />
      </Term>
      <Term
        className="col-span-2"
        name="Return on equity"
        note={
          facts === undefined ? undefined : (
            <>
              of <NumberText shown={format.requirement(entryMarginOf(facts), position.settle)} />{' '}
              initial margin at entry
            </>
          )
        }
      >
        <FigureText figure={position.returnOnEquity} result show={format.changeShare} />
      </Term>
    </dl>
  );
}
