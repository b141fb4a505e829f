/** By what the list of liquidations can be narrowed. Pure. */
import { money } from '#lib/units/money.ts';
import { contractsClosed, type LiquidationEntry } from './liquidation-rows.ts';

export interface LiquidationFilter {
  readonly contracts: readonly string[];
  /** Part of an account's id; empty for all. */
  readonly account: string;
  /** `deficit`: it cost more than the account had. `badDebt`: more than the fund had. `cross`: the whole account's pool. */
  readonly only: readonly Only[];
}
export const ONLY = ['deficit', 'badDebt', 'cross', 'isolated'] as const;
export type Only = (typeof ONLY)[number];

export const ALL_LIQUIDATIONS: LiquidationFilter = { contracts: [], account: '', only: [] };

const HOLDS: Readonly<Record<Only, (entry: LiquidationEntry) => boolean>> = {
  deficit: ({ settled }) => settled !== undefined && !money(settled.deficit).isZero(),
  badDebt: ({ settled }) => settled !== undefined && !money(settled.badDebt).isZero(),
  cross: ({ poolId }) => !isIsolated(poolId),
  isolated: ({ poolId }) => isIsolated(poolId),
};

function isIsolated(poolId: string): boolean {
  return poolId.includes('/isolated:');
}

export function holdsOf(entry: LiquidationEntry, only: Only): boolean {
  return HOLDS[only](entry);
}

/** Any of the contracts, and everything else that is asked. */
export function passes(
  entry: LiquidationEntry,
  { contracts, account, only }: LiquidationFilter,
): boolean {
  const own = contractsClosed(entry);
  return (
    (contracts.length === 0 || contracts.some((contract) => own.includes(contract))) &&
    entry.accountId.toLowerCase().includes(account.trim().toLowerCase()) &&
    only.every((one) => holdsOf(entry, one))
  );
}

/** Contracts of the list, most liquidated first, with how often. */
export function contractCounts(
  entries: readonly LiquidationEntry[],
): readonly { readonly contract: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const entry of entries)
    for (const contract of contractsClosed(entry))
      counts.set(contract, (counts.get(contract) ?? 0) + 1);
  return [...counts]
    .map(([contract, count]) => ({ contract, count }))
    .toSorted((a, b) => b.count - a.count || (a.contract < b.contract ? -1 : 1));
}
