/** One margin pool now, and after what is planned. Pure. */
import { type PoolHealth } from '#lib/margin/figures.ts';
import { type Base, type Plan } from './plan.ts';

export interface ResultProps {
  readonly base: Base;
  readonly plan: Plan;
  readonly poolId: string | undefined;
}

export interface Beside {
  readonly now: PoolHealth | undefined;
  readonly after: PoolHealth | undefined;
}

export function besideOf({ base, plan, poolId }: ResultProps): Beside {
  return {
    now: base.health.pools.find(({ id }) => id === poolId),
    after: plan.after.pools.find(({ id }) => id === poolId),
  };
}

/** A stale input makes what is now as doubtful as what would be. */
export function trustOf({ now, after }: Beside): 'lost' | undefined {
  return now?.status === 'unknown' || after?.status === 'unknown' ? 'lost' : undefined;
}
