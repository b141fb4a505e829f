'use client';
/** Keys of the run's bar. They act for every viewer, as its buttons do. */
import { useLive, useTrust } from '#components/live/live-provider.tsx';
import { type ControlCommand } from '#lib/wire/protocol.ts';
import { useKeyAction } from './keyboard/use-key-action.ts';

export function RunKeys({ send }: { readonly send: (command: ControlCommand) => void }) {
  const paused = useLive((state) => state.frame?.paused === true);
  const ended = useLive((state) => state.frame?.ended === true);
  const isLive = useTrust() === 'live';
  const mayPlay = isLive && !ended;
  const back = useLive(({ frame, run }) =>
    frame === undefined || run === undefined || frame.step === 0
      ? undefined
      : frame.runTime - Math.round((frame.runTime - run.tape.startTime) / frame.step),
  );
  const mayStepBack = isLive && paused && back !== undefined;
  useKeyAction('play-pause', mayPlay ? () => send({ kind: paused ? 'play' : 'pause' }) : undefined);
  useKeyAction('step', mayPlay && paused ? () => send({ kind: 'step' }) : undefined);
  useKeyAction('step-back', mayStepBack ? () => send({ kind: 'seek', runTime: back }) : undefined);
  return null;
}
