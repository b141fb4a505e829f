/** Which positions a reader asked to see, and the words for it. Pure. */
import { sideWord, stateWord } from '#lib/display/words.ts';
import { NO_FILTER, type PositionFilter } from './position-choice.ts';
import { type PositionView } from './pool-view.ts';

export function filterPositions(
  views: readonly PositionView[],
  filter: PositionFilter,
): readonly PositionView[] {
  return filter === NO_FILTER ? views : views.filter((view) => passes(view, filter));
}

function passes({ pool, position }: PositionView, filter: PositionFilter): boolean {
  const { states, sides, modes, text } = filter;
  return (
    (states.length === 0 || states.includes(pool.state)) &&
    (sides.length === 0 || sides.includes(sideWord(position.signedSize))) &&
    (modes.length === 0 || modes.includes(position.marginKind)) &&
    position.instrumentId.toLowerCase().includes(text.trim().toLowerCase())
  );
}

/** One part of a filter that can be taken away. */
export interface FilterPart {
  readonly text: string;
  /** The filter without it. */
  readonly without: PositionFilter;
}

export function filterParts(filter: PositionFilter): readonly FilterPart[] {
  const text = filter.text.trim();
  return [
    ...filter.states.map((state) => ({
      text: stateWord(state),
      without: { ...filter, states: filter.states.filter((one) => one !== state) },
    })),
    ...filter.sides.map((side) => ({
      text: side,
      without: { ...filter, sides: filter.sides.filter((one) => one !== side) },
    })),
    ...filter.modes.map((mode) => ({
      text: mode,
      without: { ...filter, modes: filter.modes.filter((one) => one !== mode) },
    })),
    ...(text === '' ? [] : [{ text: `“${text}”`, without: { ...filter, text: '' } }]),
  ];
}
