/** The contracts and the collateral that the house offers in demo and replay. */
import { assert } from '../contract.ts';
import { type AssetId, assetId, instrumentId } from '../units/ids.ts';
import { money, price, quantity, type Rate, rate } from '../units/money.ts';
import { ONE } from '../units/decimal.ts';
import { HOUR_MS } from '../units/time.ts';
import { CATALOGUE_ROWS, type CatalogueRow, type TierRow } from './catalogue-rows.ts';
import {
  checkInstrument,
  type FundingTerms,
  type Instrument,
  type RiskTier,
} from './instrument.ts';

/** The only settle asset of the catalogue. */
export const SETTLE_ASSET: AssetId = assetId('USDT');

/** Base level of the venue, two fee tables that agree; undated. */
const TAKER_FEE_RATE = '0.0005';
const MAKER_FEE_RATE = '0.0002';
const FUNDING_INTERVAL_MS = 8 * HOUR_MS;
/** Where no cap was recorded: 0.75 x the first maintenance rate, the venue's general rule (its funding FAQ). */
const FUNDING_CAP_SHARE = '0.75';
const DAYS_IN_YEAR = 365;

function tiersOf(rows: readonly TierRow[]): readonly RiskTier[] {
  let floor = '0';
  return rows.map(([cap, leverageMax, maintenanceMarginRate, deduction], index) => {
    const tier: RiskTier = {
      tier: index + 1,
      notionalFloor: money(floor),
      notionalCap: money(cap),
      leverageMax: rate(leverageMax),
      maintenanceMarginRate: rate(maintenanceMarginRate),
      maintenanceDeduction: money(deduction),
    };
    floor = cap;
    return tier;
  });
}

function fundingOf(row: CatalogueRow, firstRate: Rate): FundingTerms {
  const cap = rate(row.fundingCap ?? firstRate.times(FUNDING_CAP_SHARE));
  return { intervalMs: FUNDING_INTERVAL_MS, cap, floor: rate(cap.negated()) };
}

function instrumentOf(row: CatalogueRow): Instrument {
  const tiers = tiersOf(row.tiers);
  const first = tiers[0];
  assert(first !== undefined, `${row.base} has a tier`);
  const checked = checkInstrument({
    id: instrumentId(`${row.base}${SETTLE_ASSET}`),
    kind: 'linear',
    expiry: { kind: 'perpetual' },
    base: assetId(row.base),
    quote: SETTLE_ASSET,
    settle: SETTLE_ASSET,
    contractSize: ONE,
    tickSize: price(row.tick),
    lotSize: quantity(row.lot),
    tiers,
    takerFeeRate: rate(TAKER_FEE_RATE),
    makerFeeRate: rate(MAKER_FEE_RATE),
    liquidationFeeRate: rate(row.liquidationFee),
    funding: fundingOf(row, first.maintenanceMarginRate),
    dailyVolatility: row.annualVolatility / Math.sqrt(DAYS_IN_YEAR),
  });
  assert(checked.ok, `the catalogue holds sound instruments: ${checked.ok ? '' : checked.error}`);
  return checked.value;
}

/** BTC first; the order is the order on screen and of every tape's marks. */
export const CATALOGUE: readonly Instrument[] = CATALOGUE_ROWS.map(instrumentOf);

export interface CollateralWeight {
  readonly asset: AssetId;
  /** Share of a positive balance that backs positions in multi-asset mode, 0 to 1. */
  readonly collateralWeight: Rate;
}

/** Collateral of multi-asset accounts of the house. Our choice, near what the venue grants its large coins. */
export const COLLATERAL_WEIGHTS: readonly CollateralWeight[] = [
  { asset: SETTLE_ASSET, collateralWeight: rate('1') },
  { asset: assetId('USDC'), collateralWeight: rate('0.9999') },
  { asset: assetId('BTC'), collateralWeight: rate('0.95') },
  { asset: assetId('ETH'), collateralWeight: rate('0.95') },
];
