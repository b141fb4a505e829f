/**
 * Equity and maintenance of a scene's one pool, written the slow and obvious way at twice the digits: what the engine's closed
 * forms are checked against. Shares no code with path.ts or tiers.ts: maintenance is summed tier by tier, without deductions.
 */
import { type Instrument } from '../market/instrument.ts';
import { Decimal as OurDecimal } from '../units/decimal.ts';
import { type Position } from './account.ts';
import { type Scene } from './examples.ts';
import { type PoolDistance } from './figures.ts';

export const Fine = OurDecimal.clone({ precision: 90 });
export type Fine = OurDecimal;

export interface Shock {
  /** Factor on the mark of an instrument. */
  readonly mark: (instrument: Instrument) => Fine;
  /** Factor on the price of an asset. */
  readonly asset: (asset: string) => Fine;
}
export interface PlainPool {
  readonly equity: Fine;
  readonly maintenance: Fine;
  readonly excess: Fine;
  /** The largest amount that was added or subtracted. */
  readonly largest: Fine;
}

/** The scene's pool with its prices moved. Only for scenes with a single pool. */
export function plainPool(scene: Scene, shock: Shock): PlainPool {
  let equity = new Fine(0);
  let maintenance = new Fine(0);
  let largest = new Fine(0);
  const seen = (amount: Fine): void => {
    largest = Fine.max(largest, amount.abs());
  };
  for (const asset of assetsOf(scene)) {
    const wallet = walletOf(scene, asset);
    const usd = usdOf(scene, asset, shock);
    let pnl = new Fine(0);
    let required = new Fine(0);
    for (const { position, instrument } of legsIn(scene, asset)) {
      const at = new Fine(scene.marks?.[instrument.id] ?? 'NaN').times(shock.mark(instrument));
      const value = plainValue(instrument, position, at);
      pnl = pnl.plus(value).minus(position.openValue);
      seen(value.times(usd.credit));
      seen(usd.credit.times(position.openValue));
      required = required.plus(plainMaintenance(instrument, value.abs()));
    }
    equity = equity.plus(weighted(scene, asset, wallet, pnl).times(usd.credit));
    maintenance = maintenance.plus(required.times(usd.debit));
    seen(wallet.times(usd.credit));
  }
  return { equity, maintenance, excess: equity.minus(maintenance), largest };
}

interface PlainLeg {
  readonly position: Position;
  readonly instrument: Instrument;
}

function legsIn(scene: Scene, asset: string): readonly PlainLeg[] {
  return (scene.positions ?? []).flatMap((position) => {
    const instrument = scene.instruments?.find(({ id }) => id === position.instrumentId);
    return instrument === undefined || instrument.settle !== asset
      ? []
      : [{ position, instrument }];
  });
}

function assetsOf(scene: Scene): readonly string[] {
  const settles = (scene.instruments ?? []).map(({ settle }) => settle as string);
  return [...new Set([...Object.keys(scene.wallets ?? {}), ...settles])];
}

function walletOf(scene: Scene, asset: string): Fine {
  const [first] = legsIn(scene, asset);
  if (first?.position.marginMode.kind === 'isolated')
    return new Fine(first.position.marginMode.wallet);
  return new Fine(scene.wallets?.[asset] ?? '0');
}

function plainValue(instrument: Instrument, position: Position, at: Fine): Fine {
  const size = new Fine(position.signedSize).times(instrument.contractSize);
  return instrument.kind === 'linear' ? size.times(at) : size.div(at).negated();
}

/** The part of the notional inside each tier, at that tier's rate; the last tier has no end. */
export function plainMaintenance(instrument: Instrument, notional: Fine): Fine {
  let floor = new Fine(0);
  let sum = new Fine(0);
  for (const [index, tier] of instrument.tiers.entries()) {
    const isLast = index === instrument.tiers.length - 1;
    const end = isLast ? notional : Fine.min(notional, tier.notionalCap);
    if (end.gt(floor)) sum = sum.plus(end.minus(floor).times(tier.maintenanceMarginRate));
    floor = new Fine(tier.notionalCap);
  }
  return sum;
}

function usdOf(
  scene: Scene,
  asset: string,
  shock: Shock,
): { readonly credit: Fine; readonly debit: Fine } {
  if (scene.mode !== 'multi') return { credit: new Fine(1), debit: new Fine(1) };
  const [index = 'NaN', , spread = '0'] = scene.assets?.[asset] ?? [];
  const at = new Fine(index).times(shock.asset(asset));
  if (scene.rules?.conversion !== 'bid-ask') return { credit: at, debit: at };
  return { credit: at.times(new Fine(1).minus(spread)), debit: at.times(new Fine(1).plus(spread)) };
}

function weighted(scene: Scene, asset: string, wallet: Fine, pnl: Fine): Fine {
  const [, weight = '1'] = scene.mode === 'multi' ? (scene.assets?.[asset] ?? []) : [];
  if (scene.rules?.haircutOn === 'balances')
    return (wallet.gt(0) ? wallet.times(weight) : wallet).plus(pnl);
  const equity = wallet.plus(pnl);
  return equity.gt(0) ? equity.times(weight) : equity;
}

const UNMOVED = new Fine(1);

/** What moves when the price of one instrument does: itself at Binance, all of its coin at the house. */
export function shockOf(scene: Scene, moved: Instrument, factor: Fine): Shock {
  const alone = scene.rules?.conditionalOn === 'instrument';
  return {
    mark: (other) =>
      (alone ? other.id === moved.id : other.base === moved.base) ? factor : UNMOVED,
    asset: (asset) => (!alone && asset === moved.base ? factor : UNMOVED),
  };
}

/** One instrument alone, whatever the rules: what a bankruptcy price supposes. */
export function aloneShock(instrument: Instrument, factor: Fine): Shock {
  return { mark: (other) => (other.id === instrument.id ? factor : UNMOVED), asset: () => UNMOVED };
}

/** Every coin of a joint distance by the same share, against the pool or by the signs given. */
export function jointShock(
  scene: Scene,
  { by }: PoolDistance,
  share: Fine,
  signs?: readonly number[],
): Shock {
  const factors = new Map<string, Fine>();
  if (by.kind === 'joint') {
    for (const [index, { base, direction }] of by.exposures.entries()) {
      factors.set(
        base,
        UNMOVED.plus(share.times(signs?.[index] ?? (direction === 'down' ? -1 : 1))),
      );
    }
  }
  const withCollateral = scene.rules?.conditionalOn === 'underlying';
  return {
    mark: ({ base }) => factors.get(base) ?? UNMOVED,
    asset: (asset) => (withCollateral ? (factors.get(asset) ?? UNMOVED) : UNMOVED),
  };
}

/** Figures that are rounded: three for each position, two for each of up to three assets. */
const ROUNDED_PER_POSITION = 3;
const ROUNDED_BESIDES = 6;

/** Amounts that rounding at 1e-8 can hide: a unit for each figure that is rounded. */
export function noiseOf(scene: Scene): Fine {
  const prices = Object.values(scene.assets ?? {}).map(([index]) => new Fine(index));
  return Fine.max(1, ...prices)
    .times((scene.positions ?? []).length * ROUNDED_PER_POSITION + ROUNDED_BESIDES)
    .times('0.00000001');
}
