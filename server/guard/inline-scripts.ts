/** Hashes of the scripts that stand inside the built pages: the only inline scripts that a browser may run. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Hashes for a Content-Security-Policy by a page's path. */
export interface InlineScripts {
  /** For a path that is no page: those of the pages that are shown instead. */
  hashesOf(path: string): readonly string[];
}

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

export function scriptHashesIn(html: string): readonly string[] {
  return [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
}

/** What is shown when a page is missing or fails. */
const ERROR_PAGES: ReadonlySet<string> = new Set(['/_not-found', '/_global-error', '/404', '/500']);

/** Reads the pages of a finished build: `app` and `pages` inside its server folder. */
export function readInlineScripts(serverFolder: string): InlineScripts {
  const byPath = new Map<string, readonly string[]>();
  for (const folder of ['app', 'pages'].map((name) => join(serverFolder, name))) {
    for (const file of htmlFilesIn(folder)) {
      const path = `/${relative(folder, file).replaceAll('\\', '/')}`.replace(/\.html$/, '');
      const hashes = scriptHashesIn(readFileSync(file, 'utf8'));
      byPath.set(path === '/index' ? '/' : path, hashes);
    }
  }
  const onError = [...ERROR_PAGES].flatMap((path) => byPath.get(path) ?? []);
  return {
    hashesOf: (path) => [...new Set([...(byPath.get(path) ?? []), ...onError])],
  };
}

function htmlFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => join(entry.parentPath, entry.name));
}
