import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  addressSpace,
  memoryLimits,
  thisSystem,
  type MemoryLimit,
  type System,
} from './memory-limits.ts';
import { checkMemory, heapLimits } from './room.ts';

const GB = 1_000_000_000;
const KB = 1_024;

function machine(freeBytes: number): MemoryLimit {
  return { kind: 'machine', freeBytes, words: 'of memory that are free' };
}

/** A system of these files, with all the memory in the world. */
function system(p: Partial<System>, files: Readonly<Record<string, string>> = {}): System {
  return {
    textOf: (path) => files[path],
    availableBytes: 1_000 * GB,
    heapLimitBytes: 4 * GB,
    nodeArguments: '',
    ...p,
  };
}

function refusalOf(accounts: number, here: System): string {
  const room = checkMemory(accounts, memoryLimits(here));
  return room.ok ? '' : room.error;
}

describe('memory for accounts', () => {
  it('lets in what fits, and says how many do where it does not', () => {
    expect(checkMemory(200, [machine(GB)])).toMatchObject({ ok: true });
    expect(checkMemory(1_000_000, [machine(3 * GB)])).toEqual({
      ok: false,
      error:
        'ACCOUNTS asks for 1,000,000 accounts; 800,000 fit into the 3.0 GB of memory that are free',
    });
    expect(checkMemory(800_000, [machine(3 * GB)])).toMatchObject({ ok: true });
    expect(checkMemory(800_001, [machine(3 * GB)])).toMatchObject({ ok: false });
    expect(checkMemory(1, [machine(GB / 10)])).toMatchObject({
      error: expect.stringContaining('0 fit into the 0.1 GB'),
    });
  });

  it('gives the heap of the loop room for them, and never less than a small run has', () => {
    const small = { maxOldGenerationSizeMb: 4_096, maxYoungGenerationSizeMb: 48 };
    expect(heapLimits(1)).toEqual(small);
    expect(heapLimits(10_000)).toEqual(small);
    expect(heapLimits(2_000_000)).toEqual({
      maxOldGenerationSizeMb: 6_600,
      maxYoungGenerationSizeMb: 192,
    });
  });
});

describe('the limit that holds', () => {
  it.each([
    '--max-old-space-size=512',
    '--max_old_space_size=512',
    '--max-heap-size=704',
    '--max-old-space-size-percentage=3',
  ])('is the heap where %s says so', (flag) => {
    const here = system({
      nodeArguments: `--enable-source-maps ${flag} --x`,
      heapLimitBytes: 738e6,
    });
    expect(refusalOf(1_000_000, here)).toBe(
      `ACCOUNTS asks for 1,000,000 accounts; 485,000 fit into the 0.7 GB of heap that ${flag} gives`,
    );
    expect(refusalOf(485_000, here)).toBe('');
  });

  it('is not the heap without such a flag: the loop takes what it needs', () => {
    expect(refusalOf(1_000_000, system({ heapLimitBytes: 1e8, nodeArguments: '--import x' }))).toBe(
      '',
    );
  });

  it('is the address space of ulimit -v, less what is taken', () => {
    const files = {
      '/proc/self/limits':
        'Limit                     Soft Limit           Hard Limit           Units\nMax address space         5485760000          unlimited            bytes\n',
      '/proc/self/status': `Name:\tnode\nVmPeak:\t 1500000 kB\nVmSize:\t ${485_760_000 / KB} kB\n`,
    };
    expect(refusalOf(1_000_000, system({}, files))).toBe(
      'ACCOUNTS asks for 1,000,000 accounts; 781,818 fit into the 5.0 GB of address space that ulimit -v leaves; ulimit -v 27000000 is enough for them',
    );
    const unlimited = { ...files, '/proc/self/limits': 'Max address space  unlimited  unlimited' };
    expect(refusalOf(1_000_000, system({}, unlimited))).toBe('');
    // The loop's thread has reserved what it needs: all of the rest is for accounts.
    const left = addressSpace(system({}, files));
    expect(checkMemory(854_545, left, 'started')).toMatchObject({ ok: true });
    expect(checkMemory(854_546, left, 'started')).toMatchObject({ ok: false });
  });

  it('is that of ulimit -v sooner where pages are served: they reserve theirs last', () => {
    const free = (freeBytes: number): readonly MemoryLimit[] => [
      { kind: 'address space', freeBytes, words: 'of address space that ulimit -v leaves' },
    ];
    expect(checkMemory(5_000, free(12 * GB), 'starting')).toMatchObject({ ok: true });
    expect(checkMemory(5_000, free(12 * GB), 'with pages')).toEqual({
      ok: false,
      error:
        'ACCOUNTS asks for 5,000 accounts; 0 fit into the 12.0 GB of address space that ulimit -v leaves; ulimit -v 21700000 is enough for them',
    });
    expect(checkMemory(5_000, free(12.1 * GB), 'with pages')).toMatchObject({ ok: true });
  });

  const WORDS = 'of memory that the limit of this container (cgroup) leaves';

  it('is that of the container, cache that gives way not counted', () => {
    const files = {
      '/proc/self/cgroup': '0::/\n',
      '/sys/fs/cgroup/memory.max': '2100000000\n',
      '/sys/fs/cgroup/memory.current': '600000000\n',
      '/sys/fs/cgroup/memory.stat': 'anon 1\nfile 5\ninactive_file 500000000\n',
    };
    expect(refusalOf(1_000_000, system({}, files))).toBe(
      `ACCOUNTS asks for 1,000,000 accounts; 466,666 fit into the 2.0 GB ${WORDS}`,
    );
    expect(refusalOf(1_000_000, system({}, { ...files, '/sys/fs/cgroup/memory.max': 'max' }))).toBe(
      '',
    );
  });

  it('is that of a group around it, in either version', () => {
    const outer = '/sys/fs/cgroup/memory/outer';
    const files = {
      '/proc/self/cgroup': '9:cpu:/\n4:memory:/outer/inner\n0::/\n',
      [`${outer}/inner/memory.limit_in_bytes`]: '9223372036854771712\n',
      [`${outer}/memory.limit_in_bytes`]: '900000000\n',
      [`${outer}/memory.usage_in_bytes`]: '0\n',
    };
    expect(refusalOf(100_001, system({}, files))).toBe(
      `ACCOUNTS asks for 100,001 accounts; 100,000 fit into the 0.9 GB ${WORDS}`,
    );
    expect(refusalOf(100_000, system({}, files))).toBe('');
  });

  it('is the least of them', () => {
    const here = system({
      availableBytes: 3 * GB,
      nodeArguments: '--max-old-space-size=512',
      heapLimitBytes: 738e6,
    });
    expect(refusalOf(1_000_000, here)).toContain('--max-old-space-size=512');
    expect(refusalOf(1_000_000, { ...here, availableBytes: GB })).toContain('memory that are free');
  });

  it('is read from this machine', () => {
    expect(memoryLimits(thisSystem()).map(({ kind }) => kind)).toContain('machine');
  });
});

it.runIf(process.platform === 'linux')('is told before anything is opened', () => {
  const env = { ...process.env, ACCOUNTS: '1000000', NODE_OPTIONS: '--max-old-space-size=256' };
  const started = spawnSync('node', ['server/main.ts', 'headless'], { encoding: 'utf8', env });
  expect(started.status).toBe(1);
  expect(started.stderr).toMatch(
    /^plimsoll: ACCOUNTS asks for 1,000,000 accounts; [\d,]+ fit into the 0\.\d GB of heap that --max-old-space-size=256 gives\n$/,
  );
});
