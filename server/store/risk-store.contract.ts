/** What every implementation of `RiskStore` must do. Run it with `describeRiskStore(name, open)`. */
import { describe, expect, it } from 'vitest';
import { type JournalRow } from '#lib/engine/row.ts';
import { accountId, instrumentId } from '#lib/units/ids.ts';
import { timestampMs } from '#lib/units/time.ts';
import { type RiskStore, type RunRecord, type StoredCommand } from './store.ts';

const RUN: RunRecord = {
  runId: 'abc',
  seed: '1',
  scenario: 'busy',
  accounts: 3,
  engineVersion: '1',
  rulesVersion: 'house-1',
};

export function transferRow(seq: number, step = seq, hash = `hash-${seq}`): JournalRow {
  return {
    seq,
    step,
    time: timestampMs(1_000 * step),
    accountId: accountId('T-1'),
    body: { kind: 'transfer', asset: 'USDT', amount: '12345678901234567890.12345678' },
    hash,
  };
}

const COMMAND: StoredCommand = {
  number: 1,
  step: 7,
  event: {
    kind: 'operator-command',
    command: { kind: 'accept-price-jump', instrumentId: instrumentId('BTCUSDT') },
    by: 'desk',
  },
};

/** @param open opens the store kept under a name: the same name twice is the same store, opened again. */
export function describeRiskStore(name: string, open: (place: string) => Promise<RiskStore>): void {
  describe(`${name} keeps the promises of a risk store`, () => {
    it('starts empty', async () => {
      const store = await open('empty');
      expect(await store.head()).toEqual({ completeStep: 0, seq: 0, rowStep: 0 });
      expect(await store.latestCheckpoint()).toBeUndefined();
      expect(await store.commandsAfter(0)).toEqual([]);
      await store.close();
    });

    it('gives back rows as they were, after being closed and opened', async () => {
      const first = await open('rows');
      await first.appendRows([transferRow(1), transferRow(2, 1)], 0);
      await first.close();
      const second = await open('rows');
      expect(await second.rowsAfter(0, 10)).toEqual([transferRow(1), transferRow(2, 1)]);
      expect(await second.rowsAfter(1, 10)).toEqual([transferRow(2, 1)]);
      expect(await second.rowsAfter(0, 1)).toEqual([transferRow(1)]);
      expect(await second.head()).toEqual({ completeStep: 0, seq: 2, rowStep: 1 });
      expect(await second.countRows('transfer')).toBe(2);
      expect(await second.countRows('fill')).toBe(0);
      await second.close();
    });

    it('takes the same row twice without a second copy', async () => {
      const store = await open('twice');
      await store.appendRows([transferRow(1)], 0);
      await store.appendRows([transferRow(1), transferRow(2)], 1);
      expect(await store.rowsAfter(0, 10)).toEqual([transferRow(1), transferRow(2)]);
      await store.close();
    });

    it('refuses another row under a known number, and applies nothing of that group', async () => {
      const store = await open('other');
      await store.appendRows([transferRow(1)], 0);
      const group = [transferRow(2), transferRow(1, 1, 'changed')];
      await expect(store.appendRows(group, 5)).rejects.toThrow('journal row 1 exists already');
      expect(await store.rowsAfter(0, 10)).toEqual([transferRow(1)]);
      expect((await store.head()).completeStep).toBe(0);
      await store.close();
    });

    it('never moves the complete step back', async () => {
      const store = await open('head');
      await store.noteCompleteStep(9);
      await store.appendRows([transferRow(1, 10)], 8);
      expect(await store.head()).toEqual({ completeStep: 9, seq: 1, rowStep: 10 });
      await store.close();
    });

    it('keeps commands with the step that they take effect in', async () => {
      const store = await open('commands');
      await store.appendCommand(COMMAND);
      expect(await store.commandsAfter(6)).toEqual([COMMAND]);
      expect(await store.commandsAfter(7)).toEqual([]);
      await expect(store.appendCommand({ ...COMMAND, number: 2 })).rejects.toThrow('UNIQUE');
      await store.close();
    });

    it('gives the newest checkpoint', async () => {
      const store = await open('checkpoints');
      const checkpoint = {
        seq: 3,
        digest: 'd',
        engineText: '{"e":1}',
        sourceText: '{"s":1}',
        seal: 's',
      };
      for (const step of [10, 30, 20]) await store.saveCheckpoint({ ...checkpoint, step });
      expect(await store.latestCheckpoint()).toEqual({ ...checkpoint, step: 30 });
      await store.close();
    });

    it('keeps the pages of the checkpoints that it keeps, each as of its step', async () => {
      const checkpoint = { seq: 3, digest: 'd', engineText: '', sourceText: '', seal: 's' };
      const page = (number: number, byte: number) => ({ number, bytes: Uint8Array.of(byte) });
      const store = await open('pages');
      const save = async (step: number, ...changed: readonly ReturnType<typeof page>[]) => {
        await store.savePages(step, changed);
        await store.saveCheckpoint({ ...checkpoint, step });
      };
      await save(10, page(0, 1), page(1, 1), page(2, 1));
      await save(20, page(1, 2));
      await save(30, page(1, 3), page(2, 3));
      const bytesAt = async (step: number) => (await store.pagesOf(step)).map(([byte]) => byte);
      expect(await bytesAt(30)).toEqual([1, 3, 3]);
      expect(await bytesAt(20)).toEqual([1, 2, 1]);
      // Of a checkpoint that a kill did not let finish.
      await store.savePages(40, [page(0, 4), page(3, 4)]);
      await store.close();
      const again = await open('pages');
      expect((await again.pagesOf(40)).map(([byte]) => byte)).toEqual([1, 3, 3]);
      await again.close();
    });

    it('keeps the pace as it was changed last, with the step at which it was', async () => {
      const store = await open('pace');
      expect(await store.pace()).toBeUndefined();
      await store.savePace({ paused: false, speed: 0.25, configuredSpeed: 120 }, 3);
      const pace = { paused: true, speed: 10, configuredSpeed: 120 };
      await store.savePace(pace, 5);
      await store.close();
      const again = await open('pace');
      expect(await again.pace()).toEqual(pace);
      expect((await again.head()).completeStep).toBe(5);
      await again.close();
    });

    it('refuses to hold two runs', async () => {
      const store = await open('run');
      await store.openRun(RUN);
      await store.openRun(RUN);
      await expect(store.openRun({ ...RUN, runId: 'other' })).rejects.toThrow('another run');
      await store.close();
    });
  });
}
