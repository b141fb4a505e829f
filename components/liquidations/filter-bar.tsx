'use client';
/** Narrows the list of liquidations: contract, account, and what a reader looks for in them. */
import { FilterChip, toggled } from '#components/primitives/filter-chip.tsx';
import {
  contractCounts,
  holdsOf,
  ONLY,
  type LiquidationFilter,
  type Only,
} from './liquidation-filter.ts';
import { type LiquidationEntry } from './liquidation-rows.ts';

const ONLY_WORDS: Readonly<Record<Only, string>> = {
  deficit: 'Deficit',
  badDebt: 'Bad debt',
  cross: 'Whole account',
  isolated: 'Isolated',
};

export function FilterBar({
  entries,
  filter,
  setFilter,
}: {
  readonly entries: readonly LiquidationEntry[];
  readonly filter: LiquidationFilter;
  readonly setFilter: (filter: LiquidationFilter) => void;
}) {
  return (
    <fieldset
      aria-label="Filter the liquidations"
      className="flex min-w-0 flex-wrap items-center gap-1.5 max-sm:flex-nowrap max-sm:overflow-x-auto border-b border-line px-3 py-2"
    >
      {ONLY.map((only) => (
        <FilterChip
          count={entries.filter((entry) => holdsOf(entry, only)).length}
          key={only}
          on={filter.only.includes(only)}
          onToggle={() => setFilter({ ...filter, only: toggled(filter.only, only) })}
        >
          {ONLY_WORDS[only]}
        </FilterChip>
      ))}
      <span aria-hidden className="mx-1 h-4 shrink-0 border-l border-line" />
      {contractCounts(entries).map(({ contract, count }) => (
        <FilterChip
          count={count}
          key={contract}
          on={filter.contracts.includes(contract)}
          onToggle={() => setFilter({ ...filter, contracts: toggled(filter.contracts, contract) })}
        >
          {contract}
        </FilterChip>
      ))}
    </fieldset>
  );
}
