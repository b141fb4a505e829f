'use client';
/** Asks the server about itself every two seconds for as long as the page stands. */
import { useEffect, useState } from 'react';
import { useSession, useTrust } from '#components/live/live-provider.tsx';
import { type ServerStatus } from '#lib/wire/protocol.ts';

const ASK_EVERY_MS = 2_000;

export interface AnsweredStatus {
  readonly status: ServerStatus;
  /** Wall time of the browser. */
  readonly answeredAt: number;
  readonly roundTripMs: number;
}

/** The newest answer, kept while nothing is heard; undefined before the first. */
export function useServerStatus(): AnsweredStatus | undefined {
  const session = useSession();
  const isUp = useTrust() === 'live';
  const [answered, setAnswered] = useState<AnsweredStatus>();
  useEffect(() => {
    if (session === undefined || !isUp) return undefined;
    let isGone = false;
    const ask = async (): Promise<void> => {
      const askedAt = Date.now();
      const answer = await session.status();
      if (isGone || !answer.ok) return;
      const answeredAt = Date.now();
      setAnswered({ status: answer.status, answeredAt, roundTripMs: answeredAt - askedAt });
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [session, isUp]);
  return answered;
}
