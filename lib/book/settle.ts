/** Which state a named pool is in, decided by whoever can tell it beyond doubt (SPEC BO11). */
import { arm, visitNamed, type Book } from './book.ts';
import { isBreachedExactly } from './exact.ts';
import { isFartherThan, judge } from './examine.ts';
import { focus } from './lens.ts';
import { type Examiner } from './ways.ts';

/** Worst state entered and worst that may not be left yet, 0 to 4. */
export interface Judged {
  readonly enter: number;
  readonly stay: number;
}

/** Beside it, of a pool that is liquidatable: its margin ratio is no more; Infinity where its equity may be gone. */
export interface QuicklyJudged extends Judged {
  readonly ratioMost: number;
}

/** Whether every way to liquidation is surely as many daily volatilities away, of a pool that is judged not to be liquidatable. */
export function isBeyondStep(
  { examiner, pools, levels, levelSet }: Book,
  slot: number,
  z: number,
): boolean {
  const own = levels[levelSet[slot] ?? 0];
  focus(examiner.lens, pools, slot);
  return own !== undefined && isFartherThan(examiner, own, z);
}

/** What the figures say of a pool; undefined where floats and integers cannot tell. */
export function judgeQuickly(book: Book, slot: number): QuicklyJudged | undefined {
  const { examiner, pools, counts } = book;
  const levels = book.levels[book.levelSet[slot] ?? 0];
  if (levels === undefined) return undefined;
  focus(examiner.lens, pools, slot);
  if (judge(examiner, levels, undefined)) {
    counts.byFloat += 1;
    return judgedBy(examiner);
  }
  const breached = isBreachedExactly(book, slot);
  if (breached === undefined || !judge(examiner, levels, breached)) return undefined;
  counts.byInteger += 1;
  return judgedBy(examiner);
}

function judgedBy({ enter, stay, ratioMost }: Examiner): QuicklyJudged {
  return { enter, stay, ratioMost };
}

/** The state after a look: worse at once, better once its leave level is passed (no holds: those are the alerts' business). */
export function stateAfter(state: number, { enter: worse, stay }: Judged): number {
  if (worse > state) return worse;
  return stay < state ? stay : state;
}

/** The whole watch of a book without timers: every pool that is named is settled, and every change of state told, by slot. */
export function settleNamed(
  book: Book,
  p: {
    /** The exact engine, for what floats and integers cannot tell; undefined keeps the state (unknown). */
    readonly exactly: (slot: number) => Judged | undefined;
    readonly onChange: (slot: number, from: number, to: number) => void;
  },
): void {
  const { counts } = book;
  visitNamed(book, (slot) => {
    if (arm(book, slot)) {
      counts.quiet += 1;
      return;
    }
    let judged: Judged | undefined = judgeQuickly(book, slot);
    if (judged === undefined) {
      counts.byDecimal += 1;
      judged = p.exactly(slot);
    }
    if (judged === undefined) return;
    const from = book.state[slot] ?? 0;
    const to = stateAfter(from, judged);
    if (to !== from) {
      book.state[slot] = to;
      p.onChange(slot, from, to);
    }
    arm(book, slot);
  });
}
