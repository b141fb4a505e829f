/**
 * Simulated log returns of several coins: correlated diffusion, volatility that clusters (GARCH over 5-minute bars), jumps alone and
 * together. Source of the process and its constants: liquidation.md 1.7. Floats: the tick-rounded mark is the fact, not these.
 */
import { assert } from '../contract.ts';
import { type Instrument } from '../market/instrument.ts';
import { DAY_MS, SECOND_MS } from '../units/time.ts';
import { choleskyRows, type CoinTraits, correlationOf, traitsOf } from './coins.ts';
import { cell, type Memory } from './memory.ts';
import { createStream, type RandomStream } from './random.ts';

/** Length of a bar, inside which the variance is constant. */
const BAR_SECONDS = 300;
const DAY_SECONDS = DAY_MS / SECOND_MS;
const BARS_A_DAY = DAY_SECONDS / BAR_SECONDS;
/** Weight of the last bar's squared return, and of the last variance. */
const GARCH_NEWS = 0.12;
const GARCH_MEMORY = 0.85;
/** A bar's return counts for at most so many standard deviations. */
const NEWS_CLIP = 6;
const JUMPS_A_DAY = 3;
/** Share of a coin's jumps that all coins take together, with one sign. */
const COMMON_SHARE = 0.5;
/** Stream of what all coins share. */
const ALL_COINS = '*';

export interface PathSettings {
  readonly seed: string;
  readonly instruments: readonly Instrument[];
  readonly stepMs: number;
  /** Times the volatility of the catalogue. */
  readonly volatilityFactor: number;
  /** Times three jumps a day. */
  readonly jumpFactor: number;
}

export interface PricePath {
  /** Moves on by one step and writes the log return of each instrument. */
  advance(returns: Float64Array): void;
}

/** Constants of one coin, in variance of a 5-minute bar. */
interface CoinProcess {
  readonly jumpSize: number;
  /** Long-run variance of the diffusion: the target less what the jumps bring. */
  readonly barVariance: number;
  /** GARCH constant w. */
  readonly constant: number;
}

function coinProcessOf(p: {
  traits: CoinTraits;
  dailyVolatility: number;
  settings: PathSettings;
}): CoinProcess {
  const { jumpSize } = p.traits;
  const target = (p.dailyVolatility * p.settings.volatilityFactor) ** 2 / BARS_A_DAY;
  const jumpVariance = (2 * jumpSize ** 2 * JUMPS_A_DAY * p.settings.jumpFactor) / BARS_A_DAY;
  const barVariance = target - jumpVariance;
  const constant = barVariance * (1 - GARCH_NEWS - GARCH_MEMORY) - GARCH_NEWS * jumpVariance;
  assert(constant > 0, 'jumps leave room for a diffusion: fewer jumps or more volatility');
  return { jumpSize, barVariance, constant };
}

/** Poisson arrivals: waits an exponential time, answers the sum of the signed sizes that fell into a step, in units of mean size. */
interface JumpClock {
  take(seconds: number): number;
}

function createJumpClock(p: {
  seed: string;
  asset: string;
  jumpsPerDay: number;
  memory: Memory;
}): JumpClock {
  const stream = createStream(p.memory, { seed: p.seed, asset: p.asset, purpose: 'jump' });
  const waitSeconds = p.memory.numbers(`jump wait ${p.asset}`, 1);
  const nextWait = (): number =>
    p.jumpsPerDay > 0 ? (stream.exponential() * DAY_SECONDS) / p.jumpsPerDay : DAY_SECONDS;
  waitSeconds[0] = nextWait();
  const jump = (): number =>
    p.jumpsPerDay > 0 ? (stream.uniform() < 0.5 ? -1 : 1) * stream.exponential() : 0;
  return {
    take(seconds) {
      let sum = 0;
      let wait = cell(waitSeconds, 0) - seconds;
      while (wait <= 0) {
        sum += jump();
        wait += nextWait();
      }
      waitSeconds[0] = wait;
      return sum;
    },
  };
}

