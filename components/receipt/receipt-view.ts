/** The receipts of a pool that a reader may choose from, and the one that was chosen. Pure. */
import { poolsOf, type PoolFacts } from '#lib/margin/pool.ts';
import { type ReceiptSubject } from '#lib/margin/receipt.ts';
import { assessPool } from '#lib/margin/health.ts';
import { isBreached } from '#lib/margin/liquidation-price.ts';
import { absent, type Figure } from '#lib/margin/figures.ts';
import { positionName } from '#lib/wire/receipt-inputs.ts';
import { figureName } from '#lib/wire/receipt-names.ts';
import { receiptOf, subjectsOf, type Receipt } from '#lib/wire/receipt.ts';
import { type ReceiptAsk } from './receipt-ask.ts';
import { askedAt, sourcesOf, type ServerWords } from './receipt-sources.ts';

export interface ReceiptChoice {
  readonly name: string;
  readonly subject: ReceiptSubject;
}

/** Of the asked position first, then the pool's ratio and the other positions. */
export function choicesOf(ask: ReceiptAsk): readonly ReceiptChoice[] {
  const pool = poolOf(ask);
  if (pool === undefined) return [];
  const { status } = assessPool(pool, ask.basis.market, ask.basis.rules);
  const choices = subjectsOf({ pool })
    .filter(({ figure }) => figure !== 'safe-again' || isBreached(status))
    .map((subject) => ({ name: nameOf(subject, pool), subject }));
  return [...choices.filter(isOwn(ask)), ...choices.filter((one) => !isOwn(ask)(one))];
}

function isOwn({ position }: ReceiptAsk): (choice: ReceiptChoice) => boolean {
  return ({ subject }) =>
    subject.figure !== 'margin-ratio' &&
    subject.position.instrumentId === position?.instrumentId &&
    subject.position.positionSide === position.positionSide;
}

function nameOf(subject: ReceiptSubject, pool: PoolFacts): string {
  const name = figureName(subject.figure);
  if (subject.figure === 'margin-ratio' || pool.positions.length === 1) return name;
  return `${positionName(subject.position)}: ${name.toLowerCase()}`;
}

function poolOf({ basis, poolId }: ReceiptAsk): PoolFacts | undefined {
  return poolsOf(basis.account, basis.market).find(({ id }) => id === poolId);
}

/** What stands first: the figure that was asked for. */
export function firstChoice(ask: ReceiptAsk): ReceiptChoice | undefined {
  const choices = choicesOf(ask);
  return choices.find(({ subject }) => subject.figure === ask.figure) ?? choices[0];
}

export function receiptFor(
  ask: ReceiptAsk,
  subject: ReceiptSubject,
  words: ServerWords,
): Figure<Receipt> {
  const pool = poolOf(ask);
  if (pool === undefined) return absent({ kind: 'not-recorded' });
  const { account, market, rules } = ask.basis;
  return receiptOf({
    facts: { pool, market, rules },
    subject,
    account: account.id,
    asOf: askedAt(ask, words),
    provenance: sourcesOf(ask, words),
  });
}
