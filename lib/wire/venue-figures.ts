/** Figures of one position of a recorded case, by what they are; the venue's words for them are the case's. */
import { assert, AssertionError } from '../contract.ts';
import { type Leg } from '../margin/pool.ts';
import {
  absent,
  known,
  mapFigure,
  type Figure,
  type PoolHealth,
  type PositionHealth,
} from '../margin/figures.ts';
import { assessAccount } from '../margin/health.ts';
import { contractValue, openingMarginOf } from '../margin/requirement.ts';
import { returnOnEquityOf, roundMoney } from '../margin/valuation.ts';
import { type VenueRules } from '../margin/venues/rules.ts';
import { type Decimal, ONE } from '../units/decimal.ts';
import { absolute, minus, money } from '../units/money.ts';
import { type CaseAccount } from './case-account.ts';
import { factsOfCase, type CaseFacts } from './case-facts.ts';
import { figureText, ratioText, type FigureText } from './figure-text.ts';
import { printedLiquidation } from './venue-differences.ts';

export type CaseFigure =
  | 'value'
  | 'value-at-mark'
  | 'cost'
  | 'coins'
  | 'pnl'
  | 'session-pnl'
  | 'initial'
  | 'initial-at-entry'
  | 'opening-margin'
  | 'maintenance'
  | 'maintenance-without-fee'
  | 'fee'
  | 'equity'
  | 'ratio'
  | 'price'
  | 'bankruptcy'
  | 'return'
  | 'effective-leverage'
  | 'rate'
  | 'average-rate'
  | 'deduction';

export interface Printing {
  readonly ratioShown: 'required-over-available' | 'available-over-required';
}

interface Answer {
  readonly facts: CaseFacts;
  readonly leg: Leg;
  readonly position: PositionHealth;
  readonly pool: PoolHealth;
}

/** A promise that the case's facts broke is an absent figure, never a throw. */
export function positionFigureOf(
  figure: CaseFigure,
  account: CaseAccount,
  rules: VenueRules,
  printing: Printing,
): FigureText {
  return refusalOr(() => {
    const answer = answerOf(account, rules);
    return figure === 'ratio'
      ? shownRatio(answer.pool, printing)
      : figureText(figureOf(figure, answer));
  });
}

/** Of the pool of all positions. */
export function poolFigureOf(
  figure: CaseFigure,
  account: CaseAccount,
  rules: VenueRules,
  printing: Printing,
): FigureText {
  return refusalOr(() => {
    const { pool } = answerOf(account, rules);
    return figure === 'ratio' ? shownRatio(pool, printing) : figureText(ofPool(figure, pool));
  });
}

function ofPool(figure: CaseFigure, pool: PoolHealth): Figure<Decimal> {
  const figures: Partial<Record<CaseFigure, Figure<Decimal>>> = {
    pnl: pool.unrealizedPnl,
    initial: pool.initialMargin,
    maintenance: pool.maintenanceMargin,
    equity: pool.marginBalance,
    'effective-leverage': pool.effectiveLeverage,
  };
  return figures[figure] ?? NONE;
}

function refusalOr(answer: () => FigureText): FigureText {
  try {
    return answer();
  } catch (error) {
    if (error instanceof AssertionError) return { absent: 'refused', why: error.message };
    throw error;
  }
}

function answerOf(account: CaseAccount, rules: VenueRules): Answer {
  const facts = factsOfCase(account, rules);
  const health = assessAccount(facts);
  const name = facts.legNames[0];
  const pool = health.pools.find(({ positions }) =>
    positions.some(({ instrumentId }) => instrumentId === name),
  );
  const position = pool?.positions.find(({ instrumentId }) => instrumentId === name);
  const held = facts.account.positions.find(({ instrumentId }) => instrumentId === name);
  const instrument = name === undefined ? undefined : facts.market.instruments.get(name);
  const mark = name === undefined ? undefined : facts.market.marks.get(name);
  assert(pool !== undefined && position !== undefined, 'the case has a position');
  assert(held !== undefined && instrument !== undefined && mark !== undefined, 'and its facts');
  return { facts, leg: { position: held, instrument, mark }, position, pool };
}

