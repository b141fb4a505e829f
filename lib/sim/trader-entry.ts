/**
 * Turns a trader's wishes into facts: deposits, fills and resting orders on the grid of each contract, with just as much collateral as
 * the wished room asks for. Sized in floats from the tiers; the margin engine alone says where the account then stands.
 */
import { assert } from '../contract.ts';
import { type TraderEvent, type MarkFact } from '../engine/event.ts';
import { COLLATERAL_WEIGHTS, SETTLE_ASSET } from '../market/catalogue.ts';
import { type AssetId, assetId, type InstrumentId } from '../units/ids.ts';
import { lots, type MoneyUnits, moneyUnits, ticks } from '../units/scaled.ts';
import { leverageMaxAt } from './contract-terms.ts';
import {
  adverseMove,
  crossMargin,
  INITIAL_MARGIN_SHARE,
  type Leg,
  legsOf,
  marginFor,
  notionalOf,
  type Offer,
  profitOf,
  withEntryOffset,
} from './trader-legs.ts';
import { type Trader } from './trader.ts';

/** Newest accepted or composed mark of each instrument that has one. */
export type Marks = ReadonlyMap<InstrumentId, MarkFact>;

/** Isolated margin is what leverage asks for; a little more waits beside it. */
const SPARE_CASH_SHARE = 0.05;
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

function transfer(trader: Trader, asset: AssetId, amount: MoneyUnits): TraderEvent {
  return { kind: 'transfer', accountId: trader.accountId, assetId: asset, amount };
}

const USDC = assetId('USDC');
const BTC = assetId('BTC');
/** How a multi-asset trader spreads collateral: parts of what counts after weights. */
const USDT_PART = 0.45;
const USDC_PART = 0.3;

function weightOf(asset: AssetId): number {
  const found = COLLATERAL_WEIGHTS.find((one) => one.asset === asset);
  assert(found !== undefined, `${asset} is collateral of the house`);
  return found.collateralWeight.toNumber();
}

function multiAssetDeposits(
  trader: Trader,
  amount: number,
  bitcoin: Offer | undefined,
): TraderEvent[] {
  if (bitcoin === undefined) return [transfer(trader, SETTLE_ASSET, depositUnits(amount))];
  const bitcoinPrice = bitcoin.markTicks * bitcoin.terms.instrument.tickSize.toNumber();
  const coins = ((1 - USDT_PART - USDC_PART) * amount) / (weightOf(BTC) * bitcoinPrice);
  const grains = BigInt(Math.max(1, Math.ceil(coins * COIN_GRAINS_PER_ONE)));
  return [
    transfer(trader, SETTLE_ASSET, depositUnits(USDT_PART * amount)),
    transfer(trader, USDC, depositUnits((USDC_PART * amount) / weightOf(USDC))),
    transfer(trader, BTC, moneyUnits(grains * COIN_GRAIN)),
  ];
}

function fill(trader: Trader, leg: Leg, leverage: number): TraderEvent {
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
): { readonly deposit: number; readonly events: readonly TraderEvent[] } {
  const notional = notionalOf(leg.offer, leg.lots);
  const margin = marginFor(leg.offer, notional, leg.adverse, adverseMove(leg.offer, trader.room));
  const wished = Math.max(1, Math.floor(notional / margin));
  const leverage = Math.min(wished, leverageMaxAt(leg.offer.terms, notional));
  const deposit = (notional / leverage) * (1 + SPARE_CASH_SHARE) + feeOf(leg);
  return { deposit, events: [fill(trader, leg, leverage)] };
}

/** Orders of the patient: a take-profit that can only reduce, or a bid to add further away. */
function ordersOf(trader: Trader, legs: readonly Leg[]): TraderEvent[] {
  const first = legs[0];
  if (first === undefined || trader.temper === 'reckless' || trader.stream.uniform() > ORDER_SHARE)
    return [];
  // Margin for an order to add is free in a cross pool only: an isolated trader's cash is all in the position.
  const reduceOnly = trader.stream.uniform() < 0.5 || first.marginKind === 'isolated';
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
): { readonly deposit: number; readonly events: readonly TraderEvent[] } {
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
export function entryEvents(trader: Trader, offers: readonly Offer[]): TraderEvent[] {
  const legs = legsOf(trader, offers);
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
export function openingEvent(trader: Trader): TraderEvent {
  return {
    kind: 'account-opened',
    accountId: trader.accountId,
    label: trader.temper,
    positionMode: trader.structure === 'hedge' ? 'hedge' : 'one-way',
    assetMode: trader.structure === 'multi-asset' ? 'multi' : 'single',
  };
}
