/** Random books for searches: contracts of every kind, accounts of every mode, prices that walk, jump and stand still beside what they were. */
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { Decimal } from '../units/decimal.ts';
import { accountId, assetId, instrumentId, type AccountId } from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { lots, moneyUnits, rateUnits, ticks } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { type AlertRule } from './alert-rule.ts';
import { engine } from './engine.ts';
import { type EngineEvent, type OperatorCommand, type StepInput } from './event.ts';
import { allPoolRows } from './ledger.ts';
import { type EngineState } from './state.ts';

const ACCOUNTS = 24;
export const START = 1_700_000_000_000;

/** Small and fast: a failure prints its seed, which gives the same run again. */
export function randomFrom(seed: number): () => number {
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

export function contract(p: {
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
export const CONTRACTS: readonly Instrument[] = [
  contract({ id: 'BTCUSDT', base: 'BTC', tick: '0.1', lot: '0.001', daily: 0.03 }),
  contract({ id: 'BTCUSD', base: 'BTC', inverse: true, tick: '0.1', lot: '1', daily: 0.03 }),
  contract({ id: 'ETHUSDT', base: 'ETH', tick: '0.01', lot: '0.01', daily: 0.05 }),
  contract({ id: 'DOGEUSDT', base: 'DOGE', tick: '0.00001', lot: '1', daily: 0.08 }),
];
export const FIRST_TICKS: Readonly<Record<string, number>> = {
  BTCUSDT: 600_000,
  BTCUSD: 600_000,
  ETHUSDT: 250_000,
  DOGEUSDT: 10_000,
};
export const USDT = assetId('USDT');
const COLLATERAL = [USDT, USDT, assetId('BTC'), assetId('ETH'), assetId('USDC')];

export interface Walk {
  readonly random: () => number;
  readonly level: Map<string, number>;
  wild: number;
}

function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('something to pick from');
  return item;
}

export function idOf(number: number): AccountId {
  return accountId(`A${String(number).padStart(4, '0')}`);
}

export function markEvent(walk: Walk, instrument: Instrument, time: number): EngineEvent {
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
  const account = state.accounts.read(id);
  if (account === undefined) return [];
  if (what < 0.05) return [tradeEvent(walk, id, account.positionMode === 'hedge')];
  if (what < 0.1) return [depositEvent(walk, id)];
  if (what < 0.11) {
    const instrument = pick(random, CONTRACTS);
    const funding = rateUnits(BigInt(Math.round((random() - 0.5) * 4e9)));
    return [{ kind: 'funding-settled', instrumentId: instrument.id, rate: funding }];
  }
  if (what < 0.14) {
    const pool = allPoolRows(state).find(({ alert }) => alert.state !== 'healthy');
    if (pool === undefined) return [];
    const { accountId: owner, poolId } = pool;
    return [
      random() < 0.7
        ? { kind: 'acknowledged', accountId: owner, poolId, by: 'desk', note: '' }
        : { kind: 'acknowledgement-undone', accountId: owner, poolId, by: 'desk' },
    ];
  }
  if (what < 0.17) return [ruleEvent(walk, state)];
  return what < 0.18
    ? [{ kind: 'instrument-changed', instrument: harsher(pick(random, CONTRACTS), random) }]
    : [];
}

/** Rules from the start, so many that most pools are judged by one. */
function openingRules({ random }: Walk): readonly EngineEvent[] {
  return Array.from({ length: 12 }, () => ({
    kind: 'operator-command',
    command: { kind: 'set-alert-rule', rule: randomRule(random) },
    by: 'desk',
  }));
}

/** A rule for an account, a coin, both or all, or the end of one that stands. */
function ruleEvent({ random }: Walk, { alertRules }: EngineState): EngineEvent {
  const standing = [...alertRules.values()];
  const command: OperatorCommand =
    standing.length > 0 && random() < 0.4
      ? { kind: 'remove-alert-rule', target: pick(random, standing) }
      : { kind: 'set-alert-rule', rule: randomRule(random) };
  return { kind: 'operator-command', command, by: 'desk' };
}

/** Largest watch level of a rule: near enough to what the book's pools show that all its levels are crossed. */
const RULE_SCALES = { z: 4, percent: 0.3, ratio: 0.9 } as const;

function randomRule(random: () => number): AlertRule {
  const measure = pick(random, ['z', 'percent', 'ratio'] as const);
  const high = RULE_SCALES[measure];
  const levels = Array.from({ length: 6 }, () => 0.01 + random() * high).toSorted((a, b) => a - b);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = levels;
  const rises = measure === 'ratio';
  return {
    account: random() < 0.7 ? null : idOf(1 + Math.floor(random() * ACCOUNTS)),
    base: random() < 0.3 ? null : pick(random, CONTRACTS).base,
    measure,
    levels: {
      watch: rises ? { leave: a, enter: b } : { enter: e, leave: f },
      warning: rises ? { leave: c, enter: d } : { enter: c, leave: d },
      critical: rises ? { leave: e, enter: f } : { enter: a, leave: b },
    },
  };
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

/** A run whose prices walk from the same place; the seed says how. */
export interface RandomRun {
  readonly walk: Walk;
  readonly state: EngineState;
}

export function openRandomRun(seed: number): RandomRun {
  const walk = { random: randomFrom(seed), level: new Map(Object.entries(FIRST_TICKS)), wild: 1 };
  const state = engine.openRun({
    runId: 'fuzz',
    seed: String(seed),
    scenario: 'random',
    startTime: timestampMs(START),
    instruments: CONTRACTS,
    fundSeeds: [{ asset: USDT, amount: moneyUnits(50_00000000n) }],
  });
  return { walk, state };
}

/** Step 0 opens the accounts, after people's own levels where the run is under some. */
export function randomStep({ walk, state }: RandomRun, step: number, ruled = false): StepInput {
  if (step > 0) return stepOf(walk, state, step);
  const rules = ruled ? openingRules(walk) : [];
  return { step, time: timestampMs(START), events: [...rules, ...opening(walk)] };
}
