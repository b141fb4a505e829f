/** An account of the Desk in danger: what tests of the grid, its file and the queue of breaches tell their stories with. */
import { type DeskRow } from '#lib/wire/protocol.ts';

export const EXAMPLE_DESK_ROW: DeskRow = {
  accountId: 'A1',
  label: 'bold',
  state: 'critical',
  since: 0,
  unknownSince: null,
  doubtful: false,
  worstPool: 'A1/cross:USDT',
  unit: 'USDT',
  marginRatio: '1.2',
  distanceShare: 'past',
  distanceBy: null,
  marginBalance: '1',
  maintenanceMargin: '1',
  excess: '0',
  notionalUsd: '1',
  unrealizedPnlUsd: '0',
  positions: 1,
  biggest: 'BTCUSDT',
  acknowledged: false,
  confirming: false,
  z: 0,
  ifDownUsd: null,
};
