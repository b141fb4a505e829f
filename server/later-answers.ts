/** Questions about the whole book, answered in the time that decisions leave. Bounded; who waits for a run that ends is told. */
import { type Answer } from '#lib/wire/protocol.ts';
import { type Background, type Rank, type Task } from './background.ts';
import { refuse } from './refusal.ts';

export interface LaterAnswers<Value> {
  /** @param start makes the task; it hands its answer to what it is given. */
  ask(start: (answer: (value: Value) => void) => Task): Promise<Answer<Value>>;
  /** The run is closed. */
  drop(): void;
}

/** @param name of the tasks in the background. @param waitingMax how many may be under way at one time. @param rank `periodic`: what takes long anyway gives way to who looks at an empty place. */
export function createLaterAnswers<Value>(
  background: Background,
  p: { readonly name: string; readonly waitingMax: number; readonly rank?: Rank },
): LaterAnswers<Value> {
  const waiting = new Map<number, (answer: Answer<Value>) => void>();
  let lastId = 0;
  return {
    ask: (start) => {
      if (waiting.size >= p.waitingMax)
        return Promise.resolve(refuse('overrun', 'other questions of this kind wait; try again'));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        const begin = (): Task =>
          start((value) => {
            waiting.delete(id);
            resolve({ ok: true, ...value });
          });
        background.ask(`${p.name} ${id}`, begin, p.rank ?? 'waited-for');
      });
    },
    drop: () => {
      for (const settle of waiting.values()) settle(refuse('not-now', 'the run was replaced'));
      waiting.clear();
    },
  };
}
