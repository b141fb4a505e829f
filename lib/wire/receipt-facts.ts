/** The facts of a pool out of a receipt's inputs: all that its figure needs, and nothing from anywhere else. */
import { z } from 'zod';
import { fail, ok, type Result } from '../contract.ts';
import { type AssetPrice, type Market, type Order, type Position } from '../margin/account.ts';
import { USD, poolIdOf, type PoolFacts, type PoolScope } from '../margin/pool.ts';
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { type MarkReading } from '../market/mark.ts';
import { Decimal, ONE } from '../units/decimal.ts';
import { accountId, assetId, instrumentId, type AssetId } from '../units/ids.ts';
import { NO_MONEY, price, quantity, rate, type Money, type Price } from '../units/money.ts';
import { timestampMs } from '../units/time.ts';
import {
  amountFromZero,
  anyAmount,
  anyRate,
  nameText,
  priceAboveZero,
  readBy,
  signedSize,
  strictRecord,
  utcTime,
} from './field.ts';
import { type InputKind, type ReceiptInput } from './receipt-inputs.ts';

const side = z.enum(['both', 'long', 'short']);
const name = z.string();

const position = strictRecord({
  symbol: name,
  side,
  size: signedSize,
  'entry price': priceAboveZero,
  'value at entry': anyAmount,
  leverage: anyRate,
  margin: z.enum(['cross', 'isolated']),
  'isolated wallet': anyAmount.optional(),
  'opened at': utcTime.optional(),
});

const SCHEMAS = {
  pool: strictRecord({
    account: nameText,
    scope: z.enum(['cross', 'multi-asset', 'isolated']),
    asset: name.optional(),
    symbol: name.optional(),
    side: side.optional(),
  }),
  wallet: strictRecord({ amount: anyAmount }),
  position,
  'joined position': position,
  order: strictRecord({
    id: name,
    symbol: name,
    side,
    size: anyAmount,
    price: priceAboveZero,
    'reduce only': z.enum(['yes', 'no']),
    leverage: anyRate.optional(),
  }),
  contract: strictRecord({
    kind: z.enum(['linear', 'inverse']),
    base: name,
    quote: name,
    settle: name,
    'contract size': anyAmount,
    tick: priceAboveZero,
    'taker fee rate': anyRate,
    'initial base rate': anyRate.optional(),
    'maintenance base rate': anyRate.optional(),
    'growth per coin': anyRate.optional(),
  }),
  'risk tier': strictRecord({
    symbol: name,
    tier: z.string().regex(/^\d{1,4}$/, 'a whole number'),
    floor: amountFromZero,
    cap: anyAmount,
    'largest leverage': anyRate,
    'maintenance rate': anyRate,
    deduction: anyAmount,
  }),
  mark: strictRecord({
    price: priceAboveZero,
    state: z.enum(['fresh', 'lagging', 'degraded', 'stale']),
  }),
  index: strictRecord({ price: priceAboveZero }),
  'asset price': strictRecord({
    index: priceAboveZero,
    bid: priceAboveZero,
    ask: priceAboveZero,
    'collateral weight': anyRate,
  }),
} as const satisfies Record<InputKind, z.ZodType>;

type Row<Kind extends InputKind> = z.infer<(typeof SCHEMAS)[Kind]> & { readonly of: string };

export interface ReadFacts {
  readonly account: string;
  readonly pool: PoolFacts;
  readonly market: Market;
}

/** Or a sentence for every value that is no input. */
export function factsFrom(inputs: readonly ReceiptInput[]): Result<ReadFacts, readonly string[]> {
  const problems: string[] = [];
  function rowsOf<Kind extends InputKind>(kind: Kind): readonly Row<Kind>[] {
    return inputs.flatMap((input) => {
      if (input.input !== kind) return [];
      const row = rowFrom(kind, input);
      if (row.ok) return [row.value];
      problems.push(...row.error);
      return [];
    });
  }
  const [own] = rowsOf('pool');
  const tiers = rowsOf('risk tier');
  const instruments = rowsOf('contract').map((row) => instrumentFrom(row, tiers));
  const positions = rowsOf('position').map(positionFrom);
  const joined = rowsOf('joined position').map(positionFrom);
  const orders = rowsOf('order').map(orderFrom);
  const wallets = new Map(rowsOf('wallet').map((row) => [assetId(row.of), row.amount]));
  const market: Market = {
    instruments: new Map(instruments.map((one) => [one.id, one])),
    marks: new Map(rowsOf('mark').map((row) => [instrumentId(row.of), markFrom(row)])),
    indexPrices: new Map(
      rowsOf('index').map((row): [Instrument['id'], Price] => [instrumentId(row.of), row.price]),
    ),
    assetPrices: new Map(
      rowsOf('asset price').map((row) => [assetId(row.of), assetPriceFrom(row)]),
    ),
  };
  if (own === undefined && problems.length === 0) problems.push('inputs has no pool; expected one');
  if (own === undefined || problems.length > 0) return fail(problems);
  const scope = scopeFrom(own);
  const pool: PoolFacts = {
    id: poolIdOf(accountId(own.account), scope),
    scope,
    unit: unitOf(scope, instruments),
    positions,
    orders,
    orderPositions: [...positions, ...joined],
    wallets,
  };
  return ok({ account: own.account, pool, market });
}

