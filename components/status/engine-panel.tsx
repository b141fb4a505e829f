'use client';
/** The engine: where the run is, how fast it goes, which versions decide, and whether both ends agree. */
import { useAccount, useLive, useTrust } from '#components/live/live-provider.tsx';
import { frameAgeMs } from '#components/live/live-store.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { useChosenAccount } from '#components/shell/chosen-account.ts';
import { speedDecimals } from '#components/shell/run-pace.tsx';
import { PROTOCOL_VERSION } from '#lib/wire/protocol.ts';
import { Fact, Facts } from './facts.tsx';
import { type AnsweredStatus } from './use-server-status.ts';

export function EnginePanel({ answered }: { readonly answered: AnsweredStatus | undefined }) {
  const format = useFormat();
  const run = useLive((state) => state.run);
  const status = answered?.status;
  return (
    <Panel title="Engine">
      <Facts>
        <FrameAge />
        <Pace />
        <Fact name="Journal" note="rows of this run">
          {status?.journalSeq === undefined ? undefined : format.count(status.journalSeq ?? 0)}
        </Fact>
        <Fact name="Money and lots" note="over all accounts">
          {status === undefined || status.conservationHolds === null
            ? undefined
            : status.conservationHolds
              ? 'sum to zero'
              : 'do not sum to zero'}
        </Fact>
        <AgreementFact />
        <Fact name="Versions" note={`rules ${run?.rulesVersion ?? ''}`}>
          {run === undefined
            ? undefined
            : `protocol ${PROTOCOL_VERSION}, engine ${run.engineVersion}`}
        </Fact>
        <Fact className="sm:col-span-2 lg:col-span-3" name="Run id">
          {run === undefined ? undefined : (
            <span className="font-mono text-base break-all">{run.runId}</span>
          )}
        </Fact>
      </Facts>
    </Panel>
  );
}

function FrameAge() {
  const format = useFormat();
  const ageMs = useLive((state) => (state.framedAt === undefined ? undefined : frameAgeMs(state)));
  const isLost = useTrust() === 'lost';
  return (
    <Fact
      name="Newest figures"
      note={isLost ? 'the connection is lost' : 'come every second or sooner'}
    >
      {ageMs === undefined ? undefined : `${format.age(ageMs)} ago`}
    </Fact>
  );
}

function Pace() {
  const format = useFormat();
  const asked = useLive((state) => state.frame?.speedAsked);
  const reached = useLive((state) => state.frame?.speedReached);
  const paused = useLive((state) => state.frame?.paused === true);
  return (
    <Fact name="Pace" note={`asked ${asked ?? ''}x of real time`}>
      {reached === undefined
        ? undefined
        : paused
          ? 'paused'
          : `reached ${format.measure(reached, speedDecimals(reached))}x`}
    </Fact>
  );
}

/** Both digests where they differ: a person can hand them on. */
function AgreementFact() {
  const format = useFormat();
  const { accountId } = useChosenAccount();
  const account = useAccount(accountId);
  const wallNow = useLive((state) => state.wallNow);
  const agreement = account?.kind === 'open' ? account.agreement : undefined;
  const name = `Agreement on ${accountId ?? ''}`;
  if (agreement === undefined || agreement.kind === 'waiting')
    return (
      <Fact name={name} note="browser and server compare once a second">
        {undefined}
      </Fact>
    );
  const compared = `compared ${format.age(wallNow - agreement.at)} ago`;
  if (agreement.kind === 'equal')
    return (
      <Fact name={name} note={`${compared}, digest ${agreement.digest.slice(0, 12)}`}>
        same figures
      </Fact>
    );
  return (
    <Fact
      name={name}
      note={`${compared}: here ${agreement.ours.slice(0, 12)}, server ${agreement.theirs.slice(0, 12)}`}
    >
      <strong className="text-unknown">figures differ</strong>
    </Fact>
  );
}
