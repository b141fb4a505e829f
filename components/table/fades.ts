'use client';
/** Drawings that fade over a table: one for each paint of figures, in turns. */

const FADE_MS = 400;
/** Of the arrow, in pixels. */
const ARROW = { left: 2, top: 9, width: 6, height: 6 } as const;

/** A cell whose figure has risen or fallen. */
export type Mark = (cell: HTMLElement, isUp: boolean) => void;

interface Fade {
  readonly cells: ReadonlySet<HTMLElement>;
  readonly drawing: SVGSVGElement;
  readonly animation: Animation;
}

/**
 * Marks of one commit fade together in a drawing that is free, and are left out where none is: figures come four times a second, a fade
 * is over before the second next. One fade of a cell ends before its next begins: never more than three in a second.
 */
export function createFades(drawings: readonly SVGSVGElement[]): Mark {
  let waiting = new Map<HTMLElement, boolean>();
  let running: readonly Fade[] = [];

  function draw(): void {
    const marked = waiting;
    waiting = new Map();
    running = running.filter(({ animation }) => animation.playState === 'running');
    const free = drawings.find((one) => running.every(({ drawing }) => drawing !== one));
    const cells = [...marked.keys()].filter((cell) =>
      running.every((fade) => !fade.cells.has(cell)),
    );
    if (free === undefined || cells.length === 0) return;
    const [grounds, arrows] = free.children;
    grounds?.setAttribute('d', cells.map(ground).join(''));
    arrows?.setAttribute('d', cells.map((cell) => arrow(cell, marked.get(cell) === true)).join(''));
    const animation = free.animate({ opacity: [1, 0] }, { duration: FADE_MS });
    running = [...running, { cells: new Set(cells), drawing: free, animation }];
  }

  return (cell, isUp) => {
    if (waiting.size === 0) queueMicrotask(draw);
    waiting.set(cell, isUp);
  };
}

/** Places are counted from the table's corner: a cell's are. */
function ground({ offsetLeft, offsetTop, offsetWidth, offsetHeight }: HTMLElement): string {
  return `M${offsetLeft},${offsetTop}h${offsetWidth}v${offsetHeight}h${-offsetWidth}z`;
}

function arrow({ offsetLeft, offsetTop }: HTMLElement, isUp: boolean): string {
  const { left, top, width, height } = ARROW;
  const base = offsetTop + top + (isUp ? height : 0);
  return `M${offsetLeft + left},${base}h${width}l${-width / 2},${isUp ? -height : height}z`;
}
