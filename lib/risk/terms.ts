/** Changes of a position's leverage and of prices (SPEC WI7, WI9). */
import { fail, ok, type Result } from '../contract.ts';
import { type AssetPrice } from '../margin/account.ts';
import { type AssessInput } from '../margin/health.ts';
import { tierOf } from '../margin/tiers.ts';
import { type MarkReading } from '../market/mark.ts';
import { notionalOf, type Instrument } from '../market/instrument.ts';
import { ONE, roundToStep, type Decimal } from '../units/decimal.ts';
import { type AssetId, type InstrumentId } from '../units/ids.ts';
import { minus, price, scale, type Rate } from '../units/money.ts';
import { type PositionRef, type Refusal } from './change.ts';
import {
  crossPoolOf,
  freeIn,
  heldPosition,
  isolatedPoolOf,
  pricedInstrument,
  withPosition,
} from './lookup.ts';
import { isSoundLeverage } from './trade.ts';

/** [WI7] At most what the tier in force allows; more initial margin than is free refuses. */
export function changeLeverage(
  facts: AssessInput,
  ref: PositionRef,
  leverage: Rate,
): Result<AssessInput, Refusal> {
  const priced = pricedInstrument(facts, ref.instrumentId);
  if (!priced.ok) return priced;
  const { instrument, mark } = priced.value;
  const held = heldPosition(facts, ref);
  if (held === undefined) return fail({ kind: 'no-position', instrumentId: ref.instrumentId });
  if (!isSoundLeverage(leverage)) return fail({ kind: 'leverage-not-sound' });
  const tier = tierOf(instrument, notionalOf(instrument, held.signedSize, mark));
  if (!tier.ok) return fail({ kind: 'above-last-tier', instrumentId: instrument.id });
  const { leverageMax } = tier.value;
  if (leverage.gt(leverageMax))
    return fail({ kind: 'leverage-above-tier', tier: tier.value.tier, leverageMax });
  const next = withPosition(facts, ref, { ...held, leverage });
  const refusal = leverage.lt(held.leverage)
    ? initialMarginRefusal({ before: facts, after: next, ref, asset: instrument.settle })
    : undefined;
  return refusal === undefined ? ok(next) : fail(refusal);
}

function initialMarginRefusal(p: {
  readonly before: AssessInput;
  readonly after: AssessInput;
  readonly ref: PositionRef;
  readonly asset: AssetId;
}): Refusal | undefined {
  const { asset } = p;
  const poolIn = (facts: AssessInput) => isolatedPoolOf(facts, p.ref) ?? crossPoolOf(facts, asset);
  const [before, after] = [poolIn(p.before), poolIn(p.after)];
  const free = freeIn(p.before, { pool: before, asset, figureOf: (of) => of.availableMargin });
  if (!free.ok) return free.error;
  if (before?.initialMargin.known !== true || after?.initialMargin.known !== true) return undefined;
  const needed = minus(after.initialMargin.value, before.initialMargin.value);
  if (!before.availableMargin.known || needed.lte(before.availableMargin.value)) return undefined;
  return {
    kind: 'above-free-margin',
    asset: before.unit,
    needed,
    free: before.availableMargin.value,
  };
}

/** A mark beyond ten times the last one is accepted from nobody (rulings C4). */
const LARGEST_RISE = 9;

/**
 * [WI9] Every contract on the coin moves by the same share, to its nearest tick and never below one; what the coin counts for as
 * collateral moves by exactly that share. A stale price of the coin refuses: what it would be moved from is not known.
 */
export function movePrice(
  facts: AssessInput,
  coin: AssetId,
  share: Rate,
): Result<AssessInput, Refusal> {
  if (share.lte(-1) || share.gt(LARGEST_RISE)) return fail({ kind: 'move-out-of-range' });
  const factor = ONE.plus(share);
  const { instruments, marks, assetPrices } = facts.market;
  const moved = new Map<InstrumentId, MarkReading>();
  for (const [id, reading] of marks) {
    const instrument = instruments.get(id);
    if (instrument?.base !== coin) continue;
    if (reading.status === 'stale') return fail({ kind: 'mark-stale', instrumentId: id });
    moved.set(id, { ...reading, price: onTick(instrument, reading.price.times(factor)) });
  }
  const own = assetPrices.get(coin);
  if (own?.staleMark !== undefined)
    return fail({ kind: 'mark-stale', instrumentId: own.staleMark });
  if (own === undefined && moved.size === 0) return fail({ kind: 'coin-unknown', coin });
  const market = {
    ...facts.market,
    marks: new Map([...marks, ...moved]),
    assetPrices:
      own === undefined ? assetPrices : new Map([...assetPrices, [coin, scaledPrice(own, factor)]]),
  };
  return ok({ ...facts, market });
}

function onTick({ tickSize }: Instrument, exact: Decimal): MarkReading['price'] {
  const rounded = roundToStep(exact, tickSize, 'half-even');
  return rounded.gt(0) ? price(rounded) : tickSize;
}

function scaledPrice(own: AssetPrice, factor: Decimal): AssetPrice {
  return {
    ...own,
    index: scale(own.index, factor),
    bid: scale(own.bid, factor),
    ask: scale(own.ask, factor),
  };
}
