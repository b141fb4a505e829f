/** Scripts and styles of the built pages, compressed once and well by the build: a sixth smaller than compressed while they are asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join, relative } from 'node:path';

const SUFFIX = '.br';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
};

interface CompressedFile {
  readonly type: string;
  readonly content: Buffer;
}

/** By the path of the request. @param staticFolder what the pages' build serves under `/_next/static` */
export function readCompressedFiles(staticFolder: string): ReadonlyMap<string, CompressedFile> {
  const files = readdirSync(staticFolder, { recursive: true, withFileTypes: true });
  return new Map(
    files.flatMap(({ name, parentPath }) => {
      const type = TYPES[/\.[a-z]+(?=\.br$)/.exec(name)?.[0] ?? ''];
      if (type === undefined) return [];
      const file = join(parentPath, name);
      const path = relative(staticFolder, file).replaceAll('\\', '/').slice(0, -SUFFIX.length);
      return [[`/_next/static/${path}`, { type, content: readFileSync(file) }]];
    }),
  );
}

/** Answers with a compressed file where there is one and the browser takes it; everything else goes on to `serve`. */
export function withCompressedFiles(
  files: ReadonlyMap<string, CompressedFile>,
  serve: RequestListener,
): RequestListener {
  return (request, response) => {
    const file = files.get(request.url?.split('?', 1)[0] ?? '');
    if (file === undefined || !takesBrotli(request.headers['accept-encoding'])) {
      serve(request, response);
      return;
    }
    response.writeHead(200, {
      // The name changes with the content.
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-length': file.content.length,
      'content-type': file.type,
      vary: 'Accept-Encoding',
    });
    response.end(request.method === 'HEAD' ? undefined : file.content);
  };
}

function takesBrotli(acceptEncoding = ''): boolean {
  return /(^|[\s,])br(?!\s*;\s*q=0(\.0*)?\s*(,|$))\s*(;|,|$)/i.test(acceptEncoding);
}
