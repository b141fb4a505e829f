/** A liquidation or bankruptcy price, step by step (SPEC RC, LQ1 to LQ6, BK1, VE7, VE8). */
import { DECIMAL_PRECISION, type Decimal, ZERO } from '../units/decimal.ts';
import { type Price } from '../units/money.ts';
import {
  type AssetWork,
  type Coefficients,
  type ExcessTerm,
  type ExcessWork,
} from './excess-work.ts';
import { type Leg } from './pool.ts';
import { printedPrice, roundingsOfPrice, safePrice } from './printed-price.ts';
import { tierStep } from './receipt-position.ts';
import { exactStep, operand, sumStep, type Operand, type ReceiptStep } from './receipt-step.ts';
import { type VenueRules } from './venues/rules.ts';

/** What a price is looked for, and of which leg. */
export interface PriceQuestion {
  readonly name: string;
  readonly leg: Leg;
  readonly rules: VenueRules;
  readonly unit: string;
  /** Toward the mark for a price to wait for, away from it for one that is safe again. */
  readonly rounded: 'toward' | 'away';
}

/** Names of the parts of an excess. On a path the variable is the price as a multiple of the mark, so that today it is 1. */
const PATH_PARTS = ['fixed part', 'part times the multiple', 'part over the multiple'] as const;
const LINEAR_PARTS = ['fixed part', 'part times the price', 'part times its square'] as const;
const INVERSE_PARTS = ['fixed part', 'part over the price', 'part over its square'] as const;
type PartNames = readonly [string, string, string];

export function priceSteps(
  question: PriceQuestion,
  work: ExcessWork,
  exact: Price | undefined,
): readonly ReceiptStep[] {
  const parts = partNames(question, work);
  return [
    ...work.tiers.map(({ leg, tier, key }) =>
      tierStep(leg, tier, exact === undefined ? undefined : keyOperand(question, leg, key)),
    ),
    ...work.assets.flatMap((asset) => assetSteps(question, asset, parts)),
    ...poolSteps(question, work, parts),
    ...(exact === undefined ? [] : rootSteps(question, work, parts, exact)),
  ];
}

function keyOperand({ rules }: PriceQuestion, leg: Leg, key: Decimal): Operand {
  const terms = rules.terms?.[leg.position.marginMode.kind];
  if (terms?.tierKey === 'contracts') return operand('contracts', key);
  const name = terms?.searchedAt === 'entry' ? 'value at entry' : 'notional at the price';
  return operand(name, key, leg.instrument.settle);
}

function partNames({ leg }: PriceQuestion, { kind }: ExcessWork): PartNames {
  if (kind === 'path') return PATH_PARTS;
  return leg.instrument.kind === 'inverse' ? INVERSE_PARTS : LINEAR_PARTS;
}

function assetSteps(
  question: PriceQuestion,
  work: AssetWork,
  parts: PartNames,
): readonly ReceiptStep[] {
  const of = work.counted === undefined ? '' : ` of ${work.asset.asset}`;
  const unit = work.asset.asset;
  const balance = sectionSteps(`Margin balance${of}`, unit, work.balance, parts);
  const asked = sectionSteps(`Maintenance${of}`, unit, work.asked, parts);
  return [...balance, ...asked, ...excessSteps(question, work, parts)];
}

/** A sum for each part that is there. */
function sectionSteps(
  section: string,
  unit: string,
  terms: readonly ExcessTerm[],
  parts: PartNames,
): readonly ReceiptStep[] {
  return parts.flatMap((part, index) => {
    const operands = terms.map(({ name, at }) => operand(name, at[index] ?? ZERO, unit));
    return operands.some(({ value }) => !value.isZero())
      ? [sumStep(`${section}, ${part}`, unit, operands)]
      : [];
  });
}

/** balance - maintenance, counted in USD where the pool is. */
function excessSteps(
  question: PriceQuestion,
  work: AssetWork,
  parts: PartNames,
): readonly ReceiptStep[] {
  const { counted, asset } = work;
  return parts.flatMap((part, index) => {
    const exact = work.excess[index] ?? ZERO;
    const from = counted?.moves === true ? MOVED_FROM[index] : index;
    const balance = from === undefined ? ZERO : sumAt(work.balance, from);
    const asked = from === undefined ? ZERO : sumAt(work.asked, from);
    if (exact.isZero() && balance.isZero() && asked.isZero()) return [];
    const operands = [
      operand('balance', balance, asset.asset),
      operand('maintenance', asked, asset.asset),
    ];
    if (counted === undefined) {
      const formula = 'balance − maintenance';
      return [exactStep({ name: `Excess, ${part}`, formula, operands, exact, unit: asset.asset })];
    }
    const cut = from === 0 ? counted.cut : ZERO;
    return [
      exactStep({
        name: `Excess of ${asset.asset}, ${part}`,
        formula: '(balance − haircut) × weight × credit price − maintenance × debit price',
        operands: [
          ...operands,
          operand('haircut', cut, asset.asset),
          operand('weight', counted.weight),
          operand('credit price', counted.credit, 'USD'),
          operand('debit price', counted.debit, 'USD'),
        ],
        exact,
        unit: question.unit,
      }),
    ];
  });
}

