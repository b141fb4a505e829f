/**
 * Risk tiers as each venue's own interface answers them, checked before they are used: rows must begin where the one before ends,
 * rates must not fall, and a deduction must follow from floors and rates (cex.md 0.4). A row that does not is refused by name.
 */
import { fail, ok, type Result } from '../contract.ts';
import { deductionAfter, type RiskTier, type TierTable } from '../market/instrument.ts';
import { decimalText, ONE } from '../units/decimal.ts';
import { money, NO_MONEY, rate } from '../units/money.ts';
import { TIER_ANSWERS, type TierRow, type TierVenue } from './tier-rows.ts';

/** Tables by symbol; what their floors and caps count is the venue's rule (SPEC VE2). */
export type TierTables = ReadonlyMap<string, readonly RiskTier[]>;

/** At these venues the rate of the tier reached is of everything; elsewhere a deduction makes maintenance continuous. */
const FLAT: readonly string[] = ['okx', 'bitmex', 'kraken-futures'];

/** How a venue's tables ask for maintenance (cex.md 0.4). */
export function tierTableOf(venue: string): TierTable {
  return FLAT.includes(venue) ? 'flat' : 'progressive';
}

/** A table as an account file takes it, under `instruments`. */
export function instrumentOfTable(venue: TierVenue, symbol: string, tiers: readonly RiskTier[]) {
  const tierTable = tierTableOf(venue);
  const rows = tiers.map((tier) => ({
    notionalFloor: decimalText(tier.notionalFloor),
    notionalCap: decimalText(tier.notionalCap),
    leverageMax: decimalText(tier.leverageMax),
    maintenanceMarginRate: decimalText(tier.maintenanceMarginRate),
    ...(tierTable === 'flat'
      ? {}
      : { maintenanceDeduction: decimalText(tier.maintenanceDeduction) }),
  }));
  return { symbol, tierTable, tiers: rows };
}

/** Stands for the cap of a last row without one. */
const NO_CAP = money('1000000000000000000');

export function isTierVenue(name = ''): name is TierVenue {
  return Object.hasOwn(TIER_ANSWERS, name);
}

/** The tables of an answer, or every row that is wrong, a sentence each. */
export function tiersFromAnswer(
  venue: TierVenue,
  answer: unknown,
): Result<TierTables, readonly string[]> {
  const { tables, problems } = tierTablesIn(venue, answer);
  return problems.length > 0 ? fail(problems.map(({ sentence }) => sentence)) : ok(tables);
}

interface TierProblem {
  readonly symbol?: string;
  readonly sentence: string;
}

/** The tables that hold together, and a sentence for each that does not. */
export function tierTablesIn(
  venue: TierVenue,
  answer: unknown,
): { readonly tables: TierTables; readonly problems: readonly TierProblem[] } {
  const parsed = TIER_ANSWERS[venue].safeParse(answer);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      sentence: `${path.map(String).join('.')}: ${message}`,
    }));
    return { tables: new Map(), problems };
  }
  const tables = new Map<string, readonly RiskTier[]>();
  const problems: TierProblem[] = [];
  for (const [symbol, rows] of grouped(parsed.data)) {
    const table = tableOf(venue, symbol, rows);
    if (table.ok) tables.set(symbol, table.value);
    else problems.push({ symbol, sentence: table.error });
  }
  return { tables, problems };
}

function grouped(rows: readonly TierRow[]): ReadonlyMap<string, readonly TierRow[]> {
  const groups = new Map<string, TierRow[]>();
  for (const row of rows) groups.set(row.symbol, [...(groups.get(row.symbol) ?? []), row]);
  for (const group of groups.values()) group.sort((left, right) => orderOf(left, right));
  return groups;
}

function orderOf(left: TierRow, right: TierRow): number {
  const first = left.cap ?? NO_CAP;
  return first.comparedTo(right.cap ?? NO_CAP);
}

function tableOf(
  venue: TierVenue,
  symbol: string,
  rows: readonly TierRow[],
): Result<readonly RiskTier[]> {
  const tiers: RiskTier[] = [];
  for (const row of rows) {
    const tier = tierOf(venue, row, tiers.at(-1));
    if (!tier.ok) return fail(`${symbol}, row ${tiers.length + 1}: ${tier.error}`);
    tiers.push(tier.value);
  }
  return ok(tiers);
}

function tierOf(venue: TierVenue, row: TierRow, previous: RiskTier | undefined): Result<RiskTier> {
  const floor = previous?.notionalCap ?? NO_MONEY;
  const cap = row.cap === undefined ? NO_CAP : money(row.cap);
  const maintenanceMarginRate = rate(row.maintenance);
  const problem = rowProblem(venue, row, previous);
  if (problem !== undefined) return fail(problem);
  const implied =
    previous === undefined || tierTableOf(venue) === 'flat'
      ? NO_MONEY
      : deductionAfter(previous, floor, maintenanceMarginRate);
  if (row.deduction !== undefined && !row.deduction.eq(implied)) {
    return fail(
      `deduction ${decimalText(row.deduction)} does not follow: floors and rates give ${decimalText(implied)}`,
    );
  }
  return ok({
    tier: (previous?.tier ?? 0) + 1,
    notionalFloor: floor,
    notionalCap: cap,
    leverageMax: rate(row.leverage),
    maintenanceMarginRate,
    maintenanceDeduction: implied,
  });
}

function rowProblem(
  venue: TierVenue,
  row: TierRow,
  previous: RiskTier | undefined,
): string | undefined {
  const floor = previous?.notionalCap ?? NO_MONEY;
  const cap = row.cap ?? NO_CAP;
  if (!cap.gt(floor)) return `it ends at ${decimalText(cap)}, before it begins`;
  if (!row.leverage.gt(0)) return `leverage ${decimalText(row.leverage)} is not above zero`;
  if (row.maintenance.isNegative() || row.maintenance.gt(1)) {
    return `maintenance rate ${decimalText(row.maintenance)} is no share`;
  }
  if (previous !== undefined && row.maintenance.lt(previous.maintenanceMarginRate)) {
    return 'it lowers the maintenance rate';
  }
  const next = venue === 'okx' ? floor.plus(ONE) : floor;
  const begins = row.floor === undefined || row.floor.eq(floor) || row.floor.eq(next);
  return begins
    ? undefined
    : `it begins at ${decimalText(row.floor ?? floor)}, the one before ends at ${decimalText(floor)}`;
}
