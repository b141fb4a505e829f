'use client';
/** What the result stands on: prices that go on, or of the moment that was held. Link and reset. */
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { Told } from '#components/shell/told.tsx';
import { clockText } from '#lib/display/time.ts';
import { useZone } from '#components/settings/use-zone.ts';

interface BaseBarProps {
  /** Run time of the base. */
  readonly at: number;
  readonly held: boolean;
  readonly setHeld: (held: boolean) => void;
  readonly address: string;
  readonly reset: () => void;
  /** Parts of the link that mean nothing here. */
  readonly unread: readonly string[];
}

export function BaseBar({ at, held, setHeld, address, reset, unread }: BaseBarProps) {
  const zone = useZone();
  const [copied, setCopied] = useState<string>();
  async function copy(): Promise<void> {
    const link = new URL(address, location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      setCopied(address);
    } catch {
      // The clipboard may be closed to this page: the address bar holds the same link.
      setCopied(undefined);
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-2 text-small text-ink-3">
      <span>
        {held ? 'Base held at' : 'Base: live,'}{' '}
        <time className="text-ink-2 tabular-nums" dateTime={new Date(at).toISOString()}>
          {clockText(at, zone)}
        </time>
      </span>
      <Button aria-pressed={held} onClick={() => setHeld(!held)} size="small">
        {held ? 'Go on live' : 'Hold base'}
      </Button>
      <span className="ml-auto flex gap-2">
        <Button onClick={() => void copy()} size="small">
          {copied === address ? 'Link copied' : 'Copy link'}
        </Button>
        <Button onClick={reset} size="small">
          Reset
        </Button>
      </span>
      {unread.length === 0 ? null : (
        <Told className="line-clamp-3 w-full font-medium wrap-anywhere text-ink-2">
          {`Not understood in the link, and left out: ${unread.map((part) => `“${part}”`).join(', ')}.`}
        </Told>
      )}
    </div>
  );
}
