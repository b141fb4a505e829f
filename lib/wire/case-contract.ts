/** Contracts of recorded cases: the built-in one under the case's own tiers, or one that only settles. */
import { binanceContract } from '../market/binance-contracts.ts';
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { Decimal, ONE, ZERO } from '../units/decimal.ts';
import { assetId, instrumentId } from '../units/ids.ts';
import { price, quantity, rate } from '../units/money.ts';
import { type CaseContract, type CaseRequirement } from './case-account.ts';
import { flatTier, flatTiersOfRows, tiersOfRows } from './case-tiers.ts';

export const BUILT_IN: CaseRequirement = { kind: 'built-in' };

/** USDT unless the symbol says otherwise. */
export function settleAssetOf(symbol: string): string {
  return SETTLE_ASSETS.find((asset) => symbol.endsWith(asset)) ?? 'USDT';
}
const SETTLE_ASSETS = ['USDT', 'USDC', 'FDUSD', 'BUSD', 'BTC'];

/** Where a case gives none, its price is not rounded: finer than anything that is compared. */
const NO_TICK = '0.0000000000000000000000001';

/** The contract of another venue: nothing is known of it but what the case says. */
export function contractOfVenue(
  symbol: string,
  described: CaseContract,
  requirement: CaseRequirement,
  contractSize = '1',
): Instrument {
  const plain = unknownContract(symbol, described.settle);
  const { growth, tickSize, takerFeeRate } = described;
  return {
    ...plain,
    kind: described.kind,
    contractSize: new Decimal(contractSize).times(described.unitsPerCoin ?? '1'),
    tickSize: price(tickSize ?? NO_TICK),
    takerFeeRate: takerFeeRate === undefined ? plain.takerFeeRate : rate(takerFeeRate),
    tiers: requirement.kind === 'built-in' ? plain.tiers : tiersBy(requirement),
    ...(growth === undefined
      ? {}
      : {
          marginGrowth: {
            initialBase: rate(growth.initialBase),
            maintenanceBase: rate(growth.maintenanceBase),
            perCoin: rate(growth.perCoin),
          },
        }),
  };
}

/** The contract of a symbol, asking for what the case says. */
export function contractOf(
  symbol: string,
  requirement: CaseRequirement,
  contractSize = '1',
): Instrument {
  const known = binanceContract(symbol)?.instrument ?? unknownContract(symbol);
  const tiers = requirement.kind === 'built-in' ? known.tiers : tiersBy(requirement);
  return { ...known, tiers, contractSize: new Decimal(contractSize) };
}

function tiersBy(requirement: Exclude<CaseRequirement, { kind: 'built-in' }>): readonly RiskTier[] {
  if (requirement.kind === 'flat') return [flatTier(requirement.rate, requirement.amount)];
  return requirement.kind === 'table'
    ? tiersOfRows(requirement.rows)
    : flatTiersOfRows(requirement.rows);
}

/** A contract that asks for nothing: the case tells what it asks for, or does not need it. */
export function unknownContract(symbol: string, settle = settleAssetOf(symbol)): Instrument {
  return {
    id: instrumentId(symbol),
    kind: 'linear',
    expiry: { kind: 'perpetual' },
    base: assetId(`${symbol} base`),
    quote: assetId(settle),
    settle: assetId(settle),
    contractSize: ONE,
    tickSize: price('0.00000001'),
    lotSize: quantity(ONE),
    tiers: [flatTier('0', '0')],
    takerFeeRate: rate(ZERO),
    makerFeeRate: rate(ZERO),
    liquidationFeeRate: rate(ZERO),
    funding: undefined,
    dailyVolatility: 0,
  };
}
