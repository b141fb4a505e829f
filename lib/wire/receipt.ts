/**
 * A receipt as JSON (SPEC RC): one figure, everything that it was made of, every step, the result, and a digest over it all.
 * Whoever holds it can work the figure out again from its inputs alone.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { mapFigure, known, type Figure } from '../margin/figures.ts';
import {
  receiptWorkOf,
  type PriceFigure,
  type ReceiptFacts,
  type ReceiptResult,
  type ReceiptSubject,
  type ReceiptWork,
} from '../margin/receipt.ts';
import { type Operand, type ReceiptStep, type Rounding } from '../margin/receipt-step.ts';
import { decimalText } from '../units/decimal.ts';
import { figureText, ratioText, type FigureText } from './figure-text.ts';
import { inputsOf, type ProvenanceOf, type ReceiptInput } from './receipt-inputs.ts';

export const RECEIPT_VERSION = '1';

export interface RoundingText {
  readonly mode: Rounding['mode'];
  /** `0.00000001`, `32 significant digits`, `a multiple of 0.1`. */
  readonly to: string;
}

export interface StepText {
  readonly name: string;
  readonly formula: string;
  readonly operands: readonly {
    readonly name: string;
    readonly value: string;
    readonly unit: string;
  }[];
  /** Before rounding. */
  readonly exact: string;
  readonly rounding: readonly RoundingText[];
  readonly result: string;
  readonly unit: string;
}

export interface ReceiptBody {
  readonly receipt: typeof RECEIPT_VERSION;
  readonly figure: ReceiptSubject['figure'];
  readonly account: string;
  readonly pool: string;
  /** Of a price. */
  readonly symbol: string | null;
  readonly positionSide: 'both' | 'long' | 'short' | null;
  /** ISO time of which the figure is. */
  readonly asOf: string;
  readonly rules: {
    readonly venue: string;
    readonly version: string;
    /** ISO day. */
    readonly effectiveFrom: string;
  };
  readonly inputs: readonly ReceiptInput[];
  readonly steps: readonly StepText[];
  readonly result: FigureText;
  readonly unit: string;
}

export interface Receipt extends ReceiptBody {
  /** SHA-256, hex, of the canonical text of all the rest. */
  readonly digest: string;
}

export interface ReceiptOrder {
  readonly facts: ReceiptFacts;
  readonly subject: ReceiptSubject;
  readonly account: string;
  readonly asOf: string;
  readonly provenance: ProvenanceOf;
}

/** Absent while something that the figure needs is missing. */
export function receiptOf(order: ReceiptOrder): Figure<Receipt> {
  return mapFigure(receiptWorkOf(order.facts, order.subject), (work) =>
    sealed(bodyOf(order, work)),
  );
}

function bodyOf(order: ReceiptOrder, work: ReceiptWork): ReceiptBody {
  const { facts, subject, account, asOf, provenance } = order;
  const { venue, version, effectiveFrom } = facts.rules;
  const position = subject.figure === 'margin-ratio' ? undefined : subject.position;
  return {
    receipt: RECEIPT_VERSION,
    figure: subject.figure,
    account,
    pool: facts.pool.id,
    symbol: position?.instrumentId ?? null,
    positionSide: position?.positionSide ?? null,
    asOf,
    rules: { venue, version, effectiveFrom },
    inputs: inputsOf(facts, subject, account, provenance),
    steps: work.steps.map(stepText),
    result: resultText(work.result),
    unit: work.unit,
  };
}

function resultText(result: ReceiptResult): FigureText {
  return result.kind === 'ratio' ? ratioText(known(result.ratio)) : figureText(result.price);
}

function stepText(step: ReceiptStep): StepText {
  return {
    name: step.name,
    formula: step.formula,
    operands: step.operands.map(operandText),
    exact: decimalText(step.exact),
    rounding: step.rounding.map(roundingText),
    result: decimalText(step.result),
    unit: step.unit,
  };
}

function operandText({ name, value, unit }: Operand) {
  return { name, value: decimalText(value), unit };
}

function roundingText(rounding: Rounding): RoundingText {
  return { mode: rounding.mode, to: roundedTo(rounding) };
}

function roundedTo(rounding: Rounding): string {
  switch (rounding.kind) {
    case 'decimals':
      return `${rounding.count} decimals`;
    case 'digits':
      return `${rounding.count} significant digits`;
    case 'step':
      return `a multiple of ${decimalText(rounding.step)}`;
    case 'step-added':
      return `the exact price and ${decimalText(rounding.step)}`;
    case 'contract-value':
      return 'a whole value of one contract';
  }
}

export function sealed(body: ReceiptBody): Receipt {
  return { ...body, digest: digestOf(body) };
}

/** Over the text with sorted keys, so that only values count. */
export function digestOf(body: object): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalText(body))));
}

function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

const SPACES = 2;

export function receiptText(receipt: Receipt): string {
  return `${JSON.stringify(receipt, null, SPACES)}\n`;
}

const PRICES: readonly PriceFigure[] = [
  'liquidation-below',
  'liquidation-above',
  'safe-again',
  'bankruptcy',
];

/** What there are receipts of in a pool: its ratio, and the prices of every position. */
export function subjectsOf({ pool }: Pick<ReceiptFacts, 'pool'>): readonly ReceiptSubject[] {
  return [
    { figure: 'margin-ratio' },
    ...pool.positions.flatMap(({ instrumentId, positionSide }) =>
      PRICES.map((figure) => ({ figure, position: { instrumentId, positionSide } })),
    ),
  ];
}
