import { defineConfig } from '@playwright/test';
import { findChromium } from './browser.mjs';

const executablePath = findChromium();

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // Pictures for the README are taken by an explicit flag only (rulings J8).
  testIgnore: process.env.PLIMSOLL_SHOTS === '1' ? [] : ['**/screenshots.spec.ts'],
  outputDir: '../test-results',
  fullyParallel: false,
  workers: 2,
  forbidOnly: process.env.CI === 'true',
  // A machine that stalls for seconds is no fault of ours: a second try counts, and `npm test` names what needed one.
  retries: process.env.CI === 'true' ? 1 : 0,
  // Waits are on conditions: a machine that is busy with something else makes them longer, not wrong.
  timeout: 180_000,
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  expect: { timeout: 30_000, toHaveScreenshot: { maxDiffPixelRatio: 0.01 } },
  use: {
    browserName: 'chromium',
    // A trace takes a third more of the processor: for all tests by --trace on.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
