'use client';
/** A moment in a list: its clock time, its date where that is not the run's present day, date and offset in the title. */
import { useLive } from '#components/live/live-provider.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { momentText, stampText } from '#lib/display/time.ts';

export function Moment({
  time,
  className,
}: {
  readonly time: number;
  readonly className?: string;
}) {
  const zone = useZone();
  const text = useLive(({ frame }) => momentText(time, { now: frame?.runTime ?? time, zone }));
  return (
    <time
      className={className}
      dateTime={new Date(time).toISOString()}
      title={stampText(time, zone)}
    >
      {text}
    </time>
  );
}
