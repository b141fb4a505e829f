/** Rows of risk tiers in each venue's own answer, still as it says them. */
import { z } from 'zod';
import { Decimal, ONE, parseDecimal } from '../units/decimal.ts';

export type TierVenue =
  | 'binance-usdm'
  | 'binance-coinm'
  | 'bybit'
  | 'okx'
  | 'gate'
  | 'bitget'
  | 'bitmex'
  | 'kraken-futures';

/** One row, still as the venue says it; what it does not say is undefined. */
export interface TierRow {
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

export const TIER_ANSWERS: Readonly<Record<TierVenue, z.ZodType<readonly TierRow[]>>> = {
  'binance-usdm': binance,
  'binance-coinm': binance,
  bybit,
  okx,
  gate,
  bitget,
  bitmex,
  'kraken-futures': kraken,
};
