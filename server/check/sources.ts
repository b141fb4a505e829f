import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const ROOMS = ['app', 'components', 'lib', 'server', 'e2e'] as const;

/** Every file under the rooms whose name ends in one of `endings`, as paths from the root. */
export function sourceFiles(endings: readonly string[], rooms: readonly string[] = ROOMS) {
  return rooms
    .filter((room) => existsSync(room))
    .flatMap((room) =>
      readdirSync(room, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort();
}
