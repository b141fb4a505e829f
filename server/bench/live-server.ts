/** A server of its own for a measurement: a process like any user's, on a free port, with fresh data in a temporary folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { on } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { type HeldMb } from './memory.ts';

export interface LiveServer {
  readonly port: number;
  /** Largest resident memory so far. */
  peakMb(): number;
  /** Resident memory now. */
  residentMb(): number;
  /** Collects all garbage first. Only of a server that was started to be weighed. */
  heldMb(): Promise<HeldMb>;
  /** Processor time spent so far: what does not depend on who else is busy here. */
  processorSeconds(): number;
  /** Complaints in the log: warnings and worse, a line each. */
  readonly complaints: readonly string[];
  /** True once the process is gone. */
  hasEnded(): boolean;
  /** Its exit code. */
  stop(): Promise<number | null>;
  /** Nothing is saved. */
  kill(): Promise<void>;
}

const KB_PER_MB = 1_024;

function memoryMbOf(child: ChildProcess, field: 'VmHWM' | 'VmRSS'): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const found = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1];
    return Number(found ?? Number.NaN) / KB_PER_MB;
  } catch {
    return Number.NaN;
  }
}

/** A collection takes well below a second. */
const WEIGHING_PATIENCE_MS = 30_000;
const WEIGHED = ['--expose-gc', '--import', './server/bench/held-probe.ts'];

async function heldMbOf(child: ChildProcess, lines: Interface): Promise<HeldMb> {
  const signal = AbortSignal.timeout(WEIGHING_PATIENCE_MS);
  const coming = on(lines, 'line', { signal, close: ['close'] });
  child.kill('SIGUSR2');
  for await (const [line] of coming) {
    const [, main, engine] = /^held (\S+) (\S+)$/.exec(String(line)) ?? [];
    if (main !== undefined) return { main: Number(main), engine: Number(engine) };
  }
  throw new Error('the server ended before it was weighed');
}

const CLOCK_TICKS_PER_SECOND = 100;

function processorSecondsOf(child: ChildProcess): number {
  try {
    // After the name in brackets: state is the first field, user and system time the 12th and 13th.
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/**
 * @param env DATA_DIR in it is kept; without one a new folder is used and removed.
 * @param mode `headless`, or `start` to serve the built pages too.
 * @param purpose `weighed`: it can be told to collect its garbage.
 */
export async function startLiveServer(
  mode: 'headless' | 'start',
  env: Readonly<Record<string, string>>,
  purpose: 'timed' | 'weighed' = 'timed',
): Promise<LiveServer> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const flags = purpose === 'weighed' ? WEIGHED : [];
  const child = spawn(process.execPath, [...flags, 'server/main.ts', mode], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      // As `npm start` has it.
      NODE_COMPILE_CACHE: 'node_modules/.cache/node',
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whoever measures may be stopped, or fail: nothing is left behind.
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  child.once('exit', () => process.removeListener('exit', killAtExit));
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    process.stderr.write(`  ${line}\n`);
    complaints.push(line);
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise<number>((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /live at http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    void ended.then(() => reject(new Error('the server did not start; its words are above')));
  });
  return {
    port,
    peakMb: () => memoryMbOf(child, 'VmHWM'),
    residentMb: () => memoryMbOf(child, 'VmRSS'),
    heldMb: () => heldMbOf(child, lines),
    processorSeconds: () => processorSecondsOf(child),
    complaints,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: async () => {
      child.kill('SIGTERM');
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
