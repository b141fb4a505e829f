/** Receipts on disk: `evaluate --receipts` writes them, `evaluate --receipt` works them out again. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { poolsOf } from '#lib/margin/pool.ts';
import { utcText } from '#lib/units/time.ts';
import { toFacts, type AccountFile } from '#lib/wire/account-file.ts';
import { checkReceipt } from '#lib/wire/receipt-check.ts';
import { receiptOf, receiptText, subjectsOf, type Receipt } from '#lib/wire/receipt.ts';
import { figureName, receiptName } from '#lib/wire/receipt-names.ts';
import { sourcesOfFile } from '#lib/wire/receipt-sources.ts';

/** One of every figure of the account that exists. @param sources what the account was read from */
export function receiptsOfFile(file: AccountFile, sources: readonly string[]): readonly Receipt[] {
  const provenance = sourcesOfFile(file, [...new Set(sources)].join('; '));
  const { account, market, rules } = toFacts(file);
  return poolsOf(account, market).flatMap((pool) =>
    subjectsOf({ pool }).flatMap((subject) => {
      const receipt = receiptOf({
        facts: { pool, market, rules },
        subject,
        account: account.id,
        asOf: utcText(file.record.asOf),
        provenance,
      });
      return receipt.known && typeof receipt.value.result === 'string' ? [receipt.value] : [];
    }),
  );
}

/** @returns the files that were written */
export function writeReceipts(folder: string, receipts: readonly Receipt[]): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return receipts.map((receipt) => {
    const path = join(folder, `${receiptName(receipt)}.json`);
    writeFileSync(path, receiptText(receipt));
    return path;
  });
}

export interface Checked {
  readonly holds: boolean;
  readonly sentences: readonly string[];
}

/** Differences beyond these are counted only: one changed input moves every step after it. */
const TOLD_MAX = 8;

export function checkedReceipt(text: string): Checked {
  const checked = checkReceipt(text);
  if (checked.ok) return { holds: true, sentences: [sentenceOf(checked.value)] };
  const more = checked.error.length - TOLD_MAX;
  const told = checked.error.slice(0, TOLD_MAX);
  return { holds: false, sentences: more > 0 ? [...told, `and ${more} more`] : told };
}

function sentenceOf(receipt: Receipt): string {
  const { result, unit, pool, rules, inputs, steps } = receipt;
  const values = inputs.reduce((sum, one) => sum + one.values.length, 0);
  const value = typeof result === 'string' ? `${result} ${unit}`.trim() : `none: ${result.why}`;
  const of = receipt.symbol === null ? pool : `${receipt.symbol} in ${pool}`;
  return `holds: ${figureName(receipt.figure).toLowerCase()} of ${of} is ${value}, worked out again from ${values} values in ${steps.length} steps by ${rules.version}`;
}
