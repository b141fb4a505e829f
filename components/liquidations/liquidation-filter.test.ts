import { expect, it } from 'vitest';
import { poolId } from '#lib/units/ids.ts';
import {
  ALL_LIQUIDATIONS,
  contractCounts,
  passes,
  type LiquidationFilter,
} from './liquidation-filter.ts';
import { type LiquidationEntry } from './liquidation-rows.ts';

const close = (instrument: string) => ({ instrument, side: 'both', size: '-1', mark: '60000' });

function entryOf(
  accountId: string,
  scope: string,
  contracts: readonly string[],
  cost?: { readonly deficit: string; readonly badDebt: string },
): LiquidationEntry {
  const own = { planId: `${accountId}-1`, poolId: poolId(`${accountId}/${scope}`), unit: 'USDT' };
  return {
    ...own,
    accountId,
    time: 0,
    steps: [],
    planned: {
      kind: 'liquidation-planned',
      ...own,
      marginBalance: '50',
      maintenanceMargin: '60',
      marks: [],
      cancelOrders: [],
      closes: contracts.map(close),
    },
    settled: cost && {
      kind: 'liquidation-settled',
      ...own,
      equityAtDecision: '50',
      notional: '60000',
      fee: '1',
      conversionCost: '0',
      paidByFund: '0',
      left: '0',
      fundAfter: '9',
      collateralSold: [],
      movements: [],
      ...cost,
    },
  };
}

const CROSS = entryOf('A0007', 'cross:USDT', ['BTCUSDT', 'ETHUSDT'], {
  deficit: '3',
  badDebt: '0',
});
const LONE = entryOf('A0012', 'isolated:BTCUSDT', ['BTCUSDT'], { deficit: '0', badDebt: '0' });
const WORST = entryOf('A0021', 'isolated:SOLUSDT', ['SOLUSDT'], { deficit: '9', badDebt: '2' });
const RUNNING = entryOf('A0030', 'cross:USDT', ['SOLUSDT']);
const ALL = [CROSS, LONE, WORST, RUNNING];

function left(filter: Partial<LiquidationFilter>): readonly string[] {
  return ALL.filter((entry) => passes(entry, { ...ALL_LIQUIDATIONS, ...filter })).map(
    ({ accountId }) => accountId,
  );
}

it('lets any of the contracts through, and everything else that is asked at once', () => {
  expect(left({})).toHaveLength(4);
  expect(left({ contracts: ['ETHUSDT', 'SOLUSDT'] })).toEqual(['A0007', 'A0021', 'A0030']);
  expect(left({ contracts: ['SOLUSDT'], only: ['deficit'] })).toEqual(['A0021']);
  expect(left({ only: ['deficit', 'cross'] })).toEqual(['A0007']);
  expect(left({ only: ['badDebt'] })).toEqual(['A0021']);
  expect(left({ only: ['isolated'], account: ' a001 ' })).toEqual(['A0012']);
});

it('counts a liquidation once for each contract that it closes, most frequent first', () => {
  expect(contractCounts(ALL)).toEqual([
    { contract: 'BTCUSDT', count: 2 },
    { contract: 'SOLUSDT', count: 2 },
    { contract: 'ETHUSDT', count: 1 },
  ]);
});
