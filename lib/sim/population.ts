/**
 * Who trades in a demo: accounts at the start, and those that keep arriving, paying in, adding, reducing, paying out and coming back
 * after a liquidation (rulings G7), at Poisson times. All are facts for the engine, which may refuse any of them.
 */
import { assert } from '../contract.ts';
import { type TraderEvent } from '../engine/event.ts';
import { type PositionSide } from '../margin/account.ts';
import { SETTLE_ASSET } from '../market/catalogue.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AccountId, type InstrumentId } from '../units/ids.ts';
import { lots, moneyUnits, ticks } from '../units/scaled.ts';
import { HOUR_MS, SECOND_MS } from '../units/time.ts';
import { type ContractTerms, termsOf } from './contract-terms.ts';
import { cell, createMemory, type Memory } from './memory.ts';
import { createStream, type RandomStream } from './random.ts';
import { type TapeStep } from './tape.ts';
import { entryEvents, type Marks, openingEvent } from './trader-entry.ts';
import { type Offer } from './trader-legs.ts';
import { accountIdOf, traderOf } from './trader.ts';

export interface PopulationSettings {
  readonly seed: string;
  /** How many there are at the start, 1 to a million and more: nothing is kept of them. */
  readonly accounts: number;
  readonly instruments: readonly Instrument[];
}

/** A position as the flow needs to know it; a ledger position fits. */
export interface Holding {
  readonly instrumentId: InstrumentId;
  readonly positionSide: PositionSide;
  readonly lots: bigint;
  readonly leverage: number;
  readonly marginKind: 'cross' | 'isolated';
}

/** What an account holds now, in a fixed order; undefined where that is not known. */
export type HoldingsOf = (id: AccountId) => readonly Holding[] | undefined;

export interface Population {
  /** How many there are at the start. */
  readonly accounts: number;
  /** The accounts of the start, one after the other, at the marks of the tape's opening. Lazy: a million need no list. Each pass begins anew. */
  opening(marks: Marks): Iterable<TraderEvent>;
  /**
   * What traders do in one step; call it once for every step, in order.
   * @param holdingsOf what accounts hold. Without it nobody adds, reduces or comes back.
   */
  flow(
    at: Pick<TapeStep, 'step' | 'time'>,
    marks: Marks,
    holdingsOf?: HoldingsOf,
  ): readonly TraderEvent[];
  save(): string;
  load(text: string): void;
}

/** An hour brings so many newcomers and visits for each account of the start. */
const NEWCOMERS_PER_ACCOUNT_HOUR = 0.03;
const VISITS_PER_ACCOUNT_HOUR = 0.4;
/** No more newcomers beyond so many times the start: those who were liquidated come back instead. */
const GROWTH_MAX = 2;
/** Nobody trades on a mark older than this. */
const TRADED_MARK_AGE_MS_MAX = 3 * SECOND_MS;
const ALL_TRADERS = '*';
/** What a visitor with positions does: deposit below, then withdraw, then add, then reduce. */
const DEPOSIT_UP_TO = 0.35;
const WITHDRAW_UP_TO = 0.55;
const ADD_UP_TO = 0.8;
/** Parts of the initial margin in use that are paid in or out, and of a position that is added or closed. */
const DEPOSIT_SHARE = 0.15;
const WITHDRAWAL_SHARE = 0.1;
const ADD_SHARE = 0.2;
const REDUCE_SHARE = 0.4;
/** Collateral that comes with an addition, times its initial margin. */
const ADD_MARGIN_FACTOR = 1.3;
const CENT = 1_000_000n;
const CENTS_PER_ONE = 100;

interface FlowState {
  readonly settings: PopulationSettings;
  readonly terms: readonly ContractTerms[];
  readonly stream: RandomStream;
  /** Accounts opened so far, and returns so far. */
  readonly opened: Float64Array;
  readonly visits: Float64Array;
  /** Run time of the next newcomer and of the next visit; NaN before the first step. */
  readonly nextTimes: Float64Array;
}

const NEWCOMER = 0;
const VISIT = 1;

function createState(settings: PopulationSettings, memory: Memory): FlowState {
  assert(
    Number.isInteger(settings.accounts) && settings.accounts > 0,
    'a whole number of accounts above zero',
  );
  const state = {
    settings,
    terms: settings.instruments.map(termsOf),
    stream: createStream(memory, { seed: settings.seed, asset: ALL_TRADERS, purpose: 'flow' }),
    opened: memory.numbers('accounts opened', 1),
    visits: memory.numbers('visits', 1),
    nextTimes: memory.numbers('next arrivals', 2).fill(Number.NaN),
  };
  state.opened[0] = settings.accounts;
  return state;
}

/** Contracts that have a mark; with a time, one that is young enough to trade on. */
function offersOf(state: FlowState, marks: Marks, time?: number): readonly Offer[] {
  return state.terms.flatMap((terms) => {
    const mark = marks.get(terms.instrument.id);
    if (mark === undefined) return [];
    if (time !== undefined && time - mark.venueTime > TRADED_MARK_AGE_MS_MAX) return [];
    return [{ terms, markTicks: Number(mark.markTicks) }];
  });
}

function* openingEvents(state: FlowState, marks: Marks): Generator<TraderEvent> {
  const offers = offersOf(state, marks);
  const { seed, accounts } = state.settings;
  for (let number = 1; number <= accounts && offers.length > 0; number += 1) {
    const trader = traderOf({ seed, number, visit: 0, offered: offers.length });
    yield openingEvent(trader);
    yield* entryEvents(trader, offers);
  }
}

