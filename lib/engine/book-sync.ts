/** The engine's facts in the columns of lib/book: marks, volatilities, levels, and each pool's positions and wallets. */
import { assert } from '../contract.ts';
import { mark, type Book } from '../book/book.ts';
import {
  type DistanceLevels,
  type EnterLeave,
  type LevelDefinition,
  type ThreeLevels,
} from '../book/level-columns.ts';
import { coinCodeOf } from '../book/market-columns.ts';
import { addLevels, listInstrument, priceAsset, setVolatility } from '../book/market-terms.ts';
import { type PoolRecord } from '../book/pool-columns.ts';
import { type Market } from '../margin/account.ts';
import { poolSuffixOf, type PoolScope } from '../margin/pool.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AssetId } from '../units/ids.ts';
import { NO_UNITS, stepsOf, type MoneyUnits } from '../units/scaled.ts';

import { type Volatilities } from './distance-reading.ts';
import { PROBABILITY_LEVELS, type Alarm, type MeasureLevels, type PoolLevels } from './levels.ts';
import { type LedgerAccount, type LedgerPosition } from './state.ts';

/** Marks that are stale are no prices: who rests on one is named at every step. */
export function syncMarket(book: Book, market: Market, { daily, wildest }: Volatilities): void {
  for (const instrument of market.instruments.values()) {
    const code = book.market.codes.get(instrument.id);
    if (code === undefined || book.market.instruments[code] !== instrument) {
      const listed = listInstrument(book, instrument);
      assert(listed.ok, 'the columns take every contract of a run');
    }
    const { id, base, tickSize } = instrument;
    const at = market.marks.get(id);
    const isKnown = at !== undefined && at.status !== 'stale';
    const count = isKnown ? Number(stepsOf(at.price, tickSize)) : Number.NaN;
    mark(book, book.market.codes.get(id) ?? 0, count);
    setVolatility(book, coinCodeOf(book.market, base), {
      daily: daily.get(base) ?? Number.NaN,
      wildest: wildest.get(base) ?? Number.NaN,
    });
  }
  for (const [asset, price] of market.assetPrices)
    priceAsset(book, asset, price.staleMark === undefined ? price : undefined);
}

/** One pool of an account in codes of the book. */
interface NamedRecord {
  /** What comes after the account's name in the pool's. */
  readonly kind: string;
  readonly record: PoolRecord;
  /** The coins that it has contracts on. */
  readonly bases: ReadonlySet<AssetId>;
}

/** An account's pools that hold positions, in the order of `poolsOf`, straight from the ledger's integers. */
export function recordsOf(
  book: Book,
  account: LedgerAccount,
  market: Market,
): readonly NamedRecord[] {
  const positions = [...account.positions.values()];
  const cross = positions.filter(({ marginKind }) => marginKind === 'cross');
  const own = positions.filter(({ marginKind }) => marginKind === 'isolated');
  const isolated = own.map((position) => {
    const { instrumentId, positionSide, isolatedWallet } = position;
    const unit = contractOf(market, position).settle;
    const wallets: Wallets = [[unit, isolatedWallet]];
    const scope = { kind: 'isolated', instrumentId, positionSide } as const;
    return recordOf(book, market, { scope, positions: [position], wallets });
  });
  return [...crossRecords(book, market, account, cross), ...isolated];
}

type Wallets = readonly (readonly [asset: AssetId, amount: MoneyUnits])[];

function crossRecords(
  book: Book,
  market: Market,
  { assetMode, wallets }: LedgerAccount,
  cross: readonly LedgerPosition[],
): readonly NamedRecord[] {
  if (cross.length === 0) return [];
  if (assetMode === 'multi') {
    const scope = { kind: 'multi-asset' } as const;
    return [recordOf(book, market, { scope, positions: cross, wallets: [...wallets] })];
  }
  const settles = cross.map((position) => contractOf(market, position).settle);
  return [...new Set([...wallets.keys(), ...settles])].flatMap((asset) => {
    const positions = cross.filter((_, place) => settles[place] === asset);
    if (positions.length === 0) return [];
    const scope = { kind: 'cross', asset } as const;
    const wallet: Wallets = [[asset, wallets.get(asset) ?? NO_UNITS]];
    return [recordOf(book, market, { scope, positions, wallets: wallet })];
  });
}

function recordOf(
  book: Book,
  market: Market,
  p: {
    readonly scope: PoolScope;
    readonly positions: readonly LedgerPosition[];
    readonly wallets: Wallets;
  },
): NamedRecord {
  return {
    kind: poolSuffixOf(p.scope),
    record: {
      multi: p.scope.kind === 'multi-asset',
      positions: p.positions.map(({ instrumentId, lots, openValue }) => ({
        instrument: book.market.codes.get(instrumentId) ?? 0,
        lots,
        openValue,
      })),
      wallets: p.wallets.map(([asset, amount]) => ({
        coin: coinCodeOf(book.market, asset),
        amount,
      })),
    },
    bases: new Set(p.positions.map((position) => contractOf(market, position).base)),
  };
}

function contractOf(market: Market, { instrumentId }: LedgerPosition): Instrument {
  const instrument = market.instruments.get(instrumentId);
  assert(instrument !== undefined, 'a run knows every contract that it holds');
  return instrument;
}

interface Numbers {
  readonly byLevels: WeakMap<PoolLevels, number>;
  readonly byText: Map<string, number>;
}
const numbers = new WeakMap<Book, Numbers>();

/** The number of these levels in the book: the same for equal ones. */
export function levelsNumber(book: Book, levels: PoolLevels): number {
  const known = numbers.get(book) ?? { byLevels: new WeakMap(), byText: new Map() };
  numbers.set(book, known);
  const number = known.byLevels.get(levels) ?? numberByText(book, known.byText, levels);
  known.byLevels.set(levels, number);
  return number;
}

function numberByText(book: Book, known: Map<string, number>, levels: PoolLevels): number {
  const definition = definitionOf(levels);
  const key = JSON.stringify([definition, [...definition.byCoin]]);
  const number = known.get(key) ?? addLevels(book, definition);
  known.set(key, number);
  return number;
}

function definitionOf({
  byCoin,
  distance,
  ratio,
  ratioFromPositions,
}: PoolLevels): LevelDefinition {
  const likely = PROBABILITY_LEVELS.levels.find(({ state }) => state === 'critical');
  assert(likely !== undefined, 'the probability has a level for critical');
  return {
    byCoin: new Map([...byCoin].map(([base, of]) => [base, distanceLevels(of)])),
    distance: distanceLevels(distance),
    ratio: enterLeave(ratio),
    ratioFromPositions,
    likely,
  };
}

function distanceLevels(of: MeasureLevels): DistanceLevels {
  return { measure: of.measure === 'percent' ? 'share' : 'z', ...enterLeave(of) };
}

function enterLeave({ levels }: MeasureLevels): EnterLeave {
  const three = (side: 'enter' | 'leave'): ThreeLevels => {
    const of = (alarm: Alarm): number =>
      levels.find(({ state }) => state === alarm)?.[side] ?? Number.NaN;
    return [of('watch'), of('warning'), of('critical')];
  };
  return { enter: three('enter'), leave: three('leave') };
}
