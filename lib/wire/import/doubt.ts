/** What is missing from an import, and what that means for its pools: one that it could change is unknown. */
import { absent, type Absence, type AccountHealth, type PoolHealth } from '../../margin/figures.ts';
import { worseFirst } from '../../margin/health.ts';
import { noPrices } from '../../margin/liquidation-price.ts';
import { assetId } from '../../units/ids.ts';
import { type Imported } from './assemble.ts';
import { type Doubt, type ListName } from './found.ts';

export function withDoubts(
  health: AccountHealth,
  { doubts, unbacked }: Pick<Imported, 'doubts' | 'unbacked'>,
): AccountHealth {
  if (doubts.length === 0 && unbacked.length === 0) return health;
  const whole: Whole = {
    units: new Set(health.pools.filter(isShared).map(({ unit }) => unit)),
    held: new Set(
      health.pools.flatMap(({ positions }) =>
        positions.map(({ instrumentId }) => instrumentId.toUpperCase()),
      ),
    ),
  };
  const pools = health.pools.map((pool): PoolHealth => {
    const rows = doubts.filter((doubt) => couldChange(pool, doubt, whole)).length;
    const balances = unbacked.flatMap((asset) => missingBalance(pool, asset));
    const missing: readonly Absence[] = [
      ...(rows === 0 ? [] : [{ kind: 'rows-left-out', rows } as const]),
      ...balances,
    ];
    if (missing.length === 0) return pool;
    const [why] = balances;
    const left = why === undefined ? pool : withoutBalance(pool, why);
    return { ...left, status: 'unknown', missing: [...pool.missing, ...missing] };
  });
  const why = pools
    .flatMap(({ missing }) => missing)
    .find(({ kind }) => kind === 'balance-missing');
  return {
    ...health,
    pools,
    worstPool: pools.toSorted(worseFirst)[0],
    ...(why === undefined ? {} : { marginBalanceUsd: absent(why) }),
  };
}

function missingBalance(pool: PoolHealth, asset: string): readonly Absence[] {
  const { scope, unit } = pool;
  const isOf = scope.kind === 'multi-asset' || (isShared(pool) && unit === asset);
  return isOf ? [{ kind: 'balance-missing', assetId: assetId(asset) }] : [];
}

/** Whatever hangs on the balance does not exist; what the positions alone tell stays. */
function withoutBalance(pool: PoolHealth, why: Absence): PoolHealth {
  const none = absent(why);
  return {
    ...pool,
    walletBalance: none,
    marginBalance: none,
    marginExcess: none,
    availableMargin: none,
    withdrawable: none,
    marginRatio: none,
    effectiveLeverage: none,
    positions: pool.positions.map((position) => ({
      ...position,
      bankruptcyPrice: () => none,
      liquidation: () => noPrices(why),
      ifLiquidated: () => none,
    })),
    distances: () => [],
    decidingDistance: () => none,
  };
}

/** No margin figure reads them. */
const COMPARED_ONLY: readonly ListName[] = [
  'lastPrices',
  'funding',
  'poolFigures',
  'positionFigures',
];
const OF_CONTRACTS: readonly ListName[] = ['marks', 'indexPrices', 'instruments'];
const OF_COINS: readonly ListName[] = ['assetPrices', 'collateralWeights'];

/** What all pools together have: units of the shared ones, contracts held. */
interface Whole {
  readonly units: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
}

/** Whatever is not known of the row counts against the pool. */
function couldChange(
  pool: PoolHealth,
  { list, symbol, asset }: Doubt,
  { units, held }: Whole,
): boolean {
  const isHeld = pool.positions.some(
    ({ instrumentId }) => instrumentId.toUpperCase() === symbol?.toUpperCase(),
  );
  if (list !== undefined && COMPARED_ONLY.includes(list)) return false;
  // A contract that could not be taken and that nobody holds now: a position in it fell with it.
  if (list === 'instruments' && symbol !== undefined && !held.has(symbol.toUpperCase()))
    return isShared(pool);
  if (list !== undefined && OF_CONTRACTS.includes(list)) return symbol === undefined || isHeld;
  if (list !== undefined && OF_COINS.includes(list)) return pool.scope.kind === 'multi-asset';
  if (isHeld) return true;
  return isShared(pool) && (asset === undefined || !units.has(asset) || pool.unit === asset);
}

function isShared({ scope }: PoolHealth): boolean {
  return scope.kind !== 'isolated';
}
