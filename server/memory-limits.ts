/** What holds this process back from memory: the machine, the container, the shell it was started from, flags of Node. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getHeapStatistics } from 'node:v8';

export interface MemoryLimit {
  readonly kind: 'machine' | 'container' | 'address space' | 'heap';
  /** What is left below it. */
  readonly freeBytes: number;
  /** As it ends the sentence `800,000 fit into the 3.0 GB`. */
  readonly words: string;
}

/** Where limits are read from. */
export interface System {
  /** Undefined: there is no such file. */
  readonly textOf: (path: string) => string | undefined;
  /** Free on the machine, for this process. */
  readonly availableBytes: number;
  readonly heapLimitBytes: number;
  /** What Node was started with: its own arguments, and NODE_OPTIONS. */
  readonly nodeArguments: string;
}

export function thisSystem(): System {
  return {
    textOf: readText,
    availableBytes: process.availableMemory(),
    heapLimitBytes: getHeapStatistics().heap_size_limit,
    nodeArguments: [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].join(' '),
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Each limit that holds. */
export function memoryLimits(system: System): readonly MemoryLimit[] {
  const machine: MemoryLimit = {
    kind: 'machine',
    freeBytes: system.availableBytes,
    words: 'of memory that are free',
  };
  return [machine, ...containerLimits(system), ...heapLimit(system), ...addressSpace(system)];
}

const HEAP_FLAG = /--max[-_](?:old[-_]space|heap)[-_]size[-_\w]*(?:[= ]\S+)?/;

/** A flag holds for both threads, whatever the loop's thread asks for. Without one the loop's heap is made for its accounts. */
function heapLimit({ nodeArguments, heapLimitBytes }: System): readonly MemoryLimit[] {
  const flag = HEAP_FLAG.exec(nodeArguments)?.[0];
  if (flag === undefined) return [];
  return [{ kind: 'heap', freeBytes: heapLimitBytes, words: `of heap that ${flag} gives` }];
}

const BYTES_PER_KB = 1_024;

/** `ulimit -v`, less what is reserved already. */
export function addressSpace({ textOf }: System): readonly MemoryLimit[] {
  const limit = /^Max address space +(\d+)/m.exec(textOf('/proc/self/limits') ?? '')?.[1];
  const used = /^VmSize:\s+(\d+)/m.exec(textOf('/proc/self/status') ?? '')?.[1];
  if (limit === undefined || used === undefined) return [];
  return [
    {
      kind: 'address space',
      freeBytes: Number(limit) - Number(used) * BYTES_PER_KB,
      words: 'of address space that ulimit -v leaves',
    },
  ];
}

interface CgroupFiles {
  readonly root: string;
  readonly limit: string;
  readonly used: string;
  /** Cache that gives way, in memory.stat. */
  readonly cache: RegExp;
}
const VERSION_1: CgroupFiles = {
  root: '/sys/fs/cgroup/memory',
  limit: 'memory.limit_in_bytes',
  used: 'memory.usage_in_bytes',
  cache: /^total_inactive_file (\d+)/m,
};
const VERSION_2: CgroupFiles = {
  root: '/sys/fs/cgroup',
  limit: 'memory.max',
  used: 'memory.current',
  cache: /^inactive_file (\d+)/m,
};
/** Version 1 writes a number near 2^63 where there is none. */
const NO_LIMIT_BYTES = 2 ** 60;

/** Of this process' own group and of all around it. */
function containerLimits({ textOf }: System): readonly MemoryLimit[] {
  const groups = textOf('/proc/self/cgroup') ?? '';
  const first = /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(\/.*)$/m.exec(groups)?.[1];
  const second = /^0::(\/.*)$/m.exec(groups)?.[1];
  return [
    ...(first === undefined ? [] : groupLimits(textOf, VERSION_1, first)),
    ...(second === undefined ? [] : groupLimits(textOf, VERSION_2, second)),
  ];
}

function groupLimits(
  textOf: System['textOf'],
  files: CgroupFiles,
  path: string,
): readonly MemoryLimit[] {
  const folder = join(files.root, path);
  const limit = Number(textOf(join(folder, files.limit)) ?? 'max');
  const used = Number(textOf(join(folder, files.used)) ?? 0);
  const cache = Number(files.cache.exec(textOf(join(folder, 'memory.stat')) ?? '')?.[1] ?? 0);
  const own: MemoryLimit = {
    kind: 'container',
    freeBytes: limit - Math.max(0, used - cache),
    words: `of memory that the limit of this container (cgroup) leaves`,
  };
  return [
    ...(limit < NO_LIMIT_BYTES ? [own] : []),
    ...(path === '/' ? [] : groupLimits(textOf, files, dirname(path))),
  ];
}
