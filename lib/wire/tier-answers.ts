/**
 * Risk tiers as each venue's own interface answers them, checked before they are used: rows must begin where the one before ends,
 * rates must not fall, and a deduction must follow from floors and rates (cex.md 0.4). A row that does not is refused by name.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../contract.ts';
import { deductionAfter, type RiskTier, type TierTable } from '../market/instrument.ts';
import { Decimal, decimalText, ONE, parseDecimal } from '../units/decimal.ts';
import { money, NO_MONEY, rate } from '../units/money.ts';

export type TierVenue =
  | 'binance-usdm'
  | 'binance-coinm'
  | 'bybit'
  | 'okx'
  | 'gate'
  | 'bitget'
  | 'bitmex'
  | 'kraken-futures';

/** Tables by symbol; what their floors and caps count is the venue's rule (SPEC VE2). */
export type TierTables = ReadonlyMap<string, readonly RiskTier[]>;

/** One row, still as the venue says it; what it does not say is undefined. */
interface Row {
  readonly symbol: string;
  readonly floor?: Decimal | undefined;
  readonly cap?: Decimal | undefined;
  readonly maintenance: Decimal;
  readonly leverage: Decimal;
  readonly deduction?: Decimal | undefined;
}

/** Numbers come as text or as JSON numbers; an empty text is none. */
const decimal = z
  .union([z.string(), z.number()])
  .transform((value) => parseDecimal(typeof value === 'number' ? plainNumber(value) : value))
  .refine((value) => value.ok, 'expected a decimal number')
  .transform((value) => (value.ok ? value.value : new Decimal(0)));
const maybe = z.preprocess((value) => (value === '' ? undefined : value), decimal.optional());

function plainNumber(value: number): string {
  return new Decimal(value).toFixed();
}

const bracket = z.object({
  notionalFloor: decimal.optional(),
  notionalCap: decimal.optional(),
  qtyFloor: decimal.optional(),
  qtyCap: decimal.optional(),
  maintMarginRatio: decimal,
  initialLeverage: decimal,
  cum: maybe,
});
const binance = z
  .array(z.object({ symbol: z.string(), brackets: z.array(bracket) }))
  .transform((list) =>
    list.flatMap(({ symbol, brackets }) =>
      brackets.map((row) => ({
        symbol,
        floor: row.notionalFloor ?? row.qtyFloor,
        cap: row.notionalCap ?? row.qtyCap,
        maintenance: row.maintMarginRatio,
        leverage: row.initialLeverage,
        deduction: row.cum,
      })),
    ),
  );

const bybit = z
  .object({
    result: z.object({
      list: z.array(
        z.object({
          symbol: z.string(),
          riskLimitValue: decimal,
          maintenanceMargin: decimal,
          maxLeverage: decimal,
          mmDeduction: maybe,
        }),
      ),
    }),
  })
  .transform(({ result }) =>
    result.list.map((row) => ({
      symbol: row.symbol,
      cap: row.riskLimitValue,
      maintenance: row.maintenanceMargin,
      leverage: row.maxLeverage,
      deduction: row.mmDeduction,
    })),
  );

const okx = z
  .object({
    data: z.array(
      z.object({
        instId: z.string().optional(),
        instFamily: z.string().optional(),
        uly: z.string().optional(),
        minSz: decimal,
        maxSz: decimal,
        mmr: decimal,
        maxLever: decimal,
      }),
    ),
  })
  .transform(({ data }) =>
    data.map((row) => ({
      symbol:
        [row.instId, row.instFamily, row.uly].find((name) => name !== undefined && name !== '') ??
        '',
      floor: row.minSz,
      cap: row.maxSz,
      maintenance: row.mmr,
      leverage: row.maxLever,
    })),
  );

const gate = z
  .array(
    z.object({
      contract: z.string().default(''),
      risk_limit: decimal,
      maintenance_rate: decimal,
      leverage_max: decimal,
      deduction: maybe,
    }),
  )
  .transform((list) =>
    list.map((row) => ({
      symbol: row.contract,
      cap: row.risk_limit,
      maintenance: row.maintenance_rate,
      leverage: row.leverage_max,
      deduction: row.deduction,
    })),
  );

const bitget = z
  .object({
    data: z.array(
      z.object({
        symbol: z.string(),
        startUnit: decimal,
        endUnit: decimal,
        leverage: decimal,
        keepMarginRate: decimal,
      }),
    ),
  })
  .transform(({ data }) =>
    data.map((row) => ({
      symbol: row.symbol,
      floor: row.startUnit,
      cap: row.endUnit,
      maintenance: row.keepMarginRate,
      leverage: row.leverage,
    })),
  );

