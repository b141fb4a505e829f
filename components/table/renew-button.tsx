'use client';
/** Takes over what there is now in a list that stands still; its own words while there is nothing to take over. */
import { type MouseEvent, type ReactNode } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { type HeldList } from './held-list.ts';

interface RenewButtonProps {
  readonly list: Pick<HeldList<unknown>, 'newer' | 'displaced' | 'renew'>;
  readonly className?: string;
  /** Stands in the button's place while the list is as it would be. */
  readonly children?: ReactNode;
}

export function RenewButton({ list, className, children = null }: RenewButtonProps) {
  const { newer, displaced, renew } = list;
  if (newer === 0 && displaced === 0) return children;
  return (
    <Button className={className} onClick={renew} onMouseDown={keepFocus} size="small">
      {newer > 0 ? `${newer} newer` : `order changed (${displaced})`}
    </Button>
  );
}

/** A mouse leaves no focus behind: that would hold the rows long after it is gone. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
