/** What each drill does, and what came of it, in sentences. Pure. */
import { type FeedDrillKind } from '#lib/engine/event.ts';
import { type WireDrillKind } from '#components/live/wire-drill.ts';
import { type DrillReport } from '#lib/wire/protocol.ts';

interface DrillWords {
  readonly name: string;
  readonly does: string;
}

/** Between market and engine: one coin's prices, for every viewer. */
export const FEED_DRILL_WORDS: Readonly<Record<FeedDrillKind, DrillWords>> = {
  freeze: { name: 'Freeze', does: 'no price of it comes through' },
  gap: {
    name: 'Gap \u22128\u202f%',
    does: 'its market falls 8\u202f% at once, and comes back when the drill ends',
  },
  'bad-value': { name: 'Bad value', does: 'every price of it is a hundred times too large' },
  duplicate: { name: 'Duplicate', does: 'every price of it comes twice' },
  reorder: { name: 'Reorder', does: 'after every price an older, lower one comes late' },
  'clock-skew': { name: 'Clock +5\u202fs', does: 'its venue stamps prices five seconds ahead' },
};

/** Between server and this page. */
export const WIRE_DRILL_WORDS: Readonly<Record<WireDrillKind, DrillWords>> = {
  drop: { name: 'Drop socket', does: 'the connection is cut and stays cut' },
  duplicate: { name: 'Repeat messages', does: 'every message comes twice' },
  reorder: { name: 'Swap messages', does: 'every second message overtakes the one before' },
};

const FAULT_WORDS: Readonly<Record<string, string>> = {
  'price-jump': 'refused as beyond ten times the last price',
  duplicate: 'dropped as duplicates',
  'time-backwards': 'dropped as older than the last',
  'time-in-future': 'refused as stamped ahead of run time',
  disconnected: 'sources silent',
};

/** "10 refused as beyond ten times the last price", the largest first. */
export function faultSentence(
  faults: DrillReport['faults'],
  count: (value: number) => string,
): string {
  const told = Object.entries(faults).toSorted(([, left], [, right]) => right - left);
  if (told.length === 0) return 'No price was refused';
  return told
    .map(([kind, times]) => `${count(times)} ${FAULT_WORDS[kind] ?? kind.replaceAll('-', ' ')}`)
    .join(', ');
}

/** What the engine decided meanwhile, of the whole book. */
export function outcomeSentence(report: DrillReport, count: (value: number) => string): string {
  const { unknown, known, worse, better, liquidations } = report;
  const parts = [
    [unknown, unknown === 1 ? 'pool became Unknown' : 'pools became Unknown'],
    [known, 'known again'],
    [worse, worse === 1 ? 'change for the worse' : 'changes for the worse'],
    [better, 'for the better'],
    [liquidations, liquidations === 1 ? 'liquidation' : 'liquidations'],
  ] as const;
  const told = parts.filter(([times]) => times > 0);
  if (told.length === 0) return 'No pool changed its state';
  return told.map(([times, words]) => `${count(times)} ${words}`).join(', ');
}
