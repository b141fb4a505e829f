'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from '#components/primitives/class-names.ts';
import { isOnPage, PAGES } from './pages.ts';

/** In the header where there is room, a bar under the thumb on a phone. */
export function Navigation({ place }: { readonly place: 'header' | 'bottom' }) {
  const path = usePathname();
  const bottom = place === 'bottom';
  return (
    <nav
      aria-label={bottom ? 'Pages, bottom' : 'Pages'}
      className={
        bottom
          ? 'fixed inset-x-0 bottom-0 z-40 grid grid-cols-5 border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] md:hidden'
          : 'hidden items-stretch self-stretch md:flex'
      }
    >
      {PAGES.map(({ href, name, Icon }) => {
        const here = isOnPage(path, href);
        return (
          <Link
            aria-current={here ? 'page' : undefined}
            className={classNames(
              'relative flex items-center text-ink-3 transition-colors duration-(--quick) hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink',
              bottom ? 'h-13 flex-col justify-center gap-0.5 text-micro' : 'px-2.5',
              !bottom &&
                here &&
                'after:absolute after:inset-x-2.5 after:-bottom-px after:h-0.5 after:bg-ink',
            )}
            href={href}
            key={href}
            prefetch={false}
          >
            {bottom ? <Icon aria-hidden size={17} /> : null}
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
