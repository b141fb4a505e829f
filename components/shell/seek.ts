'use client';
/** A seek that this page asked for, until the run's clock is there: the run may need a while, and its bar says so. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useLive } from '#components/live/live-provider.tsx';

interface Seek {
  /** Run time. */
  readonly target: number;
  /** The run that was asked. */
  readonly runId: string;
  /** Back: another run plays from the beginning, and the one asked is none of it. */
  readonly back: boolean;
}

const asked = createStore<{ readonly seek: Seek | undefined }>(() => ({ seek: undefined }));

/** @param seek undefined: given up. */
export function setSeek(seek: Seek | undefined): void {
  asked.setState({ seek });
}

/** The run time that the run is on its way to; undefined while it goes its own pace. */
export function useSeekUnderWay(): number | undefined {
  const seek = useStore(asked, (state) => state.seek);
  const isUnderWay = useLive(({ run, frame }) =>
    isOnItsWay(seek, run?.runId, frame?.runTime ?? Number.NEGATIVE_INFINITY),
  );
  useEffect(() => {
    if (!isUnderWay) setSeek(undefined);
  }, [isUnderWay]);
  return isUnderWay ? seek?.target : undefined;
}

export function isOnItsWay(
  seek: Seek | undefined,
  runId: string | undefined,
  runTime: number,
): boolean {
  if (seek === undefined) return false;
  if (runId === seek.runId) return seek.back || runTime < seek.target;
  return seek.back && runTime < seek.target;
}
