'use client';
/** A sheet over the page: keeps focus inside, closes on Escape or a press beside it, gives focus back. */
import { Dialog as Radix } from 'radix-ui';
import { X } from 'lucide-react';
import { type ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Takes over what happens to the focus once the sheet is gone. */
  readonly onClosed?: () => void;
  readonly className?: string;
  /** The title is for assistive technology only. */
  readonly titleHidden?: boolean;
  readonly children: ReactNode;
}

export function Dialog({
  title,
  onClose,
  onClosed,
  className,
  titleHidden = false,
  children,
}: DialogProps) {
  return (
    <Radix.Root onOpenChange={(open) => (open ? undefined : onClose())} open>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-(--veil)" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            if (onClosed === undefined) return;
            event.preventDefault();
            onClosed();
          }}
          className={classNames(
            'fixed top-[max(1rem,12dvh)] left-1/2 z-50 flex max-h-[76dvh] w-[min(36rem,calc(100vw-1rem))] -translate-x-1/2 flex-col overflow-hidden rounded-panel border border-line-strong bg-panel shadow-(--shadow-pop)',
            className,
          )}
        >
          <header
            className={
              titleHidden
                ? 'sr-only'
                : 'flex min-h-11 items-center justify-between border-b border-line pr-2 pl-4'
            }
          >
            <Radix.Title className="text-lead font-semibold">{title}</Radix.Title>
            {titleHidden ? null : (
              <Radix.Close asChild>
                <Button aria-label="Close" tone="bare">
                  <X aria-hidden size={15} />
                </Button>
              </Radix.Close>
            )}
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
