import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './globals.css';
import { type Metadata, type Viewport } from 'next';
import { type ReactNode } from 'react';
import { AppShell } from '#components/shell/app-shell.tsx';
import { SETTINGS_SCRIPT } from '#components/settings/document-settings.ts';
import { THEME_SCRIPT } from '#components/settings/theme.ts';

export const metadata: Metadata = {
  title: 'Plimsoll',
  description:
    'How far every account and position is from forced liquidation, in real time and exactly',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#14161a' },
  ],
};

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    // The scripts below may set the theme and other choices before React looks at this element.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: `${THEME_SCRIPT};${SETTINGS_SCRIPT}` }} />
      </head>
      <body>
        <AppShell>{children}</AppShell>
      </body>
    </html>
  );
}
