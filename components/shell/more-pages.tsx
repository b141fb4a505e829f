'use client';
/** Pages that the bar has no room for, and on a phone what the header has no room for. */
import Link from 'next/link';
import { answer } from './keyboard/answer.ts';
import { classNames } from '#components/primitives/class-names.ts';
import { isOnPage, type PageEntry } from './pages.ts';
import { ThemeSwitch } from './theme-switch.tsx';

interface MorePagesProps {
  readonly pages: readonly PageEntry[];
  readonly path: string;
  /** From this width the header shows them itself. */
  readonly hiddenFrom?: 'lg';
  readonly onDone: () => void;
}

const ENTRY =
  'flex h-8 w-full items-center gap-2.5 rounded-control px-2 text-ink-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink pointer-coarse:h-11';

export function MorePages({ pages, path, hiddenFrom, onDone }: MorePagesProps) {
  return (
    <>
      <ul>
        {pages.map(({ href, name, Icon, inHeaderFrom }) => (
          <li
            className={classNames(hiddenFrom === 'lg' && inHeaderFrom === 'lg' && 'lg:hidden')}
            key={href}
          >
            <Link
              aria-current={isOnPage(path, href) ? 'page' : undefined}
              className={ENTRY}
              href={href}
              onClick={onDone}
              prefetch={false}
            >
              <Icon aria-hidden size={15} />
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <div className="mt-1 flex items-center justify-between border-t border-line px-2 pt-1 sm:hidden">
        <button
          className="h-11 text-ink-2"
          onClick={() => {
            onDone();
            answer('command-menu');
          }}
          type="button"
        >
          Command menu
        </button>
        <ThemeSwitch />
      </div>
    </>
  );
}
