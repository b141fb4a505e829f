'use client';
/** Buttons that disturb a feed, for every viewer, or this page's own connection. */
import { Told } from '#components/shell/told.tsx';
import { useState } from 'react';
import { useLive, useSession, useTrust } from '#components/live/live-provider.tsx';
import { WIRE_DRILLS, type WireDrillKind } from '#components/live/wire-drill.ts';
import { Button } from '#components/primitives/button.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { ageText, clockText } from '#lib/display/time.ts';
import { FEED_DRILLS, type FeedDrillKind } from '#lib/engine/event.ts';
import { type RunText } from '#lib/wire/protocol.ts';
import { FEED_DRILL_WORDS, WIRE_DRILL_WORDS } from './drill-words.ts';

/** On the viewer's clock; in run time it is as many times longer as the run is faster. */
const LASTS_MS = 20_000;
/** A drill of wrong values makes its point in a moment. */
const BAD_VALUES_LAST_MS = 5_000;
const RUN_TIME_MAX_MS = 86_400_000;

export function DrillPanel({ run }: { readonly run: RunText }) {
  const [refusal, setRefusal] = useState<string>();
  return (
    <Panel bodyClassName="flex flex-col gap-4 p-3" title="Drills">
      <FeedDrills run={run} tell={setRefusal} />
      <WireDrills />
      {refusal === undefined ? null : <Told className="text-small text-ink-2">{refusal}</Told>}
    </Panel>
  );
}

function FeedDrills({
  run,
  tell,
}: {
  readonly run: RunText;
  readonly tell: (refusal: string | undefined) => void;
}) {
  const session = useSession();
  const trust = useTrust();
  const zone = useZone();
  const speed = useLive((state) => state.frame?.speedAsked ?? 1);
  const [instrument, setInstrument] = useState(run.instruments[0]?.id ?? '');
  const going = (useLive((state) => state.frame?.drills) ?? []).filter(({ isOver }) => !isOver);
  const own = going.find((drill) => drill.instrument === instrument);
  const durationOf = (drill: FeedDrillKind): number =>
    Math.min(RUN_TIME_MAX_MS, (drill === 'bad-value' ? BAD_VALUES_LAST_MS : LASTS_MS) * speed);
  const begin = (drill: FeedDrillKind): void => {
    tell(undefined);
    const durationMs = Math.round(durationOf(drill));
    session?.control({ kind: 'drill', drill, instrument, durationMs }).then(
      (answer) => tell(answer.ok ? undefined : answer.message),
      () => tell('The drill did not reach the server'),
    );
  };
  return (
    <fieldset className="min-w-0" disabled={trust !== 'live'}>
      <legend className="mb-2 flex w-full flex-wrap items-center gap-2 text-small">
        <span className="font-semibold text-ink-2">Prices of</span>
        <select
          aria-label="Instrument to disturb"
          className="h-7 rounded-control border border-line bg-panel px-1.5 text-ink pointer-coarse:h-11"
          onChange={(event) => setInstrument(event.target.value)}
          value={instrument}
        >
          {run.instruments.map(({ id }) => (
            <option key={id} value={id}>
              {id}
              {going.some((drill) => drill.instrument === id) ? ' (drilled)' : ''}
            </option>
          ))}
        </select>
        <span className="text-ink-3">
          {own === undefined ? (
            <>
              on their way to the engine, for every viewer: {ageText(LASTS_MS)} here,{' '}
              {ageText(durationOf('freeze'))} of run time
            </>
          ) : (
            <>
              {FEED_DRILL_WORDS[own.drill].name} goes on until {clockText(own.endsAt, zone)}; one
              drill at a time for each
            </>
          )}
        </span>
      </legend>
      <DrillList
        begin={begin}
        disabled={own !== undefined}
        kinds={FEED_DRILLS}
        words={FEED_DRILL_WORDS}
      />
    </fieldset>
  );
}

function WireDrills() {
  const session = useSession();
  const trust = useTrust();
  return (
    <fieldset className="min-w-0" disabled={trust !== 'live'}>
      <legend className="mb-2 text-small">
        <span className="font-semibold text-ink-2">This page&rsquo;s connection</span>{' '}
        <span className="text-ink-3">
          to the server, nobody else&rsquo;s, for {ageText(LASTS_MS)}
        </span>
      </legend>
      <DrillList
        begin={(kind: WireDrillKind) => session?.drill(kind, LASTS_MS)}
        kinds={WIRE_DRILLS}
        words={WIRE_DRILL_WORDS}
      />
    </fieldset>
  );
}

function DrillList<Kind extends string>({
  kinds,
  words,
  begin,
  disabled = false,
}: {
  readonly kinds: readonly Kind[];
  readonly words: Readonly<Record<Kind, { readonly name: string; readonly does: string }>>;
  readonly begin: (kind: Kind) => void;
  readonly disabled?: boolean;
}) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {kinds.map((kind) => (
        <li className="flex items-center gap-3 py-1.5" key={kind}>
          <Button className="w-32 shrink-0" disabled={disabled} onClick={() => begin(kind)}>
            {words[kind].name}
          </Button>
          <span className="text-small text-ink-2">{words[kind].does}</span>
        </li>
      ))}
    </ul>
  );
}
