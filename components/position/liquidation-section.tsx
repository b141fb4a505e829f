'use client';
/** Both liquidation prices with the way there, what they suppose, and where the equity is gone. */
import { jointDistanceOf } from '#components/health/pool-view.ts';
import {
  AbsenceText,
  FigureText,
  NumberText,
  useAbsence,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { ReceiptButton } from '#components/receipt/receipt-button.tsx';
import { Term } from '#components/primitives/term.tsx';
import { distanceSupposes, noPriceReason, sideWord } from '#lib/display/words.ts';
import { type Figure } from '#lib/margin/figures.ts';
import { type Price } from '#lib/units/money.ts';
import { receiptAskOf, roomTo, type Subject } from './panel-data.ts';

export function LiquidationSection({ subject }: { readonly subject: Subject }) {
  const format = useFormat();
  const { position, instrument } = subject.one;
  const prices = position.liquidation();
  const tick = instrument?.tickSize;
  if (tick === undefined) return null;
  const show = (value: Price) => format.price(value, tick);
  const isPast = !prices.nearest.known && prices.nearest.why.kind === 'already-liquidatable';
  return (
    <Panel
      aside={
        <ReceiptButton
          ask={() => receiptAskOf(subject)}
          hasKey
          of={`the liquidation price of ${position.instrumentId}`}
        />
      }
      bodyClassName="px-3 py-2"
      title="Liquidation"
    >
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        <Side figure={prices.below} side="below" subject={subject} />
        <Side figure={prices.above} side="above" subject={subject} />
        <Term
          name="Bankruptcy price"
          title="Where the margin balance is zero if only this contract moves"
        >
          <FigureText figure={position.bankruptcyPrice()} show={show} />
        </Term>
        {isPast ? (
          <Term name="Safe again at" title="Where maintenance would be covered again">
            <FigureText figure={prices.restoredAt} show={show} />
          </Term>
        ) : (
          <Joint subject={subject} />
        )}
      </dl>
      <p className="mt-1 text-small text-ink-3">{suppositionOf(subject)}</p>
    </Panel>
  );
}

function Side({
  side,
  figure,
  subject,
}: {
  readonly side: 'below' | 'above';
  readonly figure: Figure<Price>;
  readonly subject: Subject;
}) {
  const format = useFormat();
  const words = useAbsence();
  const tick = subject.one.instrument?.tickSize;
  const room = roomTo(figure, subject.one.position);
  if (tick === undefined) return null;
  const name = `Price ${side}`;
  if (room.known)
    return (
      <Term
        name={name}
        note={
          <>
            <NumberText shown={format.distance(room.value.share)} /> away,{' '}
            <NumberText shown={format.priceChange(room.value.move, tick)} />
          </>
        }
      >
        <NumberText shown={format.price(room.value.price, tick)} />
      </Term>
    );
  const reason =
    room.why.kind === 'margin-covers-loss' ? reasonOn(side, subject) : words(room.why).reason;
  return (
    <Term
      name={name}
      note={
        <span aria-hidden className="whitespace-normal">
          {reason}
        </span>
      }
    >
      <AbsenceText reason={reason} why={room.why} />
    </Term>
  );
}

function reasonOn(side: 'below' | 'above', { view, one }: Subject): string {
  const { position, pool, instrument } = one;
  const { instruments } = view.basis.market;
  const onCoin = pool.health.positions.filter(
    ({ instrumentId }) => instruments.get(instrumentId)?.base === instrument?.base,
  );
  return noPriceReason({
    side,
    position: sideWord(position.signedSize),
    lone: onCoin.length === 1,
  });
}

function Joint({ subject }: { readonly subject: Subject }) {
  const format = useFormat();
  const joint = jointDistanceOf(subject.one.pool.health);
  if (joint === undefined) return null;
  return (
    <Term name="All coins together" title={distanceSupposes(joint.by)}>
      <NumberText shown={format.distance(joint.share)} />
    </Term>
  );
}

/** What holds still while the price goes there. */
function suppositionOf({ one }: Subject): string {
  const base = one.instrument?.base ?? one.position.instrumentId;
  const others = one.pool.health.positions.some(
    ({ instrumentId }) => instrumentId !== one.position.instrumentId,
  );
  return others
    ? `Prices hold if only ${base} moves and the rest of the pool stays at its marks.`
    : `Nothing but ${base} moves this pool’s margin balance.`;
}
