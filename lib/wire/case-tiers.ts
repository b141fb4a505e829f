/** Risk tiers as recorded cases give them: one rate and amount, or rows with or without their deductions. */
import { deductionAfter, type RiskTier } from '../market/instrument.ts';
import { Decimal, decimalText, ONE, ZERO } from '../units/decimal.ts';
import { money, NO_MONEY, rate } from '../units/money.ts';

export interface CaseTierRow {
  readonly floor: string;
  readonly cap?: string;
  readonly rate: string;
  readonly deduction?: string;
  readonly leverageMax?: string;
  readonly initialRate?: string;
  /** Floors count whole contracts: each begins one after the cap before. */
  readonly byContracts?: boolean;
}

/** Stands for a cap, or a leverage limit, that a case does not give. */
const NO_LIMIT = '1000000000000000000';

/** One rate and deduction for every notional. */
export function flatTier(maintenanceMarginRate: string, maintenanceAmount: string): RiskTier {
  return {
    tier: 1,
    notionalFloor: NO_MONEY,
    notionalCap: money(NO_LIMIT),
    leverageMax: rate(NO_LIMIT),
    maintenanceMarginRate: rate(maintenanceMarginRate),
    maintenanceDeduction: money(maintenanceAmount),
  };
}

/** The rows as a flat table: the rate of the tier reached is of everything, unless a row says what is deducted. */
export function flatTiersOfRows(rows: readonly CaseTierRow[]): readonly RiskTier[] {
  return tableOf(rows, (row) => (row.deduction === undefined ? NO_MONEY : money(row.deduction)));
}

/** The rows as a table; deductions as given, else as continuity demands. */
export function tiersOfRows(rows: readonly CaseTierRow[]): readonly RiskTier[] {
  return tableOf(rows, (row, implied) =>
    row.deduction === undefined ? implied : money(row.deduction),
  );
}

/** Deduction of tier N (from 1) as floors and rates imply it, whatever the rows say. */
export function impliedDeduction(rows: readonly CaseTierRow[], tier: number): string | undefined {
  const found = tableOf(rows, (_row, implied) => implied)[tier - 1];
  return found === undefined ? undefined : decimalText(found.maintenanceDeduction);
}

/** The deduction that follows the tier before (cex.md 0.4). */
export function deductionFrom(p: {
  readonly floor: string;
  readonly rate: string;
  readonly previousRate: string;
  readonly previousAmount: string;
}): string {
  const previous = flatTier(p.previousRate, p.previousAmount);
  return decimalText(deductionAfter(previous, money(p.floor), rate(p.rate)));
}

function tableOf(
  rows: readonly CaseTierRow[],
  choose: (
    row: CaseTierRow,
    implied: RiskTier['maintenanceDeduction'],
  ) => RiskTier['maintenanceDeduction'],
): readonly RiskTier[] {
  const tiers: RiskTier[] = [];
  for (const [index, row] of rows.entries()) {
    const previous = tiers.at(-1);
    const maintenanceMarginRate = rate(row.rate);
    const notionalFloor = money(row.floor);
    const implied =
      previous === undefined
        ? NO_MONEY
        : deductionAfter(previous, notionalFloor, maintenanceMarginRate);
    tiers.push({
      tier: index + 1,
      notionalFloor,
      notionalCap: money(row.cap ?? rows[index + 1]?.floor ?? NO_LIMIT),
      leverageMax: leverageOf(row),
      maintenanceMarginRate,
      maintenanceDeduction: choose(row, implied),
    });
  }
  return tiers;
}

function leverageOf(row: CaseTierRow): RiskTier['leverageMax'] {
  if (row.initialRate !== undefined && new Decimal(row.initialRate).gt(ZERO)) {
    return rate(ONE.div(row.initialRate));
  }
  return rate(row.leverageMax ?? NO_LIMIT);
}

/** Whether rows begin at zero, each where the one before ends (or one contract later), with rates that never fall. */
export function rowsFollow(rows: readonly CaseTierRow[], byContracts = false): boolean {
  return rows.every((row, index) => {
    const floor = new Decimal(row.floor);
    const before = rows[index - 1];
    if (before === undefined) return floor.eq(ZERO);
    return (
      floor.gt(before.floor) &&
      meets(floor, before.cap, byContracts || row.byContracts === true) &&
      new Decimal(row.rate).gte(before.rate)
    );
  });
}

/** Number of the first row (from 1) whose deduction does not follow from floors and rates (cex.md 0.4). */
export function wrongDeduction(rows: readonly CaseTierRow[]): number | undefined {
  const implied = tableOf(rows, (_row, deduction) => deduction);
  const index = rows.findIndex(
    ({ deduction }, row) =>
      deduction !== undefined && implied[row]?.maintenanceDeduction.eq(deduction) === false,
  );
  return index === -1 ? undefined : index + 1;
}

function meets(floor: Decimal, cap: string | undefined, byContracts: boolean): boolean {
  return cap === undefined || floor.eq(cap) || (byContracts && floor.minus(ONE).eq(cap));
}
