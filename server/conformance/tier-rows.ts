/** Tier tables of cases, in every shape that we read. */
import { isDecimalText } from '#lib/wire/case-text.ts';
import {
  deductionFrom,
  rowsFollow,
  wrongDeduction,
  type CaseTierRow,
} from '#lib/wire/case-tiers.ts';
import { type CaseValue } from './case-file.ts';
import { isList, isObject, type CaseReader } from './case-reader.ts';

interface TableWords {
  readonly table: 'table' | 'flat-table';
  readonly tiersByContracts?: boolean;
}

/** Why the case's own table cannot be used; undefined where it can, or there is none. */
export function tierProblem(
  reader: CaseReader,
  { table, tiersByContracts = false }: TableWords = { table: 'table' },
): string | undefined {
  if (!reader.has('tiers')) return undefined;
  const found = reader.entries.find(([key]) => key === 'tiers')?.[1];
  const rows = isList(found) ? tierRowsOf(found) : undefined;
  if (rows === undefined) return 'tiers have an unknown shape';
  if (!rowsFollow(rows, tiersByContracts)) return 'tiers do not follow from one another';
  const wrong = table === 'table' ? wrongDeduction(rows) : undefined;
  return wrong === undefined ? undefined : `the deduction of tier ${wrong} does not follow`;
}

/** Rows as objects or as `[floor, cap, rate, deduction]`; undefined where one has another shape. */
export function tierRowsOf(rows: readonly CaseValue[]): readonly CaseTierRow[] | undefined {
  const read = rows.map((row) => (isList(row) ? listedRow(row) : namedRow(row)));
  const found = read.filter((row) => row !== undefined);
  return found.length === read.length && found.length > 0 ? found : undefined;
}

/** The deduction that follows from the tier before; undefined where the case does not give it. */
export function deductionAfterTier(reader: CaseReader): string | undefined {
  const floor = reader.text('floorQty');
  const rate = reader.text('maintenanceMarginRate');
  const previousRate = reader.text('previousRate');
  const previousAmount = reader.text('previousMaintenanceAmount');
  return floor === undefined ||
    rate === undefined ||
    previousRate === undefined ||
    previousAmount === undefined
    ? undefined
    : deductionFrom({ floor, rate, previousRate, previousAmount });
}

function listedRow([floor, cap, rate, deduction]: readonly CaseValue[]): CaseTierRow | undefined {
  return tierRow({ floor, cap, rate, deduction });
}

function namedRow(row: CaseValue): CaseTierRow | undefined {
  if (!isObject(row)) return undefined;
  return tierRow({
    floor: row.notionalFloor ?? row.contractsFloor,
    cap: row.notionalCap ?? row.contractsCap,
    rate: row.maintenanceMarginRate,
    deduction: row.maintenanceAmount ?? row.maintenanceDeduction ?? row.cum,
    initialRate: row.initialMarginRate,
    byContracts: row.contractsFloor !== undefined,
  });
}

function tierRow(p: {
  readonly floor: CaseValue | undefined;
  readonly cap: CaseValue | undefined;
  readonly rate: CaseValue | undefined;
  readonly deduction: CaseValue | undefined;
  readonly initialRate?: CaseValue | undefined;
  readonly byContracts?: boolean;
}): CaseTierRow | undefined {
  const { floor, rate, cap, deduction, initialRate } = p;
  const rest = [cap, deduction, initialRate].filter((one) => (one ?? null) !== null);
  if (!isNumber(floor) || !isNumber(rate) || !rest.every(isNumber)) return undefined;
  return {
    floor,
    rate,
    ...(isNumber(cap) ? { cap } : {}),
    ...(isNumber(deduction) ? { deduction } : {}),
    ...(isNumber(initialRate) ? { initialRate } : {}),
    ...(p.byContracts === true ? { byContracts: true } : {}),
  };
}

function isNumber(value: CaseValue | undefined): value is string {
  return typeof value === 'string' && isDecimalText(value);
}
