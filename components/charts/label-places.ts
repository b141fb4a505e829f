/** Where the labels at a chart's right edge stand: at their level, moved apart until none overlaps, pinned when out of range. */

export interface Level {
  readonly name: string;
  readonly value: number;
  readonly text: string;
  readonly colour: string;
  readonly dashed: boolean;
}

export interface PlacedLabel extends Level {
  /** Pixels from the top of the plot to the label's middle. */
  readonly y: number;
  /** Points out of the plot, where the level lies beyond it. */
  readonly arrow: '▲ ' | '▼ ' | undefined;
}

export const LABEL_HEIGHT = 15;

export function placeLabels(
  levels: readonly Level[],
  plot: { readonly low: number; readonly high: number; readonly height: number },
): readonly PlacedLabel[] {
  const placed = levels
    .map((level) => ({ ...level, ...edgeOf(level.value, plot), y: heightOf(level.value, plot) }))
    .toSorted((a, b) => a.y - b.y || b.value - a.value);
  return pushUp(pushDown(placed), plot.height);
}

/** Pixels from the top of the plot; what lies beyond it is held at its edge. */
export function heightOf(
  value: number,
  plot: { readonly low: number; readonly high: number; readonly height: number },
): number {
  const share = (plot.high - value) / (plot.high - plot.low);
  return Math.min(1, Math.max(0, share)) * plot.height;
}

function edgeOf(
  value: number,
  plot: { readonly low: number; readonly high: number },
): Pick<PlacedLabel, 'arrow'> {
  if (value > plot.high) return { arrow: '▲ ' };
  return { arrow: value < plot.low ? '▼ ' : undefined };
}

function pushDown(labels: readonly PlacedLabel[]): readonly PlacedLabel[] {
  let least = Number.NEGATIVE_INFINITY;
  return labels.map((label) => {
    const y = Math.max(label.y, least);
    least = y + LABEL_HEIGHT;
    return { ...label, y };
  });
}

/** What was pushed over the bottom comes back up, the lowest first. */
function pushUp(labels: readonly PlacedLabel[], height: number): readonly PlacedLabel[] {
  let most = height;
  return labels
    .toReversed()
    .map((label) => {
      const y = Math.min(label.y, most);
      most = y - LABEL_HEIGHT;
      return { ...label, y };
    })
    .toReversed();
}
