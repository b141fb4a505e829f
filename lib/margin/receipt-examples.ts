/** Receipts worked out a second time, for tests: every formula over its operands, every rounding by itself. */
import { assert } from '../contract.ts';
import {
  type Decimal,
  Decimal as DecimalOf,
  roundTo,
  roundToStep,
  ZERO,
} from '../units/decimal.ts';
import { type AssessInput } from './health.ts';
import { assessAccount } from './health.ts';
import { poolsOf } from './pool.ts';
import { type Figure, type LiquidationPrices, type PoolHealth } from './figures.ts';
import {
  receiptWorkOf,
  type PriceFigure,
  type ReceiptSubject,
  type ReceiptWork,
} from './receipt.ts';
import { type Operand, type ReceiptStep, type Rounding } from './receipt-step.ts';

/** Of a formula of names, `+ − × ÷` and brackets; undefined where it is a sentence. */
function evaluated({ formula, operands }: ReceiptStep): Decimal | undefined {
  if (formula === 'sum') return operands.reduce((sum, { value }) => sum.plus(value), ZERO);
  const names = operands.toSorted((a, b) => b.name.length - a.name.length);
  const tokens = tokensOf(formula, names);
  if (tokens === undefined) return undefined;
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const sum = (): Decimal => {
    let value = product();
    while (peek() === '+' || peek() === '−') {
      const sign = tokens[at];
      at += 1;
      value = sign === '+' ? value.plus(product()) : value.minus(product());
    }
    return value;
  };
  const product = (): Decimal => {
    let value = factor();
    while (peek() === '×' || peek() === '÷') {
      const sign = tokens[at];
      at += 1;
      value = sign === '×' ? value.times(factor()) : value.div(factor());
    }
    return value;
  };
  const factor = (): Decimal => {
    const token = tokens[at];
    at += 1;
    if (token === '−') return factor().negated();
    if (token === '(') {
      const value = sum();
      at += 1;
      return value;
    }
    assert(token instanceof DecimalOf, 'a value');
    return token;
  };
  return sum();
}

type Token = Decimal | '+' | '−' | '×' | '÷' | '(' | ')';

function tokensOf(formula: string, names: readonly Operand[]): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let rest = formula.trim();
  while (rest.length > 0) {
    const named = names.find(({ name }) => rest.startsWith(name));
    const sign = (['+', '−', '×', '÷', '(', ')'] as const).find((one) => rest.startsWith(one));
    const one = /^1(?= )/.test(rest) ? new DecimalOf(1) : undefined;
    const token = named?.value ?? sign ?? one;
    if (token === undefined) return undefined;
    tokens.push(token);
    rest = rest.slice(named?.name.length ?? 1).trim();
  }
  return tokens;
}

/** undefined where the rounding needs more than the value itself. */
function roundedBy(exact: Decimal, roundings: readonly Rounding[]): Decimal | undefined {
  let value = exact;
  for (const rounding of roundings) {
    switch (rounding.kind) {
      case 'decimals':
        value = roundTo(value, rounding.count, rounding.mode);
        break;
      case 'digits':
        value = value.toSignificantDigits(rounding.count);
        break;
      case 'step':
        value = roundToStep(value, rounding.step, rounding.mode);
        break;
      case 'step-added':
        value = rounding.mode === 'ceil' ? value.plus(rounding.step) : value.minus(rounding.step);
        break;
      case 'contract-value':
        return undefined;
    }
  }
  return value;
}

export interface ReceiptCase {
  readonly name: string;
  readonly work: Figure<ReceiptWork>;
  /** The figure as `assessPool` gives it. */
  readonly expected: string;
}

/** A receipt of every figure of an account. */
export function receiptCasesOf(input: AssessInput): readonly ReceiptCase[] {
  const health = assessAccount(input);
  return poolsOf(input.account, input.market).flatMap((pool) => {
    const own = health.pools.find(({ id }) => id === pool.id);
    assert(own !== undefined, 'the pool was assessed');
    const of = (subject: ReceiptSubject, expected: string): ReceiptCase => ({
      name: `${pool.id} ${subject.figure}`,
      work: receiptWorkOf({ pool, market: input.market, rules: input.rules }, subject),
      expected,
    });
    return [
      of({ figure: 'margin-ratio' }, ratioText(own)),
      ...own.positions.flatMap((position) =>
        PRICES.map((figure) => {
          const price =
            figure === 'bankruptcy'
              ? position.bankruptcyPrice()
              : priceOf(position.liquidation(), figure);
          return of({ figure, position }, textOf(price));
        }),
      ),
    ];
  });
}

const PRICES: readonly PriceFigure[] = [
  'liquidation-below',
  'liquidation-above',
  'safe-again',
  'bankruptcy',
];

function priceOf(
  prices: LiquidationPrices,
  figure: Exclude<PriceFigure, 'bankruptcy'>,
): Figure<Decimal> {
  const named = {
    'liquidation-below': prices.below,
    'liquidation-above': prices.above,
    'safe-again': prices.restoredAt,
  };
  return named[figure];
}

function ratioText({ marginRatio }: PoolHealth): string {
  if (!marginRatio.known) return marginRatio.why.kind;
  return marginRatio.value.kind === 'ratio'
    ? marginRatio.value.value.toFixed()
    : marginRatio.value.kind;
}

function textOf(figure: Figure<Decimal>): string {
  return figure.known ? figure.value.toFixed() : figure.why.kind;
}

/** Everything that is wrong with a receipt: empty when it proves its figure. */
export function faultsOf({ name, work, expected }: ReceiptCase): readonly string[] {
  if (!work.known) return expected === work.why.kind ? [] : [`${name}: ${work.why.kind}`];
  const { steps, result } = work.value;
  const shown =
    result.kind === 'price'
      ? textOf(result.price)
      : result.ratio.kind === 'ratio'
        ? result.ratio.value.toFixed()
        : result.ratio.kind;
  const last = steps.at(-1)?.result.toFixed() ?? 'no step';
  const isFigure = /^-?\d/.test(expected);
  return [
    ...(shown === expected ? [] : [`${name}: result ${shown}, figure ${expected}`]),
    ...(!isFigure || last === expected ? [] : [`${name}: last step ${last}, figure ${expected}`]),
    ...steps.flatMap((step) => stepFaults(step).map((fault) => `${name}: ${step.name}: ${fault}`)),
  ];
}

/** Room for the order in which forty digits were added up. */
const SLACK = new DecimalOf('1e-28');

function stepFaults(step: ReceiptStep): readonly string[] {
  const { exact, result, rounding, operands, name } = step;
  const again = evaluated(step);
  const scale = operands.reduce((most, { value }) => DecimalOf.max(most, value.abs()), exact.abs());
  const isOff = again !== undefined && again.minus(exact).abs().gt(scale.plus(1).times(SLACK));
  const rounded = roundedBy(exact, rounding);
  const mark = operands.find((one) => one.name === 'mark')?.value;
  const isAtMark = /price/i.test(name) && mark !== undefined && result.eq(mark);
  const wrong = rounded !== undefined && !rounded.eq(result) && !isAtMark;
  return [
    ...(isOff ? [`${step.formula} is ${again.toFixed()}, told ${exact.toFixed()}`] : []),
    ...(wrong ? [`rounds to ${rounded.toFixed()}, told ${result.toFixed()}`] : []),
  ];
}