function figureOf(figure: Exclude<CaseFigure, 'ratio'>, answer: Answer): Figure<Decimal> {
  const { position, pool, leg } = answer;
  switch (figure) {
    case 'value':
      return valueOf(answer);
    case 'value-at-mark':
      return known(contractValue(answer.facts.rules, leg, leg.mark.price));
    case 'cost':
      return known(leg.position.openValue);
    case 'coins':
      return leg.instrument.kind === 'linear'
        ? known(leg.position.signedSize.abs())
        : position.notional;
    case 'pnl':
    case 'session-pnl':
      return position.unrealizedPnl;
    case 'initial':
      return position.initialMargin;
    case 'initial-at-entry':
      return known(money(absolute(leg.position.openValue).div(leg.position.leverage)));
    case 'opening-margin':
      return known(givenMarginOf(answer));
    case 'maintenance':
      return position.maintenanceMargin;
    case 'maintenance-without-fee':
      return withoutFee(position);
    case 'rate':
      return mapFigure(position.tier, (tier) => tier.maintenanceMarginRate);
    case 'average-rate':
      return averageRateOf(position);
    case 'deduction':
      return mapFigure(position.tier, (tier) => tier.maintenanceDeduction);
    case 'fee':
      return position.closingFee ?? NONE;
    case 'equity':
      return pool.marginBalance;
    case 'effective-leverage':
      return pool.effectiveLeverage;
    case 'price':
      return printedPriceOf(answer);
    case 'bankruptcy':
      return position.bankruptcyPrice();
    case 'return':
      return returnOf(answer);
  }
}

/**
 * Where rates grow with the coins held (Deribit), those of an inverse position end it on the side where it gains too, far from
 * the mark; the venue prints the price where it loses alone (cex.md 5.4).
 */
function printedPriceOf({ facts, leg, position }: Answer): Figure<Decimal> {
  if (facts.hedgeCancels) return absent({ kind: 'price-cancels' });
  const grows = facts.rules.terms?.[position.marginKind].tierKey === 'coins';
  const { below, above, nearest } = position.liquidation();
  if (!grows || !nearest.known) return printedLiquidation(position);
  return leg.position.signedSize.isNegative() ? above : below;
}

const NONE = absent({ kind: 'not-recorded' });

function returnOf({ position, leg }: Answer): Figure<Decimal> {
  return position.unrealizedPnl.known
    ? returnOnEquityOf(leg, position.unrealizedPnl.value)
    : position.unrealizedPnl;
}

/** The value that the venue's rates apply to. */
function valueOf(answer: Answer): Figure<Decimal> {
  const terms = answer.facts.rules.terms?.[answer.position.marginKind];
  return terms?.initialAt === 'entry' ? costOf(answer) : answer.position.notional;
}

function costOf({ leg, facts }: Answer): Figure<Decimal> {
  const { notional, decimals } = facts.rules.rounding;
  return known(roundMoney(absolute(leg.position.openValue), notional, decimals));
}

function withoutFee(position: PositionHealth): Figure<Decimal> {
  const { maintenanceMargin, closingFee } = position;
  if (closingFee === undefined || !closingFee.known) return maintenanceMargin;
  return mapFigure(maintenanceMargin, (whole) => minus(whole, closingFee.value));
}

/** Maintenance without its fee as a share of the value: what a progressive table asks for on average. */
function averageRateOf(position: PositionHealth): Figure<Decimal> {
  const { notional } = position;
  if (!notional.known || notional.value.isZero()) return NONE;
  return mapFigure(withoutFee(position), (asked) => asked.div(notional.value));
}

/** Margin that an isolated position has been given, or that opening it takes. */
function givenMarginOf({ facts, leg }: Answer): Decimal {
  const mode = leg.position.marginMode;
  return mode.kind === 'isolated' ? mode.wallet : openingMarginOf(facts.rules, leg);
}

function shownRatio(pool: PoolHealth, { ratioShown }: Printing): FigureText {
  const ratio = pool.marginRatio;
  const turns = ratioShown === 'available-over-required' && ratio.known;
  if (!turns || ratio.value.kind !== 'ratio') return ratioText(ratio);
  const { value } = ratio.value;
  return value.isZero()
    ? { absent: 'no-requirement', why: 'nothing is required' }
    : figureText(known(ONE.div(value)));
}
