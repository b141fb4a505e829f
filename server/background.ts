/**
 * Work that must never delay a decision: each task is a generator that pauses often, and the loop gives it a few milliseconds
 * between steps. Tasks have a name; asking for a task that is already under way changes nothing.
 */
export type Task = Generator<void, void, void>;

export interface Background {
  /** Starts a task unless one of that name is under way. */
  ask(name: string, start: () => Task): void;
  /** Works for about `budgetMs`, at least one slice of one task. */
  work(budgetMs: number): void;
  isIdle(): boolean;
}

export function createBackground(now: () => number): Background {
  const tasks = new Map<string, Task>();

  /** One slice of the oldest task, which then stands at the end of the queue. */
  function workOnce(): void {
    const [first] = tasks;
    if (first === undefined) return;
    const [name, task] = first;
    tasks.delete(name);
    if (task.next().done !== true) tasks.set(name, task);
  }

  return {
    ask: (name, start) => {
      if (!tasks.has(name)) tasks.set(name, start());
    },
    work: (budgetMs) => {
      const until = now() + budgetMs;
      do workOnce();
      while (tasks.size > 0 && now() < until);
    },
    isIdle: () => tasks.size === 0,
  };
}
