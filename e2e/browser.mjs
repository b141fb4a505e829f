import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/**
 * Where a Chromium is: the one named by CHROMIUM_PATH, one the system has, or the one that
 * Playwright downloaded. `undefined`: there is none.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path));
}
