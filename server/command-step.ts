/** What every command of a person ends in: a step of its own, or a refusal. */
import { type Refusal } from '#lib/wire/protocol.ts';
import { refuse } from './refusal.ts';
import { type RunSession } from './run-session.ts';
import { type CommandEvent } from './store/store.ts';

export const DONE = { ok: true } as const;

export function unknownAccount(id: string): Refusal {
  return refuse('unknown-account', `account "${id}" does not exist in this run`);
}

/** A step of its own, durable and told before it is answered. */
export async function command(
  session: RunSession,
  event: CommandEvent,
  wallTime: () => number,
): Promise<typeof DONE> {
  const acceptedAt = wallTime();
  const taken = await session.loop.takeCommand(event);
  session.publisher.step(taken, acceptedAt);
  return DONE;
}