/** Units of the settle currency in one coin, in which an account file counts. */
const PER_COIN: Readonly<Record<string, string>> = { XBt: '100000000', USDt: '1000000' };

/** A base and a step: each step adds the base rates again, until initial margin is everything. */
const bitmex = z
  .array(
    z.object({
      symbol: z.string(),
      settlCurrency: z.string().default(''),
      riskLimit: decimal,
      riskStep: decimal,
      initMargin: decimal,
      maintMargin: decimal,
    }),
  )
  .transform((list) =>
    list.flatMap((row) => {
      const steps = row.initMargin.gt(0) ? ONE.div(row.initMargin).floor().toNumber() : 0;
      const perCoin = PER_COIN[row.settlCurrency] ?? ONE;
      return Array.from({ length: Math.min(steps, STEPS_MAX) }, (_, step) => ({
        symbol: row.symbol,
        cap: row.riskLimit.plus(row.riskStep.times(step)).div(perCoin),
        maintenance: row.maintMargin.times(step + 1),
        leverage: ONE.div(row.initMargin.times(step + 1)),
      }));
    }),
  );
/** An account file takes no more rows of one table. */
const STEPS_MAX = 100;

const level = z.object({
  contracts: maybe,
  numNonContractUnits: maybe,
  initialMargin: decimal,
  maintenanceMargin: decimal,
});
const kraken = z
  .object({
    instruments: z.array(
      z.object({ symbol: z.string(), marginLevels: z.array(level).default([]) }),
    ),
  })
  .transform(({ instruments }) =>
    instruments.flatMap(({ symbol, marginLevels }) =>
      marginLevels.map((row, index) => ({
        symbol,
        floor: row.contracts ?? row.numNonContractUnits,
        cap: marginLevels[index + 1]?.contracts ?? marginLevels[index + 1]?.numNonContractUnits,
        maintenance: row.maintenanceMargin,
        leverage: row.initialMargin.gt(0) ? ONE.div(row.initialMargin) : ONE,
      })),
    ),
  );

const ANSWERS: Readonly<Record<TierVenue, z.ZodType<readonly Row[]>>> = {
  'binance-usdm': binance,
  'binance-coinm': binance,
  bybit,
  okx,
  gate,
  bitget,
  bitmex,
  'kraken-futures': kraken,
};

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
  return Object.hasOwn(ANSWERS, name);
}

/** The tables of an answer, or every row that is wrong, a sentence each. */
export function tiersFromAnswer(
  venue: TierVenue,
  answer: unknown,
): Result<TierTables, readonly string[]> {
  const { tables, problems } = tierTablesIn(venue, answer);
  return problems.length > 0 ? fail(problems) : ok(tables);
}

/** The tables that hold together, and a sentence for each that does not. */
export function tierTablesIn(
  venue: TierVenue,
  answer: unknown,
): { readonly tables: TierTables; readonly problems: readonly string[] } {
  const parsed = ANSWERS[venue].safeParse(answer);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
    );
    return { tables: new Map(), problems };
  }
  const tables = new Map<string, readonly RiskTier[]>();
  const problems: string[] = [];
  for (const [symbol, rows] of grouped(parsed.data)) {
    const table = tableOf(venue, symbol, rows);
    if (table.ok) tables.set(symbol, table.value);
    else problems.push(table.error);
  }
  return { tables, problems };
}

function grouped(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.symbol, [...(groups.get(row.symbol) ?? []), row]);
  for (const group of groups.values()) group.sort((left, right) => orderOf(left, right));
  return groups;
}

function orderOf(left: Row, right: Row): number {
  const first = left.cap ?? NO_CAP;
  return first.comparedTo(right.cap ?? NO_CAP);
}

function tableOf(
  venue: TierVenue,
  symbol: string,
  rows: readonly Row[],
): Result<readonly RiskTier[]> {
  const tiers: RiskTier[] = [];
  for (const row of rows) {
    const tier = tierOf(venue, row, tiers.at(-1));
    if (!tier.ok) return fail(`${symbol}, row ${tiers.length + 1}: ${tier.error}`);
    tiers.push(tier.value);
  }
  return ok(tiers);
}

function tierOf(venue: TierVenue, row: Row, previous: RiskTier | undefined): Result<RiskTier> {
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
  row: Row,
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
