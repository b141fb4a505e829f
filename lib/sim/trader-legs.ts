/** What a trader wants as positions on the grid: sizes that the tiers allow, sides, margin modes, and the collateral they take. */
import { assert } from '../contract.ts';
import { type PositionSide } from '../margin/account.ts';
import {
  type ContractTerms,
  leverageMaxAt,
  maintenanceOf,
  notionalMaxAt,
} from './contract-terms.ts';
import { type Trader } from './trader.ts';

/** A contract that can be traded now. */
export interface Offer {
  readonly terms: ContractTerms;
  readonly markTicks: number;
}

/** One intended position. */
export interface Leg {
  readonly offer: Offer;
  readonly positionSide: PositionSide;
  readonly marginKind: 'cross' | 'isolated';
  /** Signed. */
  readonly lots: number;
  readonly entryTicks: number;
  /** Way in which the price would have to go to hurt: -1 down, +1 up. */
  readonly adverse: 1 | -1;
}

/** Share of the collateral that initial margin may take; the rest is left for losses already made and resting orders. */
export const INITIAL_MARGIN_SHARE = 0.75;
/** Largest gain or loss that a position may bring along, a share of the collateral. */
const ENTRY_PROFIT_SHARE_MAX = 0.2;
const ENTRY_OFFSET_MAX = 0.012;
/** A size keeps this much of its tier, so that an entry above the mark still lies in it. */
const CAP_SHARE = 0.97;
/** The second leg of a hedge, a share of the first. */
const HEDGE_SHARE_MIN = 0.2;
const HEDGE_SHARE_SPREAD = 0.4;

export function notionalOf(offer: Offer, count: number, atTicks = offer.markTicks): number {
  return Math.abs(count) * atTicks * offer.terms.lotTick;
}

function lotsFor(offer: Offer, notional: number): number {
  return Math.max(1, Math.floor(notional / (offer.markTicks * offer.terms.lotTick)));
}

/** Room in this coin as a log move. */
export function adverseMove(offer: Offer, room: number): number {
  return room * offer.terms.instrument.dailyVolatility;
}

/** Collateral with which a position alone would be liquidated after an adverse log move, taken at its entry. */
export function marginFor(offer: Offer, notional: number, adverse: 1 | -1, move: number): number {
  const factor = Math.exp(adverse * move);
  return notional * Math.abs(factor - 1) + maintenanceOf(offer.terms, notional * factor);
}

/** Shrinks a wish until the tiers allow the leverage that the wished room implies. */
function allowedNotional(p: {
  offer: Offer;
  wish: number;
  adverse: 1 | -1;
  move: number;
  share: number;
}): number {
  let notional = p.wish;
  for (let turn = 0; turn < p.offer.terms.tiers.length; turn += 1) {
    const leverage = notional / (p.share * marginFor(p.offer, notional, p.adverse, p.move));
    if (leverage <= leverageMaxAt(p.offer.terms, notional)) return notional;
    const cap = CAP_SHARE * notionalMaxAt(p.offer.terms, leverage);
    notional = cap > 0 && cap < notional ? cap : notional / 2;
  }
  return notional;
}

function legOf(p: {
  trader: Trader;
  offer: Offer;
  side: 1 | -1;
  wish: number;
  marginKind: 'cross' | 'isolated';
}): Leg {
  const { trader, offer, side, marginKind } = p;
  const adverse = side === 1 ? -1 : 1;
  const share = marginKind === 'cross' ? INITIAL_MARGIN_SHARE : 1;
  const move = adverseMove(offer, trader.room);
  const notional = allowedNotional({ offer, wish: p.wish, adverse, move, share });
  const positionSide = trader.structure !== 'hedge' ? 'both' : side === 1 ? 'long' : 'short';
  return {
    offer,
    positionSide,
    marginKind,
    lots: side * lotsFor(offer, notional),
    entryTicks: offer.markTicks,
    adverse,
  };
}

function marginKindOf(trader: Trader, index: number): 'cross' | 'isolated' {
  if (trader.structure === 'isolated') return 'isolated';
  return trader.structure === 'mixed' && index === 0 ? 'isolated' : 'cross';
}

/** The other leg of a hedge: part of the first, the other way, hurt by the same move as the net. */
function hedgeLegOf(leg: Leg, share: number): Leg {
  const count = Math.max(1, Math.round(Math.abs(leg.lots) * share));
  return {
    ...leg,
    positionSide: leg.positionSide === 'long' ? 'short' : 'long',
    lots: -Math.sign(leg.lots) * count,
  };
}

/** Positions that a trader wants, on the offers. */
export function legsOf(trader: Trader, offers: readonly Offer[]): readonly Leg[] {
  const legs = trader.coins.map((coin, index) => {
    const offer = offers[coin];
    const [side, wish] = [trader.sides[index], trader.notionals[index]];
    assert(
      offer !== undefined && side !== undefined && wish !== undefined,
      'an offer, a side and a size for each coin',
    );
    return legOf({ trader, offer, side, wish, marginKind: marginKindOf(trader, index) });
  });
  const main = legs[0];
  if (trader.structure !== 'hedge' || main === undefined) return legs;
  const share = HEDGE_SHARE_MIN + HEDGE_SHARE_SPREAD * trader.stream.uniform();
  return [...legs, hedgeLegOf(main, share)];
}

/** Signed gain of a leg at the mark, against its entry. */
export function profitOf(leg: Leg): number {
  return leg.lots * (leg.offer.markTicks - leg.entryTicks) * leg.offer.terms.lotTick;
}

/** Gain of a leg from the mark to where its coin has gone against the pool. */
function shockedProfit(leg: Leg, factor: number): number {
  return leg.lots * leg.offer.markTicks * (factor - 1) * leg.offer.terms.lotTick;
}

/** Collateral of a cross pool that just lasts until every coin has gone against it by the wished room. */
export function crossMargin(legs: readonly Leg[], room: number): number {
  let margin = 0;
  for (const leg of legs) {
    const factor = Math.exp(leg.adverse * adverseMove(leg.offer, room));
    const notional = notionalOf(leg.offer, leg.lots);
    margin += maintenanceOf(leg.offer.terms, notional * factor) - shockedProfit(leg, factor);
  }
  return margin;
}

/** Some came earlier and brought a gain or a loss along: the entry lies off the mark, within what the collateral bears. */
export function withEntryOffset(leg: Leg, margin: number, draw: number): Leg {
  const offset = (2 * draw - 1) * ENTRY_OFFSET_MAX;
  const bearable = (ENTRY_PROFIT_SHARE_MAX * margin) / notionalOf(leg.offer, leg.lots);
  const held = Math.max(-bearable, Math.min(bearable, offset));
  return { ...leg, entryTicks: Math.max(1, Math.round(leg.offer.markTicks * (1 + held))) };
}