/** Gives how often something is due in this step, and draws when it is due again. */
function dueCount(p: {
  state: FlowState;
  kind: 0 | 1;
  time: number;
  perAccountHour: number;
}): number {
  const { state, kind, time } = p;
  const meanMs = HOUR_MS / (p.perAccountHour * state.settings.accounts);
  let next = cell(state.nextTimes, kind);
  if (Number.isNaN(next)) next = time + meanMs * state.stream.exponential();
  let count = 0;
  for (; next <= time; count += 1) next += meanMs * state.stream.exponential();
  state.nextTimes[kind] = next;
  return count;
}

function newcomer(state: FlowState, offers: readonly Offer[]): readonly TraderEvent[] {
  const { seed, accounts } = state.settings;
  const number = cell(state.opened, 0) + 1;
  if (number > accounts * GROWTH_MAX || offers.length === 0) return [];
  state.opened[0] = number;
  const trader = traderOf({ seed, number, visit: 0, offered: offers.length });
  return [openingEvent(trader), ...entryEvents(trader, offers)];
}

/** After a liquidation, or from the side line: new collateral, new positions, same temper. */
function comeBack(
  state: FlowState,
  number: number,
  offers: readonly Offer[],
): readonly TraderEvent[] {
  if (offers.length === 0) return [];
  const visit = cell(state.visits, 0) + 1;
  state.visits[0] = visit;
  return entryEvents(
    traderOf({ seed: state.settings.seed, number, visit, offered: offers.length }),
    offers,
  );
}

/** A visitor with one of their positions before them. */
interface Visitor {
  readonly id: AccountId;
  readonly holding: Holding;
  readonly offer: Offer;
  /** Of this position, at its leverage. */
  readonly initialMargin: number;
}

function cents(amount: number): bigint {
  return BigInt(Math.max(1, Math.round(amount * CENTS_PER_ONE))) * CENT;
}

function transfer(visitor: Visitor, amount: bigint): TraderEvent {
  return {
    kind: 'transfer',
    accountId: visitor.id,
    assetId: SETTLE_ASSET,
    amount: moneyUnits(amount),
  };
}

function trade(visitor: Visitor, count: bigint): TraderEvent {
  const { instrumentId, positionSide, leverage, marginKind } = visitor.holding;
  return {
    kind: 'fill',
    accountId: visitor.id,
    instrumentId,
    positionSide,
    lots: lots(count),
    priceTicks: ticks(BigInt(visitor.offer.markTicks)),
    leverage,
    marginKind,
  };
}

/** A share of a position in whole lots, at least one, signed like it. */
function lotsShare(holding: Holding, share: number): bigint {
  const size = BigInt(Math.max(1, Math.round(Math.abs(Number(holding.lots)) * share)));
  return holding.lots < 0n ? -size : size;
}

function act(state: FlowState, visitor: Visitor): readonly TraderEvent[] {
  const choice = state.stream.uniform();
  const share = state.stream.uniform();
  const { holding, initialMargin } = visitor;
  if (choice < DEPOSIT_UP_TO)
    return [transfer(visitor, cents(DEPOSIT_SHARE * share * initialMargin))];
  if (choice < WITHDRAW_UP_TO)
    return [transfer(visitor, -cents(WITHDRAWAL_SHARE * share * initialMargin))];
  if (choice >= ADD_UP_TO) return [trade(visitor, -lotsShare(holding, REDUCE_SHARE * share))];
  const added = lotsShare(holding, ADD_SHARE * share);
  const addedShare = Number(added) / Number(holding.lots);
  return [
    transfer(visitor, cents(ADD_MARGIN_FACTOR * addedShare * initialMargin)),
    trade(visitor, added),
  ];
}

function visitorOf(p: {
  id: AccountId;
  holding: Holding;
  offers: readonly Offer[];
}): Visitor | undefined {
  const offer = p.offers.find(({ terms }) => terms.instrument.id === p.holding.instrumentId);
  if (offer === undefined) return undefined;
  const notional = Math.abs(Number(p.holding.lots)) * offer.markTicks * offer.terms.lotTick;
  return { ...p, offer, initialMargin: notional / p.holding.leverage };
}

/** Somebody looks in: one without positions starts anew, one with positions does something to one of them. */
function visit(
  state: FlowState,
  offers: readonly Offer[],
  holdingsOf: HoldingsOf | undefined,
): readonly TraderEvent[] {
  const number = 1 + Math.floor(state.stream.uniform() * cell(state.opened, 0));
  const which = state.stream.uniform();
  const id = accountIdOf(number);
  const holdings = holdingsOf?.(id);
  if (holdings === undefined) return [];
  const holding = holdings[Math.floor(which * holdings.length)];
  if (holding === undefined) return comeBack(state, number, offers);
  const visitor = visitorOf({ id, holding, offers });
  return visitor === undefined ? [] : act(state, visitor);
}

export function createPopulation(settings: PopulationSettings): Population {
  const memory = createMemory();
  const state = createState(settings, memory);
  return {
    accounts: settings.accounts,
    opening: (marks) => ({ [Symbol.iterator]: () => openingEvents(state, marks) }),
    flow({ time }, marks, holdingsOf) {
      const newcomers = dueCount({
        state,
        kind: NEWCOMER,
        time,
        perAccountHour: NEWCOMERS_PER_ACCOUNT_HOUR,
      });
      const visits = dueCount({
        state,
        kind: VISIT,
        time,
        perAccountHour: VISITS_PER_ACCOUNT_HOUR,
      });
      if (newcomers + visits === 0) return [];
      const offers = offersOf(state, marks, time);
      const events: TraderEvent[] = [];
      for (let turn = 0; turn < newcomers; turn += 1) events.push(...newcomer(state, offers));
      for (let turn = 0; turn < visits; turn += 1) events.push(...visit(state, offers, holdingsOf));
      return events;
    },
    save: () => memory.save(),
    load: (text) => memory.load(text),
  };
}
