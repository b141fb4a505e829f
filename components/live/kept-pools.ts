/** Figures of pools that no tick touched are handed out again, the same objects, so that nobody derives or paints them anew. Pure. */
import { type Account } from '#lib/margin/account.ts';
import { type AccountHealth, type Figure, type PoolHealth } from '#lib/margin/figures.ts';
import { type Decimal } from '#lib/units/decimal.ts';

export interface Assessed {
  readonly facts: Account;
  readonly health: AccountHealth;
}

/** @param fresh the figures of `facts` now. */
export function keepPools(
  before: Assessed | undefined,
  facts: Account,
  fresh: AccountHealth,
): AccountHealth {
  if (before === undefined || before.facts !== facts) return fresh;
  const old = new Map(before.health.pools.map((pool) => [pool.id, pool]));
  const kept = (pool: PoolHealth): PoolHealth => {
    const last = old.get(pool.id);
    return last !== undefined && isUntouched(last, pool) ? last : pool;
  };
  return {
    ...fresh,
    pools: fresh.pools.map(kept),
    worstPool: fresh.worstPool === undefined ? undefined : kept(fresh.worstPool),
  };
}

/** The same facts at the same marks. A pool of several assets also hangs on their prices, and counts as touched. */
function isUntouched(a: PoolHealth, b: PoolHealth): boolean {
  return (
    b.scope.kind !== 'multi-asset' &&
    a.status === b.status &&
    isSame(a.marginBalance, b.marginBalance) &&
    isSame(a.maintenanceMargin, b.maintenanceMargin) &&
    a.positions.length === b.positions.length &&
    a.positions.every((position, index) => {
      const now = b.positions[index]?.mark;
      return now !== undefined && isSameMark(position.mark, now);
    })
  );
}

type Mark = PoolHealth['positions'][number]['mark'];

function isSameMark(a: Mark, b: Mark): boolean {
  if (!a.known || !b.known) return !a.known && !b.known && a.why.kind === b.why.kind;
  const { price, time, status } = a.value;
  return price.eq(b.value.price) && time === b.value.time && status === b.value.status;
}

function isSame(a: Figure<Decimal>, b: Figure<Decimal>): boolean {
  if (a.known && b.known) return a.value.eq(b.value);
  return !a.known && !b.known && a.why.kind === b.why.kind;
}
