'use client';
/** A sheet beside the thing that opened it: keeps focus inside, closes on Escape or a press elsewhere, gives focus back. */
import { Popover } from 'radix-ui';
import { classNames } from './class-names.ts';
import { type PopPanelProps } from './pop-panel-props.ts';

export function PopPanel({ anchor, label, onClose, className, children }: PopPanelProps) {
  return (
    <Popover.Root onOpenChange={(open) => (open ? undefined : onClose())} open>
      <Popover.Anchor
        virtualRef={{ current: { getBoundingClientRect: () => rectangleOf(anchor) } }}
      />
      <Popover.Portal>
        <Popover.Content
          align="end"
          aria-label={label}
          className={classNames(
            'z-50 rounded-panel border border-line-strong bg-panel shadow-(--shadow-pop)',
            className,
          )}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
          onInteractOutside={(event) => {
            // The button closes it itself; both together would open it again.
            if (event.target instanceof Node && anchor.current?.contains(event.target) === true) {
              event.preventDefault();
            }
          }}
          sideOffset={6}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function rectangleOf(anchor: PopPanelProps['anchor']): DOMRect {
  return anchor.current?.getBoundingClientRect() ?? new DOMRect();
}
