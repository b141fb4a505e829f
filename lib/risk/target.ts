/** What a pool shall reach, and how far from it facts are (SPEC SV1). */
import { type PoolHealth } from '../margin/figures.ts';
import { assessPool, type AssessInput } from '../margin/health.ts';
import { logDistanceOf, sigmaOf } from '../margin/daily-moves.ts';
import { poolsOf } from '../margin/pool.ts';
import { type InstrumentId, type PoolId } from '../units/ids.ts';
import { ONE } from '../units/decimal.ts';
import { minus, ratioOf, type Price, type Rate } from '../units/money.ts';
import { movePrice } from './terms.ts';

export type Target =
  /** Margin ratio of at most this. */
  | { readonly kind: 'ratio'; readonly atMost: Rate }
  /** Deciding distance of at least this share of the mark. */
  | { readonly kind: 'distance'; readonly atLeast: Rate }
  /** Every way to liquidation at least this many daily moves long. */
  | {
      readonly kind: 'moves';
      readonly atLeast: number;
      /** Standard deviation of a day's log return, by coin. */
      readonly dailyVolatility: ReadonlyMap<string, number>;
    }
  /** Not liquidatable when this contract stands at a price and its coin has moved with it. */
  | { readonly kind: 'survive'; readonly instrumentId: InstrumentId; readonly at: Price };

/** `gap` leads a search and decides nothing: above 0 is how much is missing, in whatever measure is nearest to a line. */
export interface TargetReading {
  readonly reached: boolean;
  readonly gap: number | undefined;
}

const NOTHING_AT_RISK: TargetReading = { reached: true, gap: undefined };
const OUT_OF_REACH: TargetReading = { reached: false, gap: undefined };

/** A pool that is gone or holds no position and no debt has reached every target. */
export function readTarget(facts: AssessInput, poolId: PoolId, target: Target): TargetReading {
  const seen = target.kind === 'survive' ? atSurvivalPrice(facts, target) : facts;
  if (seen === undefined) return OUT_OF_REACH;
  const found = poolsOf(seen.account, seen.market).find(({ id }) => id === poolId);
  if (found === undefined) return NOTHING_AT_RISK;
  const pool = assessPool(found, seen.market, seen.rules);
  if (pool.status === 'empty') return NOTHING_AT_RISK;
  if (pool.status === 'unknown' || pool.status === 'deficit') return OUT_OF_REACH;
  switch (target.kind) {
    case 'ratio':
      return readRatio(pool, target.atMost);
    case 'distance':
      return readDistance(pool, target.atLeast);
    case 'moves':
      return readMoves(pool, target);
    case 'survive':
      return readExcess(pool);
  }
}

function atSurvivalPrice(
  facts: AssessInput,
  { instrumentId, at }: Extract<Target, { readonly kind: 'survive' }>,
): AssessInput | undefined {
  const base = facts.market.instruments.get(instrumentId)?.base;
  const mark = facts.market.marks.get(instrumentId)?.price;
  if (base === undefined || mark === undefined) return undefined;
  const moved = movePrice(facts, base, ratioOf(minus(at, mark), mark));
  return moved.ok ? moved.value : undefined;
}

/** Balance over maintenance is a line in what is deposited, its inverse is not. */
function readRatio(pool: PoolHealth, atMost: Rate): TargetReading {
  const { marginBalance, maintenanceMargin } = pool;
  if (!marginBalance.known || !maintenanceMargin.known) return OUT_OF_REACH;
  const balance = marginBalance.value;
  const maintenance = maintenanceMargin.value;
  const reached = balance.gt(0) && maintenance.lte(balance.times(atMost));
  if (maintenance.isZero() || !atMost.gt(0)) return { reached, gap: undefined };
  return { reached, gap: ONE.div(atMost).minus(balance.div(maintenance)).toNumber() };
}

function readDistance(pool: PoolHealth, atLeast: Rate): TargetReading {
  if (pool.status !== 'healthy') return OUT_OF_REACH;
  const deciding = pool.decidingDistance();
  if (!deciding.known) return NOTHING_AT_RISK;
  const { share } = deciding.value;
  return { reached: share.gte(atLeast), gap: atLeast.minus(share).toNumber() };
}

function readMoves(
  pool: PoolHealth,
  { atLeast, dailyVolatility }: Extract<Target, { readonly kind: 'moves' }>,
): TargetReading {
  if (pool.status !== 'healthy') return OUT_OF_REACH;
  const moves = pool
    .distances()
    .map((distance) => logDistanceOf(distance) / sigmaOf(distance, dailyVolatility));
  if (moves.length === 0) return NOTHING_AT_RISK;
  const nearest = Math.min(...moves);
  return Number.isFinite(nearest) || nearest === Infinity
    ? { reached: nearest >= atLeast, gap: Number.isFinite(nearest) ? atLeast - nearest : undefined }
    : OUT_OF_REACH;
}

function readExcess(pool: PoolHealth): TargetReading {
  return {
    reached: pool.status === 'healthy',
    gap: pool.marginExcess.known ? -pool.marginExcess.value.toNumber() : undefined,
  };
}
