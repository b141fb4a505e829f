import { expect, it } from 'vitest';
import { type DrillReport } from '#lib/wire/protocol.ts';
import { faultSentence, outcomeSentence } from './drill-words.ts';

const REPORT: DrillReport = {
  number: 1,
  drill: 'freeze',
  instrument: 'BTCUSDT',
  startedAt: 0,
  endsAt: 1,
  isOver: true,
  faults: {},
  unknown: 0,
  known: 0,
  worse: 0,
  better: 0,
  liquidations: 0,
};

it('says what was refused, the most frequent first', () => {
  expect(faultSentence({ duplicate: 2, 'price-jump': 10 }, String)).toBe(
    '10 refused as beyond ten times the last price, 2 dropped as duplicates',
  );
  expect(faultSentence({}, String)).toBe('No price was refused');
});

it('says what the engine decided, and that it decided nothing', () => {
  expect(outcomeSentence(REPORT, String)).toBe('No pool changed its state');
  expect(outcomeSentence({ ...REPORT, unknown: 3, liquidations: 1 }, String)).toBe(
    '3 pools became Unknown, 1 liquidation',
  );
  expect(outcomeSentence({ ...REPORT, unknown: 1, worse: 1 }, String)).toBe(
    '1 pool became Unknown, 1 change for the worse',
  );
});
