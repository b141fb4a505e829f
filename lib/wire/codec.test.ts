import { describe, expect, it } from 'vitest';
import { engine } from '../engine/engine.ts';
import {
  exampleState,
  fillOf,
  HEDGER,
  INVERSE,
  inverseContract,
  LINEAR,
  linearContract,
  MIXER,
  TRADER,
  whole,
} from '../engine/example-book.ts';
import { type EngineEvent, type MarkFact } from '../engine/event.ts';
import { type EngineState } from '../engine/state.ts';
import { assessAccount } from '../margin/health.ts';
import { houseRules } from '../margin/venues/house.ts';
import { type AccountId, assetId, type InstrumentId } from '../units/ids.ts';
import { lots, rateUnits, ticks } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { accountDigest, accountDigestText } from './account-digest.ts';
import {
  accountFrom,
  accountText,
  assetPriceWires,
  instrumentsFrom,
  marketFrom,
  markWire,
  screenStateOf,
} from './codec.ts';
import { instrumentFrom, instrumentText } from './instrument-codec.ts';
import { type AccountText, type MarketFrame, type RunText } from './protocol.ts';

function markFact(id: InstrumentId, dollars: number): MarkFact {
  const at = ticks(BigInt(Math.round(dollars * 10)));
  return {
    instrumentId: id,
    markTicks: at,
    indexTicks: at,
    lastTicks: at,
    venueTime: timestampMs(2_000),
    receivedTime: timestampMs(2_000),
    sources: 3,
    rejected: [],
    fundingRate: rateUnits(12_500_000n),
    nextFundingTime: timestampMs(28_800_000),
    modelled: false,
  };
}

function deposit(accountId: AccountId, asset: string, amount: number): EngineEvent {
  return { kind: 'transfer', accountId, assetId: assetId(asset), amount: whole(amount) };
}

/** Linear and inverse, isolated and cross, both hedge legs, several assets, a resting order. */
function busyState(): EngineState {
  const state = exampleState();
  const order = {
    kind: 'order-placed',
    accountId: TRADER,
    orderId: 'one',
    instrumentId: LINEAR,
    positionSide: 'both',
    lots: lots(-40n),
    priceTicks: ticks(612_345n),
    reduceOnly: false,
  } as const;
  const fill = (p: Parameters<typeof fillOf>[0]): EngineEvent => ({ kind: 'fill', ...fillOf(p) });
  const hedged = { accountId: HEDGER, positionSide: 'long' } as const;
  const events: readonly EngineEvent[] = [
    { kind: 'clock-advanced', time: timestampMs(2_000) },
    { kind: 'mark-updated', mark: markFact(LINEAR, 60_000) },
    { kind: 'mark-updated', mark: markFact(INVERSE, 60_100.5) },
    deposit(TRADER, 'USDT', 50_000),
    deposit(TRADER, 'BTC', 2),
    deposit(HEDGER, 'USDT', 90_000),
    deposit(MIXER, 'USDT', 10_000),
    deposit(MIXER, 'BTC', 1),
    fill({ lots: 1_234, price: 60_000 }),
    fill({ lots: 777, price: 59_876.5 }),
    fill({ instrumentId: INVERSE, lots: -333, price: 60_123.4, marginKind: 'isolated' }),
    fill({ ...hedged, lots: 2_000, price: 60_010 }),
    fill({ ...hedged, positionSide: 'short', lots: -500, price: 60_020 }),
    fill({ accountId: MIXER, lots: -900, price: 60_000 }),
    order,
  ];
  for (const group of engine.takeStep(state, { step: 1, time: timestampMs(2_000), events }))
    void group;
  return state;
}

function factsOf(state: EngineState, id: AccountId): AccountText {
  const account = state.accounts.get(id);
  if (account === undefined) throw new Error(`${id} exists`);
  const pools = [...account.rows.values()];
  return accountText({ account, pools, reasons: new Map(), instruments: state.instruments });
}

/** What a browser holds: nothing that did not pass through JSON. */
function overTheWire<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function frameOf(state: EngineState): Pick<MarketFrame, 'marks' | 'assetPrices'> {
  const market = engine.marketOf(state);
  const marks = [...state.marks.values()].flatMap(({ fact }) => {
    const instrument = state.instruments.get(fact.instrumentId);
    const reading = market.marks.get(fact.instrumentId);
    return instrument === undefined || reading === undefined
      ? []
      : [markWire({ fact, reading, instrument, volatility: 0.03 })];
  });
  return { marks, assetPrices: assetPriceWires(market) };
}

