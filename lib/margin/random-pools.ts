/** Random accounts for searches: one pool each, mostly healthy, on real tiers. The same seed gives the same scene. */
/* oxlint-disable no-magic-numbers -- the odds and sizes of a search are not rules of margin */
import { assert } from '../contract.ts';
import { CATALOGUE } from '../market/catalogue.ts';
import { notionalOf, type Instrument } from '../market/instrument.ts';
import { Decimal, roundToStep } from '../units/decimal.ts';
import { money, price, quantity } from '../units/money.ts';
import { timestampMs } from '../units/time.ts';
import { type Position } from './account.ts';
import { contractOf, positionOf, type AssetText, type Scene } from './examples.ts';
import { maintenanceOf, tierReaching } from './tiers.ts';
import { binanceUsdmRules } from './venues/binance.ts';
import { houseRules } from './venues/house.ts';
import { type VenueRules } from './venues/rules.ts';

export interface Chance {
  /** Evenly in [0, 1). */
  readonly share: () => number;
  readonly between: (low: number, high: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly happens: (probability: number) => boolean;
}

/** xorshift32, warmed up: its quality is of no matter here, that it repeats is. */
export function chanceOf(seed: number): Chance {
  let state = (seed ^ 0x9e3779b9) | 1;
  const share = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm += 1) share();
  const between = (low: number, high: number): number => low + (high - low) * share();
  return {
    share,
    between,
    happens: (probability) => share() < probability,
    pick: (items) => {
      const item = items[Math.floor(share() * items.length)];
      assert(item !== undefined, 'something to pick from');
      return item;
    },
  };
}

/** Marks of the search. Coins not listed stand at 1. */
const LEVELS: Readonly<Record<string, number>> = { BTC: 60_000, ETH: 3_000, SOL: 150, BNB: 600 };

/** A dated future on the same coin and the same tiers. */
function datedOf(perpetual: Instrument): Instrument {
  return {
    ...perpetual,
    id: contractOf({ id: `${perpetual.id}_DATED` }).id,
    expiry: { kind: 'dated', deliveryTime: timestampMs(0) },
  };
}

const LINEAR: readonly Instrument[] = CATALOGUE.slice(0, 5).flatMap((perpetual) => [
  perpetual,
  datedOf(perpetual),
]);

function inverseOn(base: string, id: string): Instrument {
  const contract = contractOf({
    id,
    kind: 'inverse',
    base,
    contractSize: '10',
    tick: '0.1',
    lot: '1',
    tiers: [
      ['5', '0.004'],
      ['20', '0.005'],
      ['50', '0.01'],
      ['200', '0.025'],
      ['1000', '0.05'],
      ['100000', '0.1'],
    ],
  });
  return contract;
}
const INVERSE_BTC: readonly Instrument[] = [
  inverseOn('BTC', 'BTCUSD'),
  inverseOn('BTC', 'BTCUSD_DATED'),
];

export type PoolKind = 'linear' | 'hedged' | 'inverse' | 'isolated' | 'multi';
const POOL_KINDS: readonly PoolKind[] = [
  'linear',
  'linear',
  'hedged',
  'inverse',
  'isolated',
  'multi',
  'multi',
];

/** One pool with one to eight positions; what it is made of is drawn from the seed. */
export function randomScene(chance: Chance, kind: PoolKind = chance.pick(POOL_KINDS)): Scene {
  const rules = chance.happens(0.5) ? houseRules : binanceUsdmRules;
  if (kind === 'hedged') return hedgedScene(chance, rules);
  const instruments = instrumentsOf(chance, kind, rules.conditionalOn === 'instrument');
  const marks = Object.fromEntries(instruments.map((one) => [one.id, markOf(chance, one)]));
  const hedge = chance.happens(0.35);
  const wanted = kind === 'isolated' ? 1 : 1 + Math.floor(chance.share() * 8);
  const positions = [...positionsOn(chance, instruments, marks, hedge, wanted).values()];
  const scene: Scene = {
    rules,
    instruments,
    marks,
    positions,
    mode: kind === 'multi' ? 'multi' : 'single',
  };
  if (kind === 'isolated')
    return { ...scene, positions: positions.map((one) => isolated(chance, scene, one)) };
  if (kind === 'multi') return withCollateral(chance, scene);
  return {
    ...scene,
    wallets: { [kind === 'inverse' ? 'BTC' : 'USDT']: walletFor(chance, scene, positions) },
  };
}

/** Two legs of nearly one size and little margin: where a price on either side can end the pool. */
function hedgedScene(chance: Chance, rules: VenueRules): Scene {
  const on = chance.pick(LINEAR);
  const mark = markOf(chance, on);
  const long = positionAt(chance, on, mark, 'long', 1);
  const size = roundToStep(long.signedSize.times(chance.between(0.9, 1.1)), on.lotSize, 'up')
    .negated()
    .toFixed();
  const short = positionOf({ on, side: 'short', size, entry: mark });
  const scene: Scene = {
    rules,
    instruments: [on],
    marks: { [on.id]: mark },
    positions: [long, short],
  };
  return { ...scene, wallets: { USDT: walletFor(chance, scene, [long, short]) } };
}

