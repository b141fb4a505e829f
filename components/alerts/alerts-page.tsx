'use client';
/** Inbox, levels and channels: one at a time, named in the address. */
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { classNames } from '#components/primitives/class-names.ts';
import { Inbox } from './inbox.tsx';

const LevelsPanel = dynamic(
  () => import('#components/levels/levels-panel.tsx').then((module) => module.LevelsPanel),
  { ssr: false },
);
const ChannelsPanel = dynamic(
  () => import('#components/channels/channels-panel.tsx').then((module) => module.ChannelsPanel),
  { ssr: false },
);

const VIEWS = [
  { id: undefined, name: 'Inbox', href: '/alerts', View: Inbox },
  { id: 'levels', name: 'Levels', href: '/alerts?view=levels', View: LevelsPanel },
  {
    id: 'channels',
    name: 'Sound and notifications',
    href: '/alerts?view=channels',
    View: ChannelsPanel,
  },
] as const;

/** Needs a Suspense boundary above: the address is known in the browser only. */
export function AlertsPage() {
  const asked = useSearchParams().get('view');
  const shown = VIEWS.find(({ id }) => id === asked) ?? VIEWS[0];
  const { View } = shown;
  return (
    <>
      <nav aria-label="Parts of the alerts" className="mb-2 flex flex-wrap gap-1">
        {VIEWS.map(({ name, href }) => (
          <Link
            aria-current={href === shown.href ? 'page' : undefined}
            className={classNames(
              'rounded-control border border-transparent px-2.5 py-1 text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:py-3',
              href === shown.href && 'border-line bg-panel font-medium text-ink',
            )}
            href={href}
            key={href}
            prefetch={false}
            scroll={false}
          >
            {name}
          </Link>
        ))}
      </nav>
      <View />
    </>
  );
}
