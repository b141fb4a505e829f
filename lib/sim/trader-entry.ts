/**
 * Turns a trader's wishes into facts: deposits, fills and resting orders on the grid of each contract, with just as much collateral as
 * the wished room asks for. Sized in floats from the tiers; the margin engine alone says where the account then stands.
 */
import { assert } from '../contract.ts';
import { type EngineEvent, type MarkFact } from '../engine/event.ts';
import { type PositionSide } from '../margin/account.ts';
import { SETTLE_ASSET } from '../market/catalogue.ts';
import { type AssetId, assetId, type InstrumentId } from '../units/ids.ts';
import { lots, type MoneyUnits, moneyUnits, ticks } from '../units/scaled.ts';
import {
  type ContractTerms,
  leverageMaxAt,
  maintenanceOf,
  notionalMaxAt,
} from './contract-terms.ts';
import { type Trader } from './trader.ts';

/** Newest accepted or composed mark of each instrument that has one. */
export type Marks = ReadonlyMap<InstrumentId, MarkFact>;

/** A contract that can be traded now. */
export interface Offer {
  readonly terms: ContractTerms;
  readonly markTicks: number;
}

/** One intended position. */
interface Leg {
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
const INITIAL_MARGIN_SHARE = 0.75;
/** Largest gain or loss that a position may bring along, a share of the collateral. */
const ENTRY_PROFIT_SHARE_MAX = 0.2;
const ENTRY_OFFSET_MAX = 0.012;
/** Isolated margin is what leverage asks for; a little more waits beside it. */
const SPARE_CASH_SHARE = 0.05;
/** The second leg of a hedge, a share of the first. */
const HEDGE_SHARE_MIN = 0.2;
const HEDGE_SHARE_SPREAD = 0.4;
const CENT = 1_000_000n;
const CENTS_PER_ONE = 100;
/** 0.0001 of a coin. */
const COIN_GRAIN = 10_000n;
const COIN_GRAINS_PER_ONE = 10_000;

/** Share of traders with a resting order, its distance from the mark and its part of the position. */
const ORDER_SHARE = 0.3;
const ORDER_DISTANCE_MIN = 0.02;
const ORDER_DISTANCE_SPREAD = 0.05;
const ORDER_SIZE_SHARE = 0.15;

/** Up to the next cent: a deposit is never short of its purpose. */
function depositUnits(amount: number): MoneyUnits {
  return moneyUnits(BigInt(Math.max(1, Math.ceil(amount * CENTS_PER_ONE))) * CENT);
}

function notionalOf(offer: Offer, count: number, atTicks = offer.markTicks): number {
  return Math.abs(count) * atTicks * offer.terms.lotTick;
}

function lotsFor(offer: Offer, notional: number): number {
  return Math.max(1, Math.round(notional / (offer.markTicks * offer.terms.lotTick)));
}

/** Room in this coin as a log move. */
function adverseMove(offer: Offer, room: number): number {
  return room * offer.terms.instrument.dailyVolatility;
}

/** Collateral with which a position alone would be liquidated after an adverse log move, taken at its entry. */
function marginFor(offer: Offer, notional: number, adverse: 1 | -1, move: number): number {
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
    const cap = notionalMaxAt(p.offer.terms, leverage);
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

function legsOf(trader: Trader, offers: readonly Offer[]): Leg[] {
  return trader.coins.map((coin, index) => {
    const offer = offers[coin];
    const [side, wish] = [trader.sides[index], trader.notionals[index]];
    assert(
      offer !== undefined && side !== undefined && wish !== undefined,
      'an offer, a side and a size for each coin',
    );
    return legOf({ trader, offer, side, wish, marginKind: marginKindOf(trader, index) });
  });
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

/** Signed gain of a leg at the mark, against its entry. */
function profitOf(leg: Leg): number {
  return leg.lots * (leg.offer.markTicks - leg.entryTicks) * leg.offer.terms.lotTick;
}

/** Gain of a leg from the mark to where its coin has gone against the pool. */
function shockedProfit(leg: Leg, factor: number): number {
  return leg.lots * leg.offer.markTicks * (factor - 1) * leg.offer.terms.lotTick;
}

/** Collateral of a cross pool that just lasts until every coin has gone against it by the wished room. */
function crossMargin(legs: readonly Leg[], room: number): number {
  let margin = 0;
  for (const leg of legs) {
    const factor = Math.exp(leg.adverse * adverseMove(leg.offer, room));
    const notional = notionalOf(leg.offer, leg.lots);
    margin += maintenanceOf(leg.offer.terms, notional * factor) - shockedProfit(leg, factor);
  }
  return margin;
}

/** Some came earlier and brought a gain or a loss along: the entry lies off the mark, within what the collateral bears. */
function withEntryOffset(leg: Leg, margin: number, draw: number): Leg {
  const offset = (2 * draw - 1) * ENTRY_OFFSET_MAX;
  const bearable = (ENTRY_PROFIT_SHARE_MAX * margin) / notionalOf(leg.offer, leg.lots);
  const held = Math.max(-bearable, Math.min(bearable, offset));
  return { ...leg, entryTicks: Math.max(1, Math.round(leg.offer.markTicks * (1 + held))) };
}

function transfer(trader: Trader, asset: AssetId, amount: MoneyUnits): EngineEvent {
  return { kind: 'transfer', accountId: trader.accountId, assetId: asset, amount };
}

const USDC = assetId('USDC');
const BTC = assetId('BTC');
/** How a multi-asset trader spreads collateral: parts of what counts after weights. */
const USDT_PART = 0.45;
const USDC_PART = 0.3;
const USDC_WEIGHT = 0.9999;
const BTC_WEIGHT = 0.95;

function multiAssetDeposits(
  trader: Trader,
  amount: number,
  bitcoin: Offer | undefined,
): EngineEvent[] {
  if (bitcoin === undefined) return [transfer(trader, SETTLE_ASSET, depositUnits(amount))];
  const bitcoinPrice = bitcoin.markTicks * bitcoin.terms.instrument.tickSize.toNumber();
  const coins = ((1 - USDT_PART - USDC_PART) * amount) / (BTC_WEIGHT * bitcoinPrice);
  const grains = BigInt(Math.max(1, Math.ceil(coins * COIN_GRAINS_PER_ONE)));
  return [
    transfer(trader, SETTLE_ASSET, depositUnits(USDT_PART * amount)),
    transfer(trader, USDC, depositUnits((USDC_PART * amount) / USDC_WEIGHT)),
    transfer(trader, BTC, moneyUnits(grains * COIN_GRAIN)),
  ];
}

function fill(trader: Trader, leg: Leg, leverage: number): EngineEvent {
  return {
    kind: 'fill',
    accountId: trader.accountId,
    instrumentId: leg.offer.terms.instrument.id,
    positionSide: leg.positionSide,
    lots: lots(BigInt(leg.lots)),
    priceTicks: ticks(BigInt(leg.entryTicks)),
    leverage,
    marginKind: leg.marginKind,
  };
}

function feeOf(leg: Leg): number {
  return notionalOf(leg.offer, leg.lots, leg.entryTicks) * leg.offer.terms.takerFeeRate;
}

/** An isolated position gets what its leverage asks for: the largest whole leverage that leaves the wished room. */
function isolatedEntry(
  trader: Trader,
  leg: Leg,
): { readonly deposit: number; readonly events: readonly EngineEvent[] } {
  const notional = notionalOf(leg.offer, leg.lots);
  const margin = marginFor(leg.offer, notional, leg.adverse, adverseMove(leg.offer, trader.room));
  const wished = Math.max(1, Math.floor(notional / margin));
  const leverage = Math.min(wished, leverageMaxAt(leg.offer.terms, notional));
  const deposit = (notional / leverage) * (1 + SPARE_CASH_SHARE) + feeOf(leg);
  return { deposit, events: [fill(trader, leg, leverage)] };
}

/** Orders of the patient: a take-profit that can only reduce, or a bid to add further away. */
function ordersOf(trader: Trader, legs: readonly Leg[]): EngineEvent[] {
  const first = legs[0];
  if (first === undefined || trader.temper === 'reckless' || trader.stream.uniform() > ORDER_SHARE)
    return [];
  const reduceOnly = trader.stream.uniform() < 0.5;
  const distance = ORDER_DISTANCE_MIN + ORDER_DISTANCE_SPREAD * trader.stream.uniform();
  const side = Math.sign(first.lots);
  const count = Math.max(1, Math.round(Math.abs(first.lots) * ORDER_SIZE_SHARE));
  const priceTicks = Math.max(
    1,
    Math.round(first.offer.markTicks * (1 + (reduceOnly ? side : -side) * distance)),
  );
  return [
    {
      kind: 'order-placed',
      accountId: trader.accountId,
      orderId: `${trader.accountId}-${trader.visit}`,
      instrumentId: first.offer.terms.instrument.id,
      positionSide: first.positionSide,
      lots: lots(BigInt((reduceOnly ? -side : side) * count)),
      priceTicks: ticks(BigInt(priceTicks)),
      reduceOnly,
    },
  ];
}

/** One leverage for the whole pool: whole, allowed by every tier, and low enough that initial margin fits into the collateral. */
function crossEntry(
  trader: Trader,
  bare: readonly Leg[],
): { readonly deposit: number; readonly events: readonly EngineEvent[] } {
  if (bare.length === 0) return { deposit: 0, events: [] };
  const needed = crossMargin(bare, trader.room);
  const legs = bare.map((leg) =>
    trader.stream.uniform() < 0.5
      ? leg
      : withEntryOffset(leg, needed / bare.length, trader.stream.uniform()),
  );
  const total = legs.reduce((sum, leg) => sum + notionalOf(leg.offer, leg.lots), 0);
  const allowed = Math.min(
    ...legs.map((leg) => leverageMaxAt(leg.offer.terms, notionalOf(leg.offer, leg.lots))),
  );
  const leverage = Math.min(
    allowed,
    Math.max(1, Math.ceil(total / (INITIAL_MARGIN_SHARE * needed))),
  );
  const margin = Math.max(needed, total / (leverage * INITIAL_MARGIN_SHARE));
  const profit = legs.reduce((sum, leg) => sum + profitOf(leg), 0);
  const fees = legs.reduce((sum, leg) => sum + feeOf(leg), 0);
  return {
    deposit: margin - profit + fees,
    events: legs.map((leg) => fill(trader, leg, leverage)),
  };
}

/** Deposits, fills and orders with which a trader starts, or starts again, at the marks of the offers. */
export function entryEvents(trader: Trader, offers: readonly Offer[]): EngineEvent[] {
  const legs = legsOf(trader, offers);
  const main = legs[0];
  if (trader.structure === 'hedge' && main !== undefined) {
    legs.push(hedgeLegOf(main, HEDGE_SHARE_MIN + HEDGE_SHARE_SPREAD * trader.stream.uniform()));
  }
  const isolated = legs
    .filter(({ marginKind }) => marginKind === 'isolated')
    .map((leg) => isolatedEntry(trader, leg));
  const cross = crossEntry(
    trader,
    legs.filter(({ marginKind }) => marginKind === 'cross'),
  );
  const deposit = isolated.reduce((sum, entry) => sum + entry.deposit, cross.deposit);
  const bitcoin = offers.find(({ terms }) => terms.instrument.base === BTC);
  const deposits =
    trader.structure === 'multi-asset'
      ? multiAssetDeposits(trader, deposit, bitcoin)
      : [transfer(trader, SETTLE_ASSET, depositUnits(deposit))];
  return [
    ...deposits,
    ...isolated.flatMap(({ events }) => events),
    ...cross.events,
    ...ordersOf(trader, legs),
  ];
}

/** The account itself, before anything is in it. */
export function openingEvent(trader: Trader): EngineEvent {
  return {
    kind: 'account-opened',
    accountId: trader.accountId,
    label: trader.temper,
    positionMode: trader.structure === 'hedge' ? 'hedge' : 'one-way',
    assetMode: trader.structure === 'multi-asset' ? 'multi' : 'single',
  };
}