/** An asset whose own price moves: what is over the multiple becomes fixed, what is fixed becomes times it. */
const MOVED_FROM: readonly (number | undefined)[] = [2, 0, undefined];

function sumAt(terms: readonly ExcessTerm[], index: number): Decimal {
  return terms.reduce((sum, { at }) => sum.plus(at[index] ?? ZERO), ZERO);
}

/** Of several assets, and less what orders keep back. */
function poolSteps(
  question: PriceQuestion,
  work: ExcessWork,
  parts: PartNames,
): readonly ReceiptStep[] {
  if (work.assets.length === 1 && work.reserved.isZero()) return [];
  return parts.flatMap((part, index) => {
    const operands: readonly Operand[] = [
      ...work.assets.map(({ asset, excess }) =>
        operand(`excess of ${asset.asset}`, excess[index] ?? ZERO, question.unit),
      ),
      ...(index === 0 ? [operand('kept for orders', work.reserved.negated(), question.unit)] : []),
    ];
    return operands.some(({ value }) => !value.isZero())
      ? [sumStep(`Excess of the pool, ${part}`, question.unit, operands)]
      : [];
  });
}

function rootSteps(
  question: PriceQuestion,
  work: ExcessWork,
  parts: PartNames,
  exact: Price,
): readonly ReceiptStep[] {
  if (work.root === undefined) return [];
  const { leg, rules, rounded, name } = question;
  const mark = leg.mark.price;
  const unit = leg.instrument.quote;
  const falls = exact.lt(mark);
  const mode = falls === (rounded === 'toward') ? 'ceil' : 'floor';
  const result =
    rounded === 'toward' ? printedPrice(rules, leg, exact) : safePrice(rules, leg, exact);
  return [
    ...solutionSteps(question, work, parts, exact),
    {
      name,
      formula:
        rounded === 'toward'
          ? 'rounded toward the mark, never past it'
          : 'rounded away from the mark',
      operands: [operand('price before rounding', exact, unit), operand('mark', mark, unit)],
      exact,
      rounding: roundingsOfPrice(rules, leg, mode),
      result,
      unit,
    },
  ];
}

/** Where the excess is zero, and the price there. */
function solutionSteps(
  question: PriceQuestion,
  work: ExcessWork,
  parts: PartNames,
  exact: Price,
): readonly ReceiptStep[] {
  const { leg } = question;
  const root = work.root ?? ZERO;
  const unit = leg.instrument.quote;
  const digits = [{ mode: 'half-even', kind: 'digits', count: DECIMAL_PRECISION }] as const;
  const before = { name: 'Price before rounding', exact, rounding: digits, result: exact, unit };
  const solved = solutionOf(work, parts);
  if (work.kind === 'line' && leg.instrument.kind === 'linear') return [{ ...before, ...solved }];
  const variable = work.kind === 'path' ? 'multiple of the mark' : '1 over the price';
  const operands = [operand(variable, root)];
  return [
    {
      name: capitalized(variable),
      ...solved,
      exact: root,
      rounding: digits,
      result: root,
      unit: '',
    },
    work.kind === 'path'
      ? {
          ...before,
          formula: `${variable} × mark`,
          operands: [...operands, operand('mark', leg.mark.price, unit)],
        }
      : { ...before, formula: `1 ÷ ${variable}`, operands },
  ];
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function solutionOf(
  { excess, jumps, kind, root }: ExcessWork,
  parts: PartNames,
): Pick<ReceiptStep, 'formula' | 'operands'> {
  if (jumps) {
    const start = operand('start of the tier where the excess is below zero', root ?? ZERO);
    return { formula: start.name, operands: [start] };
  }
  const [fixed, times, third] = excess.map((value, index) => operand(parts[index] ?? '', value));
  const told = [fixed, times, third].filter((one) => one !== undefined && !one.value.isZero());
  return { formula: formulaOf(kind, excess, parts), operands: told.flatMap((one) => one ?? []) };
}

/** The root in closed form: on a path it is a quotient, on a line one too unless rates grow with the coins. */
function formulaOf(kind: ExcessWork['kind'], excess: Coefficients, parts: PartNames): string {
  const [fixed, times, third] = parts;
  const thirdIs = !excess[2].isZero();
  if (kind === 'path') return thirdIs ? `−${third} ÷ ${fixed}` : `−${fixed} ÷ ${times}`;
  return thirdIs
    ? `nearest root of ${fixed} + ${times} × x + ${third} × x²`
    : `−${fixed} ÷ ${times}`;
}
