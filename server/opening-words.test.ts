import { describe, expect, it } from 'vitest';
import { createOpeningConsole, openingText } from './opening-words.ts';

describe('a beginning that goes on', () => {
  it('says how far it is', () => {
    expect(openingText({ accounts: 340_000, of: 1_000_000 })).toBe(
      'opening 340,000 of 1,000,000 accounts',
    );
  });

  it('speaks every couple of seconds, and not at all when it is over sooner', () => {
    let nowMs = 500;
    const lines: string[] = [];
    const tell = createOpeningConsole({ now: () => nowMs, say: (line) => lines.push(line) });
    for (const accounts of [1_000, 2_000, 3_000, 4_000, 5_000]) {
      tell({ accounts, of: 12_000 });
      nowMs += 900;
    }
    expect(lines).toEqual(['opening 4,000 of 12,000 accounts (33 %, 2 s)']);
  });
});
