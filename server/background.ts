/**
 * Work that must never delay a decision: each task is a generator that pauses often, and the loop gives it a few milliseconds
 * between steps. Tasks have a name; asking for a task that is already under way changes nothing.
 */
export type Task = Generator<void, void, void>;

/** `waited-for`: somebody asked and looks at an empty place meanwhile. It comes before what is renewed by itself. */
export type Rank = 'waited-for' | 'periodic';

export interface Background {
  /** Starts a task unless one of that name and rank is under way. */
  ask(name: string, start: () => Task, rank?: Rank): void;
  /** Works for about `budgetMs`, longer while somebody waits; at least one slice of one periodic task. */
  work(budgetMs: number): void;
  isIdle(): boolean;
}

/** What who waits may take of a turn: the rows in sight are there after one or two, and a step is late by no more than this. */
const WAITED_FOR_MS = 25;

type Queue = Map<string, Task>;

export function createBackground(now: () => number): Background {
  const queues: Readonly<Record<Rank, Queue>> = { 'waited-for': new Map(), periodic: new Map() };
  const { 'waited-for': waitedFor, periodic } = queues;
  return {
    ask: (name, start, rank = 'periodic') => {
      if (!queues[rank].has(name)) queues[rank].set(name, start());
    },
    work: (budgetMs) => {
      const began = now();
      const waitedUntil = began + Math.max(budgetMs, WAITED_FOR_MS);
      while (waitedFor.size > 0 && now() < waitedUntil) workOnce(waitedFor);
      do workOnce(periodic);
      while (periodic.size > 0 && now() < began + budgetMs);
    },
    isIdle: () => periodic.size + waitedFor.size === 0,
  };
}

/** One slice of the oldest task, which then stands at the end of the queue. */
function workOnce(queue: Queue): void {
  const [first] = queue;
  if (first === undefined) return;
  const [name, task] = first;
  queue.delete(name);
  if (task.next().done !== true) queue.set(name, task);
}
