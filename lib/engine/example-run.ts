/** A run in miniature: four contracts whose ticks are ten cents, driven step by step. What the engine's own tests tell their stories with. */
import { type Result } from '../contract.ts';
import { type Instrument } from '../market/instrument.ts';
import {
  accountId,
  assetId,
  instrumentId,
  type AccountId,
  type InstrumentId,
} from '../units/ids.ts';
import { lots, moneyUnits, ticks } from '../units/scaled.ts';
import { SECOND_MS, timestampMs, type TimestampMs } from '../units/time.ts';
import { engine } from './engine.ts';
import { settleStamps, type SettledStamp, type Stamp } from './funding.ts';
import { type EngineEvent, type MarkFact, type TraderEvent } from './event.ts';
import { inverseContract, LINEAR, linearContract, USDT } from './example-book.ts';
import { type JournalRow, type RowBody } from './row.ts';
import { type EngineState } from './state.ts';

export const ETHER = instrumentId('ETHUSDT');
const etherContract: Instrument = {
  ...linearContract,
  id: ETHER,
  base: assetId('ETH'),
  dailyVolatility: 0.05,
};
const EXAMPLE_CONTRACTS: readonly Instrument[] = [linearContract, inverseContract, etherContract];

const START_MS = 1_700_000_000_000;
const UNITS_PER_ONE = 1e8;
const TICKS_PER_DOLLAR = 10;

/** Run time of a second of the story; the run opens at 0. */
export function at(second: number): TimestampMs {
  return timestampMs(START_MS + second * SECOND_MS);
}

export function units(amount: number): ReturnType<typeof moneyUnits> {
  return moneyUnits(BigInt(Math.round(amount * UNITS_PER_ONE)));
}

/** A run before its first step. `fund`: the insurance fund's seed in USDT. */
export function exampleRun(
  p: { readonly fund?: number; readonly seed?: string } = {},
): EngineState {
  return engine.openRun({
    runId: 'example',
    seed: p.seed ?? 'example',
    scenario: 'example',
    startTime: at(0),
    instruments: EXAMPLE_CONTRACTS,
    fundSeeds: [{ asset: USDT, amount: units(p.fund ?? 0) }],
  });
}

/** A mark at a price in dollars, of this very second unless told otherwise; the index is where the mark is. */
export function markOf(
  id: InstrumentId,
  dollars: number,
  p: { readonly second: number; readonly sources?: number | undefined; readonly index?: number },
): Extract<EngineEvent, { readonly kind: 'mark-updated' }> {
  const asTicks = (amount: number): MarkFact['markTicks'] =>
    ticks(BigInt(Math.round(amount * TICKS_PER_DOLLAR)));
  return {
    kind: 'mark-updated',
    mark: {
      instrumentId: id,
      markTicks: asTicks(dollars),
      indexTicks: asTicks(p.index ?? dollars),
      lastTicks: asTicks(dollars),
      venueTime: at(p.second),
      receivedTime: at(p.second),
      sources: 'sources' in p ? p.sources : 5,
      rejected: [],
      fundingRate: undefined,
      nextFundingTime: undefined,
      modelled: false,
    },
  };
}

export function openEvent(
  id: AccountId,
  p: { readonly hedge?: boolean; readonly multi?: boolean } = {},
): TraderEvent {
  return {
    kind: 'account-opened',
    accountId: id,
    label: 'example',
    positionMode: p.hedge === true ? 'hedge' : 'one-way',
    assetMode: p.multi === true ? 'multi' : 'single',
  };
}

export function depositEvent(id: AccountId, amount: number, asset: string = USDT): TraderEvent {
  return { kind: 'transfer', accountId: id, assetId: assetId(asset), amount: units(amount) };
}

/** A trade of thousandths of a coin at a price in dollars. */
export function tradeEvent(p: {
  readonly of: AccountId;
  readonly in: InstrumentId;
  readonly lots: number;
  readonly price: number;
  readonly leverage?: number;
  readonly isolated?: boolean;
}): TraderEvent {
  return {
    kind: 'fill',
    accountId: p.of,
    instrumentId: p.in,
    positionSide: 'both',
    lots: lots(BigInt(p.lots)),
    priceTicks: ticks(BigInt(Math.round(p.price * TICKS_PER_DOLLAR))),
    leverage: p.leverage ?? 20,
    marginKind: p.isolated === true ? 'isolated' : 'cross',
  };
}

/** A resting order of thousandths of a coin at a price in dollars. */
export function orderEvent(p: {
  readonly of: AccountId;
  readonly in: InstrumentId;
  readonly lots: number;
  readonly price: number;
}): TraderEvent {
  return {
    kind: 'order-placed',
    accountId: p.of,
    orderId: 'O1',
    instrumentId: p.in,
    positionSide: 'both',
    lots: lots(BigInt(p.lots)),
    priceTicks: ticks(BigInt(Math.round(p.price * TICKS_PER_DOLLAR))),
    reduceOnly: false,
  };
}

/** Takes the step of a second to its end and gives its groups of rows. */
export function take(
  state: EngineState,
  second: number,
  events: readonly EngineEvent[],
): readonly (readonly JournalRow[])[] {
  return [...engine.takeStep(state, { step: second, time: at(second), events })];
}

/** Bodies of one kind among groups of rows, in order. */
export function bodiesOf<Kind extends RowBody['kind']>(
  groups: readonly (readonly JournalRow[])[],
  kind: Kind,
): readonly Extract<RowBody, { readonly kind: Kind }>[] {
  return groups.flat().flatMap(({ body }) => (isOf(body, kind) ? [body] : []));
}

function isOf<Kind extends RowBody['kind']>(
  body: RowBody,
  kind: Kind,
): body is Extract<RowBody, { readonly kind: Kind }> {
  return body.kind === kind;
}

export function traderId(number: number): AccountId {
  return accountId(`A000${number}`);
}

/** Deposits, then buys 1 BTC at 60,000 for a fee of 30. On 4,000 it is liquidatable below 56,261.3, the first tick of a breach. */
export function longOfOne(
  p: { readonly deposit?: number; readonly fund?: number; readonly isolated?: boolean } = {},
): EngineState {
  const state = exampleRun(p);
  const id = traderId(1);
  take(state, 1, [
    markOf(LINEAR, LONG_PRICE, { second: 1 }),
    openEvent(id),
    depositEvent(id, p.deposit ?? LONG_DEPOSIT),
    tradeEvent({
      of: id,
      in: LINEAR,
      lots: 1000,
      price: LONG_PRICE,
      isolated: p.isolated === true,
    }),
  ]);
  return state;
}
const LONG_PRICE = 60_000;
const LONG_DEPOSIT = 4_000;

/** How many liquidations were settled among groups of rows. */
export function liquidations(groups: readonly (readonly JournalRow[])[]): number {
  return bodiesOf(groups, 'liquidation-settled').length;
}

/** Settles stamps to the end. */
export function settledStamps(
  state: EngineState,
  stamps: readonly Stamp[],
): readonly Result<SettledStamp>[] {
  const settling = settleStamps(state, stamps);
  for (;;) {
    const { done, value } = settling.next();
    if (done === true) return value;
  }
}
