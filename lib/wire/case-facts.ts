/**
 * A recorded case as facts. A case may leave things out or give them another way round (a notional for a mark, a margin balance
 * for a wallet, one rate for a table): here they become an account and a market, and `assessAccount` does the rest.
 */
import { type Account, type Market, type Order, type Position } from '../margin/account.ts';
import { type VenueRules } from '../margin/venues/rules.ts';
import { contractValue, openingMarginOf } from '../margin/requirement.ts';
import { notionalOf, type Instrument } from '../market/instrument.ts';
import { Decimal, ONE, ZERO } from '../units/decimal.ts';
import { accountId, assetId, instrumentId, type AssetId, type InstrumentId } from '../units/ids.ts';
import {
  minus,
  money,
  NO_MONEY,
  plus,
  price,
  quantity,
  rate,
  sumOf,
  type Price,
  type Rate,
} from '../units/money.ts';
import {
  type CaseAccount,
  type CaseCollateral,
  type CaseGiven,
  type CaseLeg,
  type CaseOrder,
} from './case-account.ts';
import { BUILT_IN, contractOf, contractOfVenue, unknownContract } from './case-contract.ts';
import { flatTier } from './case-tiers.ts';
import { atIndex, rateOf } from './case-rates.ts';
import { pnlOf, readingOf, walletsOf, type Held } from './case-wallets.ts';

export interface CaseFacts {
  readonly account: Account;
  readonly market: Market;
  readonly rules: VenueRules;
  /** Under which name each leg stands, in the order of the legs. */
  readonly legNames: readonly InstrumentId[];
  /** Legs of the first leg's symbol add up to nothing: venues print no liquidation price then (cex.md 1.2). */
  readonly hedgeCancels: boolean;
}

const DOLLAR = 'USD';
const NO_LIMIT = '1000000000000';

/**
 * Hedge legs of one symbol may come with a rate each: they become two contracts of one underlying, so that a liquidation price
 * moves both.
 */
export function factsOfCase(described: CaseAccount, rules: VenueRules): CaseFacts {
  const hedged = isHedged(described.legs);
  const held = described.legs.map((leg) =>
    heldOf({ leg, priceGiver: priceGiverOf(leg, described.legs), hedged, rules }),
  );
  const given = described.given.map(givenPosition);
  const orders = [
    ...described.orders.map((order, index) =>
      orderOf(order, faceOf(order, described.legs), hedged, `order ${index + 1}`),
    ),
    ...described.given.flatMap(givenOrder),
  ];
  const instruments = [
    ...described.orders.map(({ symbol, settle }) =>
      settle === undefined ? contractOf(symbol, BUILT_IN) : unknownContract(symbol, settle),
    ),
    ...described.given.flatMap(givenInstruments),
    ...held.map(({ instrument }) => instrument),
  ];
  return {
    rules: hedged ? { ...rules, conditionalOn: 'underlying' } : rules,
    legNames: held.map(({ instrument }) => instrument.id),
    hedgeCancels: cancels(held),
    account: {
      id: accountId('case'),
      positionMode: hedged ? 'hedge' : 'one-way',
      assetMode: described.assetMode,
      wallets: walletsOf(described, held, rules),
      positions: [...held.map(({ position }) => position), ...given],
      orders,
    },
    market: {
      instruments: new Map(instruments.map((one) => [one.id, one])),
      marks: new Map([
        ...held.map(({ instrument, mark }) => [instrument.id, readingOf(mark)] as const),
        ...given.map((one) => [one.instrumentId, readingOf(one.entryPrice)] as const),
      ]),
      indexPrices: new Map(
        held.flatMap(({ leg, instrument }) =>
          leg.contract?.indexPrice === undefined
            ? []
            : [[instrument.id, price(leg.contract.indexPrice)] as const],
        ),
      ),
      assetPrices: new Map([
        [assetId(DOLLAR), atIndex(price(ONE))],
        ...described.rates.map(rateOf),
      ]),
    },
  };
}

/** Two legs of one symbol stand in hedge mode only. */
function isHedged(legs: readonly CaseLeg[]): boolean {
  return new Set(legs.map(({ symbol }) => symbol)).size < legs.length;
}

function cancels(held: readonly Held[]): boolean {
  const own = held.filter(({ leg }) => leg.symbol === held[0]?.leg.symbol);
  return own.length > 1 && sumOf(own.map(({ position }) => money(position.signedSize))).isZero();
}

/** Legs of one symbol have one mark: of whichever says it first. */
function priceGiverOf(leg: CaseLeg, legs: readonly CaseLeg[]): CaseLeg {
  const own = legs.filter(({ symbol }) => symbol === leg.symbol);
  const telling = own.find((one) => one.markPrice !== undefined || one.notional !== undefined);
  return telling ?? own[0] ?? leg;
}

function heldOf(p: {
  readonly leg: CaseLeg;
  readonly priceGiver: CaseLeg;
  readonly hedged: boolean;
  readonly rules: VenueRules;
}): Held {
  const { leg, priceGiver, hedged, rules } = p;
  const plain =
    leg.contract === undefined
      ? contractOf(leg.symbol, leg.requirement, leg.contractSize)
      : contractOfVenue(leg.symbol, leg.contract, leg.requirement, leg.contractSize);
  const name = hedged ? `${leg.symbol} ${leg.side}` : leg.symbol;
  const instrument = { ...plain, id: instrumentId(name), base: baseOf(leg) };
  const sign = leg.side === 'long' ? 1 : -1;
  const signedSize = quantity(new Decimal(leg.size).abs().times(sign));
  const mark = markOf(priceGiver, instrument);
  const entryPrice = leg.entryPrice === undefined ? mark : price(leg.entryPrice);
  const bare: Position = {
    instrumentId: instrument.id,
    positionSide: hedged ? leg.side : 'both',
    signedSize,
    entryPrice,
    openValue: NO_MONEY,
    marginMode: { kind: 'cross' },
    leverage: leverageOf(leg),
  };
  const valued = { ...bare, openValue: openValueOf(rules, bare, instrument) };
  const marginMode = marginModeOf(leg.collateral, rules, valued, instrument, mark);
  return { leg, instrument, mark, position: { ...valued, marginMode } };
}

