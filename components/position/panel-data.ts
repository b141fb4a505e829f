/** What the panel says beyond the figures of `assessAccount`, derived with the same rules. Pure. */
import { type AccountView, type PositionView } from '#components/health/pool-view.ts';
import { assessAccount } from '#lib/margin/health.ts';
import {
  absent,
  known,
  mapFigure,
  type Figure,
  type MarginRatio,
  type PositionHealth,
} from '#lib/margin/figures.ts';
import { type Account, type Position } from '#lib/margin/account.ts';
import { marketAt } from '#lib/margin/moved-market.ts';
import { accountAfterFunding, fundingReceivedOf } from '#lib/margin/next-funding.ts';
import { nearestFigureOf, type ReceiptAsk } from '#components/receipt/receipt-ask.ts';
import { legOf, type Leg } from '#lib/margin/pool.ts';
import { stopCheckOf, type StopCheck } from '#lib/margin/stop-check.ts';
import { tierStepsOf } from '#lib/margin/tier-steps.ts';
import { type RiskTier } from '#lib/market/instrument.ts';
import {
  absolute,
  minus,
  rate,
  ratioOf,
  type Money,
  type Price,
  type Rate,
} from '#lib/units/money.ts';

/** One position among the account that it stands in. */
export interface Subject {
  readonly view: AccountView;
  readonly one: PositionView;
}

/** The facts behind the figures: one position by instrument and side. */
export function factsOf({ view, one }: Subject): Position | undefined {
  return view.basis.account.positions.find((facts) => isSame(facts, one.position));
}

type Named = Pick<PositionHealth, 'instrumentId' | 'positionSide'>;

function isSame(a: Named, b: Named): boolean {
  return a.instrumentId === b.instrumentId && a.positionSide === b.positionSide;
}

function legFor(subject: Subject): Figure<Leg> {
  const facts = factsOf(subject);
  return facts === undefined
    ? absent({ kind: 'not-recorded' })
    : legOf(facts, subject.view.basis.market);
}

function positionIn(subject: Subject, account: Account): PositionHealth | undefined {
  const { position } = subject.one;
  const { pools } = assessAccount({ ...subject.view.basis, account });
  const pool = pools.find(({ id }) => id === position.poolId);
  return pool?.positions.find((other) => isSame(other, position));
}

/** From the mark to a price. */
export interface Room {
  readonly price: Price;
  /** Signed. */
  readonly move: Price;
  readonly share: Rate;
}

export function roomTo(at: Figure<Price>, { mark }: PositionHealth): Figure<Room> {
  if (!mark.known) return mark;
  const from = mark.value.price;
  return mapFigure(at, (price): Room => {
    const move = minus(price, from);
    return { price, move, share: ratioOf(absolute(move), from) };
  });
}

/** Of the nearest price; of the one that is safe again where the pool is past its line. */
export function receiptAskOf({ view, one }: Subject): ReceiptAsk {
  const { position } = one;
  return {
    basis: view.basis,
    poolId: position.poolId,
    position,
    figure: nearestFigureOf(position),
  };
}

export interface FundingForecast {
  readonly fundingRate: Rate;
  /** Run time of the next stamp. */
  readonly time: number | undefined;
  /** Received > 0, paid < 0, at the present mark. */
  readonly received: Figure<Money>;
  /** The position as it would be then. */
  readonly after: PositionHealth | undefined;
}

/** Undefined where the contract has no funding, or no rate is known. */
export function fundingForecastOf(subject: Subject): FundingForecast | undefined {
  const { basis } = subject.view;
  const { wire, position } = subject.one;
  if (wire === undefined || wire.fundingRate === null) return undefined;
  const fundingRate = rate(wire.fundingRate);
  const { instrumentId } = position;
  const account = accountAfterFunding({ ...basis, instrumentId, fundingRate });
  return {
    fundingRate,
    time: wire.nextFundingTime ?? undefined,
    received: mapFigure(legFor(subject), (leg) => fundingReceivedOf(leg, basis.rules, fundingRate)),
    after: account.known ? positionIn(subject, account.value) : undefined,
  };
}

export interface TierLine {
  readonly tier: RiskTier;
  readonly isNow: boolean;
  /** Price at which the position reaches the lower end of this tier; undefined for the first. */
  readonly from: Price | undefined;
  /** Of the pool: now, or with the mark at `from` and what moves with it there too. */
  readonly ratio: Figure<MarginRatio>;
}

/** The tier in force and the next one. */
export function tierLinesOf(subject: Subject): readonly TierLine[] {
  const { position, instrument, pool } = subject.one;
  if (!position.tier.known || instrument === undefined) return [];
  const now = position.tier.value.tier;
  const steps = tierStepsOf(instrument, position.signedSize);
  return instrument.tiers
    .filter(({ tier }) => tier === now || tier === now + 1)
    .map((tier) => {
      const isNow = tier.tier === now;
      const from = steps.find((step) => step.tier === tier)?.from;
      const there = isNow || from === undefined ? pool.health.marginRatio : ratioAt(subject, from);
      return { tier, isNow, from, ratio: there };
    });
}

function ratioAt({ view, one }: Subject, at: Price): Figure<MarginRatio> {
  const { account, market, rules } = view.basis;
  const { instrumentId, poolId } = one.position;
  const moved = marketAt(market, rules, { instrumentId, price: at });
  const { pools } = assessAccount({ account, rules, market: moved });
  return pools.find(({ id }) => id === poolId)?.marginRatio ?? absent({ kind: 'not-recorded' });
}

/** Prices at which the tier changes next, by a rise and by a fall. */
export function nextTierPricesOf({ one }: Subject): readonly { tier: number; price: Price }[] {
  const { position, instrument } = one;
  if (!position.tier.known || instrument === undefined) return [];
  const now = position.tier.value.tier;
  return tierStepsOf(instrument, position.signedSize)
    .filter(({ tier }) => tier.tier === now || tier.tier === now + 1)
    .map(({ tier, from }) => ({ tier: tier.tier === now ? now - 1 : tier.tier, price: from }));
}

export function checkStop({ view, one }: Subject, stop: Price): Figure<StopCheck> {
  const checked = stopCheckOf({ ...view.basis, position: one.position, stop });
  if (checked !== undefined) return known(checked);
  return one.position.mark.known ? absent({ kind: 'not-recorded' }) : one.position.mark;
}
