import { describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { timestampMs } from '#lib/units/time.ts';
import { EXAMPLE_ANSWERS } from '#lib/wire/import/example-answers.ts';
import { readInput } from '#lib/wire/import/read-input.ts';
import { receiptText } from '#lib/wire/receipt.ts';
import { checkedReceipt, receiptsOfFile } from './receipts.ts';

const NOW = timestampMs(Date.UTC(2026, 0, 14, 12));

describe('receipts of imported accounts, one of each venue', () => {
  it.each(EXAMPLE_ANSWERS.map((text) => [text.slice(0, 40), text] as const))(
    '%s…: all hold, each input with a source',
    (_start, text) => {
      const read = readInput([{ name: 'answer', text }], NOW);
      assert(read.ok, 'the example is read');
      const receipts = receiptsOfFile(read.value.file, read.value.sources);
      expect(receipts.length).toBeGreaterThan(0);
      for (const receipt of receipts) {
        expect(checkedReceipt(receiptText(receipt))).toMatchObject({ holds: true });
        expect(receipt.inputs.filter(({ source }) => source === '')).toEqual([]);
      }
    },
  );
});
