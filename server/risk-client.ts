/** The main thread's handle on the risk loop: asks and is answered, and is told what happens. */
import { type Worker } from 'node:worker_threads';
import {
  type Ask,
  type AnswerTo,
  type FromWorker,
  type QuestionKind,
  type ToWorker,
  type WorkerOrders,
} from './worker-messages.ts';

/** What the loop says by itself. */
export type LoopNews = Exclude<FromWorker, { readonly kind: 'answer' }>;

export interface RiskClient {
  ask<Kind extends QuestionKind>(kind: Kind, ask: Ask<Kind>): Promise<AnswerTo<Kind>>;
  tell(message: Exclude<ToWorker, { readonly kind: 'question' }>): void;
  /** Resolves when the loop has saved its checkpoint and closed its files. */
  stop(): Promise<void>;
}

/** Answers that are waited for at one time; beyond it the asker is told at once. */
const WAITING_MAX = 20_000;

/**
 * Starts the loop on its thread.
 * @param hear every piece of news, in the order in which it happened.
 * @param crashed the thread died: nothing is decided any more.
 */
export function startRiskLoop(
  worker: Worker,
  orders: WorkerOrders,
  hear: (news: LoopNews) => void,
  crashed: (error: Error) => void,
): RiskClient {
  worker.postMessage(orders);
  const waiting = new Map<number, (answer: never) => void>();
  let isOpen = false;
  let nextId = 1;
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'opened') isOpen = true;
    if (message.kind === 'opening' || message.kind === 'closed') isOpen = false;
    if (message.kind !== 'answer') return hear(message);
    const settle = waiting.get(message.id);
    waiting.delete(message.id);
    // The worker answers a question of a kind with an answer of that kind.
    settle?.(message.answer as never);
  });
  worker.on('error', (error) => crashed(error instanceof Error ? error : new Error(String(error))));

  const send = (message: ToWorker): void => worker.postMessage(message);
  return {
    ask: (kind, ask) => {
      if (waiting.size >= WAITING_MAX) {
        const message = `${WAITING_MAX} requests are waiting; try again later`;
        return Promise.resolve({ ok: false, code: 'overrun', message });
      }
      const id = nextId;
      nextId += 1;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        // A question of kind K with K's fields: the compiler cannot pair them across a generic.
        const question = { kind, ...ask } as Extract<ToWorker, { kind: 'question' }>['question'];
        send({ kind: 'question', id, question });
      });
    },
    tell: send,
    stop: async () => {
      // A run that is being opened hears nothing, and has nothing to save that would not be derived again.
      if (isOpen) send({ kind: 'stop' });
      else await worker.terminate();
      await ended;
    },
  };
}
