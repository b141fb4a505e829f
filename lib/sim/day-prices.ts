/**
 * Fair prices of a recorded day known by a few dozen points: between them a Brownian bridge in log price, which hits every point
 * exactly. Coins that the day lacks follow BTC by their beta (rulings G9) and say so.
 */
import { assert } from '../contract.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AssetId, assetId } from '../units/ids.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS, type TimestampMs } from '../units/time.ts';
import { LEADING_COIN, traitsOf } from './coins.ts';
import { type CrashDay } from './crash-days.ts';
import { cell, type Memory } from './memory.ts';
import { createNoise, type Noise } from './ornstein.ts';
import { createStream, type RandomStream } from './random.ts';
import { type FairPrices } from './simulated-feed.ts';

/** What a modelled coin does besides following: a little of its own. Our choice. */
const OWN_NOISE = {
  purpose: 'own',
  count: 1,
  mean: 0,
  standardDeviation: 0.002,
  halfLifeMs: 10 * MINUTE_MS,
};

export interface DayPricesSettings {
  readonly seed: string;
  readonly instruments: readonly Instrument[];
  readonly day: CrashDay;
  readonly startTime: TimestampMs;
  readonly stepMs: number;
}

interface PricePoint {
  readonly timeMs: number;
  readonly logPrice: number;
}

/** Seconds and prices in turn, as milliseconds and logarithms. */
export function pointsOf(pairs: readonly number[]): readonly PricePoint[] {
  assert(pairs.length > 2 && pairs.length % 2 === 0, 'points are pairs of seconds and price');
  const points: PricePoint[] = [];
  for (let index = 0; index < pairs.length; index += 2) {
    points.push({
      timeMs: cell(pairs, index) * SECOND_MS,
      logPrice: Math.log(cell(pairs, index + 1)),
    });
  }
  return points;
}

/** Length of a day: all its coins end together. */
export function durationMsOf(day: CrashDay): number {
  const ends = Object.values(day.coins).map((pairs) => pointsOf(pairs).at(-1)?.timeMs ?? 0);
  return Math.max(...ends);
}

interface KnownCoin {
  readonly kind: 'known';
  readonly points: readonly PricePoint[];
  readonly stream: RandomStream;
  /** Variance of log price per millisecond between points. */
  readonly variancePerMs: number;
}

interface ModelledCoin {
  readonly kind: 'modelled';
  readonly base: AssetId;
  readonly beta: number;
  readonly noise: Noise;
}

type Coin = KnownCoin | ModelledCoin;

/** One step of the bridge toward the next point: drift takes it there, the spread dies out on arrival. */
function bridgeStep(p: {
  coin: KnownCoin;
  from: number;
  elapsedMs: number;
  stepMs: number;
}): number {
  const { coin, from, elapsedMs, stepMs } = p;
  const draw = coin.stream.normal();
  const target = coin.points.find(({ timeMs }) => timeMs > elapsedMs);
  if (target === undefined) return from;
  const leftMs = target.timeMs - elapsedMs;
  if (leftMs <= stepMs) return target.logPrice;
  const spread = Math.sqrt((coin.variancePerMs * stepMs * (leftMs - stepMs)) / leftMs);
  return from + ((target.logPrice - from) * stepMs) / leftMs + spread * draw;
}

function coinOf(settings: DayPricesSettings, instrument: Instrument, memory: Memory): Coin {
  const { seed, day, stepMs } = settings;
  const asset = instrument.base;
  const pairs = day.coins[asset];
  if (pairs === undefined) {
    const noise = createNoise({ seed, asset, ...OWN_NOISE }, stepMs, memory);
    return { kind: 'modelled', base: asset, beta: traitsOf(asset).beta, noise };
  }
  return {
    kind: 'known',
    points: pointsOf(pairs),
    stream: createStream(memory, { seed, asset, purpose: 'bridge' }),
    variancePerMs: instrument.dailyVolatility ** 2 / DAY_MS,
  };
}

/** Log price of a coin at the first point: recorded, or as far from its usual price as BTC was from its own. */
function openingLogOf(coin: Coin, leaderOpening: number): number {
  if (coin.kind === 'known') return coin.points[0]?.logPrice ?? 0;
  const usual = Math.log(
    traitsOf(coin.base).openingPrice / traitsOf(assetId(LEADING_COIN)).openingPrice,
  );
  return usual + leaderOpening;
}

interface DayState {
  readonly coins: readonly Coin[];
  readonly opening: Float64Array;
  readonly logs: Float64Array;
  readonly prices: Float64Array;
  readonly leader: number;
}

function follow(state: DayState, coin: ModelledCoin, index: number): number {
  const leaderMove = cell(state.logs, state.leader) - cell(state.opening, state.leader);
  coin.noise.advance();
  return cell(state.opening, index) + coin.beta * leaderMove + cell(coin.noise.values, 0);
}

function publish(state: DayState): void {
  for (let index = 0; index < state.prices.length; index += 1) {
    state.prices[index] = Math.exp(cell(state.logs, index));
  }
}

function createState(settings: DayPricesSettings, memory: Memory): DayState {
  const { instruments } = settings;
  const leader = instruments.findIndex(({ base }) => base === LEADING_COIN);
  const coins = instruments.map((instrument) => coinOf(settings, instrument, memory));
  assert(coins[leader]?.kind === 'known', `a day knows ${LEADING_COIN}, which others follow`);
  const leaderOpening = coins[leader].points[0]?.logPrice ?? 0;
  const opening = Float64Array.from(coins, (coin) => openingLogOf(coin, leaderOpening));
  const logs = memory.numbers('log price', coins.length);
  logs.set(opening);
  return { coins, opening, logs, leader, prices: memory.numbers('fair price', coins.length) };
}

export function createDayPrices(settings: DayPricesSettings, memory: Memory): FairPrices {
  const { startTime, stepMs } = settings;
  const state = createState(settings, memory);
  publish(state);
  return {
    prices: state.prices,
    modelled: state.coins.map(({ kind }) => kind === 'modelled'),
    advance(time) {
      const elapsedMs = time - startTime - stepMs;
      for (const [index, coin] of state.coins.entries()) {
        if (coin.kind !== 'known') continue;
        state.logs[index] = bridgeStep({ coin, from: cell(state.logs, index), elapsedMs, stepMs });
      }
      for (const [index, coin] of state.coins.entries()) {
        if (coin.kind === 'modelled') state.logs[index] = follow(state, coin, index);
      }
      publish(state);
    },
  };
}
