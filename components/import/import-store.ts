'use client';
/** The texts that were imported: in this tab only, over a reload too, until they are removed. Nothing of them leaves the browser. */
import { createStore } from 'zustand/vanilla';
import { type Result } from '#lib/contract.ts';
import { timestampMs } from '#lib/units/time.ts';
import { type Imported } from '#lib/wire/import/assemble.ts';
import { INPUT_BYTES_MAX, readInput, type InputText } from '#lib/wire/import/read-input.ts';

interface Given {
  readonly texts: readonly InputText[];
  /** Wall clock of the reading. */
  readonly readAt: number;
  /** On the marks that move; first it is shown on the file's own. */
  readonly isLive: boolean;
}

export type ImportState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly sentences: readonly string[] }
  | ({
      readonly kind: 'read';
      readonly imported: Imported;
      /** Too large for the browser's storage: a reload forgets it. */
      readonly isForgotten: boolean;
    } & Given);

const KEY = 'plimsoll-import';
const EMPTY: ImportState = { kind: 'empty' };

export const importStore = createStore<ImportState>()(() => EMPTY);

export function importTexts(texts: readonly InputText[], readAt: number): void {
  const given = { texts, readAt, isLive: false };
  const state = stateOf(given);
  if (state.kind !== 'read') {
    importStore.setState(state, true);
    return;
  }
  importStore.setState({ ...state, isForgotten: !keep(given) }, true);
}

/** @param isLive from now on on the marks that move, or back on those of the file */
export function watchLive(isLive: boolean): void {
  const state = importStore.getState();
  if (state.kind !== 'read') return;
  const { texts, readAt } = state;
  keep({ texts, readAt, isLive });
  importStore.setState({ ...state, isLive }, true);
}

export function removeImport(): void {
  sessionStorage.removeItem(KEY);
  importStore.setState(EMPTY, true);
}

/** Takes up what an earlier page of this tab has kept. */
export function recallImport(): void {
  if (importStore.getState().kind !== 'empty') return;
  const given = kept();
  if (given !== undefined) importStore.setState(stateOf(given), true);
}

function stateOf(given: Given): ImportState {
  const read: Result<Imported, readonly string[]> = readInput(
    given.texts,
    timestampMs(given.readAt),
  );
  return read.ok
    ? { kind: 'read', imported: read.value, isForgotten: false, ...given }
    : { kind: 'refused', sentences: read.error };
}

/** Files as texts; one that is too large or holds no text is refused before it is read. */
export async function importFiles(files: readonly File[], readAt: number): Promise<void> {
  const tooLarge = files.filter(({ size }) => size > INPUT_BYTES_MAX);
  if (tooLarge.length > 0) {
    const sentences = tooLarge.map(
      ({ name, size }) =>
        `${name} has ${megabytes(size)} MB; expected at most ${megabytes(INPUT_BYTES_MAX)} MB`,
    );
    importStore.setState({ kind: 'refused', sentences }, true);
    return;
  }
  const texts = await Promise.all(
    files.map(async (file) => ({ name: file.name, text: await file.text() })),
  );
  importTexts(texts, readAt);
}

const MEGABYTE = 1_000_000;

function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / MEGABYTE));
}

/** @returns whether the browser took it */
function keep(given: Given): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(given));
    return true;
  } catch {
    sessionStorage.removeItem(KEY);
    return false;
  }
}

function kept(): Given | undefined {
  try {
    const given: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return isGiven(given) ? given : undefined;
  } catch {
    return undefined;
  }
}

function isGiven(value: unknown): value is Given {
  const given: Partial<Given> = { ...Object(value) };
  return (
    typeof given.readAt === 'number' &&
    typeof given.isLive === 'boolean' &&
    Array.isArray(given.texts) &&
    given.texts.every(
      (one: unknown) =>
        typeof Object(one).name === 'string' && typeof Object(one).text === 'string',
    )
  );
}
