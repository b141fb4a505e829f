/** Float64 pools: what the screen adds up, and how wrong the sum may be. They decide nothing. */
import { type PoolAsset } from '../margin/pool.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AssetId } from '../units/ids.ts';

/**
 * A pool's excess is a sum of at most a few dozen products, each with a relative error below 1e-15, and the venue rounds each
 * position by at most 1e-8; this share of the gross amounts plus this much a position is far beyond both.
 */
export const SLACK_SHARE = 1e-9;
const SLACK_MONEY = 1e-6;

export interface FloatTier {
  readonly cap: number;
  readonly rate: number;
  readonly deduction: number;
}
export interface FloatLeg {
  readonly instrument: string;
  readonly base: AssetId;
  readonly linear: boolean;
  readonly signedSize: number;
  readonly openValue: number;
  readonly tiers: readonly FloatTier[];
}
export interface FloatAsset {
  readonly asset: AssetId;
  readonly wallet: number;
  readonly weight: number;
  readonly legs: readonly FloatLeg[];
}
export interface FloatPool {
  readonly multi: boolean;
  readonly assets: readonly FloatAsset[];
  readonly bases: readonly AssetId[];
}

export function floatPoolOf(assets: readonly PoolAsset[], multi: boolean): FloatPool {
  const floats = assets.map((asset) => ({
    asset: asset.asset,
    wallet: asset.wallet.toNumber(),
    weight: asset.price?.collateralWeight.toNumber() ?? 1,
    legs: asset.legs.map(({ position, instrument }) => ({
      instrument: instrument.id,
      base: instrument.base,
      linear: instrument.kind === 'linear',
      signedSize: position.signedSize.times(instrument.contractSize).toNumber(),
      openValue: position.openValue.toNumber(),
      tiers: floatTiersOf(instrument),
    })),
  }));
  return {
    multi,
    assets: floats,
    bases: [...new Set(floats.flatMap((asset) => asset.legs.map((leg) => leg.base)))],
  };
}

/** Prices as floats: marks by instrument, asset prices in USD by asset. */
export interface FloatMarket {
  readonly marks: ReadonlyMap<string, number>;
  readonly assetPrices: ReadonlyMap<string, number>;
}

export interface FloatExcess {
  readonly equity: number;
  readonly maintenance: number;
  /** Largest error that equity - maintenance can have. */
  readonly slack: number;
}

/** Equity and maintenance with every coin's prices multiplied by its factor. */
export function floatExcess(
  pool: FloatPool,
  market: FloatMarket,
  factorOf: (base: string) => number,
): FloatExcess {
  let equity = 0;
  let maintenance = 0;
  let slack = 0;
  for (const asset of pool.assets) {
    let own = asset.wallet;
    let required = 0;
    let touched = Math.abs(asset.wallet);
    for (const leg of asset.legs) {
      const at = (market.marks.get(leg.instrument) ?? NaN) * factorOf(leg.base);
      const value = leg.linear ? leg.signedSize * at : -leg.signedSize / at;
      own += value - leg.openValue;
      const notional = Math.abs(value);
      required += maintenanceAt(leg.tiers, notional);
      touched += notional + Math.abs(leg.openValue);
    }
    const usd = pool.multi
      ? (market.assetPrices.get(asset.asset) ?? NaN) * factorOf(asset.asset)
      : 1;
    equity += own * usd * (pool.multi && own > 0 ? asset.weight : 1);
    maintenance += required * usd;
    slack += slackOf(asset, touched, usd);
  }
  return { equity, maintenance, slack };
}

/** The venue rounds each leg in its settle asset and each asset once more in USD. */
export function slackOf(asset: FloatAsset, touched: number, usd: number): number {
  return touched * usd * SLACK_SHARE + SLACK_MONEY * (asset.legs.length + 1) * Math.max(1, usd);
}

const floatTiers = new WeakMap<Instrument, readonly FloatTier[]>();

export function floatTiersOf(instrument: Instrument): readonly FloatTier[] {
  const kept = floatTiers.get(instrument);
  if (kept !== undefined) return kept;
  const tiers = instrument.tiers.map((tier) => ({
    cap: tier.notionalCap.toNumber(),
    rate: tier.maintenanceMarginRate.toNumber(),
    deduction: tier.maintenanceDeduction.toNumber(),
  }));
  floatTiers.set(instrument, tiers);
  return tiers;
}

export function tierAt(tiers: readonly FloatTier[], notional: number): FloatTier {
  for (const tier of tiers) if (notional <= tier.cap) return tier;
  return tiers.at(-1) ?? NO_TIER;
}
const NO_TIER: FloatTier = { cap: NaN, rate: NaN, deduction: NaN };

export function maintenanceAt(tiers: readonly FloatTier[], notional: number): number {
  const { rate, deduction } = tierAt(tiers, notional);
  return notional * rate - deduction;
}

/** The exact engine gives no figures beyond the last tier; shocked prices may go there, marks may not. */
export function isWithinTiers(pool: FloatPool, market: FloatMarket): boolean {
  return pool.assets.every(({ legs }) =>
    legs.every((leg) => {
      const at = market.marks.get(leg.instrument) ?? NaN;
      const notional = Math.abs(leg.linear ? leg.signedSize * at : leg.signedSize / at);
      return notional * (1 + SLACK_SHARE) < (leg.tiers.at(-1)?.cap ?? NaN);
    }),
  );
}
