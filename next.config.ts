import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  // `npm test` checks types, of pages and of everything else: a first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // An account is found by the address that comes to mind, too.
  redirects: () =>
    Promise.resolve([
      {
        source: '/desk/:account((?!account$)[^/]+)',
        destination: '/desk/account?id=:account',
        permanent: false,
      },
      // While the tab's icon changes there is none for a moment: browsers then ask where icons once stood.
      { source: '/favicon.ico', destination: '/icon.svg', permanent: false },
    ]),
  // No picture is resized on request: an endpoint less that works for whoever asks.
  images: { unoptimized: true },
};

export default config;
