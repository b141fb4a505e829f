'use client';
/** What stands around every page. */
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { Suspense, type ReactNode } from 'react';
import { ChannelsHost } from '#components/channels/channels-host.tsx';
import { LiveProvider, useTrust } from '#components/live/live-provider.tsx';
import { PositionPanelHost } from '#components/position/position-panel-host.tsx';
import { ReceiptHost } from '#components/receipt/receipt-host.tsx';
import { FormatProvider } from '#components/primitives/figure-text.tsx';
import { SettingsKeeper } from '#components/settings/settings-keeper.tsx';
import { AccountGauge } from './account-gauge.tsx';
import { AccountPicker } from './account-picker.tsx';
import { AlertBell } from './alert-bell.tsx';
import { DemoBarPlace } from './demo-bar-place.tsx';
import { HealthLights } from './health-lights.tsx';
import { Keyboard } from './keyboard/keyboard.tsx';
import { PlaceKeys } from './keyboard/place-keys.tsx';
import { LinkGuard } from './link-guard.tsx';
import { Logo } from './logo.tsx';
import { MenuButton } from './menu-button.tsx';
import { ModeMark } from './mode-mark.tsx';
import { BottomNavigation, HeaderNavigation } from './navigation.tsx';
import { PageTitle } from './page-title.tsx';
import { StatusBar } from './status-bar.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** Its place stands empty until the run is known, which is when it can draw something. */
const DemoBar = dynamic(() => import('./demo-bar.tsx').then((module) => module.DemoBar), {
  ssr: false,
  loading: DemoBarPlace,
});

/** Has nothing to say before there are figures. */
const Announcer = dynamic(() => import('./announcer.tsx').then((module) => module.Announcer), {
  ssr: false,
});

export function AppShell({ children }: { readonly children: ReactNode }) {
  return (
    <LiveProvider>
      <SettingsKeeper />
      <FormatProvider>
        <Trusted>
          <a
            className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-panel focus:px-3 focus:py-2"
            href="#main"
          >
            Skip to content
          </a>
          <div className="sticky top-0 z-30">
            <Header />
            <StatusBar />
          </div>
          <DemoBar />
          <main
            className="mx-auto w-full max-w-[120rem] px-2 pt-2 pb-[calc(var(--bottom-room)+1.5rem)] sm:px-3 sm:pt-3"
            id="main"
            tabIndex={-1}
          >
            {children}
          </main>
          <BottomNavigation />
          <LinkGuard />
          <Keyboard />
          <Suspense>
            <PageTitle />
            <PlaceKeys />
            <ChannelsHost />
            <Announcer />
            <PositionPanelHost />
            <ReceiptHost />
          </Suspense>
        </Trusted>
      </FormatProvider>
    </LiveProvider>
  );
}

/** While nothing is heard, every figure below is drawn as doubtful. Before anything came there is none. */
function Trusted({ children }: { readonly children: ReactNode }) {
  const trust = useTrust();
  const isDoubtful = trust !== 'live' && trust !== 'never';
  return <div data-trust={isDoubtful ? 'lost' : 'live'}>{children}</div>;
}

function Header() {
  return (
    <header className="flex h-11 items-center gap-2 sm:gap-3 pointer-coarse:h-13 border-b border-line bg-panel px-3">
      <Link
        aria-label="Plimsoll, overview"
        className="-mr-2 -ml-3 flex items-center gap-2 self-stretch pr-2 pl-3 font-semibold tracking-tight focus-visible:-outline-offset-2"
        href="/"
        prefetch={false}
      >
        <Logo />
        <span className="hidden text-lead sm:inline md:max-lg:hidden">Plimsoll</span>
      </Link>
      <ModeMark />
      <HeaderNavigation />
      <div className="ml-auto flex min-w-0 items-center gap-2">
        <Suspense fallback={<span className="skeleton h-5 w-24" />}>
          <AccountPicker />
          <AccountGauge />
          <HealthLights />
        </Suspense>
        <AlertBell />
        <MenuButton />
        <span className="max-sm:hidden">
          <ThemeSwitch />
        </span>
      </div>
    </header>
  );
}
