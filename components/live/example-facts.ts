/** Small facts for tests: one linear instrument or two, an account, a frame of the market, as they travel. */
import {
  type AccountText,
  type InstrumentText,
  type MarketFrame,
  type MarkWire,
  type PoolText,
  type PositionText,
  type RunText,
  type Welcome,
} from '#lib/wire/protocol.ts';

export const EXAMPLE_TIME = Date.UTC(2026, 0, 14, 12);

function instrumentExample(base: string): InstrumentText {
  return {
    id: `${base}USDT`,
    kind: 'linear',
    deliveryTime: null,
    base,
    quote: 'USDT',
    settle: 'USDT',
    contractSize: '1',
    tickSize: '0.1',
    lotSize: '0.001',
    takerFeeRate: '0.0005',
    makerFeeRate: '0.0002',
    liquidationFeeRate: '0.0125',
    funding: { intervalMs: 28_800_000, cap: '0.02', floor: '-0.02' },
    dailyVolatility: 0.03,
    tiers: [
      {
        tier: 1,
        notionalFloor: '0',
        notionalCap: '600000',
        leverageMax: '100',
        maintenanceMarginRate: '0.005',
        maintenanceDeduction: '0',
      },
      {
        tier: 2,
        notionalFloor: '600000',
        notionalCap: '10000000',
        leverageMax: '10',
        maintenanceMarginRate: '0.05',
        maintenanceDeduction: '27000',
      },
    ],
  };
}

export function runExample(changes: Partial<RunText> = {}): RunText {
  return {
    runId: 'run-1',
    mode: 'demo',
    seed: '4711',
    scenario: 'calm',
    scenarios: [
      { id: 'calm', title: 'Calm day', summary: 'Little happens' },
      { id: 'crash', title: 'Flash crash', summary: 'Much happens' },
    ],
    tape: { name: 'simulated', startTime: EXAMPLE_TIME, endTime: null },
    venue: 'house',
    rulesVersion: 'house-1',
    engineVersion: '1',
    instruments: [instrumentExample('BTC'), instrumentExample('ETH')],
    assets: [{ asset: 'USDT', collateralWeight: '1' }],
    speeds: [1, 60],
    ...changes,
  };
}

export function markExample(id: string, mark: string, changes: Partial<MarkWire> = {}): MarkWire {
  return {
    id,
    mark,
    index: mark,
    last: mark,
    time: EXAMPLE_TIME,
    status: 'fresh',
    sources: 5,
    rejected: [],
    fundingRate: '0.0001',
    nextFundingTime: EXAMPLE_TIME + 3_600_000,
    volatility: 0.03,
    modelled: false,
    ...changes,
  };
}

export function frameExample(
  seq: number,
  marks: readonly MarkWire[],
  changes: Partial<MarketFrame> = {},
): MarketFrame {
  return {
    seq,
    step: seq,
    runTime: EXAMPLE_TIME + seq * 1_000,
    acceptedAt: 0,
    paused: false,
    ended: false,
    speedAsked: 60,
    speedReached: 58,
    seekTarget: null,
    marks,
    assetPrices: [{ asset: 'USDT', index: '1' }],
    fund: [{ asset: 'USDT', balance: '250000', seed: '250000', badDebt: '0' }],
    totals: {
      accounts: 1,
      byState: {
        healthy: 1,
        watch: 0,
        warning: 0,
        critical: 0,
        liquidating: 0,
        liquidated: 0,
        unknown: 0,
      },
      alerts: {
        open: { watch: 0, warning: 0, critical: 0, liquidating: 0, unknown: 0 },
        unanswered: { watch: 0, warning: 0, critical: 0, liquidating: 0, unknown: 0 },
        calls: { acknowledged: [0, 0, 0, 0, 0], open: [0, 0, 0, 0, 0] },
      },
      liquidations: 0,
    },
    faults: {},
    drills: [],
    ...changes,
  };
}

export function positionExample(changes: Partial<PositionText> = {}): PositionText {
  return {
    instrument: 'BTCUSDT',
    positionSide: 'both',
    signedSize: '1',
    openValue: '60000',
    leverage: '10',
    isolatedWallet: null,
    fundingReceived: '-12.1',
    openedAt: EXAMPLE_TIME,
    ...changes,
  };
}

export function poolExample(poolId: string, changes: Partial<PoolText> = {}): PoolText {
  return {
    poolId,
    alertState: 'healthy',
    screenState: 'healthy',
    since: EXAMPLE_TIME,
    unknownSince: null,
    acknowledged: null,
    asking: null,
    pinnedUntil: null,
    bounded: false,
    reason: null,
    phase: 'none',
    ...changes,
  };
}

export function accountExample(changes: Partial<AccountText> = {}): AccountText {
  return {
    accountId: 'A0007',
    label: 'bold',
    openedAt: EXAMPLE_TIME,
    positionMode: 'one-way',
    assetMode: 'single',
    wallets: [{ asset: 'USDT', amount: '6000' }],
    positions: [positionExample()],
    orders: [],
    pools: [poolExample('A0007/cross:USDT')],
    ...changes,
  };
}

export function welcomeExample(changes: Partial<Welcome> = {}): Welcome {
  return {
    protocol: 1,
    run: runExample(),
    market: frameExample(1, [markExample('BTCUSDT', '60000'), markExample('ETHUSDT', '3000')]),
    firstAccount: 'A0007',
    accountIds: ['A0007'],
    alertRules: [],
    ...changes,
  };
}
