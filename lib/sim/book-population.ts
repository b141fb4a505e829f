/** Accounts of a venue for a book of any size: cross and isolated, linear and inverse, one asset and several, hedged, empty, and huge. Seeded. */
import { assert } from '../contract.ts';
import { enter, type Book } from '../book/book.ts';
import { type PoolPosition, type PoolRecord } from '../book/pool-columns.ts';
import { gridOf, gridValue } from '../market/grid.ts';
import { lots, moneyUnits, NO_UNITS, ticks, type MoneyUnits } from '../units/scaled.ts';
import { type BookMarket, type MarketMood } from './book-market.ts';
import { createPassingStream, type RandomStream } from './random.ts';

/** Positions of an account on average; one in so many accounts is a desk with `DESK_POSITIONS`. */
const POSITIONS_MEAN = 5;
const DESK_EVERY = 100_000;
const DESK_POSITIONS = 500;
/** Equity is what the chosen leverage makes of the notional, and that is e to the power of a normal. */
const MEDIAN_LEVERAGE: Readonly<Record<MarketMood, number>> = { calm: 2.5, crash: 4 };
const LEVERAGE_SPREAD = 0.6;
const LEVERAGE_MAX = 25;
const MEDIAN_USD = 3_000;
const USD_SPREAD = 1.5;
/** Shares of what there is. */
const ISOLATED = 0.2;
const MULTI = 0.1;
const HEDGED = 0.05;
const LONG = 0.6;

export interface Population {
  readonly accounts: number;
  readonly pools: number;
  readonly positions: number;
}

interface Maker {
  readonly book: Book;
  readonly market: BookMarket;
  readonly random: RandomStream;
  readonly mood: MarketMood;
  readonly levels: number;
  /** Coin code of the linear contracts' settle asset. */
  readonly dollar: number;
  /** Told of each account's pools, in the order of slots: what keeps who owns them. */
  readonly onPool: (slot: number, account: number) => void;
  pools: number;
  positions: number;
}

/** Fills a book whose contracts are those of the market, in the same order. */
export function populate(
  p: Omit<Maker, 'random' | 'pools' | 'positions'> & {
    readonly seed: string;
    readonly accounts: number;
  },
): Population {
  const random = createPassingStream({ seed: p.seed, asset: 'book', purpose: 'population' });
  const maker: Maker = { ...p, random, pools: 0, positions: 0 };
  for (let account = 0; account < p.accounts; account += 1) addAccount(maker, account);
  return { accounts: p.accounts, pools: maker.pools, positions: maker.positions };
}

function addAccount(maker: Maker, account: number): void {
  const { random } = maker;
  const count =
    account % DESK_EVERY === DESK_EVERY - 1
      ? DESK_POSITIONS
      : Math.floor(random.exponential() * (POSITIONS_MEAN - 0.5) + random.uniform());
  const multi = random.uniform() < MULTI;
  const cross: PoolPosition[] = [];
  for (let number = 0; number < count; number += 1) {
    const position = drawPosition(maker);
    if (random.uniform() < HEDGED) cross.push(opposite(position));
    if (random.uniform() < ISOLATED) addPool(maker, account, false, [position]);
    else cross.push(position);
  }
  if (multi && cross.length > 0) addPool(maker, account, true, cross);
  else addBySettle(maker, account, cross);
}

function opposite({ instrument, lots: count, openValue }: PoolPosition): PoolPosition {
  return { instrument, lots: lots(-count), openValue: moneyUnits(-openValue) };
}

/** The first contracts have most of the positions. */
function drawPosition({ random, market }: Maker): PoolPosition {
  const instrument = Math.floor(random.uniform() ** 3 * market.instruments.length);
  const contract = market.instruments[instrument];
  assert(contract !== undefined, 'the market has contracts');
  const at = ticks(BigInt(market.firstTicks[instrument] ?? 1));
  const usd = MEDIAN_USD * Math.exp(USD_SPREAD * random.normal());
  const lotUsd =
    contract.kind === 'inverse'
      ? contract.contractSize.toNumber()
      : contract.lotSize.toNumber() * contract.tickSize.toNumber() * Number(at);
  const count = BigInt(Math.max(1, Math.round(usd / lotUsd)));
  const signed = lots(random.uniform() < LONG ? count : -count);
  return { instrument, lots: signed, openValue: gridValue(gridOf(contract), signed, at) };
}

function addBySettle(maker: Maker, account: number, positions: readonly PoolPosition[]): void {
  const { market } = maker.book;
  const assets = new Set(positions.map(({ instrument }) => market.settle[instrument] ?? 0));
  for (const asset of assets)
    addPool(
      maker,
      account,
      false,
      positions.filter(({ instrument }) => market.settle[instrument] === asset),
    );
}

function addPool(
  maker: Maker,
  account: number,
  multi: boolean,
  positions: readonly PoolPosition[],
): void {
  const { book, random } = maker;
  const chosen = MEDIAN_LEVERAGE[maker.mood] * Math.exp(LEVERAGE_SPREAD * random.normal());
  const leverage = Math.min(LEVERAGE_MAX, chosen);
  const record: PoolRecord = {
    multi,
    positions,
    wallets: walletsOf(maker, multi, positions, leverage),
  };
  const slot = enter(book, record, { state: 0, levels: maker.levels });
  assert(slot.ok, 'what is made fits');
  maker.pools += 1;
  maker.positions += positions.length;
  maker.onPool(slot.value, account);
}

/** One asset: what the leverage asks for. Several: dollars for most of it, and the base of the first position for the rest. */
function walletsOf(
  { book, dollar, random }: Maker,
  multi: boolean,
  positions: readonly PoolPosition[],
  leverage: number,
): PoolRecord['wallets'] {
  const { market } = book;
  const first = positions[0]?.instrument ?? 0;
  if (!multi) return [{ coin: market.settle[first] ?? 0, amount: backing(positions, leverage) }];
  const usd = positions.reduce((sum, position) => {
    const settle = market.settle[position.instrument] ?? 0;
    const worth = Math.abs(Number(position.openValue)) * (market.usd[settle] ?? 1);
    return sum + worth / leverage;
  }, 0);
  const base = market.base[first] ?? 0;
  const worth = market.usd[base] ?? Number.NaN;
  const share = random.uniform() / 2;
  const coins = worth > 0 ? (usd * share) / worth : 0;
  const others = new Set(positions.map((position) => market.settle[position.instrument] ?? 0));
  others.delete(dollar);
  others.delete(base);
  return [
    { coin: dollar, amount: moneyUnits(BigInt(Math.round(usd * (1 - share)))) },
    { coin: base, amount: moneyUnits(BigInt(Math.round(coins))) },
    ...[...others].map((coin) => ({ coin, amount: NO_UNITS })),
  ];
}

function backing(positions: readonly PoolPosition[], leverage: number): MoneyUnits {
  const gross = positions.reduce((sum, { openValue }) => sum + Math.abs(Number(openValue)), 0);
  return moneyUnits(BigInt(Math.round(gross / leverage)));
}
