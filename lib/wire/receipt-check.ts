/** Works a receipt out again from its own inputs, and says everything that is not as it says. */
import { z } from 'zod';
import { AssertionError, fail, ok, type Result } from '../contract.ts';
import { type ReceiptSubject } from '../margin/receipt.ts';
import { instrumentId } from '../units/ids.ts';
import { readBy, shown, placeOf, strictRecord } from './field.ts';
import { parseJson } from './json-text.ts';
import { digestOf, receiptOf, RECEIPT_VERSION, type Receipt } from './receipt.ts';
import { factsFrom } from './receipt-facts.ts';
import { type ProvenanceOf, type ReceiptInput } from './receipt-inputs.ts';
import { RULE_SETS } from '../margin/venues/versions.ts';

const text = z.string();
const side = z.enum(['both', 'long', 'short']);
const value = strictRecord({ name: text, value: text, unit: text });
const absent = strictRecord({ absent: text, why: text });

const receiptSchema = strictRecord({
  receipt: z.literal(RECEIPT_VERSION),
  figure: z.enum([
    'margin-ratio',
    'liquidation-below',
    'liquidation-above',
    'safe-again',
    'bankruptcy',
  ]),
  account: text,
  pool: text,
  symbol: text.nullable(),
  positionSide: side.nullable(),
  asOf: text,
  rules: strictRecord({ venue: text, version: text, effectiveFrom: text }),
  inputs: z.array(
    strictRecord({
      input: z.enum([
        'pool',
        'wallet',
        'position',
        'joined position',
        'order',
        'contract',
        'risk tier',
        'mark',
        'index',
        'asset price',
      ]),
      of: text,
      source: text,
      time: text.nullable(),
      values: z.array(value),
    }),
  ),
  steps: z.array(
    strictRecord({
      name: text,
      formula: text,
      operands: z.array(value),
      exact: text,
      rounding: z.array(
        strictRecord({
          mode: z.enum(['up', 'down', 'ceil', 'floor', 'half-up', 'half-even']),
          to: text,
        }),
      ),
      result: text,
      unit: text,
    }),
  ),
  result: z.union([text, absent]),
  unit: text,
  digest: text,
});

const WHOLE = 'the receipt';

/** The receipt, when every figure of it follows from its inputs and its digest holds. */
export function checkReceipt(source: string): Result<Receipt, readonly string[]> {
  const json = parseJson(source, WHOLE);
  if (!json.ok) return json;
  const told = readBy(receiptSchema, json.value, WHOLE);
  if (!told.ok) return told;
  const again = workedOutOr(() => workedOutAgain(told.value));
  if (!again.ok) return again;
  const { digest, ...body } = told.value;
  const sum = digestOf(body);
  const differences = [
    ...(sum === digest ? [] : [`digest is ${shown(digest)}; its text gives "${sum}"`]),
    ...differencesOf(told.value, { ...again.value, digest }),
  ];
  return differences.length === 0 ? ok(told.value) : fail(differences);
}

/** Inputs that no venue could have are told, never thrown. */
function workedOutOr(
  work: () => Result<Receipt, readonly string[]>,
): Result<Receipt, readonly string[]> {
  try {
    return work();
  } catch (error) {
    if (error instanceof AssertionError) return fail([`inputs do not hold: ${error.message}`]);
    throw error;
  }
}

function workedOutAgain(told: Receipt): Result<Receipt, readonly string[]> {
  const rules = RULE_SETS.find(({ version }) => version === told.rules.version);
  if (rules === undefined) {
    const versions = RULE_SETS.map(({ version }) => version).join(', ');
    return fail([`rules.version is ${shown(told.rules.version)}; expected one of ${versions}`]);
  }
  const read = factsFrom(told.inputs);
  if (!read.ok) return read;
  const { account, pool, market } = read.value;
  const receipt = receiptOf({
    facts: { pool, market, rules },
    subject: subjectOf(told),
    account,
    asOf: told.asOf,
    provenance: provenanceIn(told.inputs),
  });
  return receipt.known
    ? ok(receipt.value)
    : fail([`inputs give no figure: ${receipt.why.kind.replaceAll('-', ' ')}`]);
}

function subjectOf({ figure, symbol, positionSide }: Receipt): ReceiptSubject {
  if (figure === 'margin-ratio') return { figure };
  return {
    figure,
    position: { instrumentId: instrumentId(symbol ?? ''), positionSide: positionSide ?? 'both' },
  };
}

function provenanceIn(inputs: readonly ReceiptInput[]): ProvenanceOf {
  return (input, of) => {
    const told = inputs.find((one) => one.input === input && one.of === of);
    return { source: told?.source ?? '', time: told?.time ?? null };
  };
}

/** Every leaf that is not the same, in the receipt's order. */
function differencesOf(
  told: unknown,
  again: unknown,
  path: readonly PropertyKey[] = [],
): readonly string[] {
  if (isBranch(told) && isBranch(again)) {
    const keys = [...new Set([...Object.keys(told), ...Object.keys(again)])];
    return keys.flatMap((key) => {
      const step = Array.isArray(told) ? Number(key) : key;
      return differencesOf(Reflect.get(told, key), Reflect.get(again, key), [...path, step]);
    });
  }
  if (told === again) return [];
  return [`${placeOf(path)} is ${shown(told)}; worked out again from the inputs: ${shown(again)}`];
}

function isBranch(part: unknown): part is object {
  return typeof part === 'object' && part !== null;
}
