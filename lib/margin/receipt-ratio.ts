/** A pool's balance, maintenance and ratio, step by step (SPEC RC, MR9, MR10, MA). */
import { DECIMAL_PRECISION, type Decimal } from '../units/decimal.ts';
import { larger, money, plus, rate, sumOf, type Money, type Rate } from '../units/money.ts';
import { type MarginRatio } from './figures.ts';
import { type KnownPool } from './health.ts';
import { conversionOf } from './path.ts';
import { sidesOf, type Leg, type PoolAsset } from './pool.ts';
import { assetTotalsOf, marginRatioOf, totalsOf, type PoolTotals } from './pool-totals.ts';
import { valueOrNone, type ValuedLeg } from './position-health.ts';
import { positionSteps } from './receipt-position.ts';
import { legName, operand, sumStep, type Operand, type ReceiptStep } from './receipt-step.ts';
import { roundingsOfMoney, roundMoney } from './valuation.ts';

export interface RatioWork {
  readonly steps: readonly ReceiptStep[];
  readonly ratio: MarginRatio;
}

export function ratioWork(pool: KnownPool): RatioWork {
  const totals = totalsOf(pool);
  const ratio = marginRatioOf(totals.maintenanceMargin, totals.marginBalance);
  return { steps: [...balanceSteps(pool), ...ratioStep(pool, totals, ratio)], ratio };
}

/** Up to margin balance and maintenance margin, without dividing them. */
export function balanceSteps(pool: KnownPool): readonly ReceiptStep[] {
  const parts = pool.assets.map((asset) => assetParts(pool, asset));
  const own = [
    ...pool.valued.flatMap((item) => positionSteps(item, pool.rules)),
    ...parts.flatMap(({ steps }) => steps),
  ];
  const isSum = pool.facts.scope.kind === 'multi-asset';
  if (!isSum) return own;
  return [
    ...own,
    sumStep(
      'Margin balance',
      pool.facts.unit,
      parts.flatMap(({ credits }) => credits),
    ),
    sumStep(
      'Maintenance margin',
      pool.facts.unit,
      parts.flatMap(({ debits }) => debits),
    ),
  ];
}

function ratioStep(
  pool: KnownPool,
  totals: PoolTotals,
  ratio: MarginRatio,
): readonly ReceiptStep[] {
  if (ratio.kind !== 'ratio') return [];
  const { unit } = pool.facts;
  const maintenance = operand('maintenance margin', totals.maintenanceMargin, unit);
  const balance = operand('margin balance', totals.marginBalance, unit);
  return [
    {
      name: 'Margin ratio',
      formula: totals.maintenanceMargin.isZero()
        ? 'no maintenance is asked for'
        : 'maintenance margin ÷ margin balance',
      operands: [maintenance, balance],
      exact: ratio.value,
      rounding: [{ mode: 'half-even', kind: 'digits', count: DECIMAL_PRECISION }],
      result: ratio.value,
      unit: '',
    },
  ];
}

interface AssetParts {
  readonly steps: readonly ReceiptStep[];
  /** In the pool's unit: what the balance and the maintenance of the pool are made of. */
  readonly credits: readonly Operand[];
  readonly debits: readonly Operand[];
}

function assetParts(pool: KnownPool, asset: PoolAsset): AssetParts {
  const of = asset.price === undefined ? '' : ` of ${asset.asset}`;
  const items = pool.valued.filter(({ leg }) => leg.instrument.settle === asset.asset);
  const balance = sumStep(`Margin balance${of}`, asset.asset, [
    operand('wallet', asset.wallet, asset.asset),
    ...items.map(({ leg, valuation }) =>
      operand(`PnL of ${legName(leg)}`, valuation.unrealizedPnl, asset.asset),
    ),
  ]);
  const maintenance = sumStep(
    `Maintenance margin${of}`,
    asset.asset,
    askedOperands(pool, items, asset.asset),
  );
  const isIdle = items.length === 0 && asset.price !== undefined;
  const steps = isIdle ? [balance] : [balance, maintenance];
  if (asset.price === undefined) return { steps, credits: [], debits: [] };
  const own = assetTotalsOf(pool, { ...asset, price: undefined });
  const inUsd = usdSteps(pool, asset, own);
  return {
    steps: [...steps, ...inUsd.credits, ...(isIdle ? [] : [inUsd.debit])],
    credits: inUsd.credits.map(resultOf),
    debits: [resultOf(inUsd.debit)],
  };
}

