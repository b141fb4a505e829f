'use client';
/** The server and the wire to it: clocks, readers, memory, files. */
import { useLive } from '#components/live/live-provider.tsx';
import { SKEW_TOLD_MS } from '#components/live/delays.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { SECOND_MS } from '#lib/units/time.ts';
import { Fact, Facts } from './facts.tsx';
import { type AnsweredStatus } from './use-server-status.ts';

const MEBIBYTE = 1_048_576;

export function ServerPanel({ answered }: { readonly answered: AnsweredStatus | undefined }) {
  const format = useFormat();
  const wallNow = useLive((state) => state.wallNow);
  const status = answered?.status;
  return (
    <Panel
      aside={
        answered === undefined ? (
          'not asked yet'
        ) : (
          <span data-figure>said {format.age(wallNow - answered.answeredAt)} ago</span>
        )
      }
      title="Server"
    >
      <Facts>
        <ClockFact />
        <Fact name="Round trip" note="one question and its answer">
          {answered && `${format.count(answered.roundTripMs)} ms`}
        </Fact>
        <Fact name="Up for" note="since the process started">
          {status && format.age(status.upSeconds * SECOND_MS)}
        </Fact>
        <Fact name="Readers" note="sockets connected">
          {status && format.count(status.clients)}
        </Fact>
        <Fact name="Memory" note="resident, whole process">
          {status && `${format.measure(status.memoryBytes / MEBIBYTE, 0)} MiB`}
        </Fact>
        <Fact name="Stored" note="files of this run">
          {status === undefined || status.storedBytes === null
            ? undefined
            : `${format.measure(status.storedBytes / MEBIBYTE, 1)} MiB`}
        </Fact>
      </Facts>
    </Panel>
  );
}

/** Two clocks more than a second apart are told, and ages between them corrected (ux.md 9). */
function ClockFact() {
  const format = useFormat();
  const offsetMs = useLive((state) => state.clockOffsetMs);
  if (offsetMs === undefined) return <Fact name="Clocks">{undefined}</Fact>;
  const isApart = Math.abs(offsetMs) > SKEW_TOLD_MS;
  const direction = offsetMs > 0 ? 'ahead of' : 'behind';
  return (
    <Fact
      name="Clocks"
      note={isApart ? `browser ${direction} server; ages are corrected` : 'browser against server'}
    >
      {isApart ? (
        <strong className="text-unknown">{format.age(Math.abs(offsetMs))} apart</strong>
      ) : (
        'within 1 s'
      )}
    </Fact>
  );
}
