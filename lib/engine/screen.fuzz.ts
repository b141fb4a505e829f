/**
 * The screen against brute force: a run that skips what cannot have changed and a run that assesses every pool at every step must
 * write the same rows and end in the same digest. Random books on contracts of every kind, prices that walk, jump and stand still
 * a tick beside what they were.
 */
import { expect, it } from 'vitest';
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { Decimal } from '../units/decimal.ts';
import { accountId, assetId, instrumentId, poolId, type AccountId } from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { lots, moneyUnits, rateUnits, ticks } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { conservationOf } from './conservation.ts';
import { engine } from './engine.ts';
import { type EngineEvent, type StepInput } from './event.ts';
import { type JournalRow } from './row.ts';
import { type EngineState } from './state.ts';
import { forgetAllFacts, watchCounts } from './notes.ts';

const DEEP = process.env.PLIMSOLL_DEEP === '1';
const RUNS = DEEP ? 150 : 10;
const STEPS = DEEP ? 300 : 120;
const ACCOUNTS = 24;
const START = 1_700_000_000_000;

/** Small and fast: a failure prints its seed, which gives the same run again. */
function randomFrom(seed: number): () => number {
  let word = (seed * 2_654_435_761 + 12_345) >>> 0;
  return () => {
    word = (word + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(word ^ (word >>> 15), word | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type TierRow = readonly [cap: number, rate: string, deduction: string, leverage: number];
function tiersFrom(rows: readonly TierRow[]): readonly RiskTier[] {
  return rows.map(([cap, maintenance, deduction, leverage], index) => ({
    tier: index + 1,
    notionalFloor: money(rows[index - 1]?.[0] ?? 0),
    notionalCap: money(cap),
    leverageMax: rate(leverage),
    maintenanceMarginRate: rate(maintenance),
    maintenanceDeduction: money(deduction),
  }));
}
/** Caps so low that walks cross them, the last one too. */
const QUOTE_TIERS = tiersFrom([
  [10_000, '0.004', '0', 125],
  [50_000, '0.01', '60', 50],
  [250_000, '0.05', '2060', 10],
]);
const COIN_TIERS = tiersFrom([
  [0.5, '0.004', '0', 125],
  [2, '0.02', '0.008', 25],
  [20, '0.05', '0.068', 10],
]);

function contract(p: {
  readonly id: string;
  readonly base: string;
  readonly inverse?: boolean;
  readonly tick: string;
  readonly lot: string;
  readonly daily: number;
}): Instrument {
  const inverse = p.inverse === true;
  return {
    id: instrumentId(p.id),
    kind: inverse ? 'inverse' : 'linear',
    expiry: { kind: 'perpetual' },
    base: assetId(p.base),
    quote: assetId(inverse ? 'USD' : 'USDT'),
    settle: assetId(inverse ? p.base : 'USDT'),
    contractSize: new Decimal(inverse ? 100 : 1),
    tickSize: price(p.tick),
    lotSize: quantity(p.lot),
    tiers: inverse ? COIN_TIERS : QUOTE_TIERS,
    takerFeeRate: rate('0.0005'),
    makerFeeRate: rate('0.0002'),
    liquidationFeeRate: rate('0.005'),
    funding: { intervalMs: 28_800_000, cap: rate('0.003'), floor: rate('-0.003') },
    dailyVolatility: p.daily,
  };
}
const CONTRACTS: readonly Instrument[] = [
  contract({ id: 'BTCUSDT', base: 'BTC', tick: '0.1', lot: '0.001', daily: 0.03 }),
  contract({ id: 'BTCUSD', base: 'BTC', inverse: true, tick: '0.1', lot: '1', daily: 0.03 }),
  contract({ id: 'ETHUSDT', base: 'ETH', tick: '0.01', lot: '0.01', daily: 0.05 }),
  contract({ id: 'DOGEUSDT', base: 'DOGE', tick: '0.00001', lot: '1', daily: 0.08 }),
];
const FIRST_TICKS: Readonly<Record<string, number>> = {
  BTCUSDT: 600_000,
  BTCUSD: 600_000,
  ETHUSDT: 250_000,
  DOGEUSDT: 10_000,
};
const USDT = assetId('USDT');
const COLLATERAL = [USDT, USDT, assetId('BTC'), assetId('ETH'), assetId('USDC')];

interface Walk {
  readonly random: () => number;
  readonly level: Map<string, number>;
  wild: number;
}

function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('something to pick from');
  return item;
}

function idOf(number: number): AccountId {
  return accountId(`A${String(number).padStart(4, '0')}`);
}

function markEvent(walk: Walk, instrument: Instrument, time: number): EngineEvent {
  const level = Math.max(1, Math.round(walk.level.get(instrument.id) ?? 1));
  return {
    kind: 'mark-updated',
    mark: {
      instrumentId: instrument.id,
      markTicks: ticks(BigInt(level)),
      indexTicks: ticks(BigInt(Math.max(1, level + Math.round(walk.random() * 4 - 2)))),
      lastTicks: ticks(BigInt(level)),
      venueTime: timestampMs(time),
      receivedTime: timestampMs(time),
      sources: walk.random() < 0.02 ? 1 : 5,
      rejected: [],
      fundingRate: undefined,
      nextFundingTime: undefined,
      modelled: false,
    },
  };
}

/** Mostly a tick or a little; now and then a jump; for a while wild. One draw a step decides that a coin stays silent. */
function moveOn(walk: Walk): void {
  const { random } = walk;
  if (random() < 0.03) walk.wild = random() < 0.5 ? 1 : 12;
  const together = (random() - 0.5) * 0.004 * walk.wild;
  for (const { id } of CONTRACTS) {
    const level = walk.level.get(id) ?? 1;
    const own = random();
    if (own < 0.2) walk.level.set(id, level + (own < 0.1 ? 1 : -1));
    else walk.level.set(id, level * Math.exp(together + (random() - 0.5) * 0.002 * walk.wild));
  }
}

function tradeEvent(walk: Walk, id: AccountId, hedged: boolean): EngineEvent {
  const { random } = walk;
  const instrument = pick(random, CONTRACTS);
  const level = Math.round(walk.level.get(instrument.id) ?? 1);
  const side = random() < 0.5 ? 1 : -1;
  const usd = Math.exp(random() * 5) * 400;
  const lotUsd =
    instrument.kind === 'inverse'
      ? 100
      : level * instrument.tickSize.toNumber() * instrument.lotSize.toNumber();
  const count = Math.max(1, Math.round(usd / lotUsd));
  return {
    kind: 'fill',
    accountId: id,
    instrumentId: instrument.id,
    positionSide: hedged ? (side > 0 ? 'long' : 'short') : 'both',
    lots: lots(BigInt(side * count)),
    priceTicks: ticks(BigInt(level)),
    leverage: pick(random, [3, 10, 20, 50, 100]),
    marginKind: random() < 0.25 ? 'isolated' : 'cross',
  };
}

function opening(walk: Walk): readonly EngineEvent[] {
  const { random } = walk;
  const events: EngineEvent[] = CONTRACTS.map((instrument) => markEvent(walk, instrument, START));
  for (let number = 1; number <= ACCOUNTS; number += 1) {
    const hedged = random() < 0.3;
    const multi = random() < 0.5;
    const id = idOf(number);
    events.push({
      kind: 'account-opened',
      accountId: id,
      label: 'random',
      positionMode: hedged ? 'hedge' : 'one-way',
      assetMode: multi ? 'multi' : 'single',
    });
    const deposits = 1 + Math.floor(random() * 3);
    for (let turn = 0; turn < deposits; turn += 1) events.push(depositEvent(walk, id));
    const trades = 1 + Math.floor(random() * 5);
    for (let turn = 0; turn < trades; turn += 1) events.push(tradeEvent(walk, id, hedged));
  }
  return events;
}

function depositEvent({ random }: Walk, id: AccountId): EngineEvent {
  const asset = pick(random, COLLATERAL);
  const usd = Math.exp(random() * 4) * 60;
  const inUsd: Readonly<Record<string, number>> = { BTC: 60_000, ETH: 2_500 };
  const amount = moneyUnits(BigInt(Math.round((usd / (inUsd[asset] ?? 1)) * 1e8)));
  return { kind: 'transfer', accountId: id, assetId: asset, amount };
}

/** What happens in one step besides prices: trades, cash, funding, acknowledgements, other tiers. */
function happenings(walk: Walk, state: EngineState): readonly EngineEvent[] {
  const { random } = walk;
  const what = random();
  const id = idOf(1 + Math.floor(random() * ACCOUNTS));
  const account = state.accounts.get(id);
  if (account === undefined) return [];
  if (what < 0.05) return [tradeEvent(walk, id, account.positionMode === 'hedge')];
  if (what < 0.1) return [depositEvent(walk, id)];
  if (what < 0.11) {
    const instrument = pick(random, CONTRACTS);
    const funding = rateUnits(BigInt(Math.round((random() - 0.5) * 4e9)));
    return [{ kind: 'funding-settled', instrumentId: instrument.id, rate: funding }];
  }
  if (what < 0.14) {
    const pool = [...state.pools.values()].find(({ alert }) => alert.state !== 'healthy');
    if (pool === undefined) return [];
    const { accountId: owner, poolId } = pool;
    return [{ kind: 'acknowledged', accountId: owner, poolId, by: 'desk', note: '' }];
  }
  return what < 0.15
    ? [{ kind: 'instrument-changed', instrument: harsher(pick(random, CONTRACTS), random) }]
    : [];
}

/** The same contract with other requirements in its first tier. */
function harsher(instrument: Instrument, random: () => number): Instrument {
  const tiers = instrument.kind === 'inverse' ? COIN_TIERS : QUOTE_TIERS;
  const factor = random() < 0.5 ? '1' : '0.5';
  let deduction = new Decimal(0);
  let before = new Decimal(0);
  return {
    ...instrument,
    tiers: tiers.map((tier) => {
      const own = tier.maintenanceMarginRate.times(factor);
      deduction =
        tier.tier === 1
          ? new Decimal(0)
          : deduction.plus(tier.notionalFloor.times(own.minus(before)));
      before = own;
      return { ...tier, maintenanceMarginRate: rate(own), maintenanceDeduction: money(deduction) };
    }),
  };
}

function stepOf(walk: Walk, state: EngineState, step: number): StepInput {
  const time = START + step * 1_000;
  moveOn(walk);
  const silent = walk.random() < 0.3 ? pick(walk.random, CONTRACTS).id : undefined;
  const quiet = Math.floor(step / 25) % 4;
  const speaking = CONTRACTS.filter(
    ({ id }, index) => id !== silent && !(index === 3 && quiet === 3),
  );
  const marks = speaking.map((instrument) => markEvent(walk, instrument, time));
  return { step, time: timestampMs(time), events: [...marks, ...happenings(walk, state)] };
}

interface Played {
  readonly rows: readonly JournalRow[];
  /** After each step: the journal's head and every pool row. */
  readonly marks: readonly string[];
  readonly state: EngineState;
}

function play(seed: number, brute: boolean): Played {
  const walk: Walk = {
    random: randomFrom(seed),
    level: new Map(Object.entries(FIRST_TICKS)),
    wild: 1,
  };
  const state = engine.openRun({
    runId: 'fuzz',
    seed: String(seed),
    scenario: 'random',
    startTime: timestampMs(START),
    instruments: CONTRACTS,
    fundSeeds: [{ asset: USDT, amount: moneyUnits(50_00000000n) }],
  });
  const rows: JournalRow[] = [];
  const marks: string[] = [];
  const take = (input: StepInput): void => {
    if (brute) forgetAllFacts(state);
    for (const group of engine.takeStep(state, input)) rows.push(...group);
    const { holds } = conservationOf(state);
    if (!holds) throw new Error(`seed ${seed}: money was made or lost in step ${input.step}`);
    marks.push(`${state.head.hash} ${JSON.stringify([...state.pools.values()])}`);
  };
  take({ step: 0, time: timestampMs(START), events: opening(walk) });
  for (let step = 1; step <= STEPS; step += 1) take(stepOf(walk, state, step));
  return { rows, marks, state };
}

it('[SC1, DG4] screened and brute-force runs write the same rows and end in the same digest', () => {
  const first = Number(process.env.FUZZ_SEED ?? 1);
  let skipped = 0;
  const kinds = new Map<string, number>();
  for (let seed = first; seed < first + RUNS; seed += 1) {
    watchCounts.pools = 0;
    watchCounts.assessed = 0;
    const screened = play(seed, false);
    skipped += watchCounts.pools - watchCounts.assessed;
    const brute = play(seed, true);
    const parting = screened.marks.findIndex((mark, step) => mark !== brute.marks[step]);
    const at = (rows: readonly JournalRow[]): readonly JournalRow[] =>
      rows.filter(({ step }) => step === parting);
    expect(at(screened.rows), `seed ${seed}, step ${parting}`).toEqual(at(brute.rows));
    expect(screened.marks[parting], `seed ${seed}, step ${parting}`).toBe(brute.marks[parting]);
    expect(engine.digestOf(screened.state), `seed ${seed}`).toBe(engine.digestOf(brute.state));
    for (const { body } of screened.rows) kinds.set(body.kind, (kinds.get(body.kind) ?? 0) + 1);
  }
  expect(skipped, 'the screen skips something').toBeGreaterThan(1000);
  expect(kinds.get('transition') ?? 0).toBeGreaterThan(50);
  expect(kinds.get('liquidation-settled') ?? 0).toBeGreaterThan(5);
  if (process.env.FUZZ_SHOW !== undefined) console.log(skipped, Object.fromEntries(kinds));
});

/** Contracts so calm that the ratio decides before the distance does. */
const CALM: readonly Instrument[] = [
  contract({ id: 'BTCUSDT', base: 'BTC', tick: '0.1', lot: '0.001', daily: 0.0105 }),
  contract({ id: 'ETHUSDT', base: 'ETH', tick: '0.01', lot: '0.01', daily: 0.0105 }),
];

/** Two longs of 120,000 in one pool, opened at one price and looked at at others, on a wallet to the unit. */
function edgeRun(p: {
  readonly wallet: bigint;
  readonly prices: readonly number[];
  readonly brute: boolean;
}): string {
  const [first, second] = CALM;
  if (first === undefined || second === undefined) throw new Error('there are two calm contracts');
  const state = engine.openRun({
    runId: 'edge',
    seed: 'edge',
    scenario: 'edge',
    startTime: timestampMs(START),
    instruments: CALM,
    fundSeeds: [],
  });
  const walk: Walk = { random: () => 0.5, level: new Map(Object.entries(FIRST_TICKS)), wild: 1 };
  const id = idOf(1);
  const long = (instrument: Instrument, count: bigint): EngineEvent => ({
    kind: 'fill',
    accountId: id,
    instrumentId: instrument.id,
    positionSide: 'both',
    lots: lots(count),
    priceTicks: ticks(BigInt(FIRST_TICKS[instrument.id] ?? 1)),
    leverage: 10,
    marginKind: 'cross',
  });
  const rows: JournalRow[] = [];
  const take = (step: number, events: readonly EngineEvent[]): void => {
    if (p.brute) forgetAllFacts(state);
    const input = { step, time: timestampMs(START + step * 1_000), events };
    for (const group of engine.takeStep(state, input)) rows.push(...group);
  };
  take(0, [
    ...CALM.map((instrument) => markEvent(walk, instrument, START)),
    {
      kind: 'account-opened',
      accountId: id,
      label: '',
      positionMode: 'one-way',
      assetMode: 'single',
    },
    { kind: 'transfer', accountId: id, assetId: USDT, amount: moneyUnits(p.wallet) },
    long(first, 2_000n),
    long(second, 4_800n),
  ]);
  p.prices.forEach((factor, index) => {
    const time = START + (index + 1) * 1_000;
    for (const [name, level] of Object.entries(FIRST_TICKS))
      walk.level.set(name, Math.round(level * factor));
    take(
      index + 1,
      CALM.map((instrument) => markEvent(walk, instrument, time)),
    );
  });
  const pool = state.pools.get(poolId('A0001/cross:USDT'));
  return JSON.stringify([rows.length, pool?.alert.state, pool?.phase.kind, state.head.hash]);
}

/** Steps beside the limit, until no hold runs any more and the screen may skip. */
const STANDING = [1, 2, 3, 4, 5];

it('[SC2] within a unit of a limit the screen says what the engine says, on either side of it', () => {
  const outcomes = new Set<string>();
  const random = randomFrom(7);
  for (let turn = 0; turn < (DEEP ? 400 : 8); turn += 1) {
    const factor = 0.93 - Math.round(random() * 30) / 1_000;
    // Each of 120,000 with a fee of 0.05 %; maintenance 5 % - 2,060 of each at the prices moved.
    const maintenance = Math.round((120_000 * factor * 0.05 - 2_060) * 2 * 1e8);
    const loss = Math.round((240_000 * (1 - factor) + 120) * 1e8);
    for (const level of [0.5, 0.7, 0.85, 1]) {
      const near = BigInt(Math.round(maintenance / level)) + BigInt(loss);
      for (const beside of [-3n, -1n, 0n, 1n, 3n]) {
        const story = {
          wallet: near + beside,
          prices: [1, ...STANDING.map(() => factor + 0.001), factor, factor, factor],
        };
        const screened = edgeRun({ ...story, brute: false });
        expect(screened, `turn ${turn}, ${level}, ${beside}`).toBe(
          edgeRun({ ...story, brute: true }),
        );
        outcomes.add(screened.slice(0, screened.lastIndexOf(',')));
      }
    }
  }
  expect(outcomes.size).toBeGreaterThan(3);
});