interface PathState {
  readonly settings: PathSettings;
  readonly coins: readonly CoinProcess[];
  readonly diffusion: readonly RandomStream[];
  readonly ownJumps: readonly JumpClock[];
  readonly commonJumps: JumpClock;
  readonly cholesky: readonly Float64Array[];
  /** Draws of this step, one a coin, before correlation. */
  readonly normals: Float64Array;
  readonly barVariance: Float64Array;
  readonly barReturn: Float64Array;
  readonly barSeconds: Float64Array;
}

function createState(settings: PathSettings, memory: Memory): PathState {
  const { seed, instruments } = settings;
  const traits = instruments.map((instrument) => traitsOf(instrument.base));
  const coins = instruments.map((instrument) =>
    coinProcessOf({
      traits: traitsOf(instrument.base),
      dailyVolatility: instrument.dailyVolatility,
      settings,
    }),
  );
  const half = (share: number): number => JUMPS_A_DAY * settings.jumpFactor * share;
  const jumps = (asset: string, share: number): JumpClock =>
    createJumpClock({ seed, asset, jumpsPerDay: half(share), memory });
  const correlation = (row: number, column: number): number => {
    const [a, b] = [traits[row], traits[column]];
    assert(a !== undefined && b !== undefined, 'a coin for each row');
    return correlationOf(a, b);
  };
  const barVariance = memory.numbers('bar variance', coins.length);
  barVariance.set(coins.map((coin) => coin.barVariance));
  return {
    settings,
    coins,
    diffusion: instruments.map(({ base }) =>
      createStream(memory, { seed, asset: base, purpose: 'diff' }),
    ),
    ownJumps: instruments.map(({ base }) => jumps(base, 1 - COMMON_SHARE)),
    commonJumps: jumps(ALL_COINS, COMMON_SHARE),
    cholesky: choleskyRows(coins.length, correlation),
    normals: new Float64Array(coins.length),
    barVariance,
    barReturn: memory.numbers('bar return', coins.length),
    barSeconds: memory.numbers('bar seconds', 1),
  };
}

function drawNormals(state: PathState): void {
  for (const [index, stream] of state.diffusion.entries()) state.normals[index] = stream.normal();
}

function correlated(row: Float64Array, normals: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < row.length; k += 1) sum += cell(row, k) * cell(normals, k);
  return sum;
}

/** r = -k/2 + sqrt(k) z + J, with k the variance of this step. */
function stepReturns(state: PathState, seconds: number, returns: Float64Array): void {
  const commonJump = state.commonJumps.take(seconds);
  for (const [index, coin] of state.coins.entries()) {
    const row = state.cholesky[index];
    const ownJumps = state.ownJumps[index];
    assert(row !== undefined && ownJumps !== undefined, 'a row and a clock for each coin');
    const variance = (cell(state.barVariance, index) * seconds) / BAR_SECONDS;
    const jump = coin.jumpSize * (commonJump + ownJumps.take(seconds));
    const move = Math.sqrt(variance) * correlated(row, state.normals) - variance / 2 + jump;
    returns[index] = move;
    state.barReturn[index] = cell(state.barReturn, index) + move;
  }
}

/** End of a bar: h' = w + a R^2 + b h, with the bar's return R clipped. */
function closeBar(state: PathState): void {
  for (const [index, coin] of state.coins.entries()) {
    const variance = cell(state.barVariance, index);
    const limit = NEWS_CLIP * Math.sqrt(variance);
    const news = Math.min(Math.abs(cell(state.barReturn, index)), limit);
    state.barVariance[index] = coin.constant + GARCH_NEWS * news ** 2 + GARCH_MEMORY * variance;
    state.barReturn[index] = 0;
  }
  state.barSeconds[0] = 0;
}

export function createPricePath(settings: PathSettings, memory: Memory): PricePath {
  const state = createState(settings, memory);
  const seconds = settings.stepMs / SECOND_MS;
  return {
    advance(returns) {
      drawNormals(state);
      stepReturns(state, seconds, returns);
      state.barSeconds[0] = cell(state.barSeconds, 0) + seconds;
      if (cell(state.barSeconds, 0) >= BAR_SECONDS) closeBar(state);
    },
  };
}
