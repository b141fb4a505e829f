/** A small run with round numbers: what the engine's tests and properties trade on. */
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { Decimal } from '../units/decimal.ts';
import {
  accountId,
  assetId,
  instrumentId,
  type AccountId,
  type InstrumentId,
} from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { lots, moneyUnits, ticks, type MoneyUnits } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { openAccounts } from './account-store.ts';
import { type FillFact } from './admit-fill.ts';
import { makeLedgerAccount, openSystemAccounts } from './ledger.ts';
import { type EngineState, type LedgerAccount } from './state.ts';

export const USDT = assetId('USDT');
export const BTC = assetId('BTC');
export const LINEAR = instrumentId('BTCUSDT');
export const INVERSE = instrumentId('BTCUSD');
export const TRADER = accountId('A0001');
export const RIVAL = accountId('A0002');
export const HEDGER = accountId('A0003');
export const MIXER = accountId('A0004');

type TierRow = readonly [cap: string, rate: string, deduction: string, leverage: number];

function tiersFrom(rows: readonly TierRow[]): readonly RiskTier[] {
  return rows.map(([cap, maintenance, deduction, leverage], index) => ({
    tier: index + 1,
    notionalFloor: money(rows[index - 1]?.[0] ?? 0),
    notionalCap: money(cap),
    leverageMax: rate(leverage),
    maintenanceMarginRate: rate(maintenance),
    maintenanceDeduction: money(deduction),
  }));
}

/** The BTC table of liquidation.md 1.2. */
const QUOTE_TIERS = tiersFrom([
  ['50000', '0.004', '0', 125],
  ['250000', '0.005', '50', 100],
  ['1000000', '0.01', '1300', 50],
  ['10000000', '0.025', '16300', 20],
]);

const COIN_TIERS = tiersFrom([
  ['5', '0.004', '0', 125],
  ['10', '0.006', '0.01', 100],
  ['100', '0.015', '0.1', 25],
]);

const SHARED_TERMS = {
  expiry: { kind: 'perpetual' },
  base: BTC,
  takerFeeRate: rate('0.0005'),
  makerFeeRate: rate('0.0002'),
  liquidationFeeRate: rate('0.005'),
  funding: { intervalMs: 28_800_000, cap: rate('0.003'), floor: rate('-0.003') },
  dailyVolatility: 0.03,
} as const satisfies Partial<Instrument>;

/** Ten ticks a dollar, a thousand lots a coin. */
export const linearContract: Instrument = {
  ...SHARED_TERMS,
  id: LINEAR,
  kind: 'linear',
  quote: USDT,
  settle: USDT,
  contractSize: new Decimal(1),
  tickSize: price('0.1'),
  lotSize: quantity('0.001'),
  tiers: QUOTE_TIERS,
};

/** Contracts of 100 USD, settled in coin. */
export const inverseContract: Instrument = {
  ...SHARED_TERMS,
  id: INVERSE,
  kind: 'inverse',
  quote: assetId('USD'),
  settle: BTC,
  contractSize: new Decimal(100),
  tickSize: price('0.1'),
  lotSize: quantity('1'),
  tiers: COIN_TIERS,
};

function openTrader(
  id: AccountId,
  modes: Pick<LedgerAccount, 'positionMode' | 'assetMode'>,
): LedgerAccount {
  return makeLedgerAccount({ accountId: id, label: 'example', openedAt: timestampMs(0), ...modes });
}

/** Four empty accounts: two plain ones, one in hedge mode, one whose assets back one pool. */
export function exampleState(): EngineState {
  const state: EngineState = {
    runId: 'example',
    seed: 'example',
    scenario: 'example',
    step: 0,
    time: timestampMs(1_000),
    instruments: new Map([linearContract, inverseContract].map((each) => [each.id, each])),
    marks: new Map(),
    volatility: new Map(),
    accounts: openAccounts(),
    alertRules: new Map(),
    faults: new Map(),
    nextPlanNumber: 1,
    head: { seq: 0, hash: '' },
  };
  const traders = [
    openTrader(TRADER, { positionMode: 'one-way', assetMode: 'single' }),
    openTrader(RIVAL, { positionMode: 'one-way', assetMode: 'single' }),
    openTrader(HEDGER, { positionMode: 'hedge', assetMode: 'single' }),
    openTrader(MIXER, { positionMode: 'one-way', assetMode: 'multi' }),
  ];
  for (const trader of traders) state.accounts.set(trader.accountId, trader);
  openSystemAccounts(state);
  return state;
}

/** A whole amount of the asset in units. */
export function whole(amount: number): MoneyUnits {
  return moneyUnits(BigInt(amount) * 100_000_000n);
}

/** A cross fill of the first trader in the linear contract, where nothing else is said. Price in dollars. */
export function fillOf(
  p: { readonly lots: number; readonly price: number } & Partial<
    Omit<FillFact, 'lots' | 'priceTicks'>
  >,
): FillFact {
  const { lots: count, price: dollars, ...rest } = p;
  return {
    accountId: TRADER,
    instrumentId: LINEAR,
    positionSide: 'both',
    leverage: 10,
    marginKind: 'cross',
    ...rest,
    lots: lots(BigInt(count)),
    priceTicks: ticks(BigInt(Math.round(dollars * 10))),
  };
}

export function exampleInstrument(id: InstrumentId): Instrument {
  return id === LINEAR ? linearContract : inverseContract;
}