function runOf(state: EngineState): Pick<RunText, 'instruments' | 'assets'> {
  return {
    instruments: [...state.instruments.values()].map(instrumentText),
    assets: [...engine.marketOf(state).assetPrices].map(([asset, { collateralWeight }]) => ({
      asset,
      collateralWeight: collateralWeight.toFixed(),
    })),
  };
}

describe('instruments', () => {
  it.each([linearContract, inverseContract])('$id comes back as it was', (instrument) => {
    expect(instrumentFrom(overTheWire(instrumentText(instrument)))).toEqual(instrument);
  });

  it('a dated contract without funding comes back too', () => {
    const { funding: _funding, ...terms } = linearContract;
    const dated = {
      ...terms,
      funding: undefined,
      expiry: { kind: 'dated', deliveryTime: timestampMs(1_790_000_000_000) },
    } as const;
    expect(instrumentFrom(overTheWire(instrumentText(dated)))).toEqual(dated);
  });
});

describe('accounts and market over the wire', () => {
  const state = busyState();
  const run = overTheWire(runOf(state));
  const instruments = instrumentsFrom(run);
  const market = marketFrom(overTheWire(frameOf(state)), run, instruments);

  it.each([TRADER, HEDGER, MIXER])(
    '%s is the same account at both ends, to the last digit',
    (id) => {
      const here = engine.accountOf(state, id);
      expect(here?.positions.length).toBeGreaterThan(0);
      expect(accountFrom(overTheWire(factsOf(state, id)), instruments)).toEqual(here);
    },
  );

  it('the market is the same: marks, ages, asset prices, weights', () => {
    const here = engine.marketOf(state);
    expect(market.marks).toEqual(here.marks);
    expect(market.assetPrices).toEqual(here.assetPrices);
    expect(market.instruments).toEqual(here.instruments);
  });

  it.each([TRADER, HEDGER, MIXER])('%s has the same digest at both ends', (id) => {
    const facts = factsOf(state, id);
    const account = engine.accountOf(state, id);
    if (account === undefined) throw new Error('it exists');
    const here = assessAccount({ account, market: engine.marketOf(state), rules: houseRules });
    const received = overTheWire(facts);
    const there = assessAccount({
      account: accountFrom(received, instruments),
      market,
      rules: houseRules,
    });
    expect(accountDigestText(received, there)).toBe(accountDigestText(facts, here));
  });

  it('one unit more in one wallet, or one tick in one mark, is another digest', () => {
    const facts = factsOf(state, TRADER);
    const digestOf = (text: AccountText, on = market): string =>
      accountDigest(
        text,
        assessAccount({ account: accountFrom(text, instruments), market: on, rules: houseRules }),
      );
    const [first, ...others] = facts.wallets;
    if (first === undefined) throw new Error('there is a wallet');
    const richer = {
      ...first,
      amount: `${first.amount.includes('.') ? first.amount : `${first.amount}.`}00000001`,
    };
    expect(digestOf({ ...facts, wallets: [richer, ...others] })).not.toBe(digestOf(facts));
    const frame = frameOf(state);
    const marks = frame.marks.map((mark) =>
      mark.id === LINEAR ? { ...mark, mark: '60000.1' } : mark,
    );
    const moved = marketFrom({ ...frame, marks }, run, instruments);
    expect(digestOf(facts, moved)).not.toBe(digestOf(facts));
  });
});

describe('the one word for a pool', () => {
  const alert = {
    state: 'warning',
    since: timestampMs(0),
    unknownSince: undefined,
    freshSince: undefined,
    acknowledged: undefined,
    asking: undefined,
    worsensBelow: undefined,
    leftState: undefined,
    returns: [],
    pinnedUntil: undefined,
    worseSince: undefined,
    betterSince: undefined,
  } as const;
  const planId = 'plan-1';
  it.each([
    ['its alert state', alert, { kind: 'none' }, 'warning'],
    [
      'the same while a breach is being confirmed',
      alert,
      { kind: 'confirming', since: timestampMs(0) },
      'warning',
    ],
    [
      'unknown while an input is missing',
      { ...alert, unknownSince: timestampMs(5) },
      { kind: 'none' },
      'unknown',
    ],
    [
      'Critical still, since not knowing never hides that',
      { ...alert, state: 'critical', unknownSince: timestampMs(5) },
      { kind: 'none' },
      'critical',
    ],
    [
      'its liquidation before all else',
      { ...alert, unknownSince: timestampMs(5) },
      { kind: 'liquidating', planId, since: timestampMs(0) },
      'liquidating',
    ],
  ] as const)('is %s', (_case, row, phase, word) => {
    expect(screenStateOf({ ...row, returns: [] }, phase)).toBe(word);
  });
});
