/** Symbol, side, leverage and mode tag of a position. */
import { classNames } from '#components/primitives/class-names.ts';
import { sideWord } from '#lib/display/words.ts';
import { decimalText } from '#lib/units/decimal.ts';
import { type PositionView } from './pool-view.ts';

export function PositionName({
  view,
  stacked = false,
}: {
  readonly view: PositionView;
  readonly stacked?: boolean;
}) {
  const { position } = view;
  return (
    <span
      className={classNames('inline-flex min-w-0', stacked ? 'flex-col' : 'items-baseline gap-2')}
    >
      <span className="truncate font-semibold">{position.instrumentId}</span>
      <span className="text-small whitespace-nowrap text-ink-3">
        {sideWord(position.signedSize)} {decimalText(position.leverage)}x {position.marginKind}
        {view.decides ? (
          <span
            className="ml-1.5 rounded-[3px] border border-line-strong px-1 text-micro text-ink-2"
            title="This one ends its pool first"
          >
            decides
          </span>
        ) : null}
      </span>
    </span>
  );
}
