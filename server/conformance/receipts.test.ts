import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { assert } from '#lib/contract.ts';
import { type AssessInput } from '#lib/margin/health.ts';
import type * as Health from '#lib/margin/health.ts';
import { faultsOf, receiptCasesOf } from '#lib/margin/receipt-examples.ts';
import { readCaseFile, type RecordedCase } from './case-file.ts';
import { runCase } from './run-case.ts';

const asked = vi.hoisted((): AssessInput[] => []);
vi.mock('#lib/margin/health.ts', async (original) => {
  const health = await original<typeof Health>();
  const assessAccount: typeof health.assessAccount = (input) => {
    asked.push(input);
    return health.assessAccount(input);
  };
  return { ...health, assessAccount };
});

function casesOf(name: string): readonly RecordedCase[] {
  const file = readCaseFile(fileURLToPath(new URL(name, import.meta.url)));
  assert(file.ok, file.ok ? '' : file.error);
  return file.value.flatMap((entry) => (entry.ok ? [entry.value] : []));
}

let proved = 0;

const FILES = [
  'binance-usdm-cases.json',
  'venue-cases.json',
  'shape-cases.json',
  'derived-cases.json',
];

describe('[RC1] receipts of recorded cases', () => {
  const cases = FILES.flatMap(casesOf).filter(({ reproduced }) => reproduced);

  it.each(cases.map((one) => [one.id, one] as const))('%s', (_id, recorded) => {
    asked.length = 0;
    runCase(recorded);
    const receipts = [...asked].flatMap(receiptCasesOf);
    proved += receipts.length;
    expect(receipts.flatMap(faultsOf)).toEqual([]);
  });

  it('is about hundreds of figures', () => {
    expect(proved).toBeGreaterThan(500);
  });
});
