/** Which figure of ours stands under which key of a Binance USDⓈ-M case. */
import {
  absent,
  mapFigure,
  type AccountHealth,
  type PoolHealth,
  type PositionHealth,
} from '#lib/margin/figures.ts';
import {
  sumInFirstAsset,
  sumOfBoth,
  sumOverPools,
  type MoneyOfPool,
} from '#lib/wire/case-figures.ts';
import { figureText, ratioText, type FigureText } from '#lib/wire/figure-text.ts';
import { printedLiquidation } from '#lib/wire/venue-differences.ts';

export interface Answers {
  readonly health: AccountHealth;
  /** The position that the case is about; undefined when it is about the account. */
  readonly position: PositionHealth | undefined;
  /** Its other leg takes away all of it. */
  readonly hedgeCancels: boolean;
}

/** Where Binance prints 0 for "no liquidation price". */
const NO_PRICE = '0';
const NONE = absent({ kind: 'not-recorded' });

type FigureOf = (answers: Answers) => FigureText;

const notional: FigureOf = ({ position }) => figureText(position?.notional ?? NONE);
const unrealizedPnl: FigureOf = ({ health, position }) =>
  figureText(position?.unrealizedPnl ?? sumOverPools(health, (pool) => pool.unrealizedPnl));
const positionInitial: FigureOf = (answers) => figureText(positionInitialOf(answers));
const orderInitial: FigureOf = ({ health }) =>
  figureText(sumOverPools(health, (pool) => pool.orderMargin));
const initialMargin: FigureOf = (answers) =>
  figureText(
    sumOfBoth(
      positionInitialOf(answers),
      sumOverPools(answers.health, (pool) => pool.orderMargin),
    ),
  );
const maintenanceMargin: FigureOf = ({ health, position }) =>
  figureText(position?.maintenanceMargin ?? sumOverPools(health, (pool) => pool.maintenanceMargin));

/** Of the tier in force. */
function deduction({ position }: Answers): FigureText {
  return figureText(mapFigure(position?.tier ?? NONE, (tier) => tier.maintenanceDeduction));
}

function positionInitialOf({ health, position }: Answers) {
  return position?.initialMargin ?? sumOverPools(health, (pool) => pool.initialMargin);
}

function overPools(figureOf: MoneyOfPool): FigureOf {
  return ({ health }) => figureText(sumOverPools(health, figureOf));
}

function ofCross(figureOf: MoneyOfPool): FigureOf {
  return ({ health }) => {
    const pool = crossPool(health);
    return figureText(pool === undefined ? NONE : figureOf(pool));
  };
}

function crossPool(health: AccountHealth): PoolHealth | undefined {
  return health.pools.find((pool) => pool.scope.kind !== 'isolated');
}

/** The pool behind the position, or the cross pool of the account. */
function poolOf({ health, position }: Answers): PoolHealth | undefined {
  return position === undefined
    ? crossPool(health)
    : health.pools.find((pool) => pool.id === position.poolId);
}

function ofOwnPool(figureOf: MoneyOfPool): FigureOf {
  return (answers) => {
    const pool = poolOf(answers);
    return figureText(pool === undefined ? NONE : figureOf(pool));
  };
}

const FIGURES: Readonly<Record<string, FigureOf>> = {
  notional,
  notionalValue: notional,
  positionValue: notional,
  unrealizedPnl,
  unrealizedProfit: unrealizedPnl,
  unRealizedProfit: unrealizedPnl,
  initialMargin,
  positionInitialMargin: positionInitial,
  openOrderInitialMargin: orderInitial,
  maintenanceMargin,
  maintMargin: maintenanceMargin,
  maintenanceMarginRate: ({ position }) =>
    figureText(mapFigure(position?.tier ?? NONE, (tier) => tier.maintenanceMarginRate)),
  maintenanceAmount: deduction,
  maintenanceDeduction: deduction,
  marginRatio: (answers) => ratioText(poolOf(answers)?.marginRatio ?? NONE),
  liquidationPrice,
  bankruptcyPrice: ({ position }) => figureText(position?.bankruptcyPrice() ?? NONE),
  effectiveLeverage: (answers) => figureText(poolOf(answers)?.effectiveLeverage ?? NONE),
  isolatedWallet: ofOwnPool((pool) => pool.walletBalance),
  isolatedMargin: ofOwnPool((pool) => pool.marginBalance),
  walletBalance: overPools((pool) => pool.walletBalance),
  marginBalance: overPools((pool) => pool.marginBalance),
  crossWalletBalance: ofCross((pool) => pool.walletBalance),
  crossUnPnl: ofCross((pool) => pool.unrealizedPnl),
  availableBalance: ofCross((pool) => pool.availableMargin),
  maxWithdrawAmount: ofCross((pool) => pool.withdrawable),
  totalWalletBalance: overPools((pool) => pool.walletBalance),
  totalUnrealizedProfit: overPools((pool) => pool.unrealizedPnl),
  totalMarginBalance: overPools((pool) => pool.marginBalance),
  totalMaintMargin: overPools((pool) => pool.maintenanceMargin),
  totalInitialMargin: ({ health }) =>
    figureText(
      sumOfBoth(
        sumOverPools(health, (pool) => pool.initialMargin),
        sumOverPools(health, (pool) => pool.orderMargin),
      ),
    ),
  totalPositionInitialMargin: overPools((pool) => pool.initialMargin),
  totalOpenOrderInitialMargin: orderInitial,
  totalCrossWalletBalance: ofCross((pool) => pool.walletBalance),
  totalCrossUnPnl: ofCross((pool) => pool.unrealizedPnl),
  assetMaintMargin: ({ health }) =>
    figureText(sumInFirstAsset(health, (position) => position.maintenanceMargin)),
};

/** Our answer under a key, or undefined where we have no such figure. */
export function figureUnder(key: string, answers: Answers): FigureText | undefined {
  return Object.hasOwn(FIGURES, key) ? FIGURES[key]?.(answers) : undefined;
}

export function isFigureKey(key: string): boolean {
  return Object.hasOwn(FIGURES, key);
}

function liquidationPrice({ position, hedgeCancels }: Answers): FigureText {
  if (position === undefined) return figureText(NONE);
  const printed = printedLiquidation(position);
  const unreachable = !printed.known && printed.why.kind === 'margin-covers-loss';
  return unreachable || hedgeCancels ? NO_PRICE : figureText(printed);
}
