import { describe, expect, it } from 'vitest';
import { createOpeningConsole, openingText, type OpeningProgress } from './opening-words.ts';

describe('a beginning that goes on', () => {
  it.each([
    ['opening', 'opening 340,000 of 1,000,000 accounts'],
    ['sorting', 'putting 340,000 of 1,000,000 accounts in order for the Desk'],
    ['loading', 'loading 1,000,000 accounts from the last checkpoint'],
    ['repeating', 'taking 340,000 of 1,000,000 steps again since the last checkpoint'],
  ] as const)('says what is done and how far it is: %s', (stage, words) => {
    expect(openingText({ stage, done: 340_000, of: 1_000_000 })).toBe(words);
  });

  it('says how far a step is that is repeated', () => {
    const within = { what: 'accounts', done: 34_000, of: 1_000_000 } as const;
    expect(openingText({ stage: 'repeating', done: 3, of: 17, within })).toBe(
      'taking 3 of 17 steps again since the last checkpoint, of the next one 34,000 of 1,000,000 accounts',
    );
  });

  function told(progress: readonly OpeningProgress[]): readonly string[] {
    let nowMs = 500;
    const lines: string[] = [];
    const tell = createOpeningConsole({ now: () => nowMs, say: (line) => lines.push(line) });
    for (const one of progress) {
      tell(one);
      nowMs += 900;
    }
    return lines;
  }

  it('speaks every couple of seconds, and not at all when it is over sooner', () => {
    const counts = [1_000, 2_000, 3_000, 4_000, 5_000];
    expect(told(counts.map((done) => ({ stage: 'opening', done, of: 12_000 })))).toEqual([
      'opening 4,000 of 12,000 accounts (33 %, 2 s)',
    ]);
  });

  it('says before it loads that it does: nothing is told meanwhile', () => {
    expect(told([{ stage: 'loading', done: 0, of: 1_000_000 }])).toEqual([
      'loading 1,000,000 accounts from the last checkpoint',
    ]);
  });

  it('counts the seconds of each stage by themselves', () => {
    const opening = { stage: 'opening', done: 12_000, of: 12_000 } as const;
    const sorting = [1_000, 2_000, 3_000].map(
      (done) => ({ stage: 'sorting', done, of: 12_000 }) as const,
    );
    expect(told([opening, ...sorting]).at(-1)).toBe(
      'putting 3,000 of 12,000 accounts in order for the Desk (25 %, 1 s)',
    );
  });
});
