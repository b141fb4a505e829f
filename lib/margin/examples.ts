/** Facts for worked examples and searches: small builders that take plain text, so that a test reads like its source. */
import { assert } from '../contract.ts';
import { deductionAfter, valueOf, type Instrument, type RiskTier } from '../market/instrument.ts';
import { type MarkStatus } from '../market/mark.ts';
import { roundTo } from '../units/decimal.ts';
import { accountId, assetId, instrumentId } from '../units/ids.ts';
import { money, NO_MONEY, price, quantity, rate, type Money } from '../units/money.ts';
import { MONEY_DECIMALS } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import {
  type Account,
  type AssetPrice,
  type Market,
  type Order,
  type Position,
  type PositionSide,
} from './account.ts';
import {
  type AccountHealth,
  type Figure,
  type PoolHealth,
  type PositionHealth,
} from './figures.ts';
import { assessAccount } from './health.ts';
import { houseRules } from './venues/house.ts';
import { type VenueRules } from './venues/rules.ts';

/** Cap, maintenance rate: floors and deductions follow. Leverage at most 1 / (2 x rate), as liquidation.md 1.2 has it. */
export type TierText = readonly [cap: string, maintenanceRate: string];

/** The BTC table of liquidation.md 1.2. */
const LQ_BTC_TIERS: readonly TierText[] = [
  ['50000', '0.004'],
  ['250000', '0.005'],
  ['1000000', '0.01'],
  ['10000000', '0.025'],
  ['20000000', '0.05'],
  ['50000000', '0.1'],
];

const NO_CAP = '1000000000000000000000000000000';

/** One rate for every size. */
export function flatTiers(maintenanceRate: string): readonly TierText[] {
  return [[NO_CAP, maintenanceRate]];
}

function tiersFrom(rows: readonly TierText[]): readonly RiskTier[] {
  const tiers: RiskTier[] = [];
  for (const [cap, maintenance] of rows) {
    const previous = tiers.at(-1);
    const notionalFloor = previous?.notionalCap ?? NO_MONEY;
    const maintenanceMarginRate = rate(maintenance);
    tiers.push({
      tier: tiers.length + 1,
      notionalFloor,
      notionalCap: money(cap),
      leverageMax: rate(rate(1).div(maintenanceMarginRate.times(2))),
      maintenanceMarginRate,
      maintenanceDeduction:
        previous === undefined
          ? NO_MONEY
          : deductionAfter(previous, notionalFloor, maintenanceMarginRate),
    });
  }
  return tiers;
}

interface ContractText {
  readonly id: string;
  readonly kind?: 'linear' | 'inverse';
  readonly base?: string;
  readonly quote?: string;
  readonly contractSize?: string;
  readonly tick?: string;
  readonly lot?: string;
  readonly tiers?: readonly TierText[];
  readonly takerFee?: string;
  readonly liquidationFee?: string;
  readonly dated?: boolean;
}

export function contractOf(text: ContractText): Instrument {
  const base = assetId(text.base ?? 'BTC');
  const kind = text.kind ?? 'linear';
  const quote = assetId(text.quote ?? (kind === 'linear' ? 'USDT' : 'USD'));
  return {
    id: instrumentId(text.id),
    kind,
    expiry:
      text.dated === true ? { kind: 'dated', deliveryTime: timestampMs(0) } : { kind: 'perpetual' },
    base,
    quote,
    settle: kind === 'linear' ? quote : base,
    contractSize: rate(text.contractSize ?? '1'),
    tickSize: price(text.tick ?? '0.01'),
    lotSize: quantity(text.lot ?? '0.001'),
    tiers: tiersFrom(text.tiers ?? LQ_BTC_TIERS),
    takerFeeRate: rate(text.takerFee ?? '0.0005'),
    makerFeeRate: rate('0.0002'),
    liquidationFeeRate: rate(text.liquidationFee ?? '0.0125'),
    funding: undefined,
    dailyVolatility: 0,
  };
}

interface PositionText {
  readonly on: Instrument;
  readonly size: string;
  readonly entry: string;
  readonly side?: PositionSide;
  /** The isolated wallet; cross without one. */
  readonly isolated?: string;
  readonly leverage?: string;
}

export function positionOf(text: PositionText): Position {
  const signedSize = quantity(text.size);
  const entryPrice = price(text.entry);
  return {
    instrumentId: text.on.id,
    positionSide: text.side ?? 'both',
    signedSize,
    entryPrice,
    openValue: bookedValue(valueOf(text.on, signedSize, entryPrice)),
    marginMode:
      text.isolated === undefined
        ? { kind: 'cross' }
        : { kind: 'isolated', wallet: money(text.isolated) },
    leverage: rate(text.leverage ?? '10'),
  };
}

