/** A sheet of the page with its heading. */
import { type ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface PanelProps {
  readonly title: ReactNode;
  /** Stands at the right end of the heading. */
  readonly aside?: ReactNode;
  /** On a phone the aside stands on a line of its own. */
  readonly asideBelow?: boolean;
  readonly className?: string | undefined;
  readonly bodyClassName?: string;
  readonly children: ReactNode;
  /** Names the region where the title is not plain text. */
  readonly label?: string;
}

export function Panel({
  title,
  aside,
  asideBelow = false,
  className,
  bodyClassName,
  children,
  label,
}: PanelProps) {
  const name = label ?? (typeof title === 'string' ? title : undefined);
  return (
    <section
      aria-label={name}
      className={classNames(
        'flex min-w-0 flex-col rounded-panel border border-line bg-panel',
        className,
      )}
    >
      <header
        className={classNames(
          'flex min-h-9 items-center gap-3 border-b border-line px-3 pointer-coarse:py-1',
          asideBelow && 'max-sm:flex-wrap max-sm:gap-y-1 max-sm:py-1.5',
        )}
      >
        <h2 className="flex min-w-0 items-center gap-2 text-small font-semibold text-ink-2">
          {title}
        </h2>
        {aside === undefined ? null : (
          <div
            className={classNames(
              // Gives way before the title does.
              'ml-auto flex shrink-[99] items-center gap-2 text-small text-ink-3',
              asideBelow && 'max-sm:w-full',
            )}
          >
            {aside}
          </div>
        )}
      </header>
      <div className={classNames('min-w-0 flex-1', bodyClassName)}>{children}</div>
    </section>
  );
}

/** What an empty, failed or waiting place says, in its own words. */
export function Notice({
  head,
  children,
  action,
}: {
  readonly head: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 px-6 py-10 text-center">
      <p className="font-medium text-ink-2">{head}</p>
      {children === undefined ? null : <p className="max-w-md text-small text-ink-3">{children}</p>}
      {action === undefined ? null : <div className="mt-2">{action}</div>}
    </div>
  );
}

/** A figure that has not come yet: keeps its place, says so to assistive technology. */
export function Pending({ width = '5ch' }: { readonly width?: string }) {
  return (
    <span className="skeleton inline-block h-3 align-middle" style={{ width }}>
      <span className="sr-only">loading</span>
    </span>
  );
}