function rowFrom<Kind extends InputKind>(
  kind: Kind,
  input: ReceiptInput,
): Result<Row<Kind>, readonly string[]> {
  const values = Object.fromEntries(input.values.map((one) => [one.name, one.value]));
  const schema: z.ZodType = SCHEMAS[kind];
  const read = readBy(schema, values, 'it');
  if (read.ok) return ok(Object.assign({ of: input.of }, read.value) as Row<Kind>);
  return fail(read.error.map((sentence) => `inputs: ${kind} ${input.of}: ${sentence}`));
}

function scopeFrom(row: Row<'pool'>): PoolScope {
  switch (row.scope) {
    case 'cross':
      return { kind: 'cross', asset: assetId(row.asset ?? '?') };
    case 'multi-asset':
      return { kind: 'multi-asset' };
    case 'isolated':
      return {
        kind: 'isolated',
        instrumentId: instrumentId(row.symbol ?? '?'),
        positionSide: row.side ?? 'both',
      };
  }
}

function unitOf(scope: PoolScope, instruments: readonly Instrument[]): AssetId {
  if (scope.kind === 'cross') return scope.asset;
  if (scope.kind === 'multi-asset') return USD;
  return instruments.find(({ id }) => id === scope.instrumentId)?.settle ?? assetId('?');
}

function positionFrom(row: Row<'position'>): Position {
  const wallet: Money = row['isolated wallet'] ?? NO_MONEY;
  const openedAt = row['opened at'];
  return {
    instrumentId: instrumentId(row.symbol),
    positionSide: row.side,
    signedSize: row.size,
    entryPrice: row['entry price'],
    openValue: row['value at entry'],
    marginMode: row.margin === 'cross' ? { kind: 'cross' } : { kind: 'isolated', wallet },
    leverage: row.leverage,
    ...(openedAt === undefined ? {} : { openedAt }),
  };
}

function orderFrom(row: Row<'order'>): Order {
  return {
    id: row.id,
    instrumentId: instrumentId(row.symbol),
    positionSide: row.side,
    signedSize: quantity(row.size),
    price: row.price,
    reduceOnly: row['reduce only'] === 'yes',
    ...(row.leverage === undefined ? {} : { leverage: row.leverage }),
  };
}

/** What no figure of a receipt reads (lot, other fees, funding, volatility) is filled in. */
function instrumentFrom(row: Row<'contract'>, tiers: readonly Row<'risk tier'>[]): Instrument {
  const initialBase = row['initial base rate'];
  const maintenanceBase = row['maintenance base rate'];
  const perCoin = row['growth per coin'];
  const grows = initialBase !== undefined && maintenanceBase !== undefined && perCoin !== undefined;
  return {
    id: instrumentId(row.of),
    kind: row.kind,
    expiry: { kind: 'perpetual' },
    base: assetId(row.base),
    quote: assetId(row.quote),
    settle: assetId(row.settle),
    contractSize: new Decimal(row['contract size']),
    tickSize: row.tick,
    lotSize: quantity(ONE),
    tiers: tiers.filter(({ symbol }) => symbol === row.of).map(tierFrom),
    takerFeeRate: row['taker fee rate'],
    makerFeeRate: rate(0),
    liquidationFeeRate: rate(0),
    funding: undefined,
    dailyVolatility: 0,
    ...(grows ? { marginGrowth: { initialBase, maintenanceBase, perCoin } } : {}),
  };
}

function tierFrom(row: Row<'risk tier'>): RiskTier {
  return {
    tier: Number(row.tier),
    notionalFloor: row.floor,
    notionalCap: row.cap,
    leverageMax: row['largest leverage'],
    maintenanceMarginRate: row['maintenance rate'],
    maintenanceDeduction: row.deduction,
  };
}

function markFrom(row: Row<'mark'>): MarkReading {
  return { price: price(row.price), time: timestampMs(0), status: row.state };
}

function assetPriceFrom(row: Row<'asset price'>): AssetPrice {
  return {
    index: row.index,
    bid: row.bid,
    ask: row.ask,
    collateralWeight: row['collateral weight'],
  };
}
