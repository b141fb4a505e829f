/** Conversion rates of recorded cases: an index, or the ask that it stands behind. */
import { type AssetPrice } from '../margin/account.ts';
import { Decimal, ONE, roundTo } from '../units/decimal.ts';
import { assetId, type AssetId } from '../units/ids.ts';
import { price, rate, type Price } from '../units/money.ts';
import { type CaseRate } from './case-account.ts';

/** An asset that counts at one price in full. */
export function atIndex(index: Price): AssetPrice {
  return { index, bid: index, ask: index, collateralWeight: rate(ONE) };
}

/** Binance publishes index, bid and ask rates with this many decimals. */
const RATE_DECIMALS = 8;

/** An ask tells a published index and bid; of an index that the case gives, bid and ask are taken exactly. */
export function rateOf({ asset, index, ask, buffer }: CaseRate): [AssetId, AssetPrice] {
  const above = ONE.plus(buffer);
  const published = (value: Decimal): Decimal =>
    index === undefined ? roundTo(value, RATE_DECIMALS, 'half-up') : value;
  const middle = published(new Decimal(index ?? new Decimal(ask ?? ONE).div(above)));
  return [
    assetId(asset),
    {
      index: price(middle),
      bid: price(published(middle.times(ONE.minus(buffer)))),
      ask: price(ask ?? middle.times(above)),
      collateralWeight: rate(ONE),
    },
  ];
}
