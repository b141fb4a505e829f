/** Facts of one position at a venue, for worked examples and searches: plain text in, its pool out. */
import { valueOf, type Instrument, type RiskTier } from '../market/instrument.ts';
import { assetId } from '../units/ids.ts';
import { money, NO_MONEY, price, quantity, rate } from '../units/money.ts';
import { timestampMs } from '../units/time.ts';
import { assert } from '../contract.ts';
import {
  accountFrom,
  contractOf,
  marketFrom,
  positionOf,
  type Scene,
  type TierText,
} from './examples.ts';
import { type PoolHealth, type PositionHealth } from './figures.ts';
import { assessAccount, type AssessInput } from './health.ts';
import { type Position } from './account.ts';
import { type Leg } from './pool.ts';
import { contractValue, openingMarginOf } from './requirement.ts';
import { type VenueRules } from './venues/rules.ts';

export interface VenuePosition {
  readonly rules: VenueRules;
  readonly kind?: 'linear' | 'inverse';
  /** Long above zero. */
  readonly size: string;
  readonly contractSize?: string;
  readonly entry: string;
  /** The entry without one. */
  readonly mark?: string;
  readonly index?: string;
  readonly leverage?: string;
  readonly taker?: string;
  readonly tick?: string;
  /** One rate, or a table. */
  readonly tiers?: string | readonly TierText[];
  /** No deduction: the rate of the tier reached is of everything. */
  readonly flat?: boolean;
  /** initial base, maintenance base, growth per coin */
  readonly growth?: readonly [string, string, string];
  readonly settle?: string;
  /** Isolated with this wallet, `opening` with what leverage gives; cross without one. */
  readonly isolated?: string;
  readonly cross?: string;
  readonly openedAtMs?: number;
  /** Of orders in the pool's own asset. */
  readonly orders?: string;
}

export interface VenuePool {
  readonly pool: PoolHealth;
  readonly position: PositionHealth;
  readonly leg: Leg;
}

const WIDE = '1000000000000000000';

export function venuePool(text: VenuePosition): VenuePool {
  return assessed(text, legFor(text));
}

/** The facts of the pool alone. */
export function venueInput(text: VenuePosition): AssessInput {
  return inputOf(text, legFor(text));
}

function legFor(text: VenuePosition): Leg {
  const instrument = instrumentOf(text);
  const signedSize = quantity(text.size);
  const mark = price(text.mark ?? text.entry);
  const reading = { price: mark, time: timestampMs(0), status: 'fresh' } as const;
  const bare: Position = {
    instrumentId: instrument.id,
    positionSide: 'both',
    signedSize,
    entryPrice: price(text.entry),
    openValue: valueOf(instrument, signedSize, price(text.entry)),
    marginMode:
      text.isolated === undefined ? { kind: 'cross' } : { kind: 'isolated', wallet: NO_MONEY },
    leverage: rate(text.leverage ?? '10'),
    ...(text.openedAtMs === undefined ? {} : { openedAt: timestampMs(text.openedAtMs) }),
  };
  const leg: Leg = { position: bare, instrument, mark: reading };
  const valued = { ...bare, openValue: contractValue(text.rules, leg, bare.entryPrice) };
  const position = { ...valued, marginMode: modeOf(text, { ...leg, position: valued }) };
  return { ...leg, position };
}

function modeOf(text: VenuePosition, leg: Leg): Position['marginMode'] {
  if (text.isolated === undefined) return { kind: 'cross' };
  const wallet =
    text.isolated === 'opening' ? openingMarginOf(text.rules, leg) : money(text.isolated);
  return { kind: 'isolated', wallet };
}

function instrumentOf(text: VenuePosition): Instrument {
  const rows = typeof text.tiers === 'string' ? [[WIDE, text.tiers] as const] : text.tiers;
  const contract = contractOf({
    id: 'X',
    kind: text.kind ?? 'linear',
    contractSize: text.contractSize ?? '1',
    tick: text.tick ?? '0.00000001',
    tiers: rows ?? [[WIDE, '0.01']],
    takerFee: text.taker ?? '0',
  });
  const tiers = text.flat === true ? contract.tiers.map(withoutDeduction) : contract.tiers;
  const settled =
    text.settle === undefined ? contract : { ...contract, settle: assetId(text.settle) };
  if (text.growth === undefined) return { ...settled, tiers };
  const [initialBase, maintenanceBase, perCoin] = text.growth;
  const marginGrowth = {
    initialBase: rate(initialBase),
    maintenanceBase: rate(maintenanceBase),
    perCoin: rate(perCoin),
  };
  return { ...settled, tiers, marginGrowth };
}

function withoutDeduction(tier: RiskTier): RiskTier {
  return { ...tier, maintenanceDeduction: NO_MONEY };
}

function assessed(text: VenuePosition, leg: Leg): VenuePool {
  const health = assessAccount(inputOf(text, leg));
  const pool = health.pools.find(({ positions }) => positions.length > 0);
  const found = pool?.positions[0];
  assert(pool !== undefined && found !== undefined, 'a pool with a position');
  return { pool, position: found, leg };
}

function inputOf(text: VenuePosition, leg: Leg): AssessInput {
  const { instrument, position } = leg;
  const order = {
    id: 'order',
    instrumentId: instrument.id,
    positionSide: 'both',
    signedSize: quantity(text.orders ?? '0'),
    price: price('1'),
    reduceOnly: false,
  } as const;
  const scene = {
    wallets: text.cross === undefined ? {} : { [instrument.settle]: text.cross },
    positions: [position],
    orders: text.orders === undefined ? [] : [order],
    instruments: [instrument],
    marks: { [instrument.id]: leg.mark.price.toFixed() },
  };
  const indexPrices = new Map(
    text.index === undefined ? [] : [[instrument.id, price(text.index)] as const],
  );
  return {
    account: accountFrom(scene),
    market: { ...marketFrom(scene), indexPrices },
    rules: text.rules,
  };
}

/** One contract of a pool: on a coin, signed, with its tiers. */
export interface Held {
  readonly base: string;
  readonly size: string;
  readonly tiers?: readonly TierText[];
}
export const HALF_A_PERCENT: readonly TierText[] = [['1000000', '0.005']];

/** A cross pool of these, each opened at a mark of 100, without fees. */
export function poolScene(
  rules: VenueRules,
  wallet: string,
  held: readonly Held[],
  kind: 'linear' | 'inverse' = 'linear',
): Scene {
  const instruments = held.map(({ base, tiers = HALF_A_PERCENT }, index) =>
    contractOf({ id: `${base}${index}`, base, kind, tiers, takerFee: '0' }),
  );
  const asset = kind === 'linear' ? 'USDT' : (held[0]?.base ?? '');
  return {
    rules,
    wallets: { [asset]: wallet },
    instruments,
    positions: held.map(({ size }, index) =>
      positionOf({ on: contractAt(instruments, index), size, entry: '100' }),
    ),
    marks: Object.fromEntries(instruments.map(({ id }) => [id, '100'])),
  };
}

function contractAt(instruments: readonly Instrument[], index: number): Instrument {
  const found = instruments[index];
  assert(found !== undefined, 'an instrument');
  return found;
}
