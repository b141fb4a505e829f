'use client';
/** A button with a sheet. What draws the sheet is fetched when a hand comes near, not with the page. */
import dynamic from 'next/dynamic';
import { useRef, useState, type ButtonHTMLAttributes, type ReactNode } from 'react';
import { type PopPanelProps } from './pop-panel-props.ts';

const PopPanel = dynamic<PopPanelProps>(
  () => import('./pop-panel.tsx').then((module) => module.PopPanel),
  {
    ssr: false,
  },
);

interface PopButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> {
  /** Names the sheet. */
  readonly panelLabel: string;
  readonly panelClassName: string;
  readonly panel: (close: () => void) => ReactNode;
}

export function PopButton({
  panelLabel,
  panelClassName,
  panel,
  children,
  ...rest
}: PopButtonProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <button
        aria-expanded={open}
        aria-haspopup="dialog"
        onClick={() => setOpen(!open)}
        onPointerEnter={() => void import('./pop-panel.tsx')}
        ref={anchor}
        type="button"
        {...rest}
      >
        {children}
      </button>
      {open ? (
        <PopPanel anchor={anchor} className={panelClassName} label={panelLabel} onClose={close}>
          {panel(close)}
        </PopPanel>
      ) : null}
    </>
  );
}
