/** An instrument as text and back: what a browser needs to derive every figure of a position in it. */
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { Decimal, decimalText } from '../units/decimal.ts';
import { assetId, instrumentId } from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { timestampMs } from '../units/time.ts';
import { type InstrumentText, type TierText } from './protocol.ts';

export function instrumentText(instrument: Instrument): InstrumentText {
  const { id, kind, expiry, base, quote, settle, funding, dailyVolatility } = instrument;
  return {
    id,
    kind,
    deliveryTime: expiry.kind === 'dated' ? expiry.deliveryTime : null,
    base,
    quote,
    settle,
    contractSize: decimalText(instrument.contractSize),
    tickSize: decimalText(instrument.tickSize),
    lotSize: decimalText(instrument.lotSize),
    takerFeeRate: decimalText(instrument.takerFeeRate),
    makerFeeRate: decimalText(instrument.makerFeeRate),
    liquidationFeeRate: decimalText(instrument.liquidationFeeRate),
    funding:
      funding === undefined
        ? null
        : {
            intervalMs: funding.intervalMs,
            cap: decimalText(funding.cap),
            floor: decimalText(funding.floor),
          },
    dailyVolatility,
    tiers: instrument.tiers.map(tierText),
  };
}

function tierText(tier: RiskTier): TierText {
  return {
    tier: tier.tier,
    notionalFloor: decimalText(tier.notionalFloor),
    notionalCap: decimalText(tier.notionalCap),
    leverageMax: decimalText(tier.leverageMax),
    maintenanceMarginRate: decimalText(tier.maintenanceMarginRate),
    maintenanceDeduction: decimalText(tier.maintenanceDeduction),
  };
}

export function instrumentFrom(text: InstrumentText): Instrument {
  const { funding, deliveryTime } = text;
  return {
    id: instrumentId(text.id),
    kind: text.kind,
    expiry:
      deliveryTime === null
        ? { kind: 'perpetual' }
        : { kind: 'dated', deliveryTime: timestampMs(deliveryTime) },
    base: assetId(text.base),
    quote: assetId(text.quote),
    settle: assetId(text.settle),
    contractSize: new Decimal(text.contractSize),
    tickSize: price(text.tickSize),
    lotSize: quantity(text.lotSize),
    tiers: text.tiers.map(tierFrom),
    takerFeeRate: rate(text.takerFeeRate),
    makerFeeRate: rate(text.makerFeeRate),
    liquidationFeeRate: rate(text.liquidationFeeRate),
    funding:
      funding === null
        ? undefined
        : { intervalMs: funding.intervalMs, cap: rate(funding.cap), floor: rate(funding.floor) },
    dailyVolatility: text.dailyVolatility,
  };
}

function tierFrom(text: TierText): RiskTier {
  return {
    tier: text.tier,
    notionalFloor: money(text.notionalFloor),
    notionalCap: money(text.notionalCap),
    leverageMax: rate(text.leverageMax),
    maintenanceMarginRate: rate(text.maintenanceMarginRate),
    maintenanceDeduction: money(text.maintenanceDeduction),
  };
}
