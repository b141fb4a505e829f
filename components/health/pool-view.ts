/** An account as its screens read it: server's states beside the browser's figures, joined by pool and position. Pure. */
import { severityRank, type ShownState } from '#lib/display/words.ts';
import {
  absent,
  allOf,
  known,
  mapFigure,
  type AccountHealth,
  type Figure,
  type PoolDistance,
  type PoolHealth,
  type PositionHealth,
} from '#lib/margin/figures.ts';
import { type Account, type Market } from '#lib/margin/account.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { Decimal } from '#lib/units/decimal.ts';
import {
  larger,
  minus,
  money,
  negate,
  NO_MONEY,
  price,
  scale,
  sumOf,
  type Money,
  type Price,
} from '#lib/units/money.ts';
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
  return { pools, worst: pools[0], positions };
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

export function worsePositionFirst(a: PositionView, b: PositionView): number {
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

/** Margin balance left after closing everything in the pool at the marks, taker fees paid. In the pool's unit. */
export function leftAfterClosing(view: AccountView, pool: PoolView): Figure<Money> {
  const losses = positionsOf(view, pool).map((one) =>
    inUnit(
      one,
      mapFigure(one.position.ifClosedNow, (exit) => exit.lossFromNow),
    ),
  );
  return leftAfter(pool.health, mapFigure(allOf(losses), sumOf));
}

/**
 * Margin balance left when the whole pool is liquidated at this position's liquidation price: the coin's contracts lose what the
 * way there costs, everything pays its liquidation fee, and the fee never takes more than there is. In the pool's unit.
 */
export function leftAfterLiquidation(
  view: AccountView,
  pool: PoolView,
  worst: PositionView,
): Figure<Money> {
  const own = positionsOf(view, pool);
  if (own.length === 1) {
    return leftAfter(
      pool.health,
      inUnit(
        worst,
        mapFigure(worst.position.ifLiquidated(), (exit) => exit.lossFromNow),
      ),
    );
  }
  const moved = own.filter((one) => one.instrument?.base === worst.instrument?.base);
  const moves = allOf(
    moved.map((one) =>
      inUnit(
        one,
        mapFigure(one.position.ifLiquidated(), (exit) => minus(exit.lossFromNow, exit.fee)),
      ),
    ),
  );
  const fees = allOf(own.map((one) => inUnit(one, liquidationFeeNow(one))));
  if (!fees.known) return fees;
  const left = leftAfter(pool.health, mapFigure(moves, sumOf));
  return mapFigure(left, (amount) => larger(minus(amount, sumOf(fees.value)), NO_MONEY));
}

function positionsOf(view: AccountView, pool: PoolView): readonly PositionView[] {
  return view.positions.filter((one) => one.pool.health.id === pool.health.id);
}

function inUnit(view: PositionView, amount: Figure<Money>): Figure<Money> {
  if (!view.unitPrice.known) return view.unitPrice;
  const unitPrice = view.unitPrice.value;
  return mapFigure(amount, (value) => scale(value, unitPrice));
}

function liquidationFeeNow({ position, instrument }: PositionView): Figure<Money> {
  if (instrument === undefined)
    return absent({ kind: 'instrument-unknown', instrumentId: position.instrumentId });
  return mapFigure(position.notional, (notional) => scale(notional, instrument.liquidationFeeRate));
}

function leftAfter(pool: PoolHealth, loss: Figure<Money>): Figure<Money> {
  if (!pool.marginBalance.known) return pool.marginBalance;
  const balance = pool.marginBalance.value;
  return mapFigure(loss, (amount) => minus(balance, amount));
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