function resultOf({ name, result, unit }: ReceiptStep): Operand {
  return operand(name, result, unit);
}

/** Every position; or, where the venue nets an underlying, the larger side of each. */
function askedOperands(
  pool: KnownPool,
  items: readonly ValuedLeg[],
  unit: string,
): readonly Operand[] {
  const askedOf = ({ leg, valuation }: ValuedLeg): Operand =>
    operand(`maintenance of ${legName(leg)}`, valueOrNone(valuation.maintenanceMargin), unit);
  if (pool.rules.terms?.netsUnderlying !== true) return items.map(askedOf);
  const total = (legs: readonly Leg[]): Money =>
    sumOf(
      items
        .filter(({ leg }) => legs.includes(leg))
        .map(({ valuation }) => valueOrNone(valuation.maintenanceMargin)),
    );
  return sidesOf(items.map(({ leg }) => leg)).map(({ long, short }) => {
    const base = (long[0] ?? short[0])?.instrument.base ?? '';
    return operand(`larger side of ${base}`, larger(total(long), total(short)), unit);
  });
}

/** [MA1..MA3] Counted in USD: the weight, the price and the rounding of the rule set. */
function usdSteps(
  pool: KnownPool,
  asset: PoolAsset,
  own: PoolTotals,
): { readonly credits: readonly ReceiptStep[]; readonly debit: ReceiptStep } {
  const { credit, debit } = conversionOf(pool.rules, asset);
  const { creditInUsd, debitInUsd } = pool.rules.rounding;
  const names = CONVERSIONS[pool.rules.conversion];
  const counted = countedOf(pool, asset, own);
  return {
    credits: counted.map(({ name, amount, weight }) =>
      convertedStep({
        name: `${name} of ${asset.asset} in USD`,
        amount: operand(name.toLowerCase(), amount, asset.asset),
        factors: [operand(names.credit, credit, 'USD'), operand('weight', weight)],
        rounding: creditInUsd,
      }),
    ),
    debit: convertedStep({
      name: `Maintenance of ${asset.asset} in USD`,
      amount: operand('maintenance', own.maintenanceMargin, asset.asset),
      factors: [operand(names.debit, debit, 'USD')],
      rounding: debitInUsd,
    }),
  };
}

const CONVERSIONS = {
  index: { credit: 'index', debit: 'index' },
  'bid-ask': { credit: 'bid', debit: 'ask' },
} as const;

interface Counted {
  readonly name: string;
  readonly amount: Money;
  readonly weight: Rate;
}

/** [MA2] What is weighted: the balance with its PnL, or the wallet alone. What is owed counts in full. */
function countedOf(pool: KnownPool, asset: PoolAsset, own: PoolTotals): readonly Counted[] {
  const full = rate(1);
  const weight = asset.price?.collateralWeight ?? full;
  const weightOf = (amount: Money): Rate => (amount.gt(0) ? weight : full);
  const { walletBalance, unrealizedPnl } = own;
  if (pool.rules.haircutOn === 'equity') {
    const amount = plus(walletBalance, unrealizedPnl);
    return [{ name: 'Balance', amount, weight: weightOf(amount) }];
  }
  return [
    { name: 'Wallet', amount: walletBalance, weight: weightOf(walletBalance) },
    { name: 'PnL', amount: unrealizedPnl, weight: full },
  ];
}

function convertedStep(p: {
  readonly name: string;
  readonly amount: Operand;
  readonly factors: readonly Operand[];
  readonly rounding: KnownPool['rules']['rounding']['creditInUsd'];
}): ReceiptStep {
  const operands = [p.amount, ...p.factors];
  const exact = p.factors.reduce(
    (product: Decimal, { value }) => product.times(value),
    p.amount.value,
  );
  return {
    name: p.name,
    formula: operands.map(({ name }) => name).join(' × '),
    operands,
    exact,
    rounding: roundingsOfMoney(p.rounding),
    result: roundMoney(money(exact), p.rounding),
    unit: 'USD',
  };
}
