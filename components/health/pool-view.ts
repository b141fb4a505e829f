/** An account as its screens read it: server's states beside the browser's figures, joined by pool and position. Pure. */
import { severityRank, type ShownState } from '#lib/display/words.ts';
import {
  absent,
  known,
  mapFigure,
  type AccountHealth,
  type Figure,
  type PoolDistance,
  type PoolHealth,
  type PositionHealth,
} from '#lib/margin/figures.ts';
import { type Account, type Market } from '#lib/margin/account.ts';
import { type AssessInput } from '#lib/margin/health.ts';
import { type Instrument, type RiskTier } from '#lib/market/instrument.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { money, negate, price, type Money, type Price } from '#lib/units/money.ts';
import { DAY_MS } from '#lib/units/time.ts';
import { type AccountText, type MarkWire, type PoolText } from '#lib/wire/protocol.ts';

export interface PoolView {
  readonly health: PoolHealth;
  /** What the server remembers of it; undefined before its first row. */
  readonly row: PoolText | undefined;
  readonly state: ShownState;
}

export interface PositionView {
  readonly key: string;
  readonly pool: PoolView;
  readonly position: PositionHealth;
  readonly instrument: Instrument | undefined;
  readonly wire: MarkWire | undefined;
  /** Undefined where nobody kept it. */
  readonly fundingReceived: Money | undefined;
  /** Run time of the opening; undefined where nobody kept it. */
  readonly openedAt: number | undefined;
  /** Price of the settle asset in its pool's unit: one, save in multi-asset pools. */
  readonly unitPrice: Figure<Price>;
  /** Its instrument is the one that ends its pool first. */
  readonly decides: boolean;
}

export interface AccountView {
  /** Worst state first; pools without any position last. */
  readonly pools: readonly PoolView[];
  readonly worst: PoolView | undefined;
  /** Worst state first, then smallest distance. */
  readonly positions: readonly PositionView[];
  /** What it was all derived from: whoever asks "what if" starts here. */
  readonly basis: AssessInput;
}

/** The server's word for a pool. Unknown never hides Critical (ux.md 3); its "unknown since" is shown beside it. */
export function shownStateOf(row: PoolText): ShownState {
  return row.screenState === 'unknown' && row.alertState === 'critical'
    ? 'critical'
    : row.screenState;
}

/** An input of the pool is missing or stale: whatever hangs on it is drawn as doubtful (ux.md 9). */
export function trustOfPool({ health }: PoolView): 'lost' | undefined {
  return health.status === 'unknown' ? 'lost' : undefined;
}

/** A sum over pools is as doubtful as its most doubtful part. */
export function trustOfSum(pools: readonly PoolView[]): 'lost' | undefined {
  return pools.some((pool) => trustOfPool(pool) === 'lost') ? 'lost' : undefined;
}

export function accountViewOf(p: {
  readonly text: AccountText;
  readonly facts: Account;
  readonly health: AccountHealth;
  readonly market: Market;
  readonly marks: ReadonlyMap<string, MarkWire>;
}): AccountView {
  const rows = new Map(p.text.pools.map((row) => [row.poolId, row]));
  const pools = p.health.pools
    .map((health) => poolView(health, rows.get(health.id)))
    .toSorted(worsePoolFirst);
  const positions = pools
    .flatMap((pool) => pool.health.positions.map((position) => positionView(p, pool, position)))
    .toSorted(worsePositionFirst);
  const basis = { account: p.facts, market: p.market, rules: p.health.rules };
  return { pools, worst: pools[0], positions, basis };
}

function poolView(health: PoolHealth, row: PoolText | undefined): PoolView {
  const state = row === undefined ? stateOfStatus(health.status) : shownStateOf(row);
  return { health, row, state };
}

/** Before the server's first row: only what the facts alone tell. */
function stateOfStatus(status: PoolHealth['status']): ShownState {
  if (status === 'unknown') return 'unknown';
  return status === 'healthy' || status === 'empty' ? 'healthy' : 'critical';
}

function positionView(
  p: {
    readonly facts: Account;
    readonly market: Market;
    readonly marks: ReadonlyMap<string, MarkWire>;
  },
  pool: PoolView,
  position: PositionHealth,
): PositionView {
  const { instrumentId, positionSide } = position;
  const deciding = pool.health.decidingDistance();
  const instrument = p.market.instruments.get(instrumentId);
  const facts = p.facts.positions.find(
    (one) =>
      one.instrumentId === instrumentId &&
      one.positionSide === positionSide &&
      samePool(one, position),
  );
  return {
    key: `${position.poolId}|${instrumentId}|${positionSide}`,
    pool,
    position,
    instrument,
    wire: p.marks.get(instrumentId),
    fundingReceived: facts?.fundingReceived,
    openedAt: facts?.openedAt,
    unitPrice: unitPriceOf(pool.health, position, p.market),
    decides:
      pool.health.positions.length > 1 &&
      deciding.known &&
      deciding.value.by.kind === 'one' &&
      deciding.value.by.base === instrument?.base,
  };
}

