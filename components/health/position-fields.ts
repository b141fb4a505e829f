/** Every figure of a position in full precision, for copies and files (ux.md 6): plain text, decimal point, no grouping. Pure. */
import { isoTime } from '#lib/display/csv.ts';
import {
  absenceSentence,
  absenceWords,
  poolNameOfId,
  sideWord,
  stateWord,
} from '#lib/display/words.ts';
import { absent, known, mapFigure, type Absence, type Figure } from '#lib/margin/figures.ts';
import { decimalText, type Decimal } from '#lib/units/decimal.ts';
import {
  changeIfLiquidated,
  fundingPerDay,
  pnlAfterFees,
  nextTierOf,
  type PositionView,
} from './pool-view.ts';

export interface ExactField {
  /** Heading in a file. */
  readonly name: string;
  readonly textOf: (view: PositionView) => string;
}

function figure(name: string, figureOf: (view: PositionView) => Figure<Decimal>): ExactField {
  return { name, textOf: (view) => exactText(figureOf(view)) };
}

/** A value in full, or the words for why there is none. */
function exactText(one: Figure<Decimal>): string {
  return one.known ? decimalText(one.value) : absenceText(one.why);
}

function absenceText(why: Absence): string {
  return absenceSentence(absenceWords(why, () => undefined));
}

function ratioText({ pool }: PositionView): string {
  const { marginRatio } = pool.health;
  if (!marginRatio.known) return absenceText(marginRatio.why);
  return marginRatio.value.kind === 'ratio'
    ? decimalText(marginRatio.value.value)
    : marginRatio.value.kind;
}

const NOT_RECORDED = absent({ kind: 'not-recorded' });

/** By column. The first field of a column is what its cell shows first, and what copying the cell gives. */
export const EXACT_FIELDS: Readonly<Record<string, readonly ExactField[]>> = {
  state: [
    { name: 'state', textOf: ({ pool }) => stateWord(pool.state) },
    { name: 'pool', textOf: ({ position }) => poolNameOfId(position.poolId) },
  ],
  position: [
    { name: 'instrument', textOf: ({ position }) => position.instrumentId },
    { name: 'side', textOf: ({ position }) => sideWord(position.signedSize) },
    { name: 'leverage', textOf: ({ position }) => decimalText(position.leverage) },
    { name: 'margin_mode', textOf: ({ position }) => position.marginKind },
    { name: 'settle_asset', textOf: ({ position }) => position.settle },
  ],
  size: [
    { name: 'size', textOf: ({ position }) => decimalText(position.signedSize) },
    figure('notional', ({ position }) => position.notional),
  ],
  mark: [
    figure('mark_price', ({ position }) => mapFigure(position.mark, ({ price }) => price)),
    {
      name: 'mark_time',
      textOf: ({ wire }) => (wire === undefined ? 'Unknown' : isoTime(wire.time)),
    },
  ],
  liquidation: [
    figure('liquidation_price', ({ position }) => position.liquidation().nearest),
    figure('liquidation_price_below', ({ position }) => position.liquidation().below),
    figure('liquidation_price_above', ({ position }) => position.liquidation().above),
  ],
  distance: [figure('distance_share', ({ position }) => position.liquidation().distanceShare)],
  ratio: [
    { name: 'pool_margin_ratio', textOf: ratioText },
    figure('share_of_pool_maintenance', ({ position }) => position.maintenanceShare),
  ],
  pnl: [
    figure('pnl_after_fee', ({ position }) => pnlAfterFees(position)),
    figure('pnl_gross', ({ position }) => position.unrealizedPnl),
  ],
  loss: [
    figure('change_if_liquidated', ({ position }) => changeIfLiquidated(position)),
    figure('liquidation_fee', ({ position }) =>
      mapFigure(position.ifLiquidated(), ({ fee }) => fee),
    ),
  ],
  funding: [
    figure('funding_received', ({ fundingReceived }) =>
      fundingReceived === undefined ? NOT_RECORDED : known(fundingReceived),
    ),
    figure('funding_per_day', fundingPerDay),
  ],
  entry: [figure('entry_price', ({ position }) => known(position.entryPrice))],
  breakEven: [figure('break_even_price', ({ position }) => position.breakEvenPrice)],
  return: [figure('return_on_entry_margin', ({ position }) => position.returnOnEquity)],
  initial: [figure('initial_margin', ({ position }) => position.initialMargin)],
  maintenance: [figure('maintenance_margin', ({ position }) => position.maintenanceMargin)],
  tier: [
    {
      name: 'tier',
      textOf: ({ position: { tier } }) =>
        tier.known ? String(tier.value.tier) : absenceText(tier.why),
    },
    { name: 'next_tier_from_notional', textOf: nextTierText },
  ],
  bankruptcy: [figure('bankruptcy_price', ({ position }) => position.bankruptcyPrice())],
  opened: [
    {
      name: 'opened',
      textOf: ({ openedAt }) =>
        openedAt === undefined ? absenceText({ kind: 'not-recorded' }) : isoTime(openedAt),
    },
  ],
};

function nextTierText(view: PositionView): string {
  const { tier } = view.position;
  if (!tier.known) return absenceText(tier.why);
  const next = nextTierOf(view, tier.value);
  return next === undefined ? 'None: the last tier' : decimalText(next.notionalFloor);
}

/** What copying gives: a cell's first figure, or all of a row's, tabs between them. */
export function copyText(
  view: PositionView,
  columns: readonly string[],
  column: string | undefined,
): string {
  const fields = (column === undefined ? columns : [column]).flatMap(
    (id) => EXACT_FIELDS[id] ?? [],
  );
  const taken = column === undefined ? fields : fields.slice(0, 1);
  return taken.map(({ textOf }) => textOf(view)).join('\t');
}
