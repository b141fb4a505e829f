'use client';
/** Going back plays the run again for everybody: the one place that asks first, whoever wants it. */
import dynamic from 'next/dynamic';
import { useSession } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { stampText } from '#lib/display/time.ts';
import { sendControl, stay, useRunControl } from './run-control.ts';

const Dialog = dynamic(
  () => import('#components/primitives/dialog.tsx').then((module) => module.Dialog),
  { ssr: false },
);

export function GoBackQuestion() {
  const session = useSession();
  const zone = useZone();
  const runTime = useRunControl((state) => state.question);
  if (runTime === undefined) return null;
  return (
    <Dialog onClose={stay} title={`Go back to ${stampText(runTime, zone)}?`}>
      <div className="flex flex-col gap-3 p-4">
        <p className="text-ink-2">
          The run is played again from its beginning, for everybody who watches it, to the same
          figures. Acknowledgements and drills of this run are not in it.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={stay}>Stay</Button>
          <Button
            onClick={() => void sendControl(session, { kind: 'seek', runTime })}
            tone="strong"
          >
            Go back
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
