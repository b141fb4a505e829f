'use client';
/** Under a list of journal rows that does not reach back to the beginning of the run. */
import { useState } from 'react';
import { useLive, useSession, useTrust } from '#components/live/live-provider.tsx';
import { type Topic } from '#components/live/live-store.ts';
import { Button } from '#components/primitives/button.tsx';
import { Told } from '#components/shell/told.tsx';

export function OlderRows({ topic, what }: { readonly topic: Topic; readonly what: string }) {
  const session = useSession();
  const isLive = useTrust() === 'live';
  const isThere = useLive((state) => state.olderThere.has(topic));
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  if (!isThere) return null;
  async function read(): Promise<void> {
    setAsking(true);
    setRefusal(await session?.readOlder(topic));
    setAsking(false);
  }
  return (
    <div className="flex flex-wrap items-center justify-center gap-2 border-t border-line p-2">
      <span className="text-small text-ink-3">The journal holds older {what}.</span>
      <Button disabled={!isLive || isAsking} onClick={() => void read()} size="small">
        {isAsking ? 'Loading' : `Load older ${what}`}
      </Button>
      {refusal === undefined ? null : <Told className="text-small text-ink-2">{refusal}</Told>}
    </div>
  );
}
