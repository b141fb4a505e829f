/** Files of recorded cases (venues/README.md): parsed once at the door, or refused in one sentence. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '#lib/contract.ts';
import { EXACT, isDecimalText, type CaseTolerance } from '#lib/wire/case-text.ts';

export interface RecordedCase {
  readonly id: string;
  readonly venue: string;
  /** Prose. */
  readonly mode: string;
  readonly reproduced: boolean;
  readonly notes: string;
  readonly inputs: CaseObject;
  /** null: the venue prints no such figure. */
  readonly expected: Readonly<Record<string, string | null>>;
  readonly tolerance: {
    /** For every key without one of its own. */
    readonly whole: CaseTolerance;
    readonly keys: Readonly<Record<string, CaseTolerance>>;
  };
}

export type CaseValue = string | boolean | null | CaseObject | readonly CaseValue[];
export interface CaseObject {
  readonly [key: string]: CaseValue;
}

/** A JSON number is taken as it is written: tables carry the number of a tier so. */
const numberText = z.number().transform(String);
const value: z.ZodType<CaseValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.boolean(),
    z.null(),
    numberText,
    z.array(value),
    z.record(z.string(), value),
  ]),
);
const decimal = z.string().refine(isDecimalText, 'expected a decimal text');
const toAmount = (text: string): CaseTolerance => ({ kind: 'amount', value: text });
const toShare = (text: string): CaseTolerance => ({ kind: 'share', value: text });
const amount = z.union([
  decimal.transform(toAmount),
  z.strictObject({ abs: decimal }).transform(({ abs }) => toAmount(abs)),
  z.strictObject({ rel: decimal }).transform(({ rel }) => toShare(rel)),
]);
const perKey = z.record(z.string(), amount);
const oneForAll = z
  .strictObject({ abs: decimal.optional(), rel: decimal.optional(), keys: perKey.default({}) })
  .transform(({ abs, rel, keys }) => ({ whole: wholeOf(abs, rel), keys }));
const onePerKey = perKey.transform((keys) => ({ whole: EXACT, keys }));
const WHOLE_KEYS = ['abs', 'rel', 'keys'];
/** One for all with exceptions, or one per key; no entry means exact. Read as the one it means, so that a wrong entry is named. */
const tolerance = z.record(z.string(), z.unknown()).transform((content, context) => {
  const isWhole = Object.keys(content).some((key) => WHOLE_KEYS.includes(key));
  const parsed = (isWhole ? oneForAll : onePerKey).safeParse(content);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    context.addIssue({ code: 'custom', path, message });
  }
  return z.NEVER;
});

function wholeOf(abs: string | undefined, rel: string | undefined): CaseTolerance {
  if (abs !== undefined) return toAmount(abs);
  return rel === undefined ? EXACT : toShare(rel);
}

const recorded = z.object({
  id: z.string(),
  venue: z.string(),
  mode: z.string().default(''),
  inputs: z.record(z.string(), value),
  /** An empty text is how some venues print nothing. */
  expected: z.record(
    z.string(),
    z.union([z.literal('').transform(() => null), decimal, numberText.pipe(decimal), z.null()]),
  ),
  tolerance: tolerance.default({ whole: EXACT, keys: {} }),
  reproduced: z.boolean().default(true),
  notes: z.string().default(''),
});

/** One entry of a file: a case, or why it has a shape that we do not read. */
export type FileEntry = Result<RecordedCase, { readonly id: string; readonly reason: string }>;

const BYTE_ORDER_MARK = '\uFEFF';

export function readCaseFile(path: string): Result<readonly FileEntry[]> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8').replace(BYTE_ORDER_MARK, ''));
  } catch (error) {
    return fail(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const list = caseList.safeParse(content);
  return list.success
    ? ok(list.data.map((entry, index) => entryOf(entry, index)))
    : fail(`${path}: expected a list of cases, or an object with such a list under "cases"`);
}

const caseList = z.union([
  z.array(z.unknown()),
  z.object({ cases: z.array(z.unknown()) }).transform(({ cases }) => cases),
]);

export function entryOf(content: unknown, index: number): FileEntry {
  const parsed = recorded.safeParse(content);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const place = issue?.path.map(String).join('.') ?? '';
  const named = z.object({ id: z.string() }).safeParse(content);
  return fail({
    id: named.success ? named.data.id : `case ${index + 1}`,
    reason: `unknown shape at "${place}": ${issue?.message ?? 'no case'}`,
  });
}