/** As a ledger books it: magnitude first, cut at 1e-8 (rulings D2). */
function bookedValue(value: Money): Money {
  return money(roundTo(value, MONEY_DECIMALS, 'down'));
}

interface OrderText {
  readonly on: Instrument;
  readonly size: string;
  readonly price: string;
  readonly side?: PositionSide;
  readonly reduceOnly?: boolean;
  readonly leverage?: string;
}

export function orderOf(text: OrderText): Order {
  return {
    id: 'order',
    instrumentId: text.on.id,
    positionSide: text.side ?? 'both',
    signedSize: quantity(text.size),
    price: price(text.price),
    reduceOnly: text.reduceOnly ?? false,
    ...(text.leverage === undefined ? {} : { leverage: rate(text.leverage) }),
  };
}

/** Index, collateral weight, and the half spread between bid and ask (0 without one). */
export type AssetText = readonly [index: string, weight?: string, spread?: string];

export interface Scene {
  readonly wallets?: Readonly<Record<string, string>>;
  readonly positions?: readonly Position[];
  readonly orders?: readonly Order[];
  readonly mode?: 'single' | 'multi';
  readonly rules?: VenueRules;
  readonly instruments?: readonly Instrument[];
  /** By instrument id. */
  readonly marks?: Readonly<Record<string, string>>;
  readonly stale?: readonly string[];
  readonly assets?: Readonly<Record<string, AssetText>>;
}

export function assess(scene: Scene): AccountHealth {
  return assessAccount({
    account: accountFrom(scene),
    market: marketFrom(scene),
    rules: scene.rules ?? houseRules,
  });
}

export function accountFrom(scene: Scene): Account {
  const positions = scene.positions ?? [];
  return {
    id: accountId('A0001'),
    positionMode: positions.some((position) => position.positionSide !== 'both')
      ? 'hedge'
      : 'one-way',
    assetMode: scene.mode ?? 'single',
    wallets: new Map(
      Object.entries(scene.wallets ?? {}).map(([asset, amount]) => [assetId(asset), money(amount)]),
    ),
    positions,
    orders: scene.orders ?? [],
  };
}

export function marketFrom(scene: Scene): Market {
  const statusOf = (id: string): MarkStatus =>
    scene.stale?.includes(id) === true ? 'stale' : 'fresh';
  return {
    instruments: new Map(
      (scene.instruments ?? []).map((instrument) => [instrument.id, instrument]),
    ),
    marks: new Map(
      Object.entries(scene.marks ?? {}).map(([id, at]) => [
        instrumentId(id),
        { price: price(at), time: timestampMs(0), status: statusOf(id) },
      ]),
    ),
    assetPrices: new Map(
      Object.entries(scene.assets ?? {}).map(([asset, text]) => [
        assetId(asset),
        assetPriceOf(text),
      ]),
    ),
  };
}

function assetPriceOf([index, weight = '1', spread = '0']: AssetText): AssetPrice {
  const exact = price(index);
  return {
    index: exact,
    bid: price(exact.times(rate(1).minus(spread))),
    ask: price(exact.times(rate(1).plus(spread))),
    collateralWeight: rate(weight),
  };
}

/** The only pool of an account, or the one whose id ends so. */
export function poolIn(health: AccountHealth, ending = ''): PoolHealth {
  const found = health.pools.filter((pool) => pool.id.endsWith(ending));
  const [pool] = found;
  assert(
    pool !== undefined && found.length === 1,
    `one pool ends in "${ending}", not ${found.length}`,
  );
  return pool;
}

export function positionIn(pool: PoolHealth, index = 0): PositionHealth {
  const position = pool.positions[index];
  assert(position !== undefined, `the pool has a position ${index}`);
  return position;
}

/** A figure as text: its value, or the kind of its absence in angle brackets. */
export function shown(figure: Figure<{ toFixed: () => string }>): string {
  return figure.known ? figure.value.toFixed() : `<${figure.why.kind}>`;
}

/** The same, cut to a number of decimals for sources that print fewer. */
export function shownTo(
  figure: Figure<{ toFixed: (decimals: number) => string }>,
  decimals: number,
): string {
  return figure.known ? figure.value.toFixed(decimals) : `<${figure.why.kind}>`;
}
