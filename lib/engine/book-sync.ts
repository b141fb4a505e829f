/** The engine's facts in the columns of lib/book: marks, volatilities, levels, and each pool's positions and wallets. */
import { assert } from '../contract.ts';
import {
  addLevels,
  listInstrument,
  mark,
  priceAsset,
  setVolatility,
  type Book,
} from '../book/book.ts';
import {
  type DistanceLevels,
  type EnterLeave,
  type LevelDefinition,
  type ThreeLevels,
} from '../book/level-columns.ts';
import { coinCodeOf } from '../book/market-columns.ts';
import { type PoolRecord } from '../book/pool-columns.ts';
import { type Market } from '../margin/account.ts';
import { type PoolFacts } from '../margin/pool.ts';
import { lots, moneyToUnits, NO_UNITS, stepsOf } from '../units/scaled.ts';

import { type Volatilities } from './distance-reading.ts';
import { PROBABILITY_LEVELS, type Alarm, type MeasureLevels, type PoolLevels } from './levels.ts';

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

/** Facts of a pool in codes of the book. */
export function recordOfPool(book: Book, facts: PoolFacts, market: Market): PoolRecord {
  const multi = facts.scope.kind === 'multi-asset';
  const wallets = [...facts.wallets].map(([asset, amount]) => ({
    coin: coinCodeOf(book.market, asset),
    amount: moneyToUnits(amount, 'exact'),
  }));
  const unit = { coin: coinCodeOf(book.market, facts.unit), amount: NO_UNITS };
  return {
    multi,
    positions: facts.positions.map((position) => {
      const instrument = market.instruments.get(position.instrumentId);
      assert(instrument !== undefined, 'a run knows every contract that it holds');
      return {
        instrument: book.market.codes.get(instrument.id) ?? 0,
        lots: lots(stepsOf(position.signedSize, instrument.lotSize)),
        openValue: moneyToUnits(position.openValue, 'exact'),
      };
    }),
    wallets: multi || wallets.length > 0 ? wallets : [unit],
  };
}

const numbers = new WeakMap<Book, Map<string, number>>();

/** The number of these levels in the book: the same for equal ones. */
export function levelsNumber(book: Book, levels: PoolLevels): number {
  const known = numbers.get(book) ?? new Map<string, number>();
  numbers.set(book, known);
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
