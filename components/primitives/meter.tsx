/** A bar from safe to liquidated with the levels ticked on it (ux.md 8). */
import { type ShownState } from '#lib/display/words.ts';
import { classNames } from './class-names.ts';
import { stateMark, StateShape } from './state-shape.tsx';

export interface MeterLevel {
  /** 0 to 1 along the bar. */
  readonly at: number;
  /** State that begins here. */
  readonly state: ShownState;
  readonly label: string;
}

interface MeterProps {
  readonly label: string;
  /** 0 to 1 along the bar; undefined is hatched. A float: it draws and decides nothing. */
  readonly fill: number | undefined;
  /** What is read out: "72.4 percent, Warning from 70". */
  readonly valueText: string;
  readonly state: ShownState;
  readonly levels?: readonly MeterLevel[];
  readonly thin?: boolean;
  readonly className?: string;
}

export function Meter({
  label,
  fill,
  valueText,
  state,
  levels = [],
  thin = false,
  className,
}: MeterProps) {
  const width = fill === undefined ? 1 : Math.min(1, Math.max(0, fill));
  return (
    <div className={classNames('relative', levels.length > 0 && 'pb-4', className)}>
      <meter
        aria-label={label}
        aria-valuetext={valueText}
        className="sr-only"
        max={1}
        min={0}
        value={width}
      >
        {valueText}
      </meter>
      <div
        aria-hidden
        className={classNames(
          'relative overflow-hidden rounded-[2px] bg-track',
          thin ? 'h-1.5' : 'h-2.5',
        )}
      >
        <div
          className={classNames(
            'h-full origin-left',
            fill === undefined ? 'hatch' : `bg-current ${stateMark(state)}`,
          )}
          data-figure
          style={{ transform: `scaleX(${width})` }}
        />
        {levels.map((level) => (
          <span
            aria-hidden
            className="absolute inset-y-0 w-px bg-panel"
            key={level.label}
            style={{ left: `${level.at * 100}%` }}
          />
        ))}
      </div>
      {levels.map((level) => (
        <span
          aria-hidden
          className="absolute bottom-0 flex -translate-x-1/2 items-center gap-1 text-micro leading-3 text-ink-3"
          key={level.label}
          style={{ left: `${level.at * 100}%` }}
        >
          <StateShape size={8} state={level.state} />
          {level.label}
        </span>
      ))}
    </div>
  );
}