function unitPriceOf(pool: PoolHealth, { settle }: PositionHealth, market: Market): Figure<Price> {
  if (pool.unit === settle) return known(price('1'));
  const asset = market.assetPrices.get(settle);
  return asset === undefined
    ? absent({ kind: 'asset-price-missing', assetId: settle })
    : known(asset.index);
}

function samePool(facts: Account['positions'][number], position: PositionHealth): boolean {
  return facts.marginMode.kind === position.marginKind;
}

/** Worst state, then largest margin ratio; pools without any position last. */
function worsePoolFirst(a: PoolView, b: PoolView): number {
  const empty = Number(a.health.status === 'empty') - Number(b.health.status === 'empty');
  if (empty !== 0) return empty;
  const rank = severityRank(a.state) - severityRank(b.state);
  return rank === 0 ? ratioWeight(b.health).comparedTo(ratioWeight(a.health)) : rank;
}

const RATIO_BEYOND_ALL = new Decimal('1e12');

/** For sorting only: equity gone and deficits stand above every ratio. */
export function ratioWeight(pool: PoolHealth): Decimal {
  const ratio = pool.marginRatio;
  if (!ratio.known) return new Decimal(-1);
  return ratio.value.kind === 'ratio' ? ratio.value.value : RATIO_BEYOND_ALL;
}

function worsePositionFirst(a: PositionView, b: PositionView): number {
  const rank = severityRank(a.pool.state) - severityRank(b.pool.state);
  return rank === 0 ? distanceWeight(a).comparedTo(distanceWeight(b)) : rank;
}

/** For sorting only: no liquidation price stands behind every distance. */
export function distanceWeight(view: PositionView): Decimal {
  const share = view.position.liquidation().distanceShare;
  return share.known ? share.value : RATIO_BEYOND_ALL;
}

/** The position that ends the pool first, by the engine's deciding distance or else by its own distance. */
export function worstPositionOf(view: AccountView, pool: PoolView): PositionView | undefined {
  const own = positionsOf(view, pool);
  return own.find((one) => one.decides) ?? own[0];
}

/** No mark is accepted beyond ten times the last one (rulings C4). */
const REACH_FACTOR = 10;

export interface ShownLiquidation {
  readonly side: 'above' | 'below';
  readonly price: Price;
}

/**
 * The liquidation prices worth a place on screen, the upper first: the nearest always, the one on the other side of the mark only
 * where a price may still get to in one move.
 */
export function shownLiquidationsOf({ position }: PositionView): readonly ShownLiquidation[] {
  const { above, below, nearest } = position.liquidation();
  if (!nearest.known || !position.mark.known) return [];
  const mark = position.mark.value.price;
  const both: readonly ShownLiquidation[] = [
    ...(above.known ? [{ side: 'above', price: above.value } as const] : []),
    ...(below.known ? [{ side: 'below', price: below.value } as const] : []),
  ];
  return both.filter(
    (one) =>
      one.price.eq(nearest.value) ||
      (one.price.lte(mark.times(REACH_FACTOR)) && one.price.gte(mark.div(REACH_FACTOR))),
  );
}

/** Distance when every coin moves against the pool by the same share. */
export function jointDistanceOf(pool: PoolHealth): PoolDistance | undefined {
  return pool.distances().find((distance) => distance.by.kind === 'joint');
}

/**
 * How far the pool is from its liquidation: the nearest way, to the liquidation price on its grid where one contract decides, so that
 * every page prints one figure.
 */
export function printedDistanceOf(pool: PoolHealth): Figure<PoolDistance> {
  return mapFigure(pool.decidingDistance(), (deciding) => {
    const { by } = deciding;
    if (by.kind === 'joint') return deciding;
    const own = pool.positions.find(({ instrumentId }) => instrumentId === by.instrumentId);
    const printed = own?.liquidation().distanceShare;
    return printed?.known === true ? { ...deciding, share: printed.value } : deciding;
  });
}

function positionsOf(view: AccountView, pool: PoolView): readonly PositionView[] {
  return view.positions.filter((one) => one.pool.health.id === pool.health.id);
}

/** Result of the position if closed now, the closing fee taken off. Opening fee and funding are booked already. */
export function pnlAfterFees(position: PositionHealth): Figure<Money> {
  return mapFigure(position.ifClosedNow, (exit) => negate(exit.lossSinceEntry));
}

/** What liquidation would change: a loss is negative. */
export function changeIfLiquidated(position: PositionHealth): Figure<Money> {
  return mapFigure(position.ifLiquidated(), (exit) => negate(exit.lossFromNow));
}

/** Funding of one day at the present rate and notional, from the holder's view. */
export function fundingPerDay(view: PositionView): Figure<Money> {
  const rate = view.wire?.fundingRate ?? null;
  const terms = view.instrument?.funding;
  if (rate === null || terms === undefined) return absent({ kind: 'not-recorded' });
  const against = view.position.signedSize.isNegative() ? 1 : -1;
  return mapFigure(view.position.notional, (notional) =>
    money(notional.times(rate).times(DAY_MS).div(terms.intervalMs).times(against)),
  );
}

/** The next risk tier up; undefined in the last one. */
export function nextTierOf(view: PositionView, { tier }: RiskTier): RiskTier | undefined {
  return view.instrument?.tiers.find((one) => one.tier === tier + 1);
}
