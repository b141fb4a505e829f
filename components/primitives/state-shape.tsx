/** One shape for each state, so that a state is told without colour (ux.md 3). */
import { type ShownState } from '#lib/display/words.ts';

const COLOURS: Readonly<Record<ShownState, string>> = {
  healthy: 'text-healthy',
  watch: 'text-watch',
  warning: 'text-warning',
  critical: 'text-critical',
  liquidating: 'text-liquidating-edge',
  liquidated: 'text-liquidated',
  unknown: 'text-unknown',
};

export function stateColour(state: ShownState): string {
  return COLOURS[state];
}

/** For shapes and bars, which need less contrast than text and may be brighter. */
export function stateMark(state: ShownState): string {
  return state === 'warning' ? 'text-warning-mark' : COLOURS[state];
}

/** Decoration: the word beside it, or an `aria-label` around it, says the same. */
export function StateShape({
  state,
  size = 12,
}: {
  readonly state: ShownState;
  readonly size?: number;
}) {
  return (
    <svg
      aria-hidden
      className={`shrink-0 ${stateMark(state)}`}
      data-shape={state}
      height={size}
      viewBox="0 0 12 12"
      width={size}
    >
      {shapeOf(state)}
    </svg>
  );
}

function shapeOf(state: ShownState) {
  switch (state) {
    case 'healthy':
      return <circle cx="6" cy="6" fill="currentColor" r="4" />;
    case 'watch':
      return <circle cx="6" cy="6" fill="none" r="4" stroke="currentColor" strokeWidth="2" />;
    case 'warning':
      return <path d="M6 0.9 11.6 10.9H0.4Z" fill="currentColor" />;
    case 'critical':
      return <path d="M6 0 12 6 6 12 0 6Z" fill="currentColor" />;
    case 'liquidating':
      return (
        <>
          <rect fill="currentColor" height="12" rx="1.5" width="12" />
          <path
            d="m3.4 3.4 5.2 5.2m0-5.2-5.2 5.2"
            stroke="var(--on-liquidating)"
            strokeLinecap="round"
            strokeWidth="1.6"
          />
        </>
      );
    case 'liquidated':
      return (
        <>
          <rect
            fill="color-mix(in oklch, currentColor 35%, transparent)"
            height="10"
            rx="1.5"
            stroke="var(--liquidating-edge)"
            strokeWidth="1.5"
            width="10"
            x="1"
            y="1"
          />
          <path d="M3.5 6h5" stroke="currentColor" strokeWidth="1.5" />
        </>
      );
    case 'unknown':
      return (
        <>
          <path
            d="M0.5 6 6 0.5M0.5 10.5 10.5 0.5M2 12 12 2M6 12 12 6"
            opacity="0.55"
            stroke="currentColor"
            strokeWidth="0.9"
          />
          <path
            d="M4.2 4.3a1.9 1.9 0 1 1 2.6 1.8c-.5.2-.8.5-.8 1v.4M6 9.6v.1"
            fill="none"
            stroke="currentColor"
            strokeLinecap="round"
            strokeWidth="1.6"
          />
        </>
      );
  }
}
