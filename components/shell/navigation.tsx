'use client';
/** Ways to the pages: in the header as many as fit, in a bar under the thumb four; the others under More. */
import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from '#components/primitives/class-names.ts';
import { PopButton } from '#components/primitives/pop-button.tsx';
import { MorePages } from './more-pages.tsx';
import { isOnPage, PAGES, type PageEntry } from './pages.ts';

const HEADER_ENTRY =
  'relative flex items-center px-2.5 whitespace-nowrap text-ink-3 transition-colors duration-(--quick) hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:after:absolute aria-[current=page]:after:inset-x-2.5 aria-[current=page]:after:-bottom-px aria-[current=page]:after:h-0.5 aria-[current=page]:after:bg-ink';
const BOTTOM_ENTRY =
  'flex h-13 min-w-0 flex-col items-center justify-center gap-0.5 text-micro text-ink-3 hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink';

export function HeaderNavigation() {
  const path = usePathname();
  const more = PAGES.filter(({ inHeaderFrom }) => inHeaderFrom !== 'md');
  return (
    <nav aria-label="Pages" className="hidden items-stretch self-stretch md:flex">
      {PAGES.filter(({ inHeaderFrom }) => inHeaderFrom !== undefined).map((page) => (
        <PageLink
          className={classNames(HEADER_ENTRY, page.inHeaderFrom === 'lg' && 'max-lg:hidden')}
          key={page.href}
          page={page}
          path={path}
        />
      ))}
      <PopButton
        aria-current={hiddenHere(path, more)}
        className={HEADER_ENTRY}
        panel={(close) => <MorePages hiddenFrom="lg" onDone={close} pages={more} path={path} />}
        panelClassName="w-52 p-1"
        panelLabel="More pages"
      >
        More
      </PopButton>
    </nav>
  );
}

export function BottomNavigation() {
  const path = usePathname();
  const more = PAGES.filter(({ underThumb }) => underThumb !== true);
  return (
    <nav
      aria-label="Pages, bottom"
      className="fixed inset-x-0 bottom-0 z-40 grid auto-cols-fr grid-flow-col border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {PAGES.filter(({ underThumb }) => underThumb === true).map((page) => (
        <PageLink className={BOTTOM_ENTRY} key={page.href} page={page} path={path} withIcon />
      ))}
      <PopButton
        aria-current={hiddenHere(path, more)}
        className={BOTTOM_ENTRY}
        panel={(close) => <MorePages onDone={close} pages={more} path={path} />}
        panelClassName="w-52 p-1"
        panelLabel="More pages"
      >
        <Ellipsis aria-hidden size={17} />
        More
      </PopButton>
    </nav>
  );
}

/** The page that stands is one of those under More. */
function hiddenHere(path: string, pages: readonly PageEntry[]): 'page' | undefined {
  const here = pages.find(({ href }) => isOnPage(path, href));
  return here === undefined || here.inHeaderFrom === 'lg' ? undefined : 'page';
}

interface PageLinkProps {
  readonly page: PageEntry;
  readonly path: string;
  readonly className: string;
  readonly withIcon?: boolean;
}

function PageLink({ page, path, className, withIcon = false }: PageLinkProps) {
  const { href, name, Icon } = page;
  return (
    <Link
      aria-current={isOnPage(path, href) ? 'page' : undefined}
      className={className}
      href={href}
      prefetch={false}
    >
      {withIcon ? <Icon aria-hidden size={17} /> : null}
      {name}
    </Link>
  );
}
