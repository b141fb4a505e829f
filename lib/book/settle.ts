/** Which state a named pool is in, decided by whoever can tell it beyond doubt (SPEC BO11). */
import { arm, visitNamed, type Book } from './book.ts';
import { isBreachedExactly } from './exact.ts';
import { isFartherThan, judge } from './examine.ts';
import { focus } from './lens.ts';
import { type LevelColumns } from './level-columns.ts';
import { LIQUIDATABLE } from './standing.ts';
import { type Examiner } from './ways.ts';

/** Worst state entered and worst that may not be left yet, 0 to 4. */
export interface Judged {
  readonly enter: number;
  readonly stay: number;
}

export interface QuicklyJudged extends Judged {
  /** Of a pool that is liquidatable: its margin ratio is no more; Infinity where its equity may be gone. */
  readonly ratioMost: number;
  /** Surely farther from liquidation, every way, than the step that was asked for; true where none was. */
  readonly isBeforeStep: boolean;
}

/**
 * What the figures say of a pool; undefined where floats and integers cannot tell.
 * @param step in daily volatilities; 0 asks for none.
 */
export function judgeQuickly(book: Book, slot: number, step = 0): QuicklyJudged | undefined {
  const { examiner, pools, counts } = book;
  const levels = book.levels[book.levelSet[slot] ?? 0];
  if (levels === undefined) return undefined;
  focus(examiner.lens, pools, slot);
  if (judge(examiner, levels, undefined)) {
    counts.byFloat += 1;
    return judgedBy(examiner, levels, step);
  }
  const breached = isBreachedExactly(book, slot);
  if (breached === undefined || !judge(examiner, levels, breached)) return undefined;
  counts.byInteger += 1;
  return judgedBy(examiner, levels, step);
}

function judgedBy(examiner: Examiner, levels: LevelColumns, step: number): QuicklyJudged {
  const { enter, stay, ratioMost } = examiner;
  const isBeforeStep =
    step === 0 || (enter < LIQUIDATABLE && isFartherThan(examiner, levels, step));
  return { enter, stay, ratioMost, isBeforeStep };
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
