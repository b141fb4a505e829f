/**
 * Does a passed case prove anything? Every expectation is shifted away by twice its tolerance and must fail; every input that was
 * read is disturbed and at least one comparison must fail (rulings J1).
 */
import { agrees, disturbancesOf, EXACT, isDecimalText, shiftedAway } from '#lib/wire/case-text.ts';
import { type CaseObject, type CaseValue, type RecordedCase } from './case-file.ts';
import { isList, isObject, type InputPath } from './case-reader.ts';
import { holds, runCase, type Comparison } from './run-case.ts';

/** Why the case proves less than it seems; empty when every shift and every disturbance is noticed. */
export function weaknessesOf(recorded: RecordedCase): readonly string[] {
  const outcome = runCase(recorded);
  if (outcome.kind === 'not-run') return [outcome.reason];
  return [
    ...outcome.comparisons.flatMap(unnoticedShifts),
    ...outcome.read.flatMap((path) => unnoticedInput(recorded, path)),
  ];
}

function unnoticedShifts(comparison: Comparison): readonly string[] {
  const { key, expected, actual, tolerance } = comparison;
  if (expected === null || typeof actual !== 'string') return [];
  return shiftedAway({ expected, actual, tolerance })
    .filter((shifted) => holds({ ...comparison, expected: shifted }))
    .map((shifted) => `${key} would also pass as ${shifted}`);
}

function unnoticedInput(recorded: RecordedCase, path: InputPath): readonly string[] {
  const before = valueAt(recorded.inputs, path);
  const noticed = variantsOf(before).some((value) => fails(recorded, path, value));
  if (noticed || expectsAbsence(recorded)) return [];
  return [`input ${path.join('.')} is read and changes nothing`];
}

/** What venues print where no price liquidates. */
const NO_PRICE = ['0', '99999999'];

/** "No liquidation price", or no figure at all, holds for whole ranges of the inputs. */
function expectsAbsence({ expected }: RecordedCase): boolean {
  const printed = expected.liquidationPrice;
  const noPrice =
    typeof printed === 'string' && NO_PRICE.some((text) => agrees(printed, text, EXACT));
  return noPrice || Object.values(expected).includes(null);
}

function fails(recorded: RecordedCase, path: InputPath, value: CaseValue): boolean {
  const outcome = runCase({ ...recorded, inputs: withValue(recorded.inputs, path, value) });
  return outcome.kind === 'not-run' || !outcome.comparisons.every(holds);
}

const OTHER_SIDE: Readonly<Record<string, string>> = {
  long: 'short',
  short: 'long',
  buy: 'sell',
  sell: 'buy',
};

/** Other values that could stand there; for a table, the table with every rate disturbed. */
function variantsOf(value: CaseValue | undefined): readonly CaseValue[] {
  if (typeof value === 'string') {
    const other = OTHER_SIDE[value.toLowerCase()];
    return isDecimalText(value) ? disturbancesOf(value) : other === undefined ? [] : [other];
  }
  if (!isList(value)) return [];
  const first = value.map((row) => ratesOf(row));
  return Array.from({ length: Math.max(0, ...first.map((rates) => rates.length)) }, (_, index) =>
    value.map((row) => withRate(row, ratesOf(row)[index])),
  );
}

const RATE_COLUMN = 2;

function ratesOf(row: CaseValue): readonly string[] {
  const rate = isList(row)
    ? row[RATE_COLUMN]
    : isObject(row)
      ? row.maintenanceMarginRate
      : undefined;
  return typeof rate === 'string' ? disturbancesOf(rate) : [];
}

function withRate(row: CaseValue, rate: string | undefined): CaseValue {
  if (rate === undefined) return row;
  if (isList(row)) return row.toSpliced(RATE_COLUMN, 1, rate);
  return isObject(row) ? { ...row, maintenanceMarginRate: rate } : row;
}

function valueAt(inputs: CaseValue | undefined, path: InputPath): CaseValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return inputs;
  if (typeof key === 'number') return isList(inputs) ? valueAt(inputs[key], rest) : undefined;
  return isObject(inputs) ? valueAt(inputs[key], rest) : undefined;
}

function withValue(inputs: CaseObject, path: InputPath, value: CaseValue): CaseObject {
  const changed = changedAt(inputs, path, value);
  return isObject(changed) ? changed : inputs;
}

function changedAt(at: CaseValue, path: InputPath, value: CaseValue): CaseValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    return isList(at) ? at.with(key, changedAt(at[key] ?? null, rest, value)) : at;
  }
  return isObject(at) ? { ...at, [key]: changedAt(at[key] ?? null, rest, value) } : at;
}
