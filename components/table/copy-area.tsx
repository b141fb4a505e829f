'use client';
/**
 * Around a table: a button over the cell that is pointed at or has the focus, and Ctrl C on a cell or row, copy its figures in full
 * precision. Rows carry `data-key`, cells `data-column`.
 */
import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { say } from '#components/shell/say.ts';

const COPIED_FOR_MS = 1_200;

interface Spot {
  readonly key: string;
  /** Undefined: the whole row. */
  readonly column: string | undefined;
  readonly left: number;
  readonly top: number;
}

interface CopyAreaProps {
  /** Undefined: nothing is there any more. */
  readonly textOf: (key: string, column: string | undefined) => Promise<string | undefined>;
  readonly className?: string;
  readonly ref: Ref<HTMLDivElement>;
  readonly children: ReactNode;
}

export function CopyArea({ textOf, className, ref, children }: CopyAreaProps) {
  const [spot, setSpot] = useState<Spot>();
  const { copied, copy } = useCopying(textOf);
  function copyByKeys(event: KeyboardEvent): void {
    const isCopy = event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey);
    const wanted = isCopy ? spotOf(event.target, event.currentTarget) : undefined;
    // Marked text is what the reader means to copy.
    if (wanted === undefined || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    setSpot(wanted);
    copy(wanted);
  }
  return (
    <div
      className={classNames('relative', className)}
      onBlur={() => setSpot(undefined)}
      onFocus={(event) => setSpot(spotOf(event.target, event.currentTarget))}
      onKeyDown={copyByKeys}
      onPointerLeave={() => setSpot(undefined)}
      onPointerOver={(event) => {
        if (event.target instanceof Element && event.target.closest('[data-copy]') !== null) return;
        if (event.pointerType === 'mouse') setSpot(spotOf(event.target, event.currentTarget));
      }}
      ref={ref}
      role="presentation"
    >
      {children}
      {spot?.column === undefined && !copied ? null : (
        <CopyButton
          copied={copied}
          onCopy={() => (spot === undefined ? undefined : copy(spot))}
          spot={spot}
        />
      )}
    </div>
  );
}

function useCopying(textOf: CopyAreaProps['textOf']): {
  readonly copied: boolean;
  readonly copy: (spot: Spot) => void;
} {
  const [copied, setCopied] = useState(0);
  const count = useRef(0);
  useEffect(() => {
    if (copied === 0) return undefined;
    const timer = setTimeout(() => setCopied(0), COPIED_FOR_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  async function copy({ key, column }: Spot): Promise<void> {
    const text = await textOf(key, column);
    if (text === undefined) return;
    try {
      await navigator.clipboard.writeText(text);
      count.current += 1;
      setCopied(count.current);
      say(`copied ${text}`);
    } catch {
      say('The browser did not allow copying.');
    }
  }
  return { copied: copied > 0, copy: (spot) => void copy(spot) };
}

function CopyButton({
  spot,
  copied,
  onCopy,
}: {
  readonly spot: Spot | undefined;
  readonly copied: boolean;
  readonly onCopy: () => void;
}) {
  if (spot === undefined) return null;
  return (
    <Button
      aria-label="Copy in full precision"
      className="absolute z-10 shadow-(--shadow-pop)"
      data-copy
      onClick={onCopy}
      size="small"
      style={{ left: spot.left, top: spot.top }}
      tabIndex={-1}
      title="Copy in full precision (Ctrl C)"
    >
      {copied ? (
        <>
          <Check aria-hidden size={12} /> copied
        </>
      ) : (
        <Copy aria-hidden size={12} />
      )}
    </Button>
  );
}

const BUTTON_PX = 24;

/** The lower left corner of the cell, or of the row, in the area's own scrolled pixels. */
function spotOf(target: EventTarget, area: Element): Spot | undefined {
  const element = target instanceof Element ? target : undefined;
  const row = element?.closest<HTMLElement>('[data-key]');
  const key = row?.dataset.key;
  if (row === undefined || row === null || key === undefined) return undefined;
  const cell = element?.closest<HTMLElement>('[data-column]') ?? undefined;
  const place = (cell ?? row).getBoundingClientRect();
  const around = area.getBoundingClientRect();
  return {
    key,
    column: cell?.dataset.column,
    left: place.left - around.left + area.scrollLeft,
    top: place.bottom - around.top + area.scrollTop - BUTTON_PX,
  };
}
