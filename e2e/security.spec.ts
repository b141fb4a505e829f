/** What a default install lets a browser do: its own scripts, and none that somebody slipped in. */
import { createHash } from 'node:crypto';
import { PAGES, PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

test('every page names each of its inline scripts, and no other may run', async ({
  page,
  plimsoll,
  request,
  complaints,
}) => {
  for (const path of [...PAGES.map((each) => each.path), '/desk/account', '/nothing-here']) {
    const response = await request.get(new URL(path, plimsoll.url).href);
    const policy = response.headers()['content-security-policy'] ?? '';
    const allowed = /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [];
    expect(allowed, path).not.toContain("'unsafe-inline'");
    const scripts = [...(await response.text()).matchAll(INLINE_SCRIPT)];
    expect(scripts.length, path).toBeGreaterThan(0);
    for (const [, script = ''] of scripts) expect(allowed, path).toContain(hashOf(script));
    expect(response.headers()['x-powered-by']).toBeUndefined();
  }
  complaints.expect(/Content Security Policy/);
  await new PlimsollPage(page).open(plimsoll.url);
  const hasRun = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "slipped in"';
    document.body.append(script);
    return document.title === 'slipped in';
  });
  expect(hasRun).toBe(false);
});
