/**
 * How a figure came about (SPEC RC): every step with its operands, in full, rounded, in the order in which it is worked out. The
 * steps are those of the functions that compute the figure, so the last result is the figure, to the last digit.
 */
import { type Market } from './account.ts';
import { excessWorkOf } from './excess-work.ts';
import { absent, known, type Figure, type MarginRatio } from './figures.ts';
import { onMarksOf, valuedPoolOf, type KnownPool } from './health.ts';
import {
  bankruptcyPriceOf,
  bankruptcySearch,
  isBreached,
  liquidationPricesOf,
  liquidationSearch,
  nearerOf,
  priceFound,
  type PoolOnMarks,
  type PriceSearch,
} from './liquidation-price.ts';
import { orderMarginOf } from './order-margin.ts';
import { type Leg, type PoolFacts } from './pool.ts';
import { totalsOf } from './pool-totals.ts';
import { priceSteps } from './receipt-price.ts';
import { balanceSteps, ratioWork } from './receipt-ratio.ts';
import { type ReceiptStep } from './receipt-step.ts';
import { type Position } from './account.ts';
import { type Price } from '../units/money.ts';
import { type VenueRules } from './venues/rules.ts';

export type PriceFigure = 'liquidation-below' | 'liquidation-above' | 'safe-again' | 'bankruptcy';

/** Which figure of a pool a receipt is of. */
export type ReceiptSubject =
  | { readonly figure: 'margin-ratio' }
  | {
      readonly figure: PriceFigure;
      readonly position: Pick<Position, 'instrumentId' | 'positionSide'>;
    };

export type ReceiptResult =
  | { readonly kind: 'ratio'; readonly ratio: MarginRatio }
  | { readonly kind: 'price'; readonly price: Figure<Price> };

export interface ReceiptWork {
  readonly steps: readonly ReceiptStep[];
  readonly result: ReceiptResult;
  readonly unit: string;
}

export interface ReceiptFacts {
  readonly pool: PoolFacts;
  readonly market: Market;
  readonly rules: VenueRules;
}

/** Absent while something that the pool needs is missing. */
export function receiptWorkOf(facts: ReceiptFacts, subject: ReceiptSubject): Figure<ReceiptWork> {
  const { pool, blocking } = valuedPoolOf(facts.pool, facts.market, facts.rules);
  if (pool === undefined) return absent(blocking[0] ?? { kind: 'not-recorded' });
  if (subject.figure === 'margin-ratio') {
    const { steps, ratio } = ratioWork(pool);
    return known({ steps, result: { kind: 'ratio', ratio }, unit: '' });
  }
  const { instrumentId, positionSide } = subject.position;
  const leg = pool.legs.find(
    ({ position }) =>
      position.instrumentId === instrumentId && position.positionSide === positionSide,
  );
  return leg === undefined
    ? absent({ kind: 'not-recorded' })
    : known(priceWork(pool, leg, subject.figure));
}

const NAMES: Readonly<Record<PriceFigure, string>> = {
  'liquidation-below': 'Liquidation price below the mark',
  'liquidation-above': 'Liquidation price above the mark',
  'safe-again': 'Price at which maintenance is covered again',
  bankruptcy: 'Bankruptcy price',
};

function priceWork(pool: KnownPool, leg: Leg, figure: PriceFigure): ReceiptWork {
  const onMarks = onMarksOf(pool, totalsOf(pool), orderMarginOf(pool));
  const price = figureOf(onMarks, leg, figure);
  const result = { kind: 'price', price } as const;
  const unit = leg.instrument.quote;
  const search = searchOf(onMarks, leg, figure);
  const work = search.known ? excessWorkOf(search.value) : undefined;
  if (!search.known || work === undefined) return { steps: balanceSteps(pool), result, unit };
  const exact = priceFound(search.value, leg.mark.price);
  const rounded = figure === 'safe-again' ? 'away' : 'toward';
  const question = {
    name: NAMES[figure],
    leg,
    rules: pool.rules,
    unit: pool.facts.unit,
    rounded,
  } as const;
  const steps = priceSteps(question, work, exact.known ? exact.value : undefined);
  return { steps, result, unit };
}

function figureOf(pool: PoolOnMarks, leg: Leg, figure: PriceFigure): Figure<Price> {
  if (figure === 'bankruptcy') return bankruptcyPriceOf(pool, leg);
  const { below, above, restoredAt } = liquidationPricesOf(pool, leg);
  const prices = {
    'liquidation-below': below,
    'liquidation-above': above,
    'safe-again': restoredAt,
  };
  return prices[figure];
}

/** Absent where there is nothing to search: a pool past its line has no price to wait for, one before it none to come back to. */
function searchOf(pool: PoolOnMarks, leg: Leg, figure: PriceFigure): Figure<PriceSearch> {
  if (figure === 'bankruptcy') return bankruptcySearch(pool, leg);
  const breached = isBreached(pool.status);
  if (figure === 'safe-again') {
    return breached ? known(recoverySearch(pool, leg)) : absent({ kind: 'not-recorded' });
  }
  if (breached) return absent({ kind: 'already-liquidatable' });
  const direction = figure === 'liquidation-below' ? 'down' : 'up';
  return known(liquidationSearch(pool, leg, direction, 'breach'));
}

/** On the nearer side. */
function recoverySearch(pool: PoolOnMarks, leg: Leg): PriceSearch {
  const mark = leg.mark.price;
  const down = liquidationSearch(pool, leg, 'down', 'recovery');
  const up = liquidationSearch(pool, leg, 'up', 'recovery');
  const below = priceFound(down, mark);
  return nearerOf(below, priceFound(up, mark), mark) === below ? down : up;
}
