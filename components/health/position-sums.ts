/** Sums over positions, one for each asset that is settled in: amounts of two assets are never added. Pure. */
import { absent, known, mapFigure, type Figure, type PoolDistance } from '#lib/margin/figures.ts';
import { compareDecimals, sumOfMany, ZERO } from '#lib/units/decimal.ts';
import {
  larger,
  money,
  negate,
  NO_MONEY,
  quantity,
  smaller,
  type Money,
  type Quantity,
  type Rate,
} from '#lib/units/money.ts';
import { printedDistanceOf, type PositionView } from './pool-view.ts';

export interface UnitTotals {
  readonly unit: string;
  readonly pnl: Figure<Money>;
  readonly fees: Figure<Money>;
  readonly ifLiquidated: Figure<Money>;
  readonly funding: Figure<Money>;
  /** Of the legs, the worst, not an average. Absent when nothing here can be liquidated. */
  readonly worstDistance: Figure<Rate>;
  /** Of their pools, the nearest way to liquidation of any (rulings A6). */
  readonly decidingDistance: Figure<PoolDistance>;
}

/** Sums by settle asset: amounts of two assets are never added. */
export function totalsOf(views: readonly PositionView[]): readonly UnitTotals[] {
  const units = new Set(views.map((view) => String(view.position.settle)));
  return [...units].map((unit) => {
    const own = views.filter((view) => view.position.settle === unit);
    return {
      unit,
      pnl: mapFigure(
        sumOver(
          own,
          ({ position }) => position.ifClosedNow,
          (exit) => exit.lossSinceEntry,
        ),
        negate,
      ),
      fees: sumOver(
        own,
        ({ position }) => position.ifClosedNow,
        (exit) => exit.fee,
      ),
      ifLiquidated: changeIfAllLiquidated(own),
      funding: sumOver(own, fundingOf, (amount) => amount),
      worstDistance: worstDistance(own),
      decidingDistance: decidingDistance(own),
    };
  });
}

/** One amount of each, or the reason of the first that is absent. Thousands are summed: nothing is made for each on the way. */
function sumOver<Item, Value>(
  items: readonly Item[],
  figureOf: (item: Item) => Figure<Value>,
  amountOf: (value: Value) => Money,
): Figure<Money> {
  const amounts: Money[] = [];
  for (const item of items) {
    const figure = figureOf(item);
    if (!figure.known) return figure;
    amounts.push(amountOf(figure.value));
  }
  return known(money(sumOfMany(amounts)));
}

function fundingOf({ fundingReceived }: PositionView): Figure<Money> {
  return fundingReceived === undefined ? absent({ kind: 'not-recorded' }) : known(fundingReceived);
}

/** Pool by pool: positions that share a margin balance cannot lose more than it together. */
function changeIfAllLiquidated(views: readonly PositionView[]): Figure<Money> {
  const pools = new Map<string, PositionView[]>();
  for (const view of views) {
    const { id } = view.pool.health;
    const members = pools.get(id);
    if (members === undefined) pools.set(id, [view]);
    else members.push(view);
  }
  return mapFigure(sumOfKnown([...pools.values()].map(lossOfPool)), negate);
}

function lossOfPool(views: readonly PositionView[]): Figure<Money> {
  const [first] = views;
  if (first === undefined) return known(NO_MONEY);
  if (views.length === 1) return lossOf(first);
  const all = sumOfKnown(views.map(lossOf));
  const { marginBalance } = first.pool.health;
  if (!all.known || !marginBalance.known || !first.unitPrice.known) return all;
  const balance = money(marginBalance.value.div(first.unitPrice.value));
  return known(smaller(all.value, larger(balance, NO_MONEY)));
}

function lossOf({ position }: PositionView): Figure<Money> {
  return mapFigure(position.ifLiquidated(), (exit) => exit.lossFromNow);
}

/** Positions that nothing can liquidate lose nothing that way; a gap in what we know still makes the sum unknown. */
function sumOfKnown(figures: readonly Figure<Money>[]): Figure<Money> {
  const relevant = figures.filter((figure) => figure.known || !isNone(figure.why.kind));
  return sumOver(
    relevant,
    (figure) => figure,
    (amount) => amount,
  );
}

function worstDistance(views: readonly PositionView[]): Figure<Rate> {
  return nearestOf(
    views.map((view) => view.position.liquidation().distanceShare),
    (share) => share,
  );
}

function decidingDistance(views: readonly PositionView[]): Figure<PoolDistance> {
  const pools = new Set(views.map((view) => view.pool.health));
  return nearestOf([...pools].map(printedDistanceOf), ({ share }) => share);
}

/** A gap in what we know hides the nearest of the rest. */
function nearestOf<Value>(
  figures: readonly Figure<Value>[],
  shareOf: (value: Value) => Rate,
): Figure<Value> {
  const gap = figures.find((figure) => !figure.known && !isNone(figure.why.kind));
  if (gap !== undefined) return gap;
  let nearest: Value | undefined;
  for (const figure of figures) {
    if (!figure.known) continue;
    if (nearest === undefined || compareDecimals(shareOf(figure.value), shareOf(nearest)) < 0)
      nearest = figure.value;
  }
  return nearest === undefined ? absent({ kind: 'margin-covers-loss' }) : known(nearest);
}

function isNone(kind: string): boolean {
  return kind === 'margin-covers-loss' || kind === 'price-cancels';
}

/** Signed sizes of one symbol's legs together. */
export function netSizeOf(views: readonly PositionView[]): Quantity {
  return quantity(views.reduce((sum, { position }) => sum.plus(position.signedSize), ZERO));
}
