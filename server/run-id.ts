/** Which run this is (rulings G3): a hash of everything that its course depends on, save for what people put in later. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '#lib/contract.ts';
import type { RunInput } from './config.ts';

/** Raised whenever the engine, the simulator or the population would take another course from the same input. */
export const ENGINE_VERSION = '5';

const ID_LENGTH = 16;

export interface RunKey {
  readonly seed: string;
  /** `scenario:<id>`, or `replay:<hash of the file>`. */
  readonly input: string;
  readonly accounts: number;
  readonly rulesVersion: string;
  /** 0, or how many times the run was started over from its beginning (seeking back). */
  readonly take: number;
}

export function runIdOf(key: RunKey): string {
  const { seed, input, accounts, rulesVersion, take } = key;
  const text = JSON.stringify([seed, input, accounts, rulesVersion, ENGINE_VERSION, take]);
  return createHash('sha256').update(text).digest('hex').slice(0, ID_LENGTH);
}

function hashOfFile(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What a run is played from, as its key names it: a file by what is in it. */
export function runInputName(input: RunInput): Result<string> {
  if (input.kind === 'scenario') return ok(`scenario:${input.scenario}`);
  try {
    return ok(`replay:${hashOfFile(readFileSync(input.path))}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(`REPLAY file "${input.path}" cannot be read: ${reason}`);
  }
}
