'use client';
/** One line across the page when its figures may be wrong: what happened, since when, and what can be done (ux.md 9). */
import { type ReactNode } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { useLive, useSession, useTrust } from '#components/live/live-provider.tsx';
import { type Format } from '#lib/display/format.ts';
import { clockText, offsetText, type Zone } from '#lib/display/time.ts';

export function StatusBar() {
  const trust = useTrust();
  const connection = useLive((state) => state.connection);
  const wallNow = useLive((state) => state.wallNow);
  const heardAt = useLive((state) => state.heardAt);
  const session = useSession();
  const format = useFormat();
  const zone = useZone();
  if (connection.kind === 'refused')
    return (
      <Bar head="This page and the server do not match">{connection.message} Reload the page.</Bar>
    );
  if (connection.kind === 'down') {
    const waitMs = Math.max(0, (connection.retryAt ?? wallNow) - wallNow);
    return (
      <Bar
        action={
          <Button onClick={() => session?.retryNow()} size="small">
            Retry now
          </Button>
        }
        head="Connection lost"
      >
        {heardAt === undefined
          ? 'The server does not answer. '
          : `${lastHeard(heardAt, wallNow, format, zone)} Figures may be wrong. `}
        {waitMs === 0 ? 'Trying now.' : `Next try in ${format.age(waitMs)}.`}
      </Bar>
    );
  }
  if (trust === 'silent' && heardAt !== undefined) {
    return (
      <Bar head="The server is silent">
        {lastHeard(heardAt, wallNow, format, zone)} Figures may be wrong.
      </Bar>
    );
  }
  return null;
}

function lastHeard(heardAt: number, wallNow: number, format: Format, zone: Zone): string {
  return `Last update ${clockText(heardAt, zone)} ${offsetText(heardAt, zone)}, ${format.age(wallNow - heardAt)} ago.`;
}

interface BarProps {
  readonly head: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

function Bar({ head, children, action }: BarProps) {
  return (
    <div className="hatch flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b border-unknown bg-panel px-4 py-1">
      <strong className="font-semibold text-unknown">{head}</strong>
      <span className="text-ink-2">{children}</span>
      {action === undefined ? null : <span className="ml-auto">{action}</span>}
    </div>
  );
}
