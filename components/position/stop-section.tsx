'use client';
/** Type a stop price: whether it can fill before liquidation, what would be left, and how far it is from liquidation. */
import {
  FigureText,
  NumberText,
  useAbsence,
  useFormat,
} from '#components/primitives/figure-text.tsx';
import { NumberInput } from '#components/primitives/number-input.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { Term } from '#components/primitives/term.tsx';
import { useNumberField } from '#components/primitives/use-number-field.ts';
import { Told } from '#components/shell/told.tsx';
import { type Figure } from '#lib/margin/figures.ts';
import { type StopCheck } from '#lib/margin/stop-check.ts';
import { absolute, price } from '#lib/units/money.ts';
import { checkStop, type Subject } from './panel-data.ts';

export function StopSection({ subject }: { readonly subject: Subject }) {
  const field = useNumberField();
  const { instrument } = subject.one;
  const isPrice = field.value === undefined || field.value.gt(0);
  const checked =
    field.value === undefined || !isPrice ? undefined : checkStop(subject, price(field.value));
  return (
    <Panel aside="triggers on the mark" bodyClassName="px-3 py-2" title="Stop check">
      <div className="grid grid-cols-[10rem_minmax(0,1fr)] gap-x-4">
        <NumberInput
          field={field}
          label="Stop price"
          problem={isPrice ? undefined : 'A price is above zero'}
          unit={instrument?.quote ?? ''}
        />
        <Verdict checked={checked} />
      </div>
      <Result checked={checked} subject={subject} />
    </Panel>
  );
}

const VERDICTS: Readonly<Record<StopCheck['verdict'], string>> = {
  fills: 'Triggers before liquidation.',
  'past-liquidation': 'Past the liquidation price: it cannot fill before liquidation.',
  'at-liquidation': 'At the liquidation price: it cannot fill before liquidation.',
  'triggers-now': 'At the mark: it triggers now.',
  'wrong-side': 'On the wrong side of the mark: it triggers at once.',
};

function Verdict({ checked }: { readonly checked: Figure<StopCheck> | undefined }) {
  const look = 'self-center text-small';
  if (checked === undefined)
    return <p className={`${look} text-ink-3`}>Says whether the stop fills before liquidation.</p>;
  return (
    <Told className={`${look} text-ink-2`}>
      {checked.known ? VERDICTS[checked.value.verdict] : 'No mark to start from.'}
    </Told>
  );
}

function Result({
  checked,
  subject,
}: {
  readonly checked: Figure<StopCheck> | undefined;
  readonly subject: Subject;
}) {
  const format = useFormat();
  const words = useAbsence();
  const tick = subject.one.instrument?.tickSize;
  const { unit } = subject.one.pool.health;
  if (checked === undefined || !checked.known || tick === undefined) return null;
  const { gapPrice, gapShare, left, verdict } = checked.value;
  // There is no gap to show, and what is left hangs on the mark.
  if (verdict === 'at-liquidation' || verdict === 'wrong-side') return null;
  const isPast = verdict === 'past-liquidation';
  return (
    <dl className="mt-1 grid grid-cols-2 gap-x-4">
      <Term
        name={isPast ? 'Beyond liquidation by' : 'Ahead of liquidation by'}
        note={
          gapShare.known ? (
            <>
              <NumberText shown={format.distance(absolute(gapShare.value))} /> of the mark
            </>
          ) : (
            <span aria-hidden>{words(gapShare.why).reason}</span>
          )
        }
      >
        <FigureText figure={gapPrice} show={(value) => format.price(absolute(value), tick)} />
      </Term>
      {isPast ? null : (
        <Term
          name="Margin balance after it"
          title="Of the pool, with the position closed at the stop price and its taker fee paid; other coins at their marks"
        >
          <FigureText figure={left} show={(value) => format.balance(value, unit)} unit={unit} />
        </Term>
      )}
    </dl>
  );
}