/** Contracts are on coins of their own, unless the case says that some are on the same. */
function baseOf({ symbol, contract }: CaseLeg): AssetId {
  return assetId(`${contract?.underlying ?? symbol} base`);
}

/** Rounded as the venue rounds the value of one contract, if it does. */
function openValueOf(rules: VenueRules, position: Position, instrument: Instrument) {
  return contractValue(rules, { position, instrument }, position.entryPrice);
}

/** As given; or what the notional implies; or the entry, where no figure depends on the mark. */
function markOf(leg: CaseLeg, instrument: Instrument): Price {
  if (leg.markPrice !== undefined) return price(leg.markPrice);
  if (leg.notional !== undefined) {
    const units = new Decimal(leg.size).abs().times(instrument.contractSize);
    const notional = new Decimal(leg.notional).abs();
    return price(instrument.kind === 'linear' ? notional.div(units) : units.div(notional));
  }
  return price(leg.entryPrice ?? ONE);
}

function leverageOf(leg: CaseLeg): Rate {
  if (leg.leverage !== undefined) return rate(leg.leverage);
  return leg.initialMarginRate === undefined
    ? rate(ONE)
    : rate(ONE.div(new Decimal(leg.initialMarginRate)));
}

function marginModeOf(
  collateral: CaseCollateral,
  rules: VenueRules,
  position: Position,
  instrument: Instrument,
  mark: Price,
): Position['marginMode'] {
  switch (collateral.kind) {
    case 'cross':
      return { kind: 'cross' };
    case 'isolated-wallet':
      return {
        kind: 'isolated',
        wallet: plus(money(collateral.amount), money(collateral.extra ?? ZERO)),
      };
    case 'isolated-with-pnl': {
      const pnl = pnlOf(position, instrument, mark);
      return { kind: 'isolated', wallet: minus(money(collateral.amount), pnl) };
    }
    case 'isolated-by-leverage': {
      const own = { ...position, marginMode: { kind: 'isolated', wallet: NO_MONEY } } as const;
      const opening =
        rules.terms === undefined
          ? notionalOf(instrument, position.signedSize, position.entryPrice).div(position.leverage)
          : openingMarginOf(rules, { position: own, instrument, mark: readingOf(mark) });
      return { kind: 'isolated', wallet: money(opening.plus(collateral.extra)) };
    }
  }
}

const givenSymbol = (given: CaseGiven): string => `${given.asset} given`;
const givenOrderSymbol = (given: CaseGiven): string => `${given.asset} orders given`;

/** One position that asks for exactly what is given: its notional is the initial margin at leverage 1. */
function givenPosition(given: CaseGiven): Position {
  const asks = given.initialMargin !== undefined && !new Decimal(given.initialMargin).isZero();
  const mark = price(asks ? given.initialMargin : ONE);
  const size = quantity(ONE);
  return {
    instrumentId: instrumentId(givenSymbol(given)),
    positionSide: 'both',
    signedSize: size,
    entryPrice: mark,
    openValue: money(mark.minus(given.unrealizedPnl ?? ZERO)),
    marginMode: { kind: 'cross' },
    leverage: rate(asks ? ONE : NO_LIMIT),
  };
}

function givenInstruments(given: CaseGiven): readonly Instrument[] {
  const owed = new Decimal(given.maintenanceMargin ?? ZERO).negated().toFixed();
  return [
    { ...unknownContract(givenSymbol(given), given.asset), tiers: [flatTier('0', owed)] },
    unknownContract(givenOrderSymbol(given), given.asset),
  ];
}

function givenOrder(given: CaseGiven): readonly Order[] {
  if (given.orderMargin === undefined) return [];
  return [
    {
      id: 'given',
      instrumentId: instrumentId(givenOrderSymbol(given)),
      positionSide: 'both',
      signedSize: quantity(given.orderMargin),
      price: price(ONE),
      reduceOnly: false,
      leverage: rate(ONE),
    },
  ];
}

/** Of an order for a contract of one coin, whose notional is counted in it. */
function faceOf(order: CaseOrder, legs: readonly CaseLeg[]): string {
  const own = legs.find(({ symbol }) => symbol === order.symbol);
  return own?.contract === undefined ? '1' : (own.contractSize ?? '1');
}

/** An order of this notional: that many units at a price of one. */
function orderOf(order: CaseOrder, face: string, hedged: boolean, id: string): Order {
  const sign = order.direction === 'buy' ? 1 : -1;
  return {
    id,
    instrumentId: instrumentId(hedged ? `${order.symbol} ${order.side}` : order.symbol),
    positionSide: hedged ? order.side : 'both',
    signedSize: quantity(new Decimal(order.notional).abs().times(sign).div(face)),
    price: price(ONE),
    reduceOnly: false,
    ...(order.leverage === undefined ? {} : { leverage: rate(order.leverage) }),
  };
}
