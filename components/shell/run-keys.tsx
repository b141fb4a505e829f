'use client';
/** Keys of the run's bar. They act for every viewer, as its buttons do. */
import { useLive, useSession, useTrust } from '#components/live/live-provider.tsx';
import { useKeyAction } from './keyboard/use-key-action.ts';
import { goTo, sendControl } from './run-control.ts';

export function RunKeys() {
  const session = useSession();
  const send = (kind: 'play' | 'pause' | 'step') => void sendControl(session, { kind });
  const now = useLive(({ frame }) => frame?.runTime ?? 0);
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
  useKeyAction('play-pause', mayPlay ? () => send(paused ? 'play' : 'pause') : undefined);
  useKeyAction('step', mayPlay && paused ? () => send('step') : undefined);
  useKeyAction('step-back', mayStepBack ? () => goTo(session, { runTime: back, now }) : undefined);
  return null;
}
