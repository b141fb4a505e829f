/** What is missing from an import, and what that means for its pools: one that it could change is unknown. */
import { type Absence, type AccountHealth, type PoolHealth } from '../../margin/figures.ts';
import { worseFirst } from '../../margin/health.ts';
import { assetId } from '../../units/ids.ts';
import { type Imported } from './assemble.ts';
import { type Doubt, type ListName } from './found.ts';

export function withDoubts(
  health: AccountHealth,
  { doubts, unbacked }: Pick<Imported, 'doubts' | 'unbacked'>,
): AccountHealth {
  if (doubts.length === 0 && unbacked.length === 0) return health;
  const units = new Set<string>(health.pools.filter(isShared).map(({ unit }) => unit));
  const pools = health.pools.map((pool): PoolHealth => {
    const rows = doubts.filter((doubt) => couldChange(pool, doubt, units)).length;
    const missing: readonly Absence[] = [
      ...(rows === 0 ? [] : [{ kind: 'rows-left-out', rows } as const]),
      ...unbacked.flatMap((asset) => missingBalance(pool, asset)),
    ];
    if (missing.length === 0) return pool;
    return { ...pool, status: 'unknown', missing: [...pool.missing, ...missing] };
  });
  return { ...health, pools, worstPool: pools.toSorted(worseFirst)[0] };
}

function missingBalance(pool: PoolHealth, asset: string): readonly Absence[] {
  const { scope, unit } = pool;
  const isOf = scope.kind === 'multi-asset' || (isShared(pool) && unit === asset);
  return isOf ? [{ kind: 'balance-missing', assetId: assetId(asset) }] : [];
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

/** Whatever is not known of the row counts against the pool. */
function couldChange(
  pool: PoolHealth,
  { list, symbol, asset }: Doubt,
  units: ReadonlySet<string>,
): boolean {
  const isHeld = pool.positions.some(
    ({ instrumentId }) => instrumentId.toUpperCase() === symbol?.toUpperCase(),
  );
  if (list !== undefined && COMPARED_ONLY.includes(list)) return false;
  if (list !== undefined && OF_CONTRACTS.includes(list)) return symbol === undefined || isHeld;
  if (list !== undefined && OF_COINS.includes(list)) return pool.scope.kind === 'multi-asset';
  if (isHeld) return true;
  return isShared(pool) && (asset === undefined || !units.has(asset) || pool.unit === asset);
}

function isShared({ scope }: PoolHealth): boolean {
  return scope.kind !== 'isolated';
}