function instrumentsOf(chance: Chance, kind: PoolKind, linearOnly: boolean): readonly Instrument[] {
  if (kind === 'inverse') return INVERSE_BTC;
  if (kind === 'isolated') return [chance.pick([...LINEAR, ...INVERSE_BTC])];
  const linear = LINEAR.filter(() => chance.happens(0.5));
  const some = linear.length === 0 ? LINEAR.slice(0, 1) : linear;
  return kind === 'multi' && !linearOnly && chance.happens(0.5) ? [...some, ...INVERSE_BTC] : some;
}

function markOf(chance: Chance, instrument: Instrument): string {
  const level = (LEVELS[instrument.base] ?? 1) * chance.between(0.7, 1.4);
  return roundToStep(new Decimal(level), instrument.tickSize, 'half-up').toFixed();
}

function positionsOn(
  chance: Chance,
  instruments: readonly Instrument[],
  marks: Readonly<Record<string, string>>,
  hedge: boolean,
  wanted: number,
): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  for (let tries = 0; tries < wanted; tries += 1) {
    const on = chance.pick(instruments);
    const side = hedge ? chance.pick(['long', 'short'] as const) : 'both';
    const sign = side === 'both' ? chance.pick([1, -1]) : side === 'long' ? 1 : -1;
    found.set(`${on.id}|${side}`, positionAt(chance, on, marks[on.id] ?? '1', side, sign));
  }
  return found;
}

function positionAt(
  chance: Chance,
  on: Instrument,
  mark: string,
  side: Position['positionSide'],
  sign: number,
): Position {
  const worth = 10 ** chance.between(2, 7);
  const unit = on.kind === 'linear' ? new Decimal(mark) : on.contractSize;
  const size = Decimal.max(
    on.lotSize,
    roundToStep(new Decimal(worth).div(unit), on.lotSize, 'down'),
  );
  const entry = roundToStep(
    new Decimal(mark).times(chance.between(0.85, 1.15)),
    on.tickSize,
    'half-up',
  );
  const leverage = chance.pick(['1', '2', '5', '10', '20', '50', '100']);
  return positionOf({
    on,
    side,
    size: size.times(sign).toFixed(),
    entry: entry.toFixed(),
    leverage,
  });
}

function isolated(chance: Chance, scene: Scene, position: Position): Position {
  const wallet = money(walletFor(chance, scene, [position]));
  return { ...position, marginMode: { kind: 'isolated', wallet } };
}

/** What makes the pool healthy by some part of its notional, and now and then does not. */
function walletFor(chance: Chance, scene: Scene, positions: readonly Position[]): string {
  const sums = positions.map((position) => worthOf(scene, position));
  const total = (pick: (one: Worth) => Decimal): Decimal =>
    sums.reduce((sum, one) => sum.plus(pick(one)), new Decimal(0));
  const buffer = total((one) => one.notional).times(
    chance.happens(0.1) ? -0.002 : 10 ** chance.between(-4, 0.1),
  );
  return total((one) => one.maintenance)
    .plus(buffer)
    .minus(total((one) => one.pnl))
    .toFixed(8);
}

interface Worth {
  readonly notional: Decimal;
  readonly maintenance: Decimal;
  readonly pnl: Decimal;
}

function worthOf(scene: Scene, position: Position): Worth {
  const instrument = scene.instruments?.find(({ id }) => id === position.instrumentId);
  assert(instrument !== undefined, 'the scene has the instrument');
  const at = price(scene.marks?.[instrument.id] ?? '1');
  const notional = notionalOf(instrument, position.signedSize, at);
  const value =
    position.signedSize.isNegative() === (instrument.kind === 'linear')
      ? notional.negated()
      : notional;
  return {
    notional,
    maintenance: maintenanceOf(tierReaching(instrument, notional), notional),
    pnl: value.minus(position.openValue),
  };
}

/** Dollars, perhaps coin and perhaps a debt, with prices and haircuts. */
function withCollateral(chance: Chance, scene: Scene): Scene {
  const linear = (scene.positions ?? []).filter((one) =>
    LINEAR.some(({ id }) => id === one.instrumentId),
  );
  const inverse = (scene.positions ?? []).filter((one) => !linear.includes(one));
  const coins = chance.between(-0.2, 1) * 10 ** chance.between(-2, 2);
  const ownCoin = inverse.length === 0 ? '0' : walletFor(chance, scene, inverse);
  const spread = scene.rules?.conversion === 'bid-ask' ? '0.0001' : '0';
  const assets: Record<string, AssetText> = {
    USDT: [chance.pick(['1', '0.9995', '1.0004']), '1', spread],
    BTC: [
      markOf(chance, CATALOGUE[0] ?? contractOf({ id: 'BTCUSDT' })),
      chance.pick(['1', '0.95', '0.5']),
      spread,
    ],
  };
  const wallets = {
    USDT: walletFor(chance, scene, linear),
    BTC: new Decimal(ownCoin).plus(coins).toFixed(8),
  };
  return { ...scene, assets, wallets };
}

/** The size of one lot of nothing: for facts that no venue would let in. */
export function absurdSize(chance: Chance): string {
  return quantity(
    chance.pick(['0.00000001', '1', '1000000000000', '0.001', '123456789.12345678']),
  ).toFixed();
}
